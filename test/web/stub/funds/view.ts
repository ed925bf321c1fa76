import { formatDecimal } from "#core/money.ts";
import type { AuthorityView } from "#core/views-decisions.ts";
import type {
  CallRow,
  CallView,
  FundList,
  FundModel,
  FundRow,
  FundView,
  LineView,
  PledgeView,
  PotView,
  UnmatchedEntry,
} from "#core/views-funds.ts";
import { slug } from "../world.ts";
import {
  calls,
  exemption,
  members,
  million,
  nameOf,
  pledges,
  referenceOf,
  shareOf,
  state,
  terms,
  today,
  type Entry,
} from "./state.ts";

export const money = (cents: bigint): string => formatDecimal(cents, 2);
const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);
const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
const received = (reference: string): bigint =>
  sum(state.receipts.filter((receipt) => receipt.reference === reference).map(({ amount }) => amount));
const credited = (reference: string): bigint =>
  sum(state.credits.filter((receipt) => receipt.reference === reference).map(({ amount }) => amount));
type Call = (typeof calls)[number];

function shares(call: Call, asOf: string): CallView["shares"] {
  return members.map(([party, name, part]) => {
    const reference = referenceOf(call.id, party);
    const amount = shareOf(call, party);
    const outstanding = amount - received(reference) - credited(reference);
    const late = daysBetween(call.dueOn, asOf);
    return {
      party,
      name,
      reference,
      share: `${part}/1000`,
      percent: money(part * 10n),
      amount: money(amount),
      credited: money(credited(reference)),
      received: money(received(reference)),
      outstanding: money(outstanding),
      daysLate: outstanding > 0n && late > 0 ? late : null,
      exempt: part === 0n ? exemption : null,
      steps:
        part === 0n
          ? [
              {
                step: "weights",
                before: null,
                after: "3.100000",
                reason: "its GDP of 2025 in that of all twelve",
                from: null,
                until: null,
              },
              {
                step: "stays-out",
                before: "3.100000",
                after: "0",
                reason: "it abstained constructively; the others bear its part",
                from: null,
                until: null,
              },
            ]
          : [
              {
                step: "weights",
                before: null,
                after: money(part * 969n).replace(/^(\d+)(\d\d)\.(\d\d)$/, "$1.$2$3"),
                reason: "its GDP of 2025 in that of all twelve",
                from: null,
                until: null,
              },
              {
                step: "stays-out",
                before: money(part * 969n).replace(/^(\d+)(\d\d)\.(\d\d)$/, "$1.$2$3"),
                after: money(part * 10n),
                reason: "Haldane stays out and the others bear its part",
                from: null,
                until: null,
              },
            ],
    };
  });
}

function callRow(call: Call, asOf: string): CallRow {
  const all = shares(call, asOf);
  const of = (field: "amount" | "received" | "credited" | "outstanding") =>
    sum(all.map((share) => BigInt(share[field].replace(".", ""))));
  return {
    id: call.id,
    fund: terms.id,
    year: 2026,
    instalment: call.instalment,
    instalments: 2,
    issuedOn: call.issuedOn,
    dueOn: call.dueOn,
    amount: money(of("amount")),
    uncovered: "0.00",
    received: money(of("received")),
    credited: money(of("credited")),
    outstanding: money(of("outstanding")),
    arrears: call.dueOn < asOf ? money(of("outstanding")) : "0.00",
    decision: call.decision,
    authority: call.authority,
  };
}

export function callView(id: string, asOf = today): CallView | undefined {
  const call = calls.find((one) => one.id === id);
  if (call === undefined) return undefined;
  return {
    ...callRow(call, asOf),
    asOf,
    currency: "EUR",
    key: { id: "nato-by-gdp", title: "NATO members by share of GDP" },
    indicatorYear: 2025,
    lines: terms.lines.map(({ id: line, title }) => ({
      line,
      title,
      amount: money(call.lines[line as keyof Call["lines"]] * million),
    })),
    shares: shares(call, asOf),
  };
}

