import { openProposal, proposalView } from "#app/decisions.ts";
import type { EventDraft } from "#core/decisions/events.ts";
import { formatDecimal } from "#core/money.ts";
import { fundTerms, grant, openDesk, type Desk } from "./desk.ts";
import type { Much } from "./walk-commands.ts";
import * as paper from "./walk-sheet.ts";
import type { Allowed, Fault, Sheet } from "./walk-sheet.ts";

/** Two funds of one group, each with what its decisions allow, and the sheet on which they are kept beside the record. */
export type Walk = Readonly<{ desk: Desk; sheet: Sheet; funds: readonly [string, string] }>;
export const lines = ["air-defence", "training", "budget"] as const;
export const earmark = "no-budget";

// The table of the eight in hundredths of a per cent, by id. From the first fund Estonia abstains and the others bear its part; from the second Iceland, and nobody does.
export const table: readonly (readonly [party: string, weight: bigint])[] = [
  ["dnk", 2000n],
  ["est", 325n],
  ["fin", 1500n],
  ["isl", 200n],
  ["ltu", 500n],
  ["lva", 325n],
  ["nor", 2300n],
  ["swe", 2850n],
];
export const abstainers = ["est", "isl"] as const;
export const money = (cents: bigint): string => formatDecimal(cents, 2);

export async function openWalk(db: Desk["db"], name: string): Promise<Walk> {
  const desk = await openDesk(db, name);
  const funds = [`${name}-a`, `${name}-b`] as const;
  const sheet = paper.emptySheet(desk.clock().slice(0, 10));
  const grants = [
    grant({ amount: "7.00" }),
    grant({ line: null, amount: "5.00" }),
    grant({ kind: "call", line: null, amount: "60.00" }),
    grant({ line: "training", amount: "3.00", until: "2025-01-20" }),
  ];
  for (const [index, fund] of funds.entries()) {
    const gap = index === 0 ? "others" : "open";
    const terms = fundTerms({ id: fund, gap, decides: {} }, grants);
    await adopt(desk, fund, terms, abstainers[index]);
    for (const [place, one] of grants.entries())
      allow(sheet, {
        id: `${fund}.${place + 1}`,
        fund,
        kind: one.kind,
        line: one.line,
        amount: one.amount,
        until: one.until,
      });
  }
  const [a, b] = funds;
  for (const [place, [from, line, to, toLine, amount]] of (
    [
      [a, "air-defence", a, "budget", "6.00"],
      [a, "air-defence", a, "training", "5.00"],
      [a, "training", b, "training", "4.00"],
    ] as const
  ).entries()) {
    const id = `${name}-move-${place + 1}`;
    const terms = {
      kind: "reallocate",
      from: { fund: from, line },
      to: { fund: to, line: toLine },
      amount,
      until: "2025-02-20",
      reason: "Winter",
    } as const;
    await adopt(desk, id, terms);
    allow(sheet, {
      id: `${id}.1`,
      fund: from,
      kind: "reallocate",
      line,
      to: `${to} ${toLine}`,
      amount,
      until: "2025-02-20",
    });
  }
  return { desk, sheet, funds };
}

function allow(
  sheet: Sheet,
  one: Omit<Allowed, "amount" | "to" | "ended" | "decision"> & { amount: string; to?: string },
): void {
  const amount = BigInt(one.amount.replace(".", ""));
  sheet.allowed.push({ to: null, ended: false, ...one, decision: one.id.replace(/\.\d+$/, ""), amount });
}

/** A decision adopted under silence, from which somebody may abstain constructively. */
async function adopt(desk: Desk, id: string, terms: Parameters<Desk["decide"]>[1], abstainer?: string): Promise<void> {
  const event = async (draft: unknown) => desk.happens(id, draft as EventDraft);
  const opening = {
    id,
    book: desk.book,
    group: "nordic-baltic-eight",
    procedure: "consensus-silence-constructive",
    title: id,
    object: terms.kind,
  };
  await openProposal(desk.db, desk.clock, opening, "secretariat");
  await event({ type: "text-issued", title: id, reference: null, body: "As in the terms.", terms });
  const expiresAt = new Date(Date.parse(desk.clock()) + 60_000).toISOString().replace(".000Z", "Z");
  await event({ type: "silence-started", expiresAt });
  if (abstainer !== undefined)
    await event({
      type: "position-stated",
      participant: abstainer,
      position: "constructive-abstain",
      reason: null,
      declaration: "We shall not pay for it.",
    });
  desk.set(expiresAt);
  await proposalView(desk.db, desk.clock, id);
}

/** What a command would do, and what the sheet says of it: the faults that stand in its way, and how it is written down when there are none. */
export type Told = Readonly<{ faults: readonly Fault[]; does: () => Promise<unknown>; write: (made: unknown) => void }>;

export const pick = <T>(list: readonly T[], place: number): T | undefined => list[place % Math.max(1, list.length)];
export const fundOf = ({ funds }: Walk, place: number): string => funds[place % 2] ?? funds[0];
export const lineOf = (place: number): string => pick(lines, place) ?? lines[0];
export const potsHere = (line: string, marked: boolean): Fault[] =>
  marked && line === "budget" ? ["earmark_does_not_allow_line"] : [];

export function cents({ of, cents: drawn, off }: Much, limit: bigint, pot: bigint): bigint {
  const base = of === "cents" ? BigInt(drawn) : (of === "limit" ? limit : pot) + BigInt(off);
  return base > 0n ? base : 1n;
}

/** What may be done under: what fits, or anything that was ever allowed. */
export function authorityFor(
  walk: Walk,
  place: number,
  fitting: boolean,
  kind: Allowed["kind"],
  where: Readonly<{ fund: string; line: string; to?: string }>,
): Allowed | undefined {
  const { sheet } = walk;
  const fit = sheet.allowed.filter((one) => paper.forAnother(sheet, one.id, kind, where).length === 0);
  return pick(fitting && fit.length > 0 ? fit : sheet.allowed, place);
}

export const leftOf = (sheet: Sheet, one: Allowed): bigint => one.amount - paper.at(sheet, `authority ${one.id} used`);
