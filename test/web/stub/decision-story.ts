import type { ProposalEvent } from "#core/decisions/events.ts";
import type { Terms } from "#core/decisions/terms.ts";
import { happen, instant, kept, participantsOf, shippedProcedure, type Kept } from "./decision-record.ts";
import { givers, groups, slug } from "./world.ts";

/** What the stand-in's proposals have been through when it starts. All of it is made up. */

const hour = 3_600_000;
const began = Date.now();
const ago = (hours: number): string => instant(began - hours * hour);
const day = (hours: number): string => ago(hours).slice(0, 10);

type Step = ProposalEvent extends infer E ? (E extends ProposalEvent ? Omit<E, "at" | "actor"> : never) : never;
type Told = readonly [hoursAgo: number, actor: string, step: Step];
type Setting = Readonly<{
  id: string;
  title: string;
  object: Terms["kind"];
  procedure: string;
  members: readonly string[];
  group: readonly [slug: string, name: string];
  openedHoursAgo: number;
  without?: readonly string[];
  roles?: Readonly<Record<string, readonly string[]>>;
  fund?: string;
  extra?: Kept["extra"];
}>;

function tell(setting: Setting, steps: readonly Told[]): void {
  const procedure = shippedProcedure(setting.procedure);
  const [group, groupName] = setting.group;
  const { id, fund = null, extra = {} } = setting;
  const one: Kept = { id, book: slug, group, groupName, procedure, fund, extra, events: [] };
  happen(one, {
    type: "opened",
    at: ago(setting.openedHoursAgo),
    actor: "Secretariat",
    procedure: procedure.id,
    procedureFrom: procedure.validFrom,
    title: setting.title,
    object: { kind: setting.object, reference: fund },
    participants: participantsOf(setting.members, setting.without, setting.roles),
  });
  for (const [hours, actor, step] of steps) happen(one, { ...step, at: ago(hours), actor } as ProposalEvent);
  kept.set(id, one);
}

const allies = groups[0]?.members.map((member) => member.party) ?? [];
const coalition = groups[1]?.members.map((member) => member.party) ?? [];
const alliance = ["alliance", "Alliance (synthetic)"] as const;
const union = ["union", "Union (synthetic)"] as const;
const council = ["council", "Council (synthetic)"] as const;
const drones = ["drone-coalition", "Drone coalition (synthetic)"] as const;
const unionMembers =
  "aut bel bgr hrv cyp cze dnk est fin fra deu grc hun irl ita lva ltu lux mlt nld pol prt rou svk svn esp swe".split(
    " ",
  );

const fundTerms = (years: readonly (readonly [number, string])[]): Terms => ({
  kind: "open-fund",
  fund: {
    id: "support-fund",
    title: "Five-year support fund",
    currency: "EUR",
    members: "alliance",
    from: "2027-01-01",
    until: "2031-12-31",
    years: years.map(([year, amount]) => ({ year, amount })),
    lines: [
      { id: "munitions", title: "Munitions", purpose: "Artillery and interceptors, ordered in lots" },
      { id: "training", title: "Training", purpose: "Courses and instructors" },
      { id: "reserve", title: "Reserve", purpose: "What is not placed yet" },
    ],
    earmarks: [{ id: "air-defence", title: "Air defence only", lines: ["munitions"] }],
    key: "nato-by-gdp",
    decides: { call: "consensus-silence", spend: "weighted-by-contribution", reallocate: "weighted-by-contribution" },
    gap: "others",
    inKind: { part: "1/2", most: "1/4", says: "Half of the value of goods handed over, to a quarter of a share." },
    account: { holder: "Support fund", number: "BE71 0961 2345 6769", bank: "GKCCBEBB" },
    modelled: "Made up for tests.",
  },
  grants: [
    {
      kind: "call",
      line: null,
      amount: "20000000000.00",
      from: "2027-01-01",
      until: "2027-12-31",
      purpose: "The contributions of the first year",
    },
    {
      kind: "spend",
      line: "munitions",
      amount: "9000000000.00",
      from: "2027-01-01",
      until: "2028-06-30",
      purpose: "The first lots",
    },
  ],
});

