import { previewReallocation } from "#app/funds/reallocation.ts";
import { reallocate, spend, takeBack, type Spending } from "#app/funds/spend.ts";
import type { EventDraft } from "#core/decisions/events.ts";
import type { Of } from "./walk-commands.ts";
import {
  authorityFor,
  cents,
  earmark,
  fundOf,
  leftOf,
  lineOf,
  lines,
  money,
  pick,
  potsHere,
  type Told,
  type Walk,
} from "./walk-desk.ts";
import * as paper from "./walk-sheet.ts";
import type { Move, Sheet } from "./walk-sheet.ts";

// What is done with a fund's money, and undone.

const kindOf: Readonly<Record<Spending, string>> = {
  place: "place",
  pay: "pay",
  "pay-placed": "pay",
  release: "release",
  acknowledge: "acknowledge",
};
const leaves: Readonly<Record<Spending, string>> = {
  place: "free",
  pay: "free",
  "pay-placed": "placed",
  release: "placed",
  acknowledge: "gone",
};

export function tellSpend(walk: Walk, command: Of<"spend">): Told | null {
  const { sheet, desk } = walk;
  const { fund, line, marked } = potFor(walk, command);
  const pot = paper.potOf(fund, line, marked);
  const authority = authorityFor(walk, command.authority, command.fitting, "spend", { fund, line });
  if (authority === undefined) return null;
  const amount = cents(command.much, leftOf(sheet, authority), paper.at(sheet, `${pot} ${leaves[command.how]}`));
  const moves = spendMoves(command.how, pot, authority.id, amount);
  const faults = [
    ...potsHere(line, marked !== null),
    ...paper.forAnother(sheet, authority.id, "spend", { fund, line }),
    ...paper.faultsOf(sheet, moves, sheet.day),
  ];
  const order = {
    line,
    amount: money(amount),
    authority: authority.id,
    purpose: "A purpose",
    ...(marked === null ? {} : { earmark: marked }),
  };
  return {
    faults,
    does: async () => spend(desk.db, fund, command.how, order, desk.doing()),
    write: () =>
      paper.write(sheet, { id: "", fund, kind: kindOf[command.how], amount, authority: authority.id, moves }),
  };
}

/** A pot that has something where the money is to leave, or any. */
function potFor(walk: Walk, command: Of<"spend">) {
  const pots = walk.funds
    .flatMap((fund) => lines.flatMap((line) => [null, earmark].map((marked) => ({ fund, line, marked }))))
    .filter(({ fund, line, marked }) => {
      return paper.at(walk.sheet, `${paper.potOf(fund, line, marked)} ${leaves[command.how]}`) > 0n;
    });
  const anyhow = {
    fund: fundOf(walk, command.fund),
    line: lineOf(command.line),
    marked: command.marked ? earmark : null,
  };
  return (command.fitting ? pick(pots, command.authority) : undefined) ?? anyhow;
}

const spendMoves = (how: Spending, pot: string, authority: string, amount: bigint): Move[] =>
  paper.spendMoves[how]?.(pot, authority, amount) ?? [];

