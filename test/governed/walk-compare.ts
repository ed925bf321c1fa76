import { expect } from "vitest";
import { callView } from "#app/funds/call-view.ts";
import { fundList, fundView } from "#app/funds/view.ts";
import type { FundView } from "#core/views-funds.ts";
import { rowsOf, sql } from "#store/database.ts";
import { earmark, lines, money, type Walk } from "./walk-desk.ts";
import { at, owedUnder, potOf, sum, type Sheet } from "./walk-sheet.ts";

/** What the fund's page says, beside what the sheet says. */
export async function compare({ desk, sheet }: Walk, id: string): Promise<void> {
  const found = await fundView(desk.db, desk.clock, id);
  // The list is drawn from what the acts have entered, the page from the ledger.
  const [row] = (await fundList(desk.db, desk.clock, desk.book)).funds.filter((one) => one.id === id);
  expect(found).toMatchObject({ ...row, members: found.members });
  numberActs(sheet, id, found);
  expect(
    found.lines.map((one) => ({ ...one, pots: one.pots.map(({ earmark: mark, available }) => [mark, available]) })),
  ).toMatchObject(lines.map((name) => lineOf(sheet, id, name)));
  expect(found.calls.map(callFigures)).toEqual(callsOf(sheet, id));
  expect(
    found.authorities.map(({ id: name, used, paid, left, live }) => ({ id: name, used, paid, left, live })),
  ).toEqual(authoritiesOf(sheet, id));
  expect(found.members.filter((one) => one.called !== "0.00" || one.voluntary !== "0.00").map(memberFigures)).toEqual(
    membersOf(sheet, id),
  );
  expect(new Map(found.unmatched.map((one) => [one.entry, one.left]))).toEqual(new Map(entriesOf(sheet, id)));
  const [received, placed, paid, available] = [found.received, found.placed, found.paid, found.available].map((text) =>
    BigInt(text.replace(".", "")),
  ) as [bigint, bigint, bigint, bigint];
  const moved = found.lines.reduce(
    (all, one) => all + BigInt(one.movedIn.replace(".", "")) - BigInt(one.movedOut.replace(".", "")),
    0n,
  );
  expect(received + moved).toBe(placed + paid + available);
  expect(found.balance.agrees).toBe(true);
}

/** The acts on record, in the order in which they were done; the sheet learns their numbers from it. */
function numberActs(sheet: Sheet, fund: string, found: FundView): void {
  const own = sheet.acts.filter((act) => act.fund === fund);
  expect(found.acts.map(({ kind, amount, authority }) => [kind, amount, authority])).toEqual(
    own.map(({ kind, amount, authority }) => [kind, money(amount), authority]),
  );
  for (const [index, act] of own.entries()) act.id = found.acts[index]?.id ?? "";
  expect(found.acts.map((act) => act.takenBackBy !== null)).toEqual(own.map((act) => !act.standing));
}

function lineOf(sheet: Sheet, fund: string, name: string) {
  const marks = name === "budget" ? [null] : [null, earmark];
  const own = (what: string) => money(sum(marks.map((mark) => at(sheet, `${potOf(fund, name, mark)} ${what}`))));
  const cell = (what: string) => sum(marks.map((mark) => at(sheet, `${potOf(fund, name, mark)} ${what}`)));
  const called = sheet.claims
    .filter((one) => one.fund === fund && one.call !== null)
    .flatMap((one) =>
      one.parts.filter(({ pot }) => pot === potOf(fund, name, null)).map(({ owed }) => at(sheet, owed)),
    );
  const came =
    cell("received") -
    sum(
      sheet.claims
        .filter(
          (one) =>
            one.fund === fund &&
            one.call === null &&
            marks.some((mark) => one.parts[0]?.pot === potOf(fund, name, mark)),
        )
        .map((one) => at(sheet, `claim ${one.reference} came`)),
    );
  return {
    id: name,
    called: money(sum(called) + came),
    received: own("received"),
    movedIn: own("in"),
    movedOut: own("out"),
    placed: own("placed"),
    paid: money(cell("gone") + cell("confirmed")),
    acknowledged: own("confirmed"),
    available: own("free"),
    canSpare: money(at(sheet, `${potOf(fund, name, null)} free`)),
    pots: marks.map((mark) => [mark, money(at(sheet, `${potOf(fund, name, mark)} free`))]),
  };
}

