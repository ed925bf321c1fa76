import type { PotFigures } from "../../funds/figures.ts";
import type { BindingClass } from "../../bindingness.ts";
import type { Ratio } from "../../burden/ratio.ts";
import type { NotConverted, PublishedDifference, SourceRef, FigureFrame } from "../../views.ts";
import type { PredictabilityView } from "../../views-predictability.ts";
import type { PledgeReport } from "../../views-report.ts";
import type { GivenTable } from "./given.ts";
import type { ReportPeriod } from "./period.ts";

/** Someone whose giving the report is about. `member`: null where it gave as a member and is none at the end. */
export type Ally = Readonly<{ id: string; name: string; note: string | null }>;

/** What the key is laid over: an amount, and how much of its part each has given. Millionths. */
export type FairShares = Readonly<{
  of: string; // in words: what is shared
  givenWords: string; // in words: what counts as given
  amount: bigint;
  lines: ReadonlyMap<string, Readonly<{ share: Ratio; fair: bigint; out: boolean }>>;
  given: ReadonlyMap<string, bigint>; // nothing where nothing is on record
  leftOut: readonly Readonly<{ name: string; reason: string }>[];
}>;

/** What a member was called for in the fund and what came, in smallest parts of its currency, by the report's last day. */
export type Claim = Readonly<{
  party: string;
  called: bigint;
  credited: bigint;
  received: bigint;
  outstanding: bigint;
  arrears: bigint;
  daysLate: number; // of the oldest part that is late; 0 where none is
  voluntary: bigint;
  voluntaryReceived: bigint;
  exempt: string | null;
}>;
export type CallFact = Readonly<{
  id: string;
  words: string;
  year: number;
  byParty: ReadonlyMap<string, bigint>; // received or credited
  issuedOn: string;
  dueOn: string;
  called: bigint;
  credited: bigint;
  received: bigint;
  outstanding: bigint;
  arrears: bigint;
  decision: string;
}>;
export type LineFact = PotFigures & Readonly<{ id: string; title: string; called: bigint }>;
export type FundFacts = Readonly<{
  scale: number;
  claims: readonly Claim[];
  calls: readonly CallFact[];
  lines: readonly LineFact[];
}>;

export type DecisionFact = Readonly<{
  id: string;
  on: string;
  title: string;
  kind: string;
  group: string;
  procedure: string;
  number: string | null;
  result: string;
}>;

/** What a giver (null: all of the book) is expected to have given by a day: a tenth, a half and nine tenths of the courses end below. Null where not known, for the `reason`. */
export type ForecastLine = Readonly<{
  party: string | null;
  class: BindingClass;
  now: string | null;
  p10: string | null;
  p50: string | null;
  p90: string | null;
  reason: string | null;
}>;
export type ForecastFacts = Readonly<{
  until: string;
  month: string; // at whose end the forecast is read
  milestone: string; // what is on that day
  probability: string | null; // that it is met, in per cent; null where it has no condition that the forecast speaks of
  class: BindingClass; // the firmest that speaks of all support
  unit: string;
  lines: readonly ForecastLine[];
  record: string | null; // what its back-test says
  notes: readonly string[];
}>;

/** What a report is made of, all of it cut by the same days and boundary. Amounts in millionths of the unit, where nothing else is said. */
export type ReportFacts = Readonly<{
  frame: FigureFrame;
  period: ReportPeriod;
  asOf: string;
  knownAt: string;
  synthetic: boolean;
  modelled: string | null;
  book: PledgeReport["book"];
  fund: PledgeReport["fund"];
  group: PledgeReport["group"];
  key: PledgeReport["key"];
  unit: string;
  scale: number;
  boundaryName: string;
  boundaryWords: string;
  basisWords: string;
  allies: readonly Ally[];
  given: GivenTable;
  unknown: ReadonlyMap<BindingClass, string>; // why a class is not known
  partial: ReadonlyMap<BindingClass, string>; // what alone a class covers
  fair: FairShares | Readonly<{ missing: string }>;
  money: FundFacts | null;
  decisions: readonly DecisionFact[];
  predictability: PredictabilityView | Readonly<{ missing: string }>;
  forecast: ForecastFacts | Readonly<{ missing: string }>;
  notCounted: readonly (NotConverted & Readonly<{ class: BindingClass }>)[];
  differences: readonly PublishedDifference[];
  sources: readonly SourceRef[];
}>;