const body = (years: string, instalments: string): string =>
  [
    `1. The Allies set up a fund that contributes ${years}, shared by the key of gross domestic product.`,
    `2. Contributions are called in ${instalments} instalments a year. What is given in kind counts for half of its value.`,
    "3. The fund has three lines: munitions, training and a reserve. Money moves between lines only by a decision of the contributors.",
    "4. The Secretary General reports twice a year on what was promised, called and received.",
  ].join("\n\n");

tell(
  {
    id: "support-fund",
    title: "Opening of a five-year support fund",
    object: "open-fund",
    procedure: "consensus-silence",
    members: allies,
    group: alliance,
    openedHoursAgo: 190,
    extra: {
      abstention: [
        {
          party: "deu",
          partyName: "Germany",
          share: "3120000000.00",
          effect: "Germany would pay nothing of the first year’s call; the others would bear its EUR 3.1 bn.",
        },
        {
          party: "rou",
          partyName: "Romania",
          share: "146000000.00",
          effect: "Romania would pay nothing of the first year’s call; the others would bear its EUR 146 m.",
        },
      ],
    },
  },
  [
    [
      188,
      "Secretariat",
      {
        type: "text-issued",
        version: 1,
        title: "Opening of a five-year support fund",
        reference: "WP(2026)0041",
        body: body("EUR 20 billion each year", "two"),
        terms: fundTerms([
          [2027, "20000000000"],
          [2028, "20000000000"],
          [2029, "20000000000"],
          [2030, "20000000000"],
          [2031, "20000000000"],
        ]),
      },
    ],
    [187, "Secretariat", { type: "silence-started", expiresAt: ago(118) }],
    [
      170,
      "Delegation of Norway",
      {
        type: "position-stated",
        participant: "nor",
        position: "for",
        reason: { text: "A predictable yearly sum lets industry plan.", restricted: false },
        declaration: null,
      },
    ],
    [
      150,
      "Delegation of Poland",
      { type: "position-stated", participant: "pol", position: "for", reason: null, declaration: null },
    ],
    [
      140,
      "Delegation of Estonia",
      { type: "position-stated", participant: "est", position: "for", reason: null, declaration: null },
    ],
    [
      121,
      "Delegation of Romania",
      {
        type: "objection",
        participant: "rou",
        form: "amendment",
        text: "Paragraph 1: begin with EUR 18 billion in the first year.",
        reason: { text: "Budget law of the first year is already before parliament.", restricted: true },
      },
    ],
    [
      46,
      "Secretariat",
      {
        type: "re-issued",
        version: 2,
        title: "Opening of a five-year support fund",
        reference: "WP(2026)0041-REV1",
        body: body("EUR 18 billion in the first year and EUR 20 billion each year after", "three"),
        terms: fundTerms([
          [2027, "18000000000"],
          [2028, "20000000000"],
          [2029, "20000000000"],
          [2030, "20000000000"],
          [2031, "20000000000"],
        ]),
        expiresAt: ago(-26.4),
      },
    ],
    [
      44,
      "Delegation of Norway",
      {
        type: "position-stated",
        participant: "nor",
        position: "for",
        reason: { text: "The amendment is acceptable.", restricted: false },
        declaration: null,
      },
    ],
    [
      40,
      "Delegation of Poland",
      { type: "position-stated", participant: "pol", position: "for", reason: null, declaration: null },
    ],
    [
      31,
      "Delegation of Estonia",
      { type: "position-stated", participant: "est", position: "for", reason: null, declaration: null },
    ],
    [
      30,
      "Delegation of Spain",
      {
        type: "position-stated",
        participant: "esp",
        position: "abstain",
        reason: { text: "Waiting for the government.", restricted: true },
        declaration: null,
      },
    ],
    [
      22,
      "Delegation of Germany",
      { type: "reservation-placed", participant: "deu", note: "The budget committee votes on Thursday." },
    ],
    [
      8,
      "Delegation of Canada",
      { type: "position-stated", participant: "can", position: "for", reason: null, declaration: null },
    ],
  ],
);

