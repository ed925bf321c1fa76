import { callView } from "#app/funds/call-view.ts";
import { issueCall } from "#app/funds/call.ts";
import { addPledge, creditInKind } from "#app/funds/give.ts";
import { importReceipts, matchReceipt } from "#app/funds/receipts.ts";
import { fundView } from "#app/funds/view.ts";
import type { Of } from "./walk-commands.ts";
import {
  abstainers,
  authorityFor,
  cents,
  earmark,
  fundOf,
  leftOf,
  lineOf,
  money,
  pick,
  potsHere,
  table,
  type Told,
  type Walk,
} from "./walk-desk.ts";
import * as paper from "./walk-sheet.ts";
import type { Claim, Move, Sheet } from "./walk-sheet.ts";

// What comes to a fund: calls, pledges, bank statements, entries matched by hand, credits in kind.

export function tellCall(walk: Walk, command: Of<"call">): Told | null {
  const { sheet, desk } = walk;
  const fund = fundOf(walk, command.fund);
  const id = `${fund}-${command.id}`;
  const asked = command.amounts
    .map((amount, index) => ({ line: lineOf(index), cents: BigInt(amount) }))
    .filter((one) => one.cents > 0n);
  const [first] = asked;
  if (first === undefined) return null;
  const authority = authorityFor(walk, command.authority, command.fitting, "call", { fund, line: first.line });
  if (authority === undefined) return null;
  if (command.much.of === "limit") first.cents = cents(command.much, leftOf(sheet, authority), 0n);
  const out = abstainers[fund === walk.funds[0] ? 0 : 1];
  const bears = table.filter(([party]) => fund === walk.funds[1] || party !== out);
  const parts = asked.flatMap(({ line, cents: amount }) =>
    paper
      .parted(
        amount,
        bears.map(([, weight]) => weight),
      )
      .map((share, index) => ({
        party: bears[index]?.[0] ?? "",
        line,
        owed: `${id} ${line} ${bears[index]?.[0]}`,
        cents: share,
        authority: authority.id,
      })),
  );
  const called = parts.filter((part) => part.party !== out && part.cents > 0n);
  const moves = paper.callMoves(called);
  const taken = sheet.calls.some(
    (one) => one.id === id || (one.fund === fund && one.standing && one.instalment === command.instalment),
  );
  const faults = [
    ...paper.closed(sheet, fund),
    ...(taken ? ["call_exists_already"] : []),
    ...asked.flatMap(({ line }) => paper.forAnother(sheet, authority.id, "call", { fund, line })),
    ...paper.faultsOf(sheet, moves, sheet.day),
  ];
  const due = new Date(Date.parse(`${sheet.day}T00:00:00Z`) + command.due * 86_400_000).toISOString().slice(0, 10);
  const order = {
    id,
    authority: authority.id,
    year: 2025,
    instalment: command.instalment,
    instalments: 4,
    lines: asked.map(({ line, cents: amount }) => ({ line, amount: money(amount) })),
    dueOn: due,
  };
  return {
    faults,
    does: async () => {
      await issueCall(desk.db, fund, order, desk.doing());
      return callView(desk.db, desk.clock, { fund, call: id });
    },
    write: (made) => {
      const amount = paper.sum(asked.map((one) => one.cents));
      const uncovered = amount - paper.sum(called.map((part) => part.cents));
      sheet.calls.push({
        id,
        fund,
        year: 2025,
        instalment: command.instalment,
        due,
        amount,
        uncovered,
        standing: true,
      });
      paper.write(sheet, {
        id: "",
        fund,
        kind: "call",
        amount: amount - uncovered,
        authority: authority.id,
        moves,
        call: id,
      });
      for (const { party, reference } of (made as Awaited<ReturnType<typeof callView>>).shares) {
        const own = called.filter((part) => part.party === party);
        const claim = { reference, fund, party, due, call: id, asked: paper.sum(own.map((part) => part.cents)) };
        sheet.claims.push({
          ...claim,
          parts: own.map(({ owed, line }) => ({ owed, pot: paper.potOf(fund, line, null) })),
        });
      }
    },
  };
}

export function tellPledge(walk: Walk, command: Of<"pledge">): Told {
  const { sheet, desk } = walk;
  const fund = fundOf(walk, command.fund);
  const id = `${fund}-p${command.id}`;
  const line = lineOf(command.line);
  const marked = command.marked ? earmark : null;
  const [party] = pick(table, command.party) ?? ["nor"];
  const instalments = command.amounts.map((amount, index) => ({
    dueOn: `202${5 + index}-01-15`,
    amount: money(BigInt(amount)),
  }));
  const order = { id, party, line, title: id, instalments, ...(marked === null ? {} : { earmark: marked }) };
  return {
    faults: [
      ...paper.closed(sheet, fund),
      ...(sheet.pledges.has(id) ? ["pledge_exists_already"] : []),
      ...potsHere(line, command.marked),
    ],
    does: async () => {
      await addPledge(desk.db, fund, order, desk.doing());
      return (await fundView(desk.db, desk.clock, fund)).pledges.find((one) => one.id === id)?.instalments;
    },
    write: (made) => {
      sheet.pledges.add(id);
      const parts = command.amounts.map((amount, index): Move => [`${id} ${index}`, BigInt(amount)]);
      paper.write(sheet, {
        id: "",
        fund,
        kind: "pledge",
        amount: paper.sum(parts.map(([, amount]) => amount)),
        authority: null,
        moves: parts,
      });
      for (const [index, one] of (made as readonly { reference: string; dueOn: string }[]).entries())
        sheet.claims.push({
          reference: one.reference,
          fund,
          party,
          due: one.dueOn,
          call: null,
          asked: parts[index]?.[1] ?? 0n,
          parts: [{ owed: `${id} ${index}`, pot: paper.potOf(fund, line, marked) }],
        });
    },
  };
}

