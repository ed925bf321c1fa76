import {
  ago,
  alliance,
  allies,
  council,
  day,
  inHours,
  seats,
  tell,
  union,
  unionMembers,
  type Told,
} from "./decision-telling.ts";
import { body, fundTerms } from "./decision-terms.ts";

/** What the stand-in's proposals have been through when it starts: those still open. All of it is made up. */

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
          effect: "would not pay EUR 3,120,000,000.00 of 2027; the others would bear it",
        },
        {
          party: "rou",
          partyName: "Romania",
          share: "146000000.00",
          effect: "would not pay EUR 146,000,000.00 of 2027; the others would bear it",
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
        expiresAt: inHours(26.4),
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
    title: "Second call on the long haul fund for 2026",
    object: "call",
    procedure: "consensus-silence",
    members: allies,
    group: alliance,
    openedHoursAgo: 96,
    fund: "long-haul-fund",
  },
  [
    [
      95,
      "Secretariat",
      {
        type: "text-issued",
        version: 1,
        title: "Second call on the long haul fund for 2026",
        reference: null,
        body: "The contributors are called on for EUR 4 billion, due in ninety days.",
        terms: {
          kind: "call",
          fund: "long-haul-fund",
          year: 2026,
          instalment: 2,
          instalments: 2,
          lines: [
            { line: "ammunition", amount: "3000000000.00" },
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
    id: "new-fund",
    title: "A fund for reconstruction",
    object: "open-fund",
    procedure: "eu-unanimity",
    members: unionMembers,
    group: union,
    openedHoursAgo: 3,
    without: ["dnk"],
  },
  [],
);
