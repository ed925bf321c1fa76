import type { BindingClass, Stream } from "#core/bindingness.ts";
import type { DatePrecision, ReleaseContent } from "#core/entries.ts";

/** A document that facts come from. `url` is null where the address is not certain. */
export type SourceRecord = Readonly<{
  id: string;
  title: string;
  publisher: string;
  publishedOn: string | null;
  retrievedOn: string | null;
  url: string | null;
  note: string;
  passages: readonly Readonly<{ id: string; locator: string; quote: string }>[];
}>;

/** A nation or an organisation with the names it went by. `until` is the last day, inclusive. */
export type PartyRecord = Readonly<{
  id: string; // iso3 in lower case for nations, a slug for organisations
  kind: "nation" | "organisation";
  iso2: string | null;
  iso3: string | null;
  m49: string | null; // three digits
  name: string;
  source: string;
  names: readonly Readonly<{ name: string; from: string | null; until: string | null; source: string }>[];
  aliases: readonly Readonly<{ alias: string; source: string }>[];
}>;

/** One party's time in a group in one role. `until` is the last day, inclusive; null is still. `from` null is a start nobody states. */
export type MembershipRecord = Readonly<{
  group: string;
  party: string;
  role: "member" | "lead" | "recipient";
  from: string | null;
  precision: DatePrecision; // `by`: a member on that day at the latest
  until: string | null;
  source: string;
  note: string;
}>;

export type GroupRecord = Readonly<{
  slug: string;
  name: string;
  kind: (typeof groupKinds)[number];
  description: string;
  source: string;
  members: readonly MembershipRecord[];
}>;
export const groupKinds = ["alliance", "union", "forum", "contact-group", "coalition", "region"] as const;

/** A whole number of USD or persons. */
export type IndicatorRecord = Readonly<{
  party: string;
  indicator: "gdp" | "population";
  year: number;
  value: bigint;
  unit: string;
  source: string;
}>;

/** Units of the currency for one euro on a day, as a decimal. */
export type RateRecord = Readonly<{ currency: string; on: string; rate: string; source: string }>;

/** A body of facts known from one day on, ready for the record to take in. `source` is a SourceRecord's id. */
export type ReferenceRelease = Readonly<{
  id: string;
  name: string;
  publishedOn: string; // where nobody states the day of publication, the day of retrieval
  dataTo: string;
  source: string;
  note: string;
  file: string; // the reference file its rows stand in
  content: ReleaseContent;
}>;

/** A stated need, or what stood against it, in pieces. Totals of all givers, so never postings. */
export type NeedRecord = Readonly<{
  item: string;
  measure: string;
  quantity: bigint;
  statedBy: string;
  asOf: string;
  source: string;
  note: string;
}>;

/** What somebody said. `posted` statements are postings of the class said; the others say in `note` why they are not. */
export type StatementRecord = Readonly<{
  id: string;
  saidOn: string;
  speaker: string;
  giver: string | null;
  category: string | null;
  stream: Stream | null;
  amount: bigint | null; // hundredths of the currency
  currency: string | null;
  posted: boolean;
  title: string;
  place: string;
  source: string;
  passage: string;
  note: string;
}>;

export type MilestoneRecord = Readonly<{
  on: string;
  precision: DatePrecision;
  kind: string;
  title: string;
  group: string | null;
  source: string;
  note: string;
}>;

/** A total as its publisher prints it. `donor` is a party's id, `all`, or `nations-and-eu` (all but the EIB and the EPF); `category` may be `all`. Millionths of EUR. */
export type PublishedTotalRecord = Readonly<{
  release: string;
  donor: string;
  category: string;
  class: BindingClass;
  amount: bigint;
  place: string;
  source: string;
}>;

/** What two figures stand side by side for a donor's budget support, in millionths of EUR. */
export type BudgetSupportRecord = Readonly<{
  release: string;
  donor: string;
  period: string;
  committed: bigint | null;
  disbursed: bigint;
  source: string;
}>;

/** The whole worked case. */
export type ReferenceData = Readonly<{
  sources: readonly SourceRecord[];
  parties: readonly PartyRecord[];
  groups: readonly GroupRecord[];
  indicators: readonly IndicatorRecord[];
  rates: readonly RateRecord[];
  releases: readonly ReferenceRelease[]; // by day of publication
  needs: readonly NeedRecord[];
  statements: readonly StatementRecord[];
  milestones: readonly MilestoneRecord[];
  budgetSupport: readonly BudgetSupportRecord[];
  publishedTotals: readonly PublishedTotalRecord[];
}>;
