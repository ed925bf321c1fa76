import type { FundTerms } from "#core/decisions/terms.ts";
import type { ActView, StatementView } from "#core/views-funds.ts";

/** A made-up fund for the pages' tests. Amounts in cents; nothing here is a fact. */

export const million = 100_000_000n;
export const today = "2026-09-30";

/** Members with their parts of a thousand; the one that stays out bears nothing, the others all of it. */
export const members = [
  ["arvenia", "Arvenia", 262n],
  ["belmark", "Belmark", 181n],
  ["corland", "Corland", 142n],
  ["dunmere", "Dunmere", 108n],
  ["estria", "Estria", 84n],
  ["falken", "Falken", 66n],
  ["gorvia", "Gorvia", 58n],
  ["haldane", "Haldane", 0n],
  ["istmark", "Istmark", 43n],
  ["jorvland", "Jorvland", 29n],
  ["kestria", "Kestria", 18n],
  ["lorne", "Lorne", 9n],
] as const;
export const nameOf = (party: string): string => members.find(([id]) => id === party)?.[1] ?? party;
export const exemption =
  "abstained constructively on 14 January 2026, with a declaration: the decision does not oblige it to pay (TEU Article 31(1))";

export const terms: FundTerms = {
  id: "long-haul-fund",
  title: "Long Haul Fund",
  currency: "EUR",
  members: "circle-of-twelve",
  from: "2026-01-01",
  until: "2028-12-31",
  years: [2026, 2027, 2028].map((year) => ({ year, amount: "12000000000.00" })),
  lines: [
    { id: "air-defence", title: "Air defence", stream: "materiel", purpose: "Interceptors, radars and their upkeep" },
    {
      id: "ammunition",
      title: "Ammunition",
      stream: "materiel",
      purpose: "Artillery ammunition from standing contracts",
    },
    { id: "energy", title: "Energy repair", stream: "materiel", purpose: "Transformers, generators and spare parts" },
    { id: "training", title: "Training", stream: "training", purpose: "Crews and instructors" },
  ],
  earmarks: [{ id: "interceptors", title: "Interceptors only", lines: ["air-defence"] }],
  key: "nato-by-gdp",
  decides: { call: "consensus-silence", spend: "consensus-silence", reallocate: "consensus-silence" },
  gap: "others",
  inKind: { part: "1/2", most: "1/4", says: "Half of the value counts, up to a quarter of a share." },
  account: { holder: "Long Haul Fund secretariat", number: "XX00 0000 0000 0000", bank: "Bank of Nowhere" },
  modelled: null,
};

export type Pot = Readonly<{ line: string; earmark: string | null }>;
export type Spend = Pot & Readonly<{ kind: "place" | "pay" | "pay-placed"; amount: bigint; authority: string }>;
export type Move = Readonly<{ from: string; to: string; earmark: string | null; amount: bigint; authority: string }>;
export type Receipt = Readonly<{ reference: string; amount: bigint }>;
export type Entry = Readonly<{
  statement: string;
  account: string;
  entry: string;
  bookedOn: string;
  direction: "credit" | "debit";
  amount: bigint;
  left: bigint;
  counterparty: string | null;
  remittance: string;
  why: string;
}>;

export const calls = [
  {
    id: "2026-1",
    instalment: 1,
    issuedOn: "2026-02-02",
    dueOn: "2026-03-31",
    decision: "call-2026-1",
    authority: "call-2026-1-a",
    lines: { "air-defence": 2600n, ammunition: 2000n, energy: 800n, training: 600n },
  },
  {
    id: "2026-2",
    instalment: 2,
    issuedOn: "2026-07-01",
    dueOn: "2026-08-31",
    decision: "call-2026-2",
    authority: "call-2026-2-a",
    lines: { "air-defence": 2400n, ammunition: 2100n, energy: 900n, training: 600n },
  },
] as const;

