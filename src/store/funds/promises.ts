import { rowsOf, sql, type Queries } from "../database.ts";

/** Those promises of a book's funds that go by one of some codes: of a line's money, a member's part of a call, a pledge. */
export async function promisesOfFunds(
  db: Queries,
  bookNo: number,
  codes: readonly string[],
): Promise<{ code: string; donorNo: number; fund: string }[]> {
  return rowsOf(
    db,
    sql`select m.code, m.donor_no as "donorNo", f.id as fund
        from (select promise_no, fund_no from governed union all select promise_no, fund_no from fund_pledge) own
        join promise m on m.no = own.promise_no join fund f on f.no = own.fund_no
        where f.book_no = ${bookNo} and m.code = any(${[...new Set(codes)]}::text[])`,
  );
}