/** What came in for a line: its part of every call in proportion to what was received, and the pledges for it. */
function income(line: string, earmark: string | null): bigint {
  const called =
    earmark !== null
      ? 0n
      : sum(
          calls.map((call) => {
            const whole = sum(Object.values(call.lines));
            const got = sum(members.map(([party]) => received(referenceOf(call.id, party))));
            return (got * call.lines[line as keyof Call["lines"]]) / whole;
          }),
        );
  const pledged = pledges
    .filter((pledge) => pledge.line === line && pledge.earmark === earmark)
    .flatMap((pledge) => pledge.instalments.map(({ reference }) => received(reference)));
  return called + sum(pledged);
}

export function potSums(line: string, earmark: string | null) {
  const spent = state.spends.filter((spend) => spend.line === line && spend.earmark === earmark);
  const of = (kind: string) => sum(spent.filter((spend) => spend.kind === kind).map(({ amount }) => amount));
  const moves = state.moves.filter((move) => move.earmark === earmark);
  const movedIn = sum(moves.filter((move) => move.to === line).map(({ amount }) => amount));
  const movedOut = sum(moves.filter((move) => move.from === line).map(({ amount }) => amount));
  const got = income(line, earmark);
  const placed = of("place") - of("pay-placed");
  const paid = of("pay") + of("pay-placed");
  return { received: got, movedIn, movedOut, placed, paid, available: got + movedIn - movedOut - placed - paid };
}

function lineView({ id, title, stream, purpose }: (typeof terms.lines)[number]): LineView {
  const free = potSums(id, null);
  const marked = terms.earmarks.filter((earmark) => earmark.lines.includes(id));
  const pots: PotView[] = marked.map((earmark) => ({
    earmark: earmark.id,
    earmarkTitle: earmark.title,
    lines: earmark.lines,
    promise: `pot-${id}-${earmark.id}`,
    ...texts(potSums(id, earmark.id)),
  }));
  const all = [free, ...marked.map((earmark) => potSums(id, earmark.id))];
  const of = (field: keyof typeof free) => sum(all.map((pot) => pot[field]));
  return {
    id,
    title,
    stream,
    purpose,
    called: money(sum(calls.map((call) => call.lines[id as keyof Call["lines"]] * million))),
    received: money(of("received")),
    movedIn: money(of("movedIn")),
    movedOut: money(of("movedOut")),
    placed: money(of("placed")),
    paid: money(of("paid")),
    acknowledged: id === "energy" ? "410000000.00" : "0.00",
    available: money(of("available")),
    canSpare: money(free.available),
    authorised: money(
      sum(
        authorities()
          .filter((one) => one.kind === "spend" && one.live && one.line === id)
          .map((one) => BigInt(one.left.replace(".", ""))),
      ),
    ),
    pots: [
      { earmark: null, earmarkTitle: null, lines: null, promise: `pot-${id}`, ...texts(free) },
      ...(marked.length === 0 ? [] : pots),
    ],
  };
}

function texts(sums: ReturnType<typeof potSums>) {
  const { received: got, movedIn, movedOut, placed, paid, available } = sums;
  return {
    received: money(got),
    movedIn: money(movedIn),
    movedOut: money(movedOut),
    placed: money(placed),
    paid: money(paid),
    available: money(available),
  };
}

