import type { Stream } from "../bindingness.ts";
import type { CountedEvent } from "../delivery/counted.ts";

/** What a proposal would do once adopted. */
export const proposalObjects = [
  "adopt-key",
  "open-fund",
  "call",
  "spend",
  "reallocate",
  "take-over-format",
  "appoint",
  "adopt-report",
  "adopt-plan",
] as const;
export type ObjectKind = (typeof proposalObjects)[number];

/** So much allowed for a purpose in a period: what an adopted text grants beside its own object. Amounts are decimal strings in the fund's currency. */
export type Grant = Readonly<{
  kind: "call" | "spend";
  line: string | null; // any line of the fund where null
  amount: string;
  from: string;
  until: string; // the last day
  purpose: string;
}>;

/** What counts against a call when it is given in kind: the part of its value, and at most which part of a share. Exact fractions such as "1/2". */
export type InKindRule = Readonly<{ part: string; most: string; says: string }>;

/** A fund as a text proposes it. */
export type FundTerms = Readonly<{
  id: string;
  title: string;
  currency: string; // ISO 4217
  members: string; // the slug of the group that contributes
  from: string;
  until: string;
  years: readonly Readonly<{ year: number; amount: string }>[];
  lines: readonly Readonly<{ id: string; title: string; stream: Stream; purpose: string }>[]; // the stream whose support its money pays for
  earmarks: readonly Readonly<{ id: string; title: string; lines: readonly string[] }>[];
  key: string; // the id of a key, or the whole text of one of its own
  decides: Readonly<Partial<Record<ObjectKind, string>>>; // the procedure by which each object on the fund is decided
  gap: "others" | "open"; // whether the others bear the part of those who abstain constructively
  inKind: InKindRule | null;
  account: Readonly<{ holder: string; number: string; bank: string }> | null;
  modelled: string | null; // what about it is a model and not in force anywhere
  delivered?: CountedEvent | undefined; // which event counts as delivered of what is given through it; the book's policy without it
}>;

export type LineRef = Readonly<{ fund: string; line: string }>;

/** What a text would do once adopted, by the object of its proposal. */
export type Terms =
  | Readonly<{ kind: "open-fund"; fund: FundTerms; grants: readonly Grant[] }>
  | Readonly<{ kind: "adopt-key"; fund: string; key: string; from: string }>
  | Readonly<{
      kind: "call";
      fund: string;
      year: number;
      instalment: number;
      instalments: number;
      lines: readonly Readonly<{ line: string; amount: string }>[];
      dueOn: string;
    }>
  | Readonly<{ kind: "spend"; fund: string; grants: readonly Grant[] }>
  | Readonly<{ kind: "reallocate"; from: LineRef; to: LineRef; amount: string; until: string; reason: string }>
  | Readonly<{ kind: "take-over-format"; format: string; by: string; from: string }>
  | Readonly<{
      kind: "appoint";
      post: string;
      holder: string;
      party: string | null;
      from: string;
      until: string | null;
    }>
  | Readonly<{ kind: "adopt-report"; report: string; address: string | null }>
  | Readonly<{ kind: "adopt-plan"; plan: string }>;