tell(
  {
    id: "second-call",
    title: "Second call on the standing fund for 2026",
    object: "call",
    procedure: "consensus-silence",
    members: allies,
    group: alliance,
    openedHoursAgo: 96,
    fund: "standing-fund",
  },
  [
    [
      95,
      "Secretariat",
      {
        type: "text-issued",
        version: 1,
        title: "Second call on the standing fund for 2026",
        reference: null,
        body: "The contributors are called on for EUR 4 billion, due in ninety days.",
        terms: {
          kind: "call",
          fund: "standing-fund",
          year: 2026,
          instalment: 2,
          instalments: 2,
          lines: [
            { line: "munitions", amount: "3000000000.00" },
            { line: "training", amount: "1000000000.00" },
          ],
          dueOn: day(-2160),
        },
      },
    ],
    [94, "Secretariat", { type: "silence-started", expiresAt: ago(40) }],
    [
      60,
      "Delegation of Denmark",
      { type: "position-stated", participant: "dnk", position: "for", reason: null, declaration: null },
    ],
    [
      52,
      "Delegation of Italy",
      {
        type: "objection",
        participant: "ita",
        form: "objection",
        text: "The due day falls before the budget is voted. A day in the next quarter could be accepted.",
        reason: null,
      },
    ],
  ],
);

tell(
  {
    id: "standing-fund",
    title: "The standing fund and its first grants",
    object: "open-fund",
    procedure: "eu-unanimity",
    members: unionMembers,
    group: union,
    openedHoursAgo: 3000,
    fund: "standing-fund",
    extra: {
      authorities: [
        {
          id: "a1",
          kind: "call",
          fund: "standing-fund",
          line: null,
          lineTitle: null,
          toFund: null,
          toLine: null,
          toLineTitle: null,
          currency: "EUR",
          amount: "8000000000.00",
          used: "4000000000.00",
          paid: "3650000000.00",
          left: "4000000000.00",
          from: day(2900),
          until: day(-3000),
          purpose: "The contributions of the first year",
          decision: "standing-fund",
          live: true,
          why: "Adopted, in its period, and not used up.",
        },
        {
          id: "a2",
          kind: "spend",
          fund: "standing-fund",
          line: "munitions",
          lineTitle: "Munitions",
          toFund: null,
          toLine: null,
          toLineTitle: null,
          currency: "EUR",
          amount: "2500000000.00",
          used: "2500000000.00",
          paid: "1200000000.00",
          left: "0.00",
          from: day(2900),
          until: day(-4800),
          purpose: "The first lots",
          decision: "standing-fund",
          live: false,
          why: "Used up: nothing of it is left.",
        },
      ],
      uses: [
        {
          at: ago(2400),
          kind: "call",
          title: "First call for 2026",
          authority: "a1",
          amount: "4000000000.00",
          currency: "EUR",
          postings: ["90112", "90113", "90114"],
        },
        {
          at: ago(900),
          kind: "place",
          title: "155 mm, lot 1",
          authority: "a2",
          amount: "1700000000.00",
          currency: "EUR",
          postings: ["91007"],
        },
        {
          at: ago(500),
          kind: "pay",
          title: "155 mm, lot 1",
          authority: "a2",
          amount: "1200000000.00",
          currency: "EUR",
          postings: ["91230"],
        },
        {
          at: ago(300),
          kind: "place",
          title: "Interceptors, lot 1",
          authority: "a2",
          amount: "800000000.00",
          currency: "EUR",
          postings: ["91388"],
        },
      ],
    },
  },
  [
    [
      2990,
      "Presidency",
      {
        type: "text-issued",
        version: 1,
        title: "The standing fund and its first grants",
        reference: "ST 9120/26",
        body: body("EUR 8 billion each year", "two"),
        terms: fundTerms([
          [2026, "8000000000"],
          [2027, "8000000000"],
        ]),
      },
    ],
    [2980, "Presidency", { type: "silence-started", expiresAt: ago(2910) }],
    [
      2960,
      "Representation of Austria",
      {
        type: "position-stated",
        participant: "aut",
        position: "abstain",
        reason: { text: "Neutrality; no obstacle to the others.", restricted: false },
        declaration: null,
      },
    ],
    [
      2955,
      "Representation of Latvia",
      { type: "position-stated", participant: "lva", position: "for", reason: null, declaration: null },
    ],
    [
      2950,
      "Representation of Lithuania",
      { type: "position-stated", participant: "ltu", position: "for", reason: null, declaration: null },
    ],
    [
      2930,
      "Representation of Hungary",
      {
        type: "position-stated",
        participant: "hun",
        position: "constructive-abstain",
        reason: null,
        declaration:
          "Hungary does not apply the decision and does not contribute to it. It accepts that the decision commits the Union.",
      },
    ],
    [
      2920,
      "Representation of Ireland",
      {
        type: "statement-made",
        participant: "irl",
        kind: "interpretative-statement",
        text: "Ireland understands the line for munitions to be used for purposes that its policy permits, and contributes to training.",
      },
    ],
    [2890, "General Secretariat", { type: "issued", number: "Decision (CFSP) 2026/418" }],
  ],
);