export async function tellReallocation(walk: Walk, command: Of<"reallocate">): Promise<Told | null> {
  const { sheet, desk } = walk;
  const { fund, line, toFund, toLine } = routeOf(walk, command);
  const marked = command.marked ? earmark : null;
  const [from, to] = [paper.potOf(fund, line, marked), paper.potOf(toFund, toLine, marked)];
  const authority = authorityFor(walk, command.authority, command.fitting, "reallocate", {
    fund,
    line,
    to: `${toFund} ${toLine}`,
  });
  if (authority === undefined) return null;
  const amount = cents(command.much, leftOf(sheet, authority), paper.at(sheet, `${from} free`));
  const moves = paper.reallocationMoves(from, to, authority.id, amount);
  const faults = [
    ...potsHere(line, command.marked),
    ...potsHere(toLine, command.marked),
    ...(command.marked && toFund !== fund ? ["earmark_does_not_allow_line"] : []),
    ...paper.forAnother(sheet, authority.id, "reallocate", { fund, line, to: `${toFund} ${toLine}` }),
    ...paper.faultsOf(sheet, moves, sheet.day),
  ];
  const mark = marked === null ? {} : { earmark: marked };
  const question = { line, toFund, toLine, amount: money(amount), ...mark };
  // What is said beforehand holds: possible when some decision allows it and nothing else stands in the way.
  const somehow = faults.every((one) => one.startsWith("authority"))
    ? somethingAllows(sheet, fund, line, `${toFund} ${toLine}`, moves, authority.id)
    : faults.length === 0;
  const { possible, says } = await previewReallocation(desk.db, desk.clock, { fund, ...question });
  if (possible !== somehow)
    throw new Error(
      `${somehow ? "It can" : "It cannot"} be done (${faults.join()}), and beforehand it was said: ${says}`,
    );
  const order = { ...question, authority: authority.id, reason: "Winter" };
  return {
    faults,
    does: async () => reallocate(desk.db, fund, order, desk.doing()),
    write: () => paper.write(sheet, { id: "", fund, kind: "reallocate", amount, authority: authority.id, moves }),
  };
}

/** From where to where: as some decision allows, or anyhow. */
function routeOf(walk: Walk, command: Of<"reallocate">) {
  const allowed = walk.sheet.allowed.filter((one) => one.kind === "reallocate");
  const { fund, line, to } = pick(allowed, command.authority) ?? {};
  const [toFund, toLine] = to?.split(" ") ?? [];
  if (command.fitting && fund !== undefined && line != null && toFund !== undefined && toLine !== undefined)
    return { fund, line, toFund, toLine };
  return {
    fund: fundOf(walk, command.from),
    line: lineOf(command.line),
    toFund: fundOf(walk, command.to),
    toLine: lineOf(command.toLine),
  };
}

/** Whether any authority would allow the same moves. */
function somethingAllows(
  sheet: Sheet,
  fund: string,
  line: string,
  to: string,
  moves: readonly Move[],
  instead: string,
): boolean {
  const under = (id: string) =>
    moves.map(([cell, amount]): Move => [cell.replace(`authority ${instead} `, `authority ${id} `), amount]);
  return sheet.allowed.some(
    ({ id }) =>
      paper.forAnother(sheet, id, "reallocate", { fund, line, to }).length === 0 &&
      paper.faultsOf(sheet, under(id), sheet.day).length === 0,
  );
}

export function tellTakingBack(walk: Walk, command: Of<"take-back">): Told | null {
  const { sheet, desk } = walk;
  const act = pick(sheet.acts, sheet.acts.length * 1000 - 1 - command.act);
  if (act === undefined) return null;
  const fund = command.own ? act.fund : fundOf(walk, command.fund);
  const moves = paper.undone(act.moves);
  const faults =
    act.fund !== fund || act.kind === "reversal"
      ? ["unknown_act"]
      : [
          ...(act.standing ? [] : ["act_taken_back_already"]),
          ...(command.reason ? [] : ["reversal_without_reason"]),
          ...(act.standing ? paper.faultsOf(sheet, moves, act.day) : []),
        ];
  const reason = command.reason ? "A mistake" : " ";
  return {
    faults,
    does: async () => takeBack(desk.db, fund, Number(act.id), reason, desk.doing()),
    write: () => {
      act.standing = false;
      for (const call of sheet.calls) if (call.id === act.call) call.standing = false;
      paper.write(sheet, { id: "", fund, kind: "reversal", amount: act.amount, authority: act.authority, moves });
    },
  };
}

export function tellAnnulment(walk: Walk, command: Of<"annul">): Told | null {
  const { sheet, desk } = walk;
  const found = pick(
    sheet.allowed.filter((one) => !one.ended),
    command.decision,
  );
  if (found === undefined) return null;
  return {
    faults: [],
    does: async () => desk.happens(found.decision, { type: "annulled", reason: "Superseded" } as EventDraft),
    write: () => {
      for (const one of sheet.allowed) if (one.decision === found.decision) one.ended = true;
    },
  };
}