const callFigures = ({
  id,
  amount,
  uncovered,
  received,
  credited,
  outstanding,
  arrears,
}: FundView["calls"][number]) => ({ id, amount, uncovered, received, credited, outstanding, arrears });

function callsOf(sheet: Sheet, fund: string) {
  return sheet.calls
    .filter((call) => call.fund === fund && call.standing)
    .sort((one, other) => one.instalment - other.instalment)
    .map((call) => {
      const own = sheet.claims.filter((claim) => claim.call === call.id);
      const of = (what: string) => sum(own.map((claim) => at(sheet, `claim ${claim.reference} ${what}`)));
      const outstanding = sum(own.map((claim) => owedUnder(sheet, claim)));
      return {
        id: call.id,
        amount: money(call.amount),
        uncovered: money(call.uncovered),
        received: money(of("came")),
        credited: money(of("credited")),
        outstanding: money(outstanding),
        arrears: money(call.due < sheet.day ? outstanding : 0n),
      };
    });
}

function authoritiesOf(sheet: Sheet, fund: string) {
  return sheet.allowed
    .filter((one) => one.fund === fund || one.to?.startsWith(`${fund} `))
    .map((one) => {
      const [used, paid] = [at(sheet, `authority ${one.id} used`), at(sheet, `authority ${one.id} paid`)];
      const live = !one.ended && sheet.day <= one.until && used < one.amount;
      return { id: one.id, used: money(used), paid: money(paid), left: money(one.amount - used), live };
    });
}

const memberFigures = ({
  party,
  called,
  credited,
  received,
  outstanding,
  arrears,
  voluntary,
  voluntaryReceived,
}: FundView["members"][number]) => ({
  party,
  called,
  credited,
  received,
  outstanding,
  arrears,
  voluntary,
  voluntaryReceived,
});
const byName = ["dnk", "est", "fin", "isl", "lva", "ltu", "nor", "swe"];

function membersOf(sheet: Sheet, fund: string) {
  return byName
    .map((party) => {
      const own = sheet.claims.filter((claim) => claim.fund === fund && claim.party === party);
      const [assessed, voluntary] = [own.filter((one) => one.call !== null), own.filter((one) => one.call === null)];
      const of = (claims: typeof own, what: string) =>
        sum(claims.map((claim) => at(sheet, `claim ${claim.reference} ${what}`)));
      const outstanding = sum(assessed.map((claim) => owedUnder(sheet, claim)));
      const late = sum(assessed.filter((claim) => claim.due < sheet.day).map((claim) => owedUnder(sheet, claim)));
      return {
        party,
        called: money(outstanding + of(assessed, "came") + of(assessed, "credited")),
        credited: money(of(assessed, "credited")),
        received: money(of(assessed, "came")),
        outstanding: money(outstanding),
        arrears: money(late),
        voluntary: money(of(voluntary, "came") + sum(voluntary.map((claim) => owedUnder(sheet, claim)))),
        voluntaryReceived: money(of(voluntary, "came")),
      };
    })
    .filter((one) => one.called !== "0.00" || one.voluntary !== "0.00");
}

const entriesOf = (sheet: Sheet, fund: string): [string, string][] =>
  sheet.entries
    .filter((entry_) => entry_.fund === fund && at(sheet, `entry ${entry_.id} left`) > 0n)
    .map((one) => [one.id, money(at(sheet, `entry ${one.id} left`))]);

type Standing = Readonly<{
  promise: string;
  kind: string;
  fund: string;
  line: string;
  earmark: string | null;
  stage: number;
  balance: string;
}>;

