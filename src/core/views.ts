import type { BindingClass, Stream } from "./bindingness.ts";
import type { CoverageState, DatePrecision } from "./entries.ts";

/**
 * The shapes that leave the record: what the API answers, the command line prints as JSON and the pages show.
 * Amounts are decimal strings in major units (two digits for currencies, none for items), null when unknown.
 */

/** The four things every figure is drawn with; all come back beside it. Days are ISO (YYYY-MM-DD); null means no limit / the latest. */
export type FigureFrame = Readonly<{
  book: string;
  asOf: string | null;
  knownAt: string | null;
  boundary: string; // all | nations | organisations | group:SLUG | under:SLUG
  basis: string; // as-reported | at-event | constant:YYYY-MM-DD
  unit: string; // ISO 4217 of the amounts
}>;

export type Dimension = "donor" | "category" | "stream" | "group" | "year" | "month" | "class" | "unit";

export type NotConverted = Readonly<{ unit: string; amount: string; postings: number; reason: string }>;

/** Promises on record whose quantity the source does not give: counted, never added. */
export type Unknown = Readonly<{ class: BindingClass; reason: string; promises: number }>;

/** One cell. `donor` is the party's name, `donorId` its id; a dimension not asked for is absent. */
export type TotalsRow = Readonly<
  Partial<Record<Dimension, string>> & { donorId?: string; amount: string; unit: string; postings: number }
>;

export type Totals = Readonly<{
  frame: FigureFrame;
  by: readonly Dimension[];
  class: BindingClass | null;
  rows: readonly TotalsRow[];
  total: string | null; // null when unknown
  boundary: string; // in words
  basis: string; // in words
  notConverted: readonly (NotConverted & Readonly<{ class: BindingClass }>)[]; // classes are never added up
  unknown: readonly Unknown[];
  partial: readonly Readonly<{ class: BindingClass; reason: string }>[]; // classes that cover only what the reason says
  sources: number; // how many sources stand behind the figure
  differences: readonly PublishedDifference[]; // where the record differs from what its publisher prints
}>;

/** A cell where the sum of the source's own rows is not the total it prints. */
export type PublishedDifference = Readonly<{
  release: string;
  donor: string;
  category: string;
  class: BindingClass;
  printed: string;
  ours: string;
  difference: string;
}>;

export type Book = Readonly<{
  slug: string;
  title: string;
  description: string;
  recipient: string;
  synthetic: boolean;
  releases: number;
  postings: number;
  latestRelease: string | null;
  knownFrom: string | null; // day of the first knowledge
  knownTo: string | null;
}>;

export type Release = Readonly<{
  id: string;
  book: string;
  series: string;
  name: string;
  publishedOn: string;
  recordedAt: string;
  fileName: string;
  sha256: string;
  rows: number;
  coverage: readonly Readonly<{ class: BindingClass; state: CoverageState; reason: string }>[];
  source: SourceRef;
}>;

export type SourceRef = Readonly<{
  id: string;
  title: string;
  publisher: string;
  publishedOn: string | null;
  url: string | null;
}>;

export type Source = SourceRef &
  Readonly<{
    book: string | null;
    retrievedOn: string | null;
    note: string;
    passages: readonly Passage[];
    postings: number;
  }>;

export type Passage = Readonly<{ id: string; locator: string; quote: string }>;

export type Party = Readonly<{
  id: string; // iso3 in lower case for nations, a slug for organisations
  name: string;
  kind: "nation" | "organisation";
  iso2: string | null;
  iso3: string | null;
  m49: string | null;
  synthetic: boolean; // made up, to try the program out
  names: readonly Readonly<{ name: string; from: string | null; to: string | null }>[];
  groups: readonly Membership[];
  indicators: readonly IndicatorValue[];
}>;

export type Membership = Readonly<{
  group: string;
  groupName: string;
  role: string;
  from: string | null;
  to: string | null;
  source: SourceRef | null;
}>;
export type IndicatorValue = Readonly<{
  indicator: string;
  year: number;
  value: string;
  unit: string;
  source: SourceRef | null;
}>;

