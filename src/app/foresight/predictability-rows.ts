import { MainstayError } from "#core/errors.ts";
import { definitions } from "#core/foresight/predictability/definitions.ts";
import type { Facts } from "#core/foresight/predictability/facts.ts";
import type { Behind } from "#core/foresight/predictability/figure.ts";
import { draw, scopeOf, type Subject } from "#core/foresight/predictability/indicators.ts";
import { formatDecimal, rescale, valuationScale } from "#core/money.ts";
import { present } from "#core/present.ts";
import { indicatorIds, type RowBehind, type RowsBehind } from "#core/views-predictability.ts";
import type { FigureFrame } from "#core/views.ts";
import type { Database } from "#store/database.ts";
import { prepare, type PredictabilityQuestion } from "./predictability.ts";

export const mostRows = 1000;

/** Which figure: an indicator, over all of them together or of the one that `only` names, in the first of the periods. */
export type RowsQuestion = PredictabilityQuestion & Readonly<{ indicator: string }>;

/**
 * The rows of the record that one figure is drawn from, each with the page that shows it: the first thousand.
 * @throws MainstayError unknown_indicator_of_predictability and those of predictability
 */
export async function predictabilityRows(db: Database, question: RowsQuestion): Promise<RowsBehind> {
  const indicator = indicatorIds.find((id) => id === question.indicator);
  if (indicator === undefined)
    throw new MainstayError("unknown_indicator_of_predictability", JSON.stringify(question.indicator), {
      field: "indicator",
    });
  const { asked, facts, standing, periods, subjects } = await prepare(db, question);
  const at = present(periods[0], "a period");
  const [one] = question.only === undefined ? [] : subjects;
  const subject: Subject = one?.subject ?? { side: "all" };
  const { figure, behind } = draw(indicator, scopeOf(facts, standing, at, subject));
  return {
    frame: asked.figureFrame,
    period: at.period.text,
    row: { id: one?.id ?? null, name: one?.name ?? "All together" },
    definition: present(
      definitions.find(({ id }) => id === indicator),
      "a definition",
    ),
    figure: { ...figure, rows: behind.length },
    total: behind.length,
    rows: behind.slice(0, mostRows).map((row) => rowView(row, facts, asked.figureFrame)),
  };
}

function rowView(row: Behind, facts: Facts, frame: FigureFrame): RowBehind {
  const { unit } = facts;
  const nameOf = (giver: string) => facts.givers.get(giver)?.name ?? giver;
  const money = (millionths: bigint, scale = facts.scale) =>
    formatDecimal(rescale(millionths, valuationScale, scale), scale);
  const base = { says: row.says, unit };
  switch (row.kind) {
    case "due": {
      const { due } = row;
      const href =
        due.kind === "placement"
          ? page(`/needs/${due.page}`, frame)
          : due.kind === "call"
            ? page(`/funds/${due.fund}/calls/${due.page}`, frame)
            : page(`/funds/${due.fund}`, frame);
      const scale = due.unit === unit ? facts.scale : 0;
      return {
        ...base,
        what: due.title,
        giver: nameOf(due.giver),
        from: due.dueOn,
        until: due.dueOn,
        amount: money(due.amount, scale),
        unit: due.unit,
        href,
      };
    }
    case "stated": {
      const { stated } = row;
      const { giver, category, class: theClass, span, on } = stated;
      const narrowed = {
        donor: giver,
        category,
        class: theClass,
        stream: stated.stream,
        ...(on === null ? {} : { period: on.slice(0, 4) }),
      };
      return {
        ...base,
        what: `${category}, ${theClass}${stated.release === "" ? "" : `, ${stated.release}`}`,
        giver: nameOf(giver),
        from: span?.from ?? null,
        until: span?.until ?? null,
        amount: money(stated.amount),
        href: page("/postings", frame, narrowed),
      };
    }
    case "step":
      return {
        ...base,
        what: `${row.step.from} to ${row.step.to}, ${row.step.promise}`,
        giver: nameOf(row.step.giver),
        from: row.since,
        until: row.step.on,
        amount: null,
        href: page(`/promises/${row.step.promise}`, frame),
      };
    case "release":
      return {
        ...base,
        what: row.release,
        giver: nameOf(row.giver),
        from: null,
        until: null,
        amount: money(row.amount),
        href: page("/releases", frame),
      };
    case "fund":
      return {
        ...base,
        what: `${row.title}, envelope of ${row.year}`,
        giver: row.title,
        from: `${row.year}-01-01`,
        until: `${row.year}-12-31`,
        amount: money(row.amount),
        href: page(`/funds/${row.fund}`, frame),
      };
    case "plan":
      return {
        ...base,
        what: row.plan.title,
        giver: nameOf(row.plan.giver),
        from: `${row.plan.fromYear}-01-01`,
        until: `${row.plan.untilYear}-12-31`,
        amount: null,
        href: page(`/promises/${row.plan.promise}`, frame),
      };
    case "need":
      return {
        ...base,
        what: row.title,
        giver: "",
        from: null,
        until: null,
        amount: null,
        href: page(`/needs/${row.need}`, frame),
      };
    case "giver":
      return {
        ...base,
        what: nameOf(row.giver),
        giver: nameOf(row.giver),
        from: null,
        until: null,
        amount: null,
        href: page(`/nations/${row.giver}`, frame),
      };
  }
}

/** The address of a page in the frame of the figures. */
function page(path: string, { book, knownAt }: FigureFrame, narrowed: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams({ book, ...(knownAt === null ? {} : { known_at: knownAt }), ...narrowed });
  return `${path}?${query.toString()}`;
}
