import type { Stream } from "./bindingness.ts";
import type { ActKind } from "./funds/figures.ts";
import type { FundTerms } from "./decisions/terms.ts";
import type { AuthorityView } from "./views-decisions.ts";

/** The shapes of funds that leave the record. Amounts are decimal strings in the fund's currency; null where not known. */

export type FundRow = Readonly<{
  id: string;
  title: string;
  book: string;
  synthetic: boolean;
  modelled: string | null;
  currency: string;
  group: string; // the group that contributes
  membersName: string;
  from: string;
  until: string;
  envelope: string; // all years together
  called: string; // net of what was remitted
  pledged: string; // voluntary, still standing
  received: string;
  placed: string; // placed and not yet paid
  paid: string;
  available: string; // received, not placed
  arrears: string; // called, due and not received, as of the day
  decision: string; // by which it was opened
  ended: "annulled" | "expired" | null; // what that decision has ended in: the fund takes in nothing new
}>;

/** A fund modelled on a public proposal, not opened in any book. */
export type FundModel = Readonly<{
  id: string;
  title: string;
  modelled: string;
  currency: string;
  key: string;
  years: readonly Readonly<{ year: number; amount: string }>[];
  source: Readonly<{ title: string; publisher: string; publishedOn: string | null; url: string | null; note: string }>;
  proposal: string | null; // the terms of a proposal to open it, as JSON text for `decision open`
}>;
export type FundList = Readonly<{ asOf: string; funds: readonly FundRow[]; models: readonly FundModel[] }>;

/** A line's money, or one earmark's part of it. `canSpare`: what a reallocation could take from it. */
export type PotView = Readonly<{
  earmark: string | null;
  earmarkTitle: string | null;
  lines: readonly string[] | null;
  promise: string;
  received: string;
  movedIn: string;
  movedOut: string;
  placed: string;
  paid: string;
  available: string;
}>;
export type LineView = Readonly<{
  id: string;
  title: string;
  stream: Stream;
  purpose: string;
  called: string;
  received: string;
  movedIn: string;
  movedOut: string;
  placed: string;
  paid: string;
  acknowledged: string;
  available: string;
  canSpare: string; // free of earmarks and not placed
  authorised: string; // live authority to spend not yet used
  pots: readonly PotView[];
}>;

export type MemberView = Readonly<{
  party: string;
  name: string;
  called: string;
  credited: string; // in kind
  received: string; // against calls
  outstanding: string;
  arrears: string;
  voluntary: string; // pledged voluntarily
  voluntaryReceived: string;
  exempt: string | null; // why nothing is called
}>;

export type CallRow = Readonly<{
  id: string;
  fund: string;
  year: number;
  instalment: number;
  instalments: number;
  issuedOn: string;
  dueOn: string;
  amount: string;
  uncovered: string;
  received: string;
  credited: string;
  outstanding: string;
  arrears: string;
  decision: string;
  authority: string;
}>;
export type CallShareView = Readonly<{
  party: string;
  name: string;
  reference: string;
  share: string; // an exact fraction
  percent: string;
  amount: string;
  credited: string;
  received: string;
  outstanding: string;
  daysLate: number | null; // null when nothing is late
  exempt: string | null;
  steps: readonly Readonly<{
    step: string;
    before: string | null;
    after: string;
    reason: string;
    from: string | null;
    until: string | null;
  }>[];
}>;
export type CallView = CallRow &
  Readonly<{
    asOf: string;
    currency: string;
    key: Readonly<{ id: string; title: string }>;
    indicatorYear: number | null;
    lines: readonly Readonly<{ line: string; title: string; amount: string }>[];
    shares: readonly CallShareView[];
  }>;

export type PledgeView = Readonly<{
  id: string;
  party: string;
  name: string;
  title: string;
  line: string;
  earmark: string | null;
  conditions: string;
  pledged: string;
  received: string;
  years: number; // over how many calendar years its instalments run
  instalments: readonly Readonly<{
    seq: number;
    dueOn: string;
    amount: string;
    received: string;
    reference: string;
    daysLate: number | null;
  }>[];
}>;