export type Group = Readonly<{
  slug: string;
  name: string;
  kind: string; // alliance | union | contact-group | coalition | region
  description: string;
  synthetic: boolean; // made up, to try the program out
  members: readonly Readonly<{
    party: string;
    name: string;
    role: string;
    from: string | null;
    to: string | null;
    source: SourceRef | null;
  }>[];
  formats: readonly Takeover[]; // the groups that were brought under it
  under: readonly Takeover[]; // the groups under which it was brought
}>;

/** The other group of a takeover, its first and last day, and the decision by which it was brought under or took over. */
export type Takeover = Readonly<{
  slug: string;
  name: string;
  from: string;
  until: string | null;
  decision: string;
  title: string; // of the decision
}>;

/** How many promises and what they come to; null where that is not known. */
export type PromiseSum = Readonly<{ promises: number | null; amount: string | null }>;

/** What the members of a group have promised before it came under another, while it was, after that ended, and without a day. */
export type BroughtAlong = Readonly<{
  frame: FigureFrame;
  takeovers: readonly (Takeover &
    Readonly<{
      classes: readonly Readonly<{
        class: BindingClass;
        reason: string | null; // why it is not known
        partial: string | null; // what alone it covers
        before: PromiseSum;
        under: PromiseSum;
        after: PromiseSum | null; // null where it has no end
        undated: PromiseSum;
      }>[];
    }>)[];
  boundary: string; // in words
  basis: string; // in words
  notConverted: readonly (NotConverted & Readonly<{ class: BindingClass }>)[];
  sources: number;
}>;

/** One donor in the ranking. Amounts by class; pctGdp and perHead are decimal strings of the chosen class's amount. */
export type DonorLine = Readonly<{
  donor: string;
  name: string;
  kind: "nation" | "organisation";
  iso2: string | null;
  m49: string | null;
  byClass: Readonly<Record<BindingClass, string | null>>;
  byCategory: readonly Readonly<{ category: string; amount: string }>[]; // of the chosen class
  pctGdp: string | null;
  perHead: string | null;
  gdpYear: number | null;
  populationYear: number | null;
}>;

export type Overview = Readonly<{
  frame: FigureFrame;
  book: Book;
  class: BindingClass; // the class the ranking and the series are drawn in: the one asked for, else the most advanced one stated
  classes: readonly ClassFigure[];
  streams: readonly Readonly<{ stream: Stream; class: BindingClass; amount: string | null }>[];
  categories: readonly Readonly<{ category: string; class: BindingClass; amount: string | null }>[];
  series: readonly Readonly<{ period: string; category: string; amount: string }>[]; // by month, or by year when the source gives years
  seriesGrain: "month" | "year";
  undated: string; // amount in the class with no date
  donors: readonly DonorLine[];
  vintages: readonly Readonly<{ release: string; publishedOn: string; class: BindingClass; amount: string | null }>[]; // the total as each release knew it
  changes: ReleaseChange | null; // against the release before
  sources: number;
  differences: readonly PublishedDifference[];
}>;

/** A class's total. `reason` says why it is unknown; `partial` what alone it covers, when no source states the whole. */
export type ClassFigure = Readonly<{
  class: BindingClass;
  amount: string | null;
  reason: string | null;
  partial: string | null;
  asOfSource: string | null;
}>;

export type ReleaseChange = Readonly<{
  from: string;
  to: string;
  class: BindingClass;
  added: ChangeSum;
  dropped: ChangeSum;
  newMoney: ChangeSum;
  reconverted: ChangeSum;
  recoded: ChangeSum;
  byDonor: readonly Readonly<{
    donor: string;
    name: string;
    before: string | null;
    after: string | null;
    change: string | null;
  }>[];
}>;
export type ChangeSum = Readonly<{ promises: number; amount: string }>;

export type DiffRow = Readonly<{
  kind: "added" | "dropped" | "new-money" | "re-conversion" | "re-coding";
  code: string;
  donor: string;
  category: string;
  unitBefore: string | null;
  unitAfter: string | null;
  originalBefore: string | null;
  originalAfter: string | null;
  reportedBefore: string | null;
  reportedAfter: string | null;
  change: string | null;
  note: string;
}>;
export type Diff = Readonly<{
  book: string;
  from: string;
  to: string;
  class: BindingClass;
  summary: ReleaseChange;
  rows: readonly DiffRow[];
}>;

