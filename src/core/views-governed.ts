import type { BindingClass } from "./bindingness.ts";
import type { Diagram } from "./decisions/diagram.ts";
import type { Procedure } from "./decisions/procedure.ts";
import type { OutlineLine } from "./decisions/rule-outline.ts";
import type { FigureFrame } from "./views.ts";

/** The shapes that leave the deciding side of the record: procedures, voting power, contribution keys and what-ifs. As in views.ts, amounts are decimal strings. */

/** A voting rule that can be reckoned. `modelled`: made up for comparison, in force nowhere. */
export type VotingRuleView = Readonly<{
  id: string;
  title: string;
  summary: string;
  members: number;
  validFrom: string;
  validTo: string | null;
  modelled: boolean;
  source: DocumentRef | null;
}>;

/** A document outside the record: a treaty, a table of a statistical office. */
export type DocumentRef = Readonly<{ title: string; publisher: string; url: string }>;

/** An exact fraction in lowest terms (`421/2145`), and as a decimal of eight digits. */
export type ExactShare = Readonly<{ exact: string; decimal: string }>;

/** One member's part under a rule. `weight` and `share` (of all weight) null where members are only counted. Swings are a whole number. */
export type VotingMember = Readonly<{
  id: string;
  name: string;
  weight: string | null;
  share: string | null;
  veto: boolean;
  swings: string;
  banzhaf: ExactShare;
  absolute: ExactShare;
  shapley: ExactShare;
}>;

/** The exact voting power of every member. Counts of coalitions are whole numbers; `rule` null for weights that were given. */
export type VotingPowerView = Readonly<{
  rule: VotingRuleView | null;
  weightOf: string | null;
  weightUnit: string | null;
  weightSource: DocumentRef | null;
  totalWeight: string | null;
  quota: string | null;
  leastMembers: number;
  leastAgainst: number;
  coalitions: string;
  winning: string;
  toAct: ExactShare;
  method: "sizes" | "table" | "halves";
  members: readonly VotingMember[];
}>;

/** Where a contribution key or a worked fund comes from. */
export type KeySourceView = Readonly<{
  title: string;
  publisher: string;
  publishedOn: string | null;
  url: string | null;
  note: string;
}>;

/** A contribution key: either a table of shares that add up to exactly one, or a formula. Fractions in lowest terms beside per cents of six digits. */
export type KeyView = Readonly<{
  id: string;
  title: string;
  description: string;
  modelled: string | null; // what about it is our model and not its source's words
  validFrom: string;
  validUntil: string | null;
  members: string | null; // a group's slug
  kind: "table" | "formula";
  shares: readonly Readonly<{ party: string; share: string; percent: string }>[] | null;
  formula: Readonly<{
    weights: readonly Readonly<{ indicator: string; weight: string }>[];
    years: number;
    unknown: "refuse" | "leave-out" | "earlier-year";
    discount: Readonly<{ gradient: string; threshold: string; borneBy: "those-above" | "all" }> | null;
    equalPart: string;
    floor: string;
    ceiling: string;
    redistribute: "in-proportion" | "equally";
  }> | null;
  source: KeySourceView;
}>;

/** An envelope by year on a key, modelled on a public proposal. */
export type WorkedFundView = Readonly<{
  id: string;
  title: string;
  modelled: string;
  currency: string;
  key: string;
  years: readonly Readonly<{ year: number; amount: string }>[];
  source: KeySourceView;
}>;
export type Keys = Readonly<{ keys: readonly KeyView[]; funds: readonly WorkedFundView[] }>;

/** One step on the way to a share, per cents of six digits; the days where the year is cut by someone's joining or leaving. */
export type ShareStep = Readonly<{
  step: string;
  before: string | null;
  after: string;
  reason: string;
  from: string | null;
  until: string | null;
}>;

/** What a what-if asks of one party. `difference` is against the first what-if, null when that asks nothing of the party. */
export type BillView = Readonly<{
  share: string; // exact, as a fraction
  percent: string;
  amount: string;
  difference: string | null;
  pctGdp: string | null;
  perHead: string | null;
  out: boolean; // stays out and pays nothing
  steps: readonly ShareStep[];
}>;

export type ScenarioView = Readonly<{
  text: string; // reads back as the same what-if
  key: string;
  title: string;
  modelled: string | null;
  year: number;
  indicatorYear: number | null; // null where nothing dated is weighed
  amount: string;
  uncovered: string; // what nobody bears, where those who stay out are not made up for
  payers: number;
  leftOut: readonly Readonly<{ party: string; name: string; indicator: string; reason: string }>[];
  stretches: readonly Readonly<{ from: string; until: string; days: number; members: number }>[];
}>;

/** Up to five what-ifs beside each other; the first is today's. What each party gives already is drawn from the record in `frame` at `class`. */
export type WhatIf = Readonly<{
  frame: FigureFrame;
  class: BindingClass;
  boundary: string; // in words
  basis: string; // in words
  sources: number;
  partial: readonly string[]; // what alone the class covers
  currency: string;
  scenarios: readonly ScenarioView[];
  rows: readonly Readonly<{
    party: string;
    name: string;
    gives: string | null;
    givesPctGdp: string | null;
    givesPerHead: string | null;
    gdpYear: number | null;
    bills: readonly (BillView | null)[]; // by what-if; null for who is no member under it
  }>[];
}>;

/** A version of a procedure, without its steps and its rule. */
export type ProcedureRow = Readonly<Pick<Procedure, "id" | "title" | "summary" | "basis" | "validFrom" | "validTo">>;

/** A version of a procedure whole: the rule as lines of words with exact bounds, and the picture as nodes and edges. */
export type ProcedureView = Readonly<Omit<Procedure, "rule"> & { rule: readonly OutlineLine[]; diagram: Diagram }>;
