import type { BindingClass, Stream } from "../../../src/core/bindingness.ts";
import type { Book, Group, Party, PromiseRow, Release, Source } from "../../../src/core/views.ts";
import { formatDecimal } from "../../../src/core/money.ts";

/** A made-up body of record for the pages' tests: every figure is drawn from a seed and means nothing. */

type Giver = readonly [
  iso3: string,
  iso2: string,
  m49: string,
  name: string,
  weight: number,
  gdpBn: number,
  millions: number,
];
export const givers: readonly Giver[] = [
  ["usa", "US", "840", "United States", 900, 27000, 335],
  ["deu", "DE", "276", "Germany", 300, 4500, 84],
  ["gbr", "GB", "826", "United Kingdom", 240, 3300, 68],
  ["can", "CA", "124", "Canada", 120, 2100, 40],
  ["nor", "NO", "578", "Norway", 110, 480, 5],
  ["dnk", "DK", "208", "Denmark", 105, 400, 6],
  ["nld", "NL", "528", "Netherlands", 95, 1100, 18],
  ["swe", "SE", "752", "Sweden", 90, 600, 10],
  ["fra", "FR", "250", "France", 88, 3000, 68],
  ["jpn", "JP", "392", "Japan", 85, 4200, 124],
  ["pol", "PL", "616", "Poland", 60, 810, 37],
  ["ita", "IT", "380", "Italy", 40, 2300, 59],
  ["fin", "FI", "246", "Finland", 35, 300, 6],
  ["bel", "BE", "056", "Belgium", 30, 630, 12],
  ["esp", "ES", "724", "Spain", 28, 1600, 48],
  ["che", "CH", "756", "Switzerland", 27, 880, 9],
  ["cze", "CZ", "203", "Czechia", 18, 330, 11],
  ["aut", "AT", "040", "Austria", 15, 520, 9],
  ["aus", "AU", "036", "Australia", 14, 1700, 27],
  ["est", "EE", "233", "Estonia", 13, 41, 1],
  ["ltu", "LT", "440", "Lithuania", 15, 78, 3],
  ["lva", "LV", "428", "Latvia", 10, 43, 2],
  ["kor", "KR", "410", "South Korea", 9, 1700, 52],
  ["svk", "SK", "703", "Slovakia", 9, 130, 5],
  ["irl", "IE", "372", "Ireland", 9, 550, 5],
  ["rou", "RO", "642", "Romania", 8, 350, 19],
  ["bgr", "BG", "100", "Bulgaria", 7, 100, 6],
  ["lux", "LU", "442", "Luxembourg", 6, 86, 1],
  ["prt", "PT", "620", "Portugal", 6, 290, 10],
  ["hrv", "HR", "191", "Croatia", 5, 84, 4],
  ["grc", "GR", "300", "Greece", 4, 240, 10],
  ["svn", "SI", "705", "Slovenia", 3, 69, 2],
  ["isl", "IS", "352", "Iceland", 2, 31, 1],
  ["tur", "TR", "792", "Türkiye", 2, 1100, 85],
  ["hun", "HU", "348", "Hungary", 1, 210, 10],
  ["nzl", "NZ", "554", "New Zealand", 1, 250, 5],
  ["cyp", "CY", "196", "Cyprus", 1, 33, 1],
  ["mlt", "MT", "470", "Malta", 1, 21, 1],
  ["twn", "TW", "158", "Taiwan", 1, 760, 23],
  ["alb", "AL", "008", "Albania", 1, 23, 3],
  ["mkd", "MK", "807", "North Macedonia", 1, 15, 2],
  ["xkx", "XK", "", "Kosovo", 1, 10, 2],
];
export const bodies = [
  ["eu-institutions", "EU institutions", 520],
  ["eib", "European Investment Bank", 20],
] as const;
export const categories = ["Military", "Financial", "Humanitarian"] as const;
const streamOf: Record<string, Stream> = { Military: "materiel", Financial: "finance", Humanitarian: "finance" };

