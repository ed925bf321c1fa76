import { afterAll, beforeAll, expect, test } from "vitest";
import { fundView } from "#app/funds/view.ts";
import { onlyRow, sql, type Database } from "#store/database.ts";
import { openRecord } from "../support/record.ts";
import { fundTerms, grant, openDesk, type Desk } from "./desk.ts";

// Decreases whose source names nothing to decrease are kept in accounts that may go below zero. A fund's money has none.

let db: Database;
let close: () => Promise<void>;
let desk: Desk;
beforeAll(async () => {
  ({ db, close } = await openRecord());
  desk = await openDesk(db);
  await desk.decide("fund", fundTerms({}, [grant()]));
});
afterAll(() => close());

const account = async (stage: string, contra: boolean): Promise<number> =>
  (
    await onlyRow<{ no: number }>(
      db,
      sql`insert into account (book_no, promise_no, stage, contra, unit_no, donor_no, class)
          select p.book_no, p.no, g.id, ${contra}, p.unit_no, p.donor_no, g.class
          from promise p cross join stage g where p.id = 'north-fund.air-defence' and g.id = ${stage} returning no`,
    )
  ).no;

test("money that never came is not paid, not even under an authority with enough left", async () => {
  const [from, to] = [await account("finance.committed", true), await account("finance.disbursed", false)];
  const paid = onlyRow(
    db,
    sql`select post_batch(array[${to}::bigint], array[${from}::bigint], array[100::numeric], array[null::numeric], array[null::integer],
               array['2025-01-06'::date], array['day'], array[${desk.clock()}::timestamptz], array[null::integer], array[null::bigint], array['x'],
               array[s.no], array[gen_random_uuid()], array[1::smallint], 'x', array[a.no])
        from authority a cross join (select no from source limit 1) s where a.id = 'fund.1'`,
  );
  await expect(paid).rejects.toMatchObject({ code: "MS004", message: "governed_step_not_allowed" });
  expect((await fundView(db, desk.clock, "north-fund")).balance).toMatchObject({ paid: "0.00", available: "0.00" });
});
