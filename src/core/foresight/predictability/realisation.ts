import { bindingClasses, classRank, type BindingClass } from "../../bindingness.ts";
import type { FigureLine } from "../../views-predictability.ts";
import { knownShare, shareLine, unknown, unknownLine, type Behind, type Drawn } from "./figure.ts";
import { spansAcross } from "./annual.ts";
import { reachNote } from "./giving.ts";
import { comeBy, isFund, lesser, owed, type Scope } from "./scope.ts";
import { fallenBy, nearlyAll, reachOf, sumOfRows, type Dated } from "./spans.ts";

/** What stood in a class in one giver's stream and category, and how much of it had gone further; `further` null: no later class is on record. */
type Cell = Readonly<{ stood: bigint; further: bigint | null; behind: readonly Behind[] }>;

const started: readonly BindingClass[] = ["said", "bound", "placed", "moved"];

/** Of what stood in each class by the last day, the part that had gone further: sum over cells of min(further, stood) / sum stood. */
export function realisation(scope: Scope): Drawn {
  const rates = started.map((from) => ({ from, ...rateOf(scope, from) }));
  const bound = rates.find(({ from }) => from === "bound");
  const lines: FigureLine[] = rates.map(({ from, ratio, reason, apart }) => {
    const what = `Of what was ${from}, gone further`;
    return ratio === null
      ? unknownLine(what, "percent", reason)
      : { ...shareLine(what, ratio), reason: apart === 0 ? null : elsewhere(apart) };
  });
  const behind = rates.flatMap((rate) => rate.behind);
  if (bound?.ratio == null) return unknown("realisation", sentence(bound?.reason ?? ""), { lines, behind });
  const reason = [reachNote(scope, "bound"), bound.apart === 0 ? null : sentence(elsewhere(bound.apart))].filter(
    (one) => one !== null,
  );
  return knownShare("realisation", bound.ratio, {
    lines,
    behind,
    reason: reason.length === 0 ? null : reason.join(" "),
  });
}

type Rate = Readonly<{
  ratio: Readonly<{ top: bigint; bottom: bigint }> | null;
  reason: string;
  apart: number;
  behind: readonly Behind[];
}>;

function rateOf(scope: Scope, from: BindingClass): Rate {
  const own = scope.standing.filter((row) => !countedAsCalled(scope, row, from));
  const ledger = [...Map.groupBy(own, (row) => `${row.giver}\u0000${row.stream}\u0000${row.category}`).values()];
  const cells = ledger.map((rows) => cellOf(scope, rows, from));
  const across = cells.filter((cell) => cell === "across").length;
  const found = [...cells, ...dueCells(scope, from)].filter(
    (cell): cell is Cell => typeof cell === "object" && cell !== null,
  );
  const told = found.filter((cell): cell is Cell & { further: bigint } => cell.further !== null);
  const behind = found.flatMap((cell) => cell.behind);
  const stood = told.reduce((sum, cell) => sum + cell.stood, 0n);
  if (found.length === 0 && across > 0) return { ratio: null, reason: spansAcross, apart: 0, behind };
  if (found.length === 0) return { ratio: null, reason: `nothing is on record as ${from} by then`, apart: 0, behind };
  if (stood === 0n)
    return {
      ratio: null,
      reason: `no source on record says, up to the same day, what came of what was ${from}`,
      apart: 0,
      behind,
    };
  const top = told.reduce((sum, cell) => sum + lesser(cell.further, cell.stood), 0n);
  return { ratio: { top, bottom: stood }, reason: "", apart: found.length - told.length + across, behind };
}

/** Where dues are told too, what a fund holds came in by them: it would count twice. */
function countedAsCalled({ facts, dues }: Scope, row: Dated, from: BindingClass): boolean {
  return from === "bound" && dues.some((due) => due.fund !== null) && isFund(facts, row.giver);
}

function cellOf({ facts, cutoff, whole }: Scope, rows: readonly Dated[], from: BindingClass): Cell | "across" | null {
  const fallen = fallenBy(rows, cutoff);
  const inClass = fallen.rows.filter((row) => row.class === from);
  const stood = sumOfRows(inClass);
  const own = { sum: null, rows: inClass, across: fallen.across.filter((row) => row.class === from) };
  if (nearlyAll(own) === null) return "across";
  if (stood <= 0n) return null;
  const since = inClass.map(({ span }) => span?.from ?? "").toSorted()[0] ?? "";
  const last =
    inClass
      .map(({ span }) => span?.until ?? "")
      .toSorted()
      .at(-1) ?? "";
  const series = new Set(inClass.map((row) => row.series));
  const reaches = (row: Dated) =>
    row.series === "" || series.has(row.series) || reachOf(whole.standing, { series: row.series }, cutoff) >= last;
  const further = bindingClasses
    .filter((name) => classRank(name) > classRank(from))
    .flatMap((name) => {
      const own = fallen.rows.filter((row) => row.class === name && (row.span?.until ?? "") >= since && reaches(row));
      const stated = facts.releases.some((release) => series.has(release.series) && release.states.includes(name));
      return own.length > 0 || stated ? [{ own, sum: sumOfRows(own) }] : [];
    });
  const most = further.toSorted((one, other) => (one.sum === other.sum ? 0 : one.sum > other.sum ? -1 : 1))[0];
  const behind = [
    ...inClass.map((stated): Behind => ({ kind: "stated", stated, says: `was ${from}` })),
    ...(most?.own ?? []).map((stated): Behind => ({ kind: "stated", stated, says: `had gone further than ${from}` })),
  ];
  return { stood, further: most === undefined ? null : most.sum, behind };
}

/** What funds called stands as bound, what was pledged to them as said; what came went further. */
function dueCells(scope: Scope, from: BindingClass): Cell[] {
  const kind = from === "bound" ? "call" : from === "said" ? "instalment" : null;
  return owed(scope)
    .filter((due) => due.kind === kind && due.issuedOn <= scope.cutoff)
    .map((due) => ({
      stood: due.amount,
      further: comeBy(due, scope.cutoff),
      behind: [{ kind: "due", due, says: kind === "call" ? "called" : "pledged" }],
    }));
}

function elsewhere(cells: number): string {
  return `left out: ${cells === 1 ? "one sum" : `${cells} sums`} by giver and category of which no later class is on record up to the same day, or that are of spans beyond the period`;
}

function sentence(text: string): string {
  return text === "" ? text : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