tell(
  {
    id: "drone-lot",
    title: "Four thousand drones from the coalition’s line",
    object: "spend",
    procedure: "simple-majority",
    members: coalition,
    group: drones,
    openedHoursAgo: 1500,
    fund: "standing-fund",
  },
  [
    [
      1490,
      "Lead of the coalition",
      {
        type: "text-issued",
        version: 1,
        title: "Four thousand drones from the coalition’s line",
        reference: null,
        body: "Up to EUR 40 million is placed for four thousand drones.",
        terms: {
          kind: "spend",
          fund: "standing-fund",
          grants: [
            {
              kind: "spend",
              line: "munitions",
              amount: "40000000.00",
              from: day(1400),
              until: day(-2000),
              purpose: "Four thousand drones",
            },
          ],
        },
      },
    ],
    [1480, "Lead of the coalition", { type: "put-to-vote", note: "Put to the vote at the meeting of the leads." }],
    ...coalition.slice(0, 6).map((party, index): Told => [
      1479 - index,
      "Tellers",
      {
        type: "position-stated",
        participant: party,
        position: index === 2 ? "against" : "for",
        reason: null,
        declaration: null,
      },
    ]),
    [1470, "Chair", { type: "adopted", note: "Five in favour, one against." }],
    [700, "Chair", { type: "annulled", reason: "The supplier was put under sanctions." }],
  ],
);

const seats = givers.slice(0, 15).map(([id]) => id);
tell(
  {
    id: "monitoring-report",
    title: "Second report of the monitoring mission",
    object: "adopt-report",
    procedure: "un-security-council",
    members: seats,
    group: council,
    openedHoursAgo: 60,
    roles: Object.fromEntries(seats.slice(0, 5).map((id) => [id, ["permanent"]])),
  },
  [
    [
      58,
      "Secretariat",
      {
        type: "text-issued",
        version: 1,
        title: "Second report of the monitoring mission",
        reference: "S/2026/311",
        body: "The Council takes note of the second report and asks for the next in six months.",
        terms: {
          kind: "adopt-report",
          report: "Second report of the monitoring mission",
          address: "https://example.org/report-2",
        },
      },
    ],
    [6, "President", { type: "put-to-vote", note: "Put to the vote in the meeting of this morning." }],
    ...seats.slice(0, 9).map((party, index): Told => [
      5 - index / 10,
      "Tellers",
      {
        type: "position-stated",
        participant: party,
        position: index === 7 ? "abstain" : "for",
        reason: null,
        declaration: null,
      },
    ]),
  ],
);

tell(
  {
    id: "contact-group",
    title: "The contact group comes under the alliance",
    object: "take-over-format",
    procedure: "consensus-silence",
    members: allies,
    group: alliance,
    openedHoursAgo: 30,
  },
  [],
);

tell(
  {
    id: "chair",
    title: "Chair of the board of the fund",
    object: "appoint",
    procedure: "un-general-assembly-two-thirds",
    members: seats,
    group: council,
    openedHoursAgo: 5000,
  },
  [
    [
      4990,
      "Secretariat",
      {
        type: "text-issued",
        version: 1,
        title: "Chair of the board of the fund",
        reference: null,
        body: "The board elects its chair for two years.",
        terms: {
          kind: "appoint",
          post: "Chair of the board",
          holder: "A. Example",
          party: "nor",
          from: day(4900),
          until: day(-12000),
        },
      },
    ],
    [4980, "Chair", { type: "put-to-vote", note: "" }],
    ...seats.slice(0, 12).map((party, index): Told => [
      4979,
      "Tellers",
      {
        type: "position-stated",
        participant: party,
        position: index < 6 ? "for" : "against",
        reason: null,
        declaration: null,
      },
    ]),
    [4970, "Chair", { type: "rejected", note: "Six in favour, six against: not two thirds." }],
  ],
);