export const pledges = [
  {
    id: "falken-interceptors",
    party: "falken",
    title: "Interceptors, three years",
    line: "air-defence",
    earmark: "interceptors",
    conditions: "Each year's part after the budget of that year is passed. For interceptors only.",
    instalments: [
      { seq: 1, dueOn: "2026-05-31", amount: 120n * million, reference: "RF41FALKENINT1" },
      { seq: 2, dueOn: "2027-05-31", amount: 120n * million, reference: "RF14FALKENINT2" },
      { seq: 3, dueOn: "2028-05-31", amount: 120n * million, reference: "RF84FALKENINT3" },
    ],
  },
  {
    id: "lorne-winter",
    party: "lorne",
    title: "For the winter",
    line: "energy",
    earmark: null,
    conditions: "",
    instalments: [{ seq: 1, dueOn: "2026-06-30", amount: 45n * million, reference: "RF22LORNEWIN1" }],
  },
  {
    id: "haldane-training",
    party: "haldane",
    title: "Training, outside the calls",
    line: "training",
    earmark: null,
    conditions: "For training that is given on Haldane's own ground.",
    instalments: [{ seq: 1, dueOn: "2026-09-15", amount: 80n * million, reference: "RF60HALDANET1" }],
  },
] as const;

/** The reference by which a member pays its part of a call. */
export const referenceOf = (call: string, party: string): string =>
  `RF07${call.replace("-", "")}${party.slice(0, 6).toUpperCase()}`;
export const shareOf = (call: (typeof calls)[number], party: string): bigint => {
  const whole = Object.values(call.lines).reduce((sum, amount) => sum + amount, 0n) * million;
  return (whole * (members.find(([id]) => id === party)?.[2] ?? 0n)) / 1000n;
};

const paidFirst = members
  .filter(([, , part]) => part > 0n)
  .map(([party]) => ({ reference: referenceOf("2026-1", party), amount: shareOf(calls[0], party) }));
const paidSecond = members
  .filter(([party, , part]) => part > 0n && !["gorvia", "corland", "kestria"].includes(party))
  .map(([party]) => ({ reference: referenceOf("2026-2", party), amount: shareOf(calls[1], party) }));

export const state = {
  receipts: [
    ...paidFirst,
    ...paidSecond,
    { reference: referenceOf("2026-2", "corland"), amount: 400n * million },
    { reference: "RF41FALKENINT1", amount: 120n * million },
    { reference: "RF22LORNEWIN1", amount: 45n * million },
  ] as Receipt[],
  credits: [{ reference: referenceOf("2026-2", "kestria"), amount: 27n * million }] as Receipt[],
  spends: [
    { line: "air-defence", earmark: null, kind: "place", amount: 3_100n * million, authority: "spend-air" },
    { line: "air-defence", earmark: "interceptors", kind: "place", amount: 60n * million, authority: "spend-air" },
    { line: "air-defence", earmark: null, kind: "pay-placed", amount: 2_350n * million, authority: "spend-air" },
    { line: "ammunition", earmark: null, kind: "place", amount: 2_900n * million, authority: "spend-ammunition" },
    { line: "ammunition", earmark: null, kind: "pay-placed", amount: 1_800n * million, authority: "spend-ammunition" },
    { line: "energy", earmark: null, kind: "pay", amount: 640n * million, authority: "spend-energy" },
    { line: "training", earmark: null, kind: "place", amount: 180n * million, authority: "spend-training" },
  ] as Spend[],
  moves: [
    { from: "training", to: "air-defence", earmark: null, amount: 250n * million, authority: "move-training" },
  ] as Move[],
  entries: [
    {
      statement: "CAMT-2026-09-08",
      account: "XX00 0000 0000 0000",
      entry: "NTRY-0417",
      bookedOn: "2026-09-08",
      direction: "credit",
      amount: 348n * million,
      left: 348n * million,
      counterparty: "Treasury of Gorvia",
      remittance: "contribution second half year",
      why: "names no reference of a claim",
    },
    {
      statement: "CAMT-2026-09-08",
      account: "XX00 0000 0000 0000",
      entry: "NTRY-0421",
      bookedOn: "2026-09-08",
      direction: "debit",
      amount: 12_50n,
      left: 12_50n,
      counterparty: null,
      remittance: "account keeping",
      why: "went out of the account",
    },
  ] as Entry[],
  statements: [
    statement("CAMT-2026-04-02", "2026-03-01", "2026-03-31", 13, "6000000000.00", "0.00"),
    statement("CAMT-2026-09-08", "2026-08-01", "2026-09-07", 12, "5274000000.00", "348000012.50"),
  ] as StatementView[],
  acts: [] as ActView[],
};

