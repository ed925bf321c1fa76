import { z } from "zod";
import { bindingClasses, streams } from "#core/bindingness.ts";
import { coverageStates } from "#core/entries.ts";
import type * as views from "#core/views.ts";

/** The shapes of the answers, for checking what goes out and for the OpenAPI description. Each is held to its type in core/views.ts. */

type Plain<T> = T extends readonly (infer Item)[]
  ? Plain<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Plain<T[Key]> }
    : T;
type Same<Left, Right> = [Left] extends [Right] ? ([Right] extends [Left] ? true : false) : false;

/** A schema whose output is the view `V`, neither more nor less. */
export type Shape<V> = z.ZodType & Readonly<{ view?: V }>;

/** Names a schema and holds it to a view: a field that differs on either side does not compile. */
export function shapeOf<V>() {
  return <S extends z.ZodType>(
    id: string,
    schema: S & (Same<z.output<S>, Plain<V>> extends true ? unknown : never),
  ): S & Shape<V> => (schema as S).meta({ id }) as S & Shape<V>;
}

export const text = z.string();
export const day = z.string().describe("A day, YYYY-MM-DD");
export const amount = z.string().describe("An exact decimal in major units");
export const count = z.number().int();
export const bindingClass = z.enum(bindingClasses);
export const stream = z.enum(streams);
export const precision = z.enum(["day", "by", "month", "none"]);
export const kind = z.enum(["nation", "organisation"]);
export const byClass = z.object({
  said: amount.nullable(),
  bound: amount.nullable(),
  placed: amount.nullable(),
  moved: amount.nullable(),
  received: amount.nullable(),
});

export const sourceRef = shapeOf<views.SourceRef>()(
  "SourceRef",
  z.object({ id: text, title: text, publisher: text, publishedOn: day.nullable(), url: text.nullable() }),
);
export const figureFrame = shapeOf<views.FigureFrame>()(
  "FigureFrame",
  z.object({
    book: text,
    asOf: day.nullable(),
    knownAt: day.nullable(),
    boundary: text.describe("all, nations, organisations, group:SLUG or under:SLUG"),
    basis: text.describe("as-reported, at-event or constant:YYYY-MM-DD"),
    unit: text.describe("ISO 4217 code of the amounts, or an item unit"),
  }),
);
export const difference = shapeOf<views.PublishedDifference>()(
  "PublishedDifference",
  z.object({
    release: text,
    donor: text,
    category: text,
    class: bindingClass,
    printed: amount,
    ours: amount,
    difference: amount,
  }),
);
const dimension = z.enum(["donor", "category", "stream", "group", "year", "month", "class", "unit"]);
const totalsRow = shapeOf<views.TotalsRow>()(
  "TotalsRow",
  z.object({
    donor: text.optional(),
    donorId: text.optional(),
    category: text.optional(),
    stream: text.optional(),
    group: text.optional(),
    year: text.optional(),
    month: text.optional(),
    class: text.optional(),
    amount,
    unit: text,
    postings: count,
  }),
);
export const totals = shapeOf<views.Totals>()(
  "Totals",
  z.object({
    frame: figureFrame,
    by: z.array(dimension),
    class: bindingClass.nullable(),
    rows: z.array(totalsRow),
    total: amount.nullable().describe("null when unknown"),
    boundary: text,
    basis: text,
    notConverted: z.array(z.object({ class: bindingClass, unit: text, amount, postings: count, reason: text })),
    unknown: z.array(z.object({ class: bindingClass, reason: text, promises: count })),
    partial: z.array(z.object({ class: bindingClass, reason: text })),
    sources: count,
    differences: z.array(difference),
  }),
);
export const book = shapeOf<views.Book>()(
  "Book",
  z.object({
    slug: text,
    title: text,
    description: text,
    recipient: text,
    synthetic: z.boolean(),
    releases: count,
    postings: count,
    latestRelease: text.nullable(),
    knownFrom: day.nullable(),
    knownTo: day.nullable(),
  }),
);
export const release = shapeOf<views.Release>()(
  "Release",
  z.object({
    id: text,
    book: text,
    series: text,
    name: text,
    publishedOn: day,
    recordedAt: text,
    fileName: text,
    sha256: text,
    rows: count,
    coverage: z.array(z.object({ class: bindingClass, state: z.enum(coverageStates), reason: text })),
    source: sourceRef,
  }),
);
const span = { from: day.nullable(), to: day.nullable() };
export const party = shapeOf<views.Party>()(
  "Party",
  z.object({
    id: text,
    name: text,
    kind,
    iso2: text.nullable(),
    iso3: text.nullable(),
    m49: text.nullable(),
    synthetic: z.boolean().describe("Made up, to try the program out"),
    names: z.array(z.object({ name: text, ...span })),
    groups: z.array(z.object({ group: text, groupName: text, role: text, ...span, source: sourceRef.nullable() })),
    indicators: z.array(
      z.object({ indicator: text, year: count, value: text, unit: text, source: sourceRef.nullable() }),
    ),
  }),
);
const takeoverFields = {
  slug: text,
  name: text,
  from: day,
  until: day.nullable(),
  decision: text.describe("The id of the decision"),
  title: text.describe("Of the decision"),
};
const takeover = shapeOf<views.Takeover>()("Takeover", z.object(takeoverFields));
export const group = shapeOf<views.Group>()(
  "Group",
  z.object({
    slug: text,
    name: text,
    kind: text,
    description: text,
    synthetic: z.boolean().describe("Made up, to try the program out"),
    members: z.array(z.object({ party: text, name: text, role: text, ...span, source: sourceRef.nullable() })),
    formats: z.array(takeover).describe("The groups that were brought under it"),
    under: z.array(takeover).describe("The groups under which it was brought"),
  }),
);
const promiseSum = shapeOf<views.PromiseSum>()(
  "PromiseSum",
  z.object({ promises: count.nullable(), amount: amount.nullable() }).describe("null where that is not known"),
);
export const broughtAlong = shapeOf<views.BroughtAlong>()(
  "BroughtAlong",
  z.object({
    frame: figureFrame,
    takeovers: z.array(
      z.object({
        ...takeoverFields,
        classes: z.array(
          z.object({
            class: bindingClass,
            reason: text.nullable(),
            partial: text.nullable(),
            before: promiseSum,
            under: promiseSum,
            after: promiseSum.nullable(),
            undated: promiseSum,
          }),
        ),
      }),
    ),
    boundary: text,
    basis: text,
    notConverted: z.array(z.object({ class: bindingClass, unit: text, amount, postings: count, reason: text })),
    sources: count,
  }),
);
export const promiseFields = {
  id: text,
  code: text,
  donor: text,
  donorName: text,
  category: text,
  stream,
  title: text,
  unit: text,
  announcedOn: day.nullable(),
  datePrecision: precision,
  original: amount.nullable().describe("In the promise's own unit, at the furthest class"),
  byClass,
  furthest: bindingClass.nullable(),
  release: text.nullable(),
};
export const promiseRow = shapeOf<views.PromiseRow>()("PromiseRow", z.object(promiseFields));
export const pageFields = {
  total: count.describe("How many there are in all"),
  next: text.nullable().describe("The cursor of the next page"),
};
export const promisePage = shapeOf<views.FramedPage<views.PromiseRow>>()(
  "PromisePage",
  z.object({ items: z.array(promiseRow), ...pageFields, frame: figureFrame }),
);

/** A list of a shape. */
export function listOf<V>(item: Shape<V>): Shape<readonly V[]> {
  return z.array(item) as Shape<readonly V[]>;
}
