import type { BindingClass } from "../../bindingness.ts";
import type { DatePrecision } from "../../entries.ts";

/** All amounts are millionths of a major unit of the figures' unit; days are ISO days. Everything is as known on the last day known. */

export type DueKind = "call" | "instalment" | "placement";

/** Something that was to come by a day: a member's part of a call, an instalment of a pledge, a placement with a need. */
export type Due = Readonly<{
  id: string;
  kind: DueKind;
  title: string;
  giver: string;
  fund: string | null;
  page: string; // the call or need it stands on
  stream: string;
  unit: string;
  amount: bigint; // what is owed; what was credited in kind is taken off
  dueOn: string;
  issuedOn: string; // the first day on which it stood on record itself
  laidDownOn: string; // the first day on which the record held that it was to come in that year: of a call, also the decision on that year's envelope
  voluntary: boolean;
  years: number; // calendar years over which the whole undertaking is spread
  earmarked: boolean;
  arrivals: readonly Arrival[]; // in the order of days
}>;

export type Arrival = Readonly<{ on: string; amount: bigint }>;

/** What stands on record of one giver in one class and category, by the day it took effect and the release that says so. */
export type Stated = Readonly<{
  giver: string;
  stream: string;
  category: string;
  class: BindingClass;
  series: string; // empty: of no release
  release: string; // empty: of no release
  on: string | null;
  precision: DatePrecision;
  amount: bigint; // signed: what a later release takes back is negative
  rows: number;
}>;

export type ReleaseFact = Readonly<{
  series: string;
  name: string;
  publishedOn: string;
  states: readonly BindingClass[]; // the classes it states as a whole
  partly: readonly BindingClass[]; // those of which it states a part
}>;

export type FundFact = Readonly<{
  id: string;
  title: string;
  party: string;
  openedOn: string;
  years: readonly Readonly<{ year: number; amount: bigint }>[];
}>;

/** A step from one class of bindingness to another by an act of its own, not by a release that gives one date a row. */
export type Step = Readonly<{
  promise: string;
  giver: string;
  fund: string | null;
  stream: string;
  from: BindingClass | null;
  to: BindingClass;
  on: string;
  quantity: bigint; // smallest parts
}>;

/** How far a need is met, in whole units of the kind first asked for. */
export type NeedFact = Readonly<{
  id: string;
  title: string;
  stream: string;
  from: string;
  until: string;
  quantity: number;
  placed: number;
}>;

/** A promise whose title names the years it is for. */
export type PlanFact = Readonly<{
  promise: string;
  giver: string;
  stream: string;
  title: string;
  fromYear: number;
  untilYear: number;
  knownOn: string;
}>;

export type GiverFact = Readonly<{
  id: string;
  name: string;
  kind: "nation" | "organisation";
  gdp: ReadonlyMap<number, bigint>; // US dollars by year
}>;

/** Everything an indicator is drawn from. */
export type Facts = Readonly<{
  knownTo: string;
  unit: string;
  scale: number;
  class: BindingClass; // in which what was given directly is counted
  partly: ReadonlyMap<BindingClass, string>; // classes of which the record holds a part only: which
  stated: readonly Stated[];
  dues: readonly Due[];
  releases: readonly ReleaseFact[];
  funds: readonly FundFact[];
  steps: readonly Step[];
  plans: readonly PlanFact[];
  givers: ReadonlyMap<string, GiverFact>;
}>;