/** What stands on the record's accounts: by pot as on the sheet, and in sum as much as came in and was not paid out. */
export async function conserves({ sheet, funds, desk }: Walk): Promise<void> {
  const rows = await rowsOf<Standing>(
    desk.db,
    sql`select m.id as promise, coalesce(g.kind, 'pledge') as kind, f.id as fund, l.id as line, e.id as earmark, a.class as stage, b.balance::text as balance
        from account_balance b join account a on a.no = b.account_no join promise m on m.no = a.promise_no join book k on k.no = m.book_no
        left join governed g on g.promise_no = m.no left join fund_pledge v on v.promise_no = m.no
        join fund f on f.no = coalesce(g.fund_no, v.fund_no) join fund_line l on l.no = coalesce(g.line_no, v.line_no)
        left join pot on pot.promise_no = m.no left join earmark e on e.no = pot.earmark_no
        where k.slug = ${desk.book}`,
  );
  const inPots = rows.filter((row) => row.kind === "pot");
  const stages: Readonly<Record<number, string>> = { 2: "free", 3: "placed", 4: "gone", 5: "confirmed" };
  for (const row of inPots)
    expect([row.promise, row.stage, row.balance]).toEqual([
      row.promise,
      row.stage,
      at(sheet, `${potOf(row.fund, row.line, row.earmark)} ${stages[row.stage]}`).toString(),
    ]);
  const came = rows.filter((row) => row.kind !== "pot" && row.stage === 5);
  expect(sum(came.map((row) => BigInt(row.balance)))).toBe(sum(inPots.map((row) => BigInt(row.balance))));
  expect(rows.every((row) => BigInt(row.balance) >= 0n)).toBe(true);
  // An earmarked euro is never elsewhere than in a line of its earmark.
  expect(inPots.filter((row) => row.earmark !== null && row.line === "budget")).toEqual([]);
  const beyond = await rowsOf(
    desk.db,
    sql`select 1 from authority_balance where used > amount or paid > used or used < 0`,
  );
  expect([funds.length, beyond]).toEqual([2, []]);
}

/** Of every call the shares add up by member and by line, and on no day is less than nothing outstanding. */
export async function addsUp({ desk, sheet, funds }: Walk): Promise<void> {
  for (const call of sheet.calls) {
    const found = await callView(desk.db, desk.clock, { fund: call.fund, call: call.id });
    const parts = (of: readonly Readonly<{ amount: string }>[]) =>
      sum(of.map((one) => BigInt(one.amount.replace(".", ""))));
    expect(parts(found.lines)).toBe(call.amount);
    expect(parts(found.shares) + call.uncovered).toBe(call.amount);
    const byLine = await rowsOf<{ off: string }>(
      desk.db,
      sql`select (c.amount - coalesce(sum(sl.amount), 0))::text as off from fund_call k join call_line c on c.call_no = k.no
          left join call_share s on s.call_no = k.no left join call_share_line sl on sl.share_no = s.no and sl.line_no = c.line_no
          where k.id = ${call.id} group by c.line_no, c.amount`,
    );
    expect(sum(byLine.map((row) => BigInt(row.off)))).toBe(call.uncovered);
  }
  const days = [...new Set(sheet.acts.map((act) => act.day)), "2025-01-01", "2026-01-01"];
  for (const id of funds)
    for (const day of days) {
      const found = await fundView(desk.db, desk.clock, id, day);
      const [row] = (await fundList(desk.db, desk.clock, desk.book, day)).funds.filter((one) => one.id === id);
      expect(found).toMatchObject({ ...row, members: found.members });
      const { calls, members } = found;
      const below = [...calls, ...members].filter((one) =>
        [one.outstanding, one.arrears, one.received].some((text) => text.startsWith("-")),
      );
      expect([day, below]).toEqual([day, []]);
    }
}

/** All that stands on record of the funds, in one line: what is refused leaves it as it was. */
export async function footprint({ desk }: Walk): Promise<unknown> {
  return rowsOf(
    desk.db,
    sql`select (select count(*) from posting) as postings, (select count(*) from fund_act) as acts, (select count(*) from bank_entry) as entries,
               (select count(*) from account) as accounts, (select count(*) from promise) as promises, (select count(*) from source) as sources,
               (select sum(used * 7 + paid) from authority_balance) as drawn`,
  );
}