/** A line of the promises table. `amount` in the frame's unit and basis, at each class on record. */
export type PromiseRow = Readonly<{
  id: string;
  code: string;
  donor: string;
  donorName: string;
  category: string;
  stream: Stream;
  title: string;
  unit: string;
  announcedOn: string | null;
  datePrecision: DatePrecision;
  original: string | null; // in the promise's own unit, at the highest class stated
  byClass: Readonly<Record<BindingClass, string | null>>; // in the frame's unit
  furthest: BindingClass | null;
  release: string | null;
}>;
export type Page<T> = Readonly<{ items: readonly T[]; total: number; next: string | null }>;

/** A page of what stands behind figures, with the frame its amounts are drawn in. */
export type FramedPage<T> = Page<T> & Readonly<{ frame: FigureFrame }>;

export type PostingView = Readonly<{
  id: string;
  from: string; // stage name or "outside"
  to: string;
  class: BindingClass | null;
  quantity: string;
  unit: string;
  reported: string | null;
  reportedUnit: string | null;
  effectiveOn: string | null;
  datePrecision: DatePrecision;
  knownAt: string;
  recordedAt: string;
  reverses: string | null;
  reason: string | null;
  actor: string;
  source: SourceRef;
}>;

/** A posting behind a figure: what it adds to the figure, exact to the millionth of the frame's unit, or why it adds nothing. */
export type FigurePosting = PostingView &
  Readonly<{
    promise: string;
    code: string;
    donor: string;
    donorName: string;
    category: string;
    stream: Stream;
    amount: string | null;
    notConverted: string | null; // the reason
  }>;

/** A reference rate: units of the currency for one euro, of the day asked or the last working day before it. Null with the reason when there is none. */
export type Rate = Readonly<{
  currency: string;
  asked: string;
  on: string | null;
  rate: string | null;
  reason: string | null;
  source: SourceRef | null;
}>;

export type PromiseView = PromiseRow &
  Readonly<{
    recipient: string;
    explanation: string;
    details: Readonly<Record<string, string>>;
    sourceLinks: readonly string[];
    place: Readonly<{ file: string; sheet: string | null; row: number }> | null;
    postings: readonly PostingView[]; // the whole chain, oldest knowledge first
    /** What each release said, at the furthest class it gives, oldest first. */
    readings: readonly Readonly<{
      release: string;
      publishedOn: string;
      class: BindingClass | null;
      original: string | null;
      reported: string | null;
      unit: string;
    }>[];
    siblings: readonly PromiseRow[]; // the other units under the same code: the items of a package
  }>;

/** What the recipient said it needs of an item, beside what a publisher counted over all givers. Pieces, as decimal strings; null where not stated. */
export type StatedNeed = Readonly<{
  item: string;
  asOf: string;
  needs: readonly Readonly<{ label: string; quantity: string | null; statedBy: string; note: string }>[];
  committed: string | null;
  delivered: string | null;
  source: SourceRef;
}>;

/** Stated needs one label a line, for a table. */
export type Needs = Readonly<{
  items: readonly Readonly<{
    item: string;
    asOf: string;
    need: string | null;
    needLabel: string;
    committed: string | null;
    delivered: string | null;
    source: SourceRef;
  }>[];
}>;

/** Something said in public, with the passage it stands in. `inLedger` when it also stands as a promise of the class said. */
export type Statement = Readonly<{
  id: string;
  saidOn: string;
  speaker: string;
  giver: string | null;
  title: string;
  place: string;
  amount: string | null;
  currency: string | null;
  inLedger: boolean;
  note: string;
  source: SourceRef;
  passage: Passage | null;
}>;

/** A dated event that the record's promises turn on. */
export type Milestone = Readonly<{
  on: string;
  precision: DatePrecision;
  kind: string;
  title: string;
  group: string | null;
  note: string;
  source: SourceRef;
}>;

/** What a book holds beside its postings. */
export type BookFacts = Readonly<{
  needs: readonly StatedNeed[];
  statements: readonly Statement[];
  milestones: readonly Milestone[];
}>;