export type StatementView = Readonly<{
  id: string;
  account: string;
  otherThan: string | null; // the fund's own account, where the statement is of another one
  from: string | null;
  to: string | null;
  opening: string | null;
  closing: string | null;
  fileName: string;
  recordedAt: string;
  actor: string;
  entries: number;
  matched: string;
  unmatched: string;
}>;
export type UnmatchedEntry = Readonly<{
  statement: string;
  account: string;
  entry: string; // the bank's reference
  bookedOn: string;
  direction: "credit" | "debit";
  amount: string;
  left: string; // what of it is not matched
  currency: string;
  counterparty: string | null;
  remittance: string;
  why: string;
}>;

/** One act and the postings it made, oldest first. */
export type ActView = Readonly<{
  id: string;
  kind: ActKind;
  at: string;
  effectiveOn: string;
  title: string;
  amount: string;
  actor: string;
  authority: string | null;
  decision: string | null;
  postings: readonly string[];
  takenBackBy: string | null; // the act that took it back
}>;

/** Money in, out and left, and whether they agree. */
export type FundBalance = Readonly<{
  received: string;
  paid: string;
  placed: string;
  available: string;
  agrees: boolean;
}>;

export type FundView = Omit<FundRow, "members"> &
  Readonly<{
    asOf: string;
    terms: FundTerms;
    party: string;
    openedAt: string;
    years: readonly Readonly<{ year: number; envelope: string; called: string; received: string }>[];
    keys: readonly Readonly<{ from: string; id: string; title: string; decision: string }>[];
    lines: readonly LineView[];
    members: readonly MemberView[];
    calls: readonly CallRow[];
    pledges: readonly PledgeView[];
    statements: readonly StatementView[];
    unmatched: readonly UnmatchedEntry[];
    authorities: readonly AuthorityView[];
    acts: readonly ActView[];
    balance: FundBalance;
    adHoc: Readonly<{ share: string | null; says: string }>; // the part of all income that came by voluntary pledges of one year, in per cent
    decisions: readonly Readonly<{ id: string; title: string; object: string; state: string }>[];
  }>;

/** What an import of bank statements did. Nothing is entered twice: what was on record already is counted apart. */
export type ReceiptsReport = Readonly<{
  fund: string;
  statements: readonly Readonly<{
    id: string;
    account: string;
    otherThan: string | null; // the fund's own account, where the statement is of another one
    entries: number;
    already: boolean;
  }>[];
  matched: readonly Readonly<{
    entry: string;
    reference: string;
    party: string;
    name: string;
    amount: string;
    act: string;
  }>[];
  unmatched: readonly UnmatchedEntry[];
}>;

/** Before a reallocation: what each side has and would have, what stands in the way, and by which authority it could be done. */
export type ReallocationPreview = Readonly<{
  currency: string;
  from: Readonly<{ fund: string; line: string; title: string; available: string; canSpare: string; after: string }>;
  to: Readonly<{ fund: string; line: string; title: string; available: string; after: string }>;
  amount: string;
  earmarks: readonly Readonly<{ earmark: string; title: string; available: string; may: boolean; says: string }>[];
  needs: readonly string[]; // what it does to what is placed and authorised on the line, in words
  authorities: readonly AuthorityView[];
  possible: boolean;
  says: string;
}>;

/** Why a posting could be made: the whole chain from the ledger to the words of the decision. */
export type WhyView = Readonly<{
  posting: Readonly<{
    id: string;
    promise: string;
    donor: string;
    from: string;
    to: string;
    amount: string;
    unit: string;
    effectiveOn: string | null;
    knownAt: string;
    actor: string;
    reason: string | null;
    source: string;
  }>;
  act: ActView | null;
  authority: AuthorityView | null;
  decision: Readonly<{
    id: string;
    title: string;
    number: string | null;
    result: string;
    at: string;
    by: string;
    says: string;
    procedure: string;
    procedureTitle: string;
    passages: readonly string[];
    textVersion: number | null;
  }> | null;
  says: readonly string[]; // the chain in sentences
}>;