/** A small repeatable source of numbers in [0, 1). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}

const releaseDays = ["2022-06-30", "2023-01-09", "2023-09-21", "2024-06-30", "2025-06-30", "2026-04-22"] as const;
export const slug = "synthetic-worked-case";
export const sources: readonly Source[] = releaseDays.map((day, index) => ({
  id: `src-${index + 1}`,
  title: `Synthetic tracker, edition ${index + 1}`,
  publisher: "Nobody (made up for tests)",
  publishedOn: day,
  url: `https://example.org/edition-${index + 1}`,
  book: slug,
  retrievedOn: day,
  note: "Made up: no figure here is real.",
  passages: [
    {
      id: `p-${index + 1}`,
      locator: "Table 1, row 12",
      quote: "The ministry will provide twelve units of the system within the year.",
    },
  ],
  postings: 1200 + index * 431,
}));
const sourceRef = (index: number) => {
  const { id, title, publisher, publishedOn, url } = sources[index] as Source;
  return { id, title, publisher, publishedOn, url };
};

export const releases: readonly Release[] = releaseDays.map((day, index) => ({
  id: `edition-${index + 1}`,
  book: slug,
  series: "synthetic",
  name: `Edition ${index + 1}`,
  publishedOn: day,
  recordedAt: `${day}T09:00:00Z`,
  fileName: `edition-${index + 1}.csv`,
  sha256: `${index}f`.repeat(32),
  rows: 2000 + index * 1500,
  source: sourceRef(index),
  coverage: [
    { class: "said", state: "absent", reason: "the tracker does not follow announcements" },
    { class: "bound", state: "stated", reason: "" },
    { class: "placed", state: "stated", reason: "" },
    { class: "moved", state: "unvalued", reason: "disbursements are listed without amounts" },
    { class: "received", state: "absent", reason: "no source has the recipient's confirmation" },
  ],
}));

export const book: Book = {
  slug,
  title: "Synthetic worked case",
  description: "Made-up promises for trying the pages out.",
  recipient: "Ukraine",
  synthetic: true,
  releases: releases.length,
  postings: 24_310,
  latestRelease: "Edition 6",
  knownFrom: releaseDays[0],
  knownTo: "2026-04-22",
};
export const books: readonly Book[] = [
  book,
  {
    ...book,
    slug: "synthetic-empty",
    title: "Synthetic, empty",
    description: "A book with nothing in it.",
    postings: 0,
    releases: 0,
    latestRelease: null,
    knownFrom: null,
    knownTo: null,
  },
];

const classesOf = (bound: bigint, share: number): PromiseRow["byClass"] => ({
  said: null,
  bound: formatDecimal(bound, 2),
  placed: share === 0 ? null : formatDecimal((bound * BigInt(Math.round(share * 100))) / 100n, 2),
  moved: null,
  received: null,
});
const things = [
  "air defence interceptors",
  "artillery shells, 155 mm",
  "budget support, second tranche",
  "winter shelter kits",
  "armoured vehicles",
  "medical evacuation",
  "electricity grid repair",
  "training of crews",
  "macro-financial loan",
  "demining equipment",
];
const units = ["EUR", "USD", "GBP", "NOK", "SEK", "CAD"];

function makePromises(count: number): readonly PromiseRow[] {
  const next = numbers(20260422);
  const all = [
    ...givers.map(([id, , , name, weight]) => ({ id, name, weight })),
    ...bodies.map(([id, name, weight]) => ({ id: id as string, name: name as string, weight: weight as number })),
  ];
  const heft = all.reduce((sum, giver) => sum + giver.weight, 0);
  return Array.from({ length: count }, (_, index) => {
    let pick = next() * (heft + all.length * 20);
    const giver = all.find(({ weight }) => (pick -= weight + 20) < 0) ?? all[0];
    if (giver === undefined) throw new Error("no givers");
    const category = categories[next() < 0.55 ? 0 : next() < 0.7 ? 1 : 2] as string;
    const month = Math.floor(next() * 51);
    const day = `${2022 + Math.floor((month + 1) / 12)}-${String(((month + 1) % 12) + 1).padStart(2, "0")}-${String(1 + Math.floor(next() * 27)).padStart(2, "0")}`;
    const bound =
      BigInt(Math.round((giver.weight + 4) * 2_100_000 * (0.05 + next() ** 3 * 2))) * 13n +
      BigInt(Math.floor(next() * 100));
    const unit = next() < 0.5 ? "EUR" : (units[Math.floor(next() * units.length)] as string);
    const unknown = next() < 0.04;
    const placed = next() < 0.8 ? 0.5 + next() / 2 : 0;
    return {
      id: `p${index + 1}`,
      code: `${giver.id.toUpperCase().slice(0, 2)}${category.charAt(0)}${(index % 400) + 1}`,
      donor: giver.id,
      donorName: giver.name,
      category,
      stream: streamOf[category] ?? "finance",
      title: `${Math.floor(next() * 90) + 2} ${things[Math.floor(next() * things.length)]}`,
      unit,
      announcedOn: next() < 0.03 ? null : day,
      datePrecision: next() < 0.1 ? "month" : "day",
      original: unknown ? null : formatDecimal((bound * 11n) / 10n, 2),
      byClass: unknown
        ? { said: null, bound: null, placed: null, moved: null, received: null }
        : classesOf(bound, placed),
      furthest: unknown ? "said" : placed === 0 ? "bound" : "placed",
      release: "edition-6",
    } satisfies PromiseRow;
  });
}
export const promises = makePromises(10_500);

const takenOver = {
  from: "2025-01-01",
  until: null,
  decision: "drones-under-alliance",
  title: "The drone coalition comes under the alliance",
};
export const groups: readonly Group[] = [
  {
    slug: "alliance",
    name: "Alliance (synthetic)",
    kind: "alliance",
    description: "An alliance made up for tests.",
    synthetic: false,
    formats: [{ ...takenOver, slug: "drone-coalition", name: "Drone coalition (synthetic)" }],
    under: [],
    members: givers.slice(0, 30).map(([id, , , name]) => ({
      party: id,
      name,
      role: "member",
      from: "1949-04-04",
      to: null,
      source: sourceRef(0),
    })),
  },
  {
    slug: "drone-coalition",
    name: "Drone coalition (synthetic)",
    kind: "coalition",
    description: "A coalition made up for tests.",
    synthetic: true,
    formats: [],
    under: [{ ...takenOver, slug: "alliance", name: "Alliance (synthetic)" }],
    members: givers.slice(18, 26).map(([id, , , name], index) => ({
      party: id,
      name,
      role: index === 0 ? "lead" : "member",
      from: "2024-02-14",
      to: null,
      source: null,
    })),
  },
];
export const parties: readonly Party[] = [
  ...givers.map(([iso3, iso2, m49, name, , gdp, people]): Party => ({
    id: iso3,
    name,
    kind: "nation",
    iso2,
    iso3: iso3.toUpperCase(),
    m49: m49 === "" ? null : m49,
    synthetic: false,
    names: [{ name, from: null, to: null }],
    groups: groups.flatMap((group) =>
      group.members
        .filter((member) => member.party === iso3)
        .map((member) => ({
          group: group.slug,
          groupName: group.name,
          role: member.role,
          from: member.from,
          to: member.to,
          source: member.source,
        })),
    ),
    indicators: [
      { indicator: "gdp", year: 2023, value: `${gdp}000000000`, unit: "USD", source: sourceRef(0) },
      { indicator: "population", year: 2023, value: `${people}000000`, unit: "persons", source: sourceRef(0) },
    ],
  })),
  ...bodies.map(([id, name]): Party => ({
    id,
    name,
    kind: "organisation",
    iso2: null,
    iso3: null,
    m49: null,
    synthetic: false,
    names: [{ name, from: null, to: null }],
    groups: [],
    indicators: [],
  })),
];

/** The amount of a row at a class in cents, null when unknown. */
export function cents(row: PromiseRow, bindingClass: BindingClass): bigint | null {
  const text = row.byClass[bindingClass];
  return text === null ? null : BigInt(text.replace(".", ""));
}