export function authorities(): readonly AuthorityView[] {
  const made = (
    id: string,
    kind: AuthorityView["kind"],
    line: string | null,
    amount: bigint,
    decision: string,
    more: Partial<AuthorityView> = {},
  ): AuthorityView => {
    const spends = state.spends.filter((spend) => spend.authority === id);
    const moves = state.moves.filter((move) => move.authority === id);
    const used =
      kind === "call"
        ? amount
        : sum([
            ...spends.filter((spend) => spend.kind !== "pay-placed").map((spend) => spend.amount),
            ...moves.map((move) => move.amount),
          ]);
    return {
      id,
      kind,
      fund: terms.id,
      line,
      lineTitle: terms.lines.find((one) => one.id === line)?.title ?? null,
      toFund: kind === "reallocate" ? terms.id : null,
      toLine: null,
      toLineTitle: null,
      currency: "EUR",
      amount: money(amount * (kind === "call" ? 1n : million)),
      used: money(kind === "call" ? used : used),
      paid: money(sum(spends.filter((spend) => spend.kind !== "place").map((spend) => spend.amount))),
      left: money(kind === "call" ? 0n : amount * million - used),
      from: "2026-01-15",
      until: "2026-12-31",
      purpose: "",
      decision,
      live: true,
      why: "in force from 15 January 2026 to 31 December 2026",
      ...more,
    };
  };
  const open = "open-long-haul-fund";
  return [
    made("spend-air", "spend", "air-defence", 4_500n, open, { purpose: "Interceptors and radars of the first year" }),
    made("spend-ammunition", "spend", "ammunition", 3_600n, open, { purpose: "Ammunition from standing contracts" }),
    made("spend-energy", "spend", "energy", 900n, open, { purpose: "Transformers before the winter" }),
    made("spend-training", "spend", "training", 400n, "train-abroad", {
      purpose: "Courses on members' ground",
      live: false,
      why: "its decision was annulled on 1 September 2026: nothing more is spent under it, what was done stands",
    }),
    made("move-training", "reallocate", "training", 300n, "move-training-to-air", {
      toLine: "air-defence",
      toLineTitle: "Air defence",
      purpose: "Courses start later than planned",
    }),
    made("move-ammunition", "reallocate", "ammunition", 2_000n, "move-ammunition-to-air", {
      toLine: "air-defence",
      toLineTitle: "Air defence",
      purpose: "Air defence before the winter",
      from: "2026-09-20",
      until: "2026-10-31",
      why: "in force from 20 September 2026 to 31 October 2026",
    }),
    made("call-2026-1-a", "call", null, 6_000n * million, "call-2026-1", { purpose: "First instalment of 2026" }),
    made("call-2026-2-a", "call", null, 6_000n * million, "call-2026-2", { purpose: "Second instalment of 2026" }),
  ];
}

const decisions = [
  ["open-long-haul-fund", "A long haul fund for 2026 to 2028", "open-fund", "adopted"],
  ["call-2026-1", "First call of 2026", "call", "adopted"],
  ["call-2026-2", "Second call of 2026", "call", "adopted"],
  ["call-2027-1", "First call of 2027", "call", "adopted"],
  ["train-abroad", "Courses on members' ground", "spend", "annulled"],
  ["move-training-to-air", "From training to air defence", "reallocate", "adopted"],
  ["move-ammunition-to-air", "Air defence before the winter", "reallocate", "adopted"],
  ["key-2027", "A key with a floor for 2027", "adopt-key", "under silence"],
].map(([id = "", title = "", object = "", standing = ""]) => ({ id, title, object, state: standing }));

function pledgeViews(asOf: string): readonly PledgeView[] {
  return pledges.map((pledge) => ({
    id: pledge.id,
    party: pledge.party,
    name: nameOf(pledge.party),
    title: pledge.title,
    line: pledge.line,
    earmark: pledge.earmark,
    conditions: pledge.conditions,
    pledged: money(sum(pledge.instalments.map(({ amount }) => amount))),
    received: money(sum(pledge.instalments.map(({ reference }) => received(reference)))),
    years: pledge.instalments.length,
    instalments: pledge.instalments.map(({ seq, dueOn, amount, reference }) => ({
      seq,
      dueOn,
      amount: money(amount),
      received: money(received(reference)),
      reference,
      daysLate: received(reference) < amount && dueOn < asOf ? daysBetween(dueOn, asOf) : null,
    })),
  }));
}

export const entryView = (entry: Entry): UnmatchedEntry => ({
  ...entry,
  amount: money(entry.amount),
  left: money(entry.left),
  currency: "EUR",
});

