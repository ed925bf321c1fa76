import { onlyRow, rowsOf, sql, type Queries } from "../database.ts";

/** Enters what was given in kind and what of it counts, in smallest parts. */
export async function insertCredit(
  trx: Queries,
  credit: Readonly<{ actNo: number; shareNo: number; value: bigint; credited: bigint; method: string; rule: string }>,
): Promise<void> {
  await rowsOf(
    trx,
    sql`insert into in_kind_credit (act_no, share_no, value, credited, method, rule)
        values (${credit.actNo}, ${credit.shareNo}, ${credit.value.toString()}::numeric, ${credit.credited.toString()}::numeric, ${credit.method}, ${credit.rule})`,
  );
}

/** What was credited to a share in kind and not taken back. */
export async function creditedOf(db: Queries, shareNo: number): Promise<bigint> {
  const { credited } = await onlyRow<{ credited: string }>(
    db,
    sql`select coalesce(sum(c.credited), 0)::text as credited from in_kind_credit c
        where c.share_no = ${shareNo} and not exists (select from fund_act back where back.reverses = c.act_no)`,
  );
  return BigInt(credited);
}