const header = "statement,account,booked_on,amount,currency,reference,counterparty,remittance,bank_reference\n";

export function tellStatement(walk: Walk, command: Of<"statement">): Told | null {
  const { sheet, desk } = walk;
  const fund = fundOf(walk, command.fund);
  const before = [...sheet.statements].filter(([id]) => id.startsWith(fund));
  const [known, content = ""] = before.at(-1) ?? [];
  const bytes = (csv: string) => ({ bytes: Buffer.from(csv), fileName: "statement.csv" });
  const imports = (csv: string) => async () => importReceipts(desk.db, fund, bytes(csv), desk.doing());
  if (command.again !== "no") {
    if (known === undefined) return null;
    const same = command.again === "same";
    const csv = same ? content : `${content}${known},XX1,2025-01-02,0.07,EUR,,Nobody,Alms,EXTRA\n`;
    return {
      faults: same ? [] : ["statement_on_record_with_other_content"],
      does: imports(csv),
      write: () => undefined,
    };
  }
  const statement = `${fund}-S${before.length}`;
  const drawn = command.entries.map((one, index) => {
    const claim = one.wrong ? undefined : pick(sheet.claims, one.claim);
    const amount = cents(one.much, claim === undefined ? 100n : paper.owedUnder(sheet, claim), 50n);
    const booked = new Date(Date.parse(`${sheet.day}T00:00:00Z`) - one.before * 86_400_000).toISOString().slice(0, 10);
    return { claim, amount, booked, id: `${statement}/${index}`, debit: one.debit };
  });
  const rows = drawn.map(({ claim, amount, booked, id, debit }) =>
    [
      statement,
      "XX1",
      booked,
      `${debit ? "-" : ""}${money(amount)}`,
      "EUR",
      claim?.reference ?? "RF00NOBODYS",
      "A payer",
      "Payment",
      id,
    ].join(","),
  );
  const csv = `${header}${rows.join("\n")}\n`;
  return {
    faults: [],
    does: imports(csv),
    write: () => {
      sheet.statements.set(statement, csv);
      for (const { claim, amount, id, debit } of drawn) {
        sheet.entries.push({ id, statement, fund, amount, direction: debit ? "debit" : "credit" });
        sheet.cells.set(`entry ${id} left`, amount);
        if (claim === undefined || claim.fund !== fund || debit) continue;
        const owed = paper.owedUnder(sheet, claim);
        const comes = amount < owed ? amount : owed;
        if (comes > 0n) receive(sheet, claim, id, comes);
      }
    },
  };
}

function receive(sheet: Sheet, claim: Claim, entry: string, amount: bigint): void {
  const moves = paper.receiptMoves(sheet, claim, entry, amount);
  paper.write(sheet, { id: "", fund: claim.fund, kind: "receipt", amount, authority: null, moves });
}

export function tellMatch(walk: Walk, command: Of<"match">): Told | null {
  const { sheet, desk } = walk;
  const fund = fundOf(walk, command.fund);
  const mine = <T extends { fund: string }>(list: readonly T[], isOpen: (one: T) => boolean) =>
    command.fitting ? list.filter((one) => one.fund === fund && isOpen(one)) : list;
  const entry = pick(
    mine(sheet.entries, ({ id }) => paper.at(sheet, `entry ${id} left`) > 0n),
    command.entry,
  );
  const claim = pick(
    mine(sheet.claims, (one) => paper.owedUnder(sheet, one) > 0n),
    command.claim,
  );
  if (entry === undefined || claim === undefined) return null;
  const [left, owed] = [paper.at(sheet, `entry ${entry.id} left`), paper.owedUnder(sheet, claim)];
  const most = left < owed ? left : owed;
  const amount = command.much === null ? most : cents(command.much, most, 50n);
  const faults = [
    ...(entry.fund === fund && entry.direction === "credit" ? [] : ["unknown_bank_entry"]),
    ...(claim.fund === fund ? [] : ["unknown_payment_reference"]),
    ...(amount > most || most === 0n ? ["receipt_exceeds_what_is_left"] : []),
  ];
  const match = { statement: entry.statement, entry: entry.id, reference: claim.reference };
  const order = command.much === null ? match : { ...match, amount: money(amount) };
  return {
    faults,
    does: async () => matchReceipt(desk.db, fund, order, desk.doing()),
    write: () => receive(sheet, claim, entry.id, amount),
  };
}

export function tellCredit(walk: Walk, command: Of<"credit">): Told | null {
  const { sheet, desk } = walk;
  const fund = fundOf(walk, command.fund);
  const called = sheet.claims.filter((one) => one.fund === fund && one.call !== null);
  const claim = pick(command.fitting ? called : sheet.claims, command.claim);
  if (claim === undefined) return null;
  const credited = paper.creditOf(sheet, claim, BigInt(command.value));
  const faults = [
    ...(claim.fund === fund && claim.call !== null ? [] : ["unknown_payment_reference"]),
    ...(credited > 0n ? [] : ["in_kind_not_allowed"]),
  ];
  const order = {
    reference: claim.reference,
    value: money(BigInt(command.value)),
    method: "Valued by the receiving side",
  };
  return {
    faults,
    does: async () => creditInKind(desk.db, fund, order, desk.doing()),
    write: () =>
      paper.write(sheet, {
        id: "",
        fund,
        kind: "credit",
        amount: credited,
        authority: null,
        moves: paper.creditMoves(sheet, claim, credited),
      }),
  };
}
