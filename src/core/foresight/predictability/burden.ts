import type { FigureLine } from "../../views-predictability.ts";
import type { Ratio } from "../../burden/ratio.ts";
import {
  knownRatio,
  numberLine,
  ratioWords,
  shareLine,
  unknown,
  unknownLine,
  type Behind,
  type Drawn,
} from "./figure.ts";
import { givenBy, reachNote, told, type Given } from "./giving.ts";
import { yearOf } from "./period.ts";
import { comeBy, owed, type Scope } from "./scope.ts";

type Told = Readonly<{ ratio: Ratio | null; reason: string; lines: readonly FigureLine[]; behind: readonly Behind[] }>;

/** Share given over share of GDP, among the nations that gave and whose GDP is known; of one that is called by a key, share come over share called. */
export function burden(scope: Scope): Drawn {
  const { giver } = scope;
  if (giver === null) return overAll(scope);
  const [byGdp, byKey] = [ofGdp(scope, giver), ofKey(scope, giver)];
  const lines = [
    ...wordsOf("Over its share of GDP", byGdp),
    ...(byKey === null ? [] : wordsOf("Over its share by the key", byKey)),
  ];
  const behind = [...(byKey?.behind ?? []), ...byGdp.behind];
  const told = byKey ?? byGdp;
  if (told.ratio === null) return unknown("burden", told.reason, { lines, behind });
  return knownRatio("burden", told.ratio, { lines, behind, reason: byKey === null ? reachNote(scope) : null });
}

function wordsOf(what: string, told: Told): FigureLine[] {
  if (told.ratio === null) return [unknownLine(what, "ratio", told.reason)];
  return [{ what, ...ratioWords(told.ratio), unit: "ratio", reason: null }, ...told.lines];
}

function overAll(scope: Scope): Drawn {
  const { nations, year } = compared(scope);
  const ratios = nations.map(({ giver }) => ofGdp(scope, giver).ratio).filter((ratio) => ratio !== null);
  const lines =
    year === null
      ? []
      : [
          numberLine("Nations compared", ratios.length),
          numberLine("Gave at least by their share of GDP", ratios.filter(({ top, bottom }) => top >= bottom).length),
          numberLine("Gave less than half of it", ratios.filter(({ top, bottom }) => 2n * top < bottom).length),
          numberLine("Year of the GDP", year),
        ];
  return unknown("burden", "It is told giver by giver; over all of them it is one by definition.", { lines });
}

type Nation = Given & Readonly<{ amount: bigint; gdp: bigint }>;

/** The nations that gave, with the GDP of the newest year up to the period in which any of them has one on record. */
function compared(scope: Scope): Readonly<{ nations: readonly Nation[]; year: number | null; across: boolean }> {
  const { facts, period, cutoff } = scope;
  const given = givenBy(scope, cutoff).filter(({ giver }) => facts.givers.get(giver)?.kind === "nation");
  const years = given.flatMap(({ giver }) => [...(facts.givers.get(giver)?.gdp.keys() ?? [])]);
  const upTo = years.filter((year) => year <= yearOf(period.until));
  if (upTo.length === 0) return { nations: [], year: null, across: false };
  const year = Math.max(...upTo);
  const nations = given.flatMap((one): Nation[] => {
    const gdp = facts.givers.get(one.giver)?.gdp.get(year);
    return gdp === undefined || one.amount === null ? [] : [{ ...one, amount: one.amount, gdp }];
  });
  return { nations, year, across: told(given, facts.scale) === null };
}

function ofGdp(scope: Scope, giver: string): Told {
  const nothing = (reason: string): Told => ({ ratio: null, reason, lines: [], behind: [] });
  if (scope.facts.givers.get(giver)?.kind !== "nation")
    return nothing(
      "An organisation is not compared: what it gives is not put down to its members, whose GDP it would share.",
    );
  const { nations, year, across } = compared(scope);
  if (year === null) return nothing("No GDP up to the period is on record.");
  if (across) return nothing("What some givers had given by the end of the period cannot be told.");
  const own = nations.find((one) => one.giver === giver);
  if (own === undefined) {
    const gave = givenBy(scope, scope.cutoff).find((one) => one.giver === giver);
    if (gave?.amount === null) return nothing("What it had given by the end of the period cannot be told.");
    return nothing(
      gave ? `No GDP of ${year} is on record.` : "Nothing is on record as given by the end of the period.",
    );
  }
  const [all, size] = [
    nations.reduce((sum, one) => sum + one.amount, 0n),
    nations.reduce((sum, one) => sum + one.gdp, 0n),
  ];
  const lines = [
    shareLine("Share of what these nations gave", { top: own.amount, bottom: all }),
    shareLine(`Share of their GDP of ${year}`, { top: own.gdp, bottom: size }),
  ];
  return {
    ratio: { top: own.amount * size, bottom: all * own.gdp },
    reason: "",
    lines,
    behind: [...own.behind, { kind: "giver", giver, says: `GDP of ${year}` }],
  };
}

/** Null where it is not called by a key. */
function ofKey({ facts, cutoff, whole }: Scope, giver: string): Told | null {
  const calls = owed({ facts, dues: whole.dues }).filter((due) => due.kind === "call" && due.dueOn <= cutoff);
  const own = calls.filter((due) => due.giver === giver);
  if (own.length === 0) return null;
  const sum = (of: typeof calls, day: string | null) =>
    of.reduce((all, due) => all + (day === null ? due.amount : comeBy(due, day)), 0n);
  const [came, all, called, whole_] = [sum(own, cutoff), sum(calls, cutoff), sum(own, null), sum(calls, null)];
  const behind = own.map((due): Behind => ({ kind: "due", due, says: "called by the key" }));
  if (all === 0n) return { ratio: null, reason: "Nothing that was called had come by then.", lines: [], behind };
  const lines = [
    shareLine("Share of what came by calls", { top: came, bottom: all }),
    shareLine("Share of what was called and due", { top: called, bottom: whole_ }),
  ];
  return { ratio: { top: came * whole_, bottom: all * called }, reason: "", lines, behind };
}