export function fundView(asOf = today): FundView {
  const rows = calls.map((call) => callRow(call, asOf));
  const cents = (text: string) => BigInt(text.replace(".", ""));
  const of = (field: "amount" | "received" | "arrears") => sum(rows.map((row) => cents(row[field])));
  const voluntary = pledgeViews(asOf);
  const lines = terms.lines.map(lineView);
  const total = (field: "received" | "placed" | "paid" | "available") => sum(lines.map((line) => cents(line[field])));
  const row: FundRow = {
    id: terms.id,
    title: terms.title,
    book: slug,
    synthetic: true,
    modelled: null,
    currency: "EUR",
    group: terms.members,
    membersName: "Circle of Twelve (synthetic)",
    from: terms.from,
    until: terms.until,
    envelope: "36000000000.00",
    called: money(of("amount")),
    pledged: money(sum(voluntary.map((pledge) => cents(pledge.pledged)))),
    received: money(total("received")),
    placed: money(total("placed")),
    paid: money(total("paid")),
    available: money(total("available")),
    arrears: money(of("arrears")),
    decision: "open-long-haul-fund",
    ended: null,
  };
  return {
    ...row,
    asOf,
    terms,
    party: "long-haul-fund",
    openedAt: "2026-01-15T10:00:00Z",
    years: terms.years.map(({ year, amount }) => ({
      year,
      envelope: amount,
      called: year === 2026 ? row.called : "0.00",
      received: year === 2026 ? money(of("received")) : "0.00",
    })),
    keys: [
      {
        from: "2026-01-01",
        id: "nato-by-gdp",
        title: "NATO members by share of GDP",
        decision: "open-long-haul-fund",
      },
    ],
    lines,
    members: members.map(([party, name, part]) => {
      const own = rows.map((_, index) => shares(calls[index] as Call, asOf).find((share) => share.party === party));
      const add = (field: "amount" | "received" | "credited" | "outstanding", late = false) =>
        money(sum(own.map((share) => (late && share?.daysLate == null ? 0n : cents(share?.[field] ?? "0.00")))));
      const given = voluntary.filter((pledge) => pledge.party === party);
      return {
        party,
        name,
        called: add("amount"),
        credited: add("credited"),
        received: add("received"),
        outstanding: add("outstanding"),
        arrears: add("outstanding", true),
        voluntary: money(sum(given.map((pledge) => cents(pledge.pledged)))),
        voluntaryReceived: money(sum(given.map((pledge) => cents(pledge.received)))),
        exempt: part === 0n ? exemption : null,
      };
    }),
    calls: rows,
    pledges: voluntary,
    statements: state.statements,
    unmatched: state.entries.filter((entry) => entry.left > 0n).map(entryView),
    authorities: authorities(),
    acts: state.acts,
    balance: {
      received: row.received,
      paid: row.paid,
      placed: row.placed,
      available: row.available,
      agrees: true,
    },
    adHoc: {
      share: "0.4",
      says: "The part of all money received that came by voluntary pledges of a single year; what is called by the key and what is pledged over several years is not ad hoc.",
    },
    decisions,
  };
}

const models: readonly FundModel[] = [
  {
    id: "five-year-fund",
    title: "EUR 100 billion over five years",
    modelled:
      "Modelled on a public proposal that was discussed and not adopted. That each year has the same envelope, that it runs from 2025, and the key by GDP are our model.",
    currency: "EUR",
    key: "nato-by-gdp",
    years: [2025, 2026, 2027, 2028, 2029].map((year) => ({ year, amount: "20000000000" })),
    source: {
      title: "NATO foreign ministers on the plan of a five-year, EUR 100 billion fund for Ukraine",
      publisher: "POLITICO",
      publishedOn: "2024-04-03",
      url: "https://www.politico.eu/article/nato-foreign-ministers-doubts-fears-eye-rolls-e100b-ukraine-plan/",
      note: "A report of the proposal of the Secretary General before the ministers' meeting in Brussels.",
    },
    proposal: JSON.stringify({
      kind: "open-fund",
      fund: { ...terms, id: "five-year-fund", title: "EUR 100 billion over five years", members: "alliance" },
      grants: [],
    }),
  },
  {
    id: "yearly-pledge",
    title: "EUR 40 billion a year by share of GDP",
    modelled:
      "Modelled on the pledge of the Washington summit. The pledge is for the next year and is met by what allies give themselves, not through a fund; that it is called as a fund, by the calendar year 2025 and exactly by GDP, is our model.",
    currency: "EUR",
    key: "nato-by-gdp",
    years: [{ year: 2025, amount: "40000000000" }],
    source: {
      title: "Washington Summit Declaration, Pledge of Long-Term Security Assistance for Ukraine",
      publisher: "NATO",
      publishedOn: "2024-07-10",
      url: "https://www.nato.int/cps/en/natohq/official_texts_227678.htm",
      note: "A minimum baseline funding of EUR 40 billion within the next year.",
    },
    proposal: "{}",
  },
];

export function fundList(book: string, asOf = today): FundList {
  return { asOf, funds: book === slug ? [{ ...fundView(asOf), group: terms.members }] : [], models };
}