function statement(
  id: string,
  from: string,
  to: string,
  entries: number,
  matched: string,
  unmatched: string,
): StatementView {
  return {
    id,
    account: "XX00 0000 0000 0000",
    otherThan: null,
    from,
    to,
    opening: null,
    closing: null,
    fileName: `${id.toLowerCase()}.xml`,
    recordedAt: `${to}T15:04:00Z`,
    actor: "Fund secretariat",
    entries,
    matched,
    unmatched,
  };
}

/** Enters an act, with the postings that it would have made. */
export function act(made: Omit<ActView, "id" | "postings" | "takenBackBy"> & Readonly<{ postings?: number }>): ActView {
  const number = state.acts.length + 1;
  const view: ActView = {
    ...made,
    id: `act-${number}`,
    takenBackBy: null,
    postings: Array.from({ length: made.postings ?? 1 }, (_, index) => `${number}-${index + 1}`),
  };
  state.acts.push(view);
  return view;
}

const spendTitles = { place: "Placed", pay: "Paid", "pay-placed": "Paid what was placed" } as const;
for (const call of calls)
  act({
    kind: "call",
    at: `${call.issuedOn}T09:00:00Z`,
    effectiveOn: call.issuedOn,
    title: `Call ${call.id}, instalment ${call.instalment} of 2`,
    amount: "6000000000.00",
    actor: "Fund secretariat",
    authority: call.authority,
    decision: call.decision,
    postings: 11,
  });
for (const pledge of pledges)
  act({
    kind: "pledge",
    at: "2026-02-20T10:00:00Z",
    effectiveOn: "2026-02-20",
    title: `${nameOf(pledge.party)}: ${pledge.title}`,
    amount: `${pledge.instalments.reduce((sum, part) => sum + part.amount, 0n) / 100n}.00`,
    actor: `Delegation of ${nameOf(pledge.party)}`,
    authority: null,
    decision: null,
  });
for (const [index, receipt] of state.receipts.entries())
  act({
    kind: "receipt",
    at: `${index < 11 ? "2026-04-02" : "2026-09-08"}T15:04:00Z`,
    effectiveOn: index < 11 ? "2026-03-27" : "2026-08-28",
    title: `Received with ${receipt.reference}`,
    amount: `${receipt.amount / 100n}.00`,
    actor: "Fund secretariat",
    authority: null,
    decision: null,
  });
act({
  kind: "credit",
  at: "2026-09-09T08:30:00Z",
  effectiveOn: "2026-09-09",
  title: "Kestria: transformers in kind, half of their value",
  amount: "27000000.00",
  actor: "Delegation of Kestria",
  authority: null,
  decision: null,
});
for (const [index, spend] of state.spends.entries())
  act({
    kind: spend.kind === "place" ? "place" : "pay",
    at: `2026-0${5 + Math.floor(index / 2)}-12T11:00:00Z`,
    effectiveOn: `2026-0${5 + Math.floor(index / 2)}-12`,
    title: `${spendTitles[spend.kind]}: framework contract ${index + 1}`,
    amount: `${spend.amount / 100n}.00`,
    actor: "Fund secretariat",
    authority: spend.authority,
    decision: "open-long-haul-fund",
  });
act({
  kind: "reallocate",
  at: "2026-08-20T16:10:00Z",
  effectiveOn: "2026-08-20",
  title: "Training to Air defence: courses start later than planned",
  amount: "250000000.00",
  actor: "Fund secretariat",
  authority: "move-training",
  decision: "move-training-to-air",
  postings: 2,
});
