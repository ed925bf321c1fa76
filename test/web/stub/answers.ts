import { bindingClasses, isBindingClass, streams, type BindingClass } from "../../../src/core/bindingness.ts";
import { formatDecimal } from "../../../src/core/money.ts";
import type {
  BookFacts,
  Diff,
  DonorLine,
  FigureFrame,
  Overview,
  FigurePosting,
  FramedPage,
  PostingView,
  PromiseRow,
  PromiseView,
  ReleaseChange,
  Totals,
  TotalsRow,
} from "../../../src/core/views.ts";
import { bodies, book, books, categories, cents, givers, promises, releases, sources } from "./world.ts";

/** The made-up API's answers, computed from the made-up promises. */

export type Query = URLSearchParams;
const differences = [
  {
    release: "edition-6",
    donor: "Slovenia",
    category: "Humanitarian",
    class: "placed" as BindingClass,
    printed: "12500000.00",
    ours: "11900000.00",
    difference: "-600000.00",
  },
];

function frameOf(query: Query): FigureFrame {
  return {
    book: query.get("book") ?? book.slug,
    asOf: query.get("as_of"),
    knownAt: query.get("known_at"),
    boundary: query.get("boundary") ?? "all",
    basis: query.get("basis") ?? "as-reported",
    unit: "EUR",
  };
}

function chosenClass(query: Query): BindingClass {
  const asked = query.get("class") ?? "";
  return isBindingClass(asked) ? asked : "placed";
}

/** Rows in the frame: earlier knowledge has fewer of them, the boundary leaves nations or organisations out. */
function selected(query: Query): readonly PromiseRow[] {
  const frame = frameOf(query);
  if (frame.book === "synthetic-empty") return [];
  const organisations = new Set<string>(bodies.map(([id]) => id));
  const until = [frame.asOf, frame.knownAt].filter((day) => day !== null).sort()[0] ?? "9999";
  return promises.filter((row) => {
    if ((row.announcedOn ?? "2022-02-01") > until) return false;
    if (frame.boundary === "nations" && organisations.has(row.donor)) return false;
    if (frame.boundary === "organisations" && !organisations.has(row.donor)) return false;
    return (["donor", "category", "stream", "unit"] as const).every(
      (key) => query.get(key) === null || row[key] === query.get(key),
    );
  });
}

function sum(rows: readonly PromiseRow[], bindingClass: BindingClass): string | null {
  const known = rows.map((row) => cents(row, bindingClass)).filter((value) => value !== null);
  return known.length === 0
    ? null
    : formatDecimal(
        known.reduce((a, b) => a + b, 0n),
        2,
      );
}

function grouped<T extends string>(
  rows: readonly PromiseRow[],
  key: (row: PromiseRow) => T,
): [T, readonly PromiseRow[]][] {
  const found = new Map<T, PromiseRow[]>();
  for (const row of rows) {
    const name = key(row);
    const list = found.get(name) ?? [];
    if (list.length === 0) found.set(name, list);
    list.push(row);
  }
  return [...found];
}

const reasons: Partial<Record<BindingClass, string>> = {
  said: "the tracker does not follow announcements",
  moved: "disbursements are listed without amounts",
  received: "no source has the recipient's confirmation",
};

function donorLines(rows: readonly PromiseRow[], bindingClass: BindingClass): DonorLine[] {
  return grouped(rows, (row) => row.donor).map(([donor, own]) => {
    const giver = givers.find(([iso3]) => iso3 === donor);
    const amount = Number(sum(own, bindingClass) ?? "0");
    return {
      donor,
      name: own[0]?.donorName ?? donor,
      kind: giver === undefined ? "organisation" : "nation",
      iso2: giver?.[1] ?? null,
      m49: giver?.[2] || null,
      byClass: Object.fromEntries(bindingClasses.map((name) => [name, sum(own, name)])) as DonorLine["byClass"],
      byCategory: grouped(own, (row) => row.category).map(([category, part]) => ({
        category,
        amount: sum(part, bindingClass) ?? "0.00",
      })),
      pctGdp: giver === undefined ? null : ((amount / (giver[5] * 1e9)) * 100).toFixed(4),
      perHead: giver === undefined ? null : (amount / (giver[6] * 1e6)).toFixed(2),
      gdpYear: giver === undefined ? null : 2023,
      populationYear: giver === undefined ? null : 2023,
    };
  });
}

function change(bindingClass: BindingClass): ReleaseChange {
  const donors = ["Germany", "Norway", "United States", "Denmark", "Slovakia"].map((name, index) => ({
    donor: givers.find((giver) => giver[3] === name)?.[0] ?? name,
    name,
    before: `${(9 - index) * 1_000_000_000}.00`,
    after: `${(9 - index) * 1_000_000_000 + (3 - index) * 410_000_000}.00`,
    change: `${(3 - index) * 410_000_000}.00`,
  }));
  return {
    from: "edition-5",
    to: "edition-6",
    class: bindingClass,
    added: { promises: 812, amount: "18250000000.00" },
    dropped: { promises: 41, amount: "-2310000000.00" },
    newMoney: { promises: 96, amount: "4120000000.00" },
    reconverted: { promises: 1204, amount: "-870000000.00" },
    recoded: { promises: 37, amount: "150000000.00" },
    byDonor: donors,
  };
}

export function overview(query: Query): Overview {
  const rows = selected(query);
  const chosen = chosenClass(query);
  const dated = rows.filter((row) => row.announcedOn !== null);
  const series = grouped(dated, (row) => `${row.announcedOn?.slice(0, 7)}|${row.category}`).map(([key, part]) => {
    const [period = "", category = ""] = key.split("|");
    return { period, category, amount: sum(part, chosen) ?? "0.00" };
  });
  return {
    frame: frameOf(query),
    book: books.find((entry) => entry.slug === frameOf(query).book) ?? book,
    class: chosen,
    classes: bindingClasses.map((name) => ({
      class: name,
      amount: sum(rows, name),
      reason: sum(rows, name) === null ? (reasons[name] ?? "nothing is on record in this frame") : null,
      partial: name === "moved" && sum(rows, name) !== null ? "budget support paid out only" : null,
      asOfSource: "Release 28",
    })),
    streams: streams.map((stream) => ({
      stream,
      class: chosen,
      amount: sum(
        rows.filter((row) => row.stream === stream),
        chosen,
      ),
    })),
    categories: categories.map((category) => ({
      category,
      class: chosen,
      amount: sum(
        rows.filter((row) => row.category === category),
        chosen,
      ),
    })),
    series: series.sort((a, b) => a.period.localeCompare(b.period)),
    seriesGrain: "month",
    undated:
      sum(
        rows.filter((row) => row.announcedOn === null),
        chosen,
      ) ?? "0.00",
    donors: donorLines(rows, chosen),
    vintages:
      rows.length === 0
        ? []
        : releases.map((release) => ({
            release: release.name,
            publishedOn: release.publishedOn,
            class: chosen,
            amount: sum(
              promises.filter((row) => (row.announcedOn ?? "2022-02-01") <= release.publishedOn),
              chosen,
            ),
          })),
    changes: rows.length === 0 ? null : change(chosen),
    sources: rows.length === 0 ? 0 : sources.length,
    differences: rows.length === 0 ? [] : differences,
  };
}

const keyOf = (row: PromiseRow, by: string): string =>
  by === "year"
    ? (row.announcedOn?.slice(0, 4) ?? "")
    : by === "month"
      ? (row.announcedOn?.slice(0, 7) ?? "")
      : by === "donor"
        ? row.donorName
        : row[by as "category" | "stream" | "unit"];

export function totals(query: Query): Totals {
  const rows = selected(query);
  const chosen = chosenClass(query);
  const by = (query.get("by") ?? "donor").split(",");
  const lines: TotalsRow[] = by.includes("class")
    ? bindingClasses.flatMap((name) => {
        const amount = sum(rows, name);
        return amount === null ? [] : [{ class: name, amount, unit: "EUR", postings: rows.length }];
      })
    : grouped(rows, (row) => by.map((name) => keyOf(row, name)).join("|")).map(([key, part]) => {
        const values = key.split("|");
        return {
          ...Object.fromEntries(by.map((name, index) => [name, values[index] ?? ""])),
          donorId: by.includes("donor") ? part[0]?.donor : undefined,
          amount: sum(part, chosen) ?? "0.00",
          unit: "EUR",
          postings: part.length * 2,
        } as TotalsRow;
      });
  return {
    frame: frameOf(query),
    by: by as Totals["by"],
    class: chosen,
    rows: lines,
    total: sum(rows, chosen),
    boundary: "all givers on record, organisations counted as givers of their own",
    basis: "as the source values it, in EUR",
    partial: chosen === "moved" ? [{ class: chosen, reason: "budget support paid out only" }] : [],
    notConverted: [{ class: chosen, unit: "UAH", amount: "1200000.00", postings: 3, reason: "no rate for that day" }],
    unknown: [
      {
        class: chosen,
        reason: "the source gives no quantity",
        promises: rows.filter((row) => row.original === null).length,
      },
    ],
    sources: sources.length,
    differences,
  };
}

export function promisePage(query: Query): FramedPage<PromiseRow> {
  const rows = selected(query);
  const limit = Number(query.get("limit") ?? 100);
  const start = Number(query.get("cursor") ?? 0);
  return {
    frame: frameOf(query),
    items: rows.slice(start, start + limit),
    total: rows.length,
    next: start + limit < rows.length ? String(start + limit) : null,
  };
}

const posting = (
  row: PromiseRow,
  index: number,
  from: string,
  to: string,
  extra: Partial<PostingView>,
): PostingView => ({
  id: `${row.id}-${index}`,
  from,
  to,
  class: isBindingClass(to) ? to : null,
  quantity: row.original ?? "0.00",
  unit: row.unit,
  reported: row.byClass.bound,
  reportedUnit: "EUR",
  effectiveOn: row.announcedOn,
  datePrecision: row.datePrecision,
  knownAt: "2023-01-09T23:59:59Z",
  recordedAt: "2026-04-22T09:00:00Z",
  reverses: null,
  reason: null,
  actor: "import",
  source: sources[index % sources.length] as PostingView["source"],
  ...extra,
});

export function promiseView(id: string): PromiseView | null {
  const row = promises.find((entry) => entry.id === id);
  if (row === undefined) return null;
  const postings = [
    posting(row, 0, "outside", "bound", {}),
    posting(row, 1, "bound", "outside", {
      reverses: `${row.id}-0`,
      reason: "superseded by edition 3",
      knownAt: "2023-09-21T23:59:59Z",
    }),
    posting(row, 2, "outside", "bound", { knownAt: "2023-09-21T23:59:59Z" }),
    posting(row, 3, "bound", "placed", { knownAt: "2026-04-22T23:59:59Z", quantity: row.byClass.placed ?? "0.00" }),
  ];
  return {
    ...row,
    recipient: "Ukraine",
    explanation: "The ministry will provide the items named above from its own stocks and by purchase.",
    details: { "Type of aid": "In kind", "Reporting body": "Ministry of defence (made up)" },
    sourceLinks: ["https://example.org/announcement"],
    place: { file: "edition-6.csv", sheet: "MAIN DATA", row: 812 },
    postings,
    readings: releases.slice(1).map((release, index) => ({
      release: release.name,
      publishedOn: release.publishedOn,
      class: row.furthest,
      original: row.original,
      reported:
        row.byClass.bound === null
          ? null
          : formatDecimal((BigInt(row.byClass.bound.replace(".", "")) * BigInt(96 + index)) / 100n, 2),
      unit: row.unit,
    })),
    siblings: promises.filter((entry) => entry.code === row.code && entry.id !== row.id).slice(0, 3),
  };
}

export function postingPage(query: Query): FramedPage<FigurePosting> {
  const chosen = chosenClass(query);
  const rows = selected(query).filter((row) => row.byClass[chosen] !== null);
  const items = rows.slice(0, Number(query.get("limit") ?? 100)).map((row, index): FigurePosting => ({
    ...posting(row, index, "outside", "bound", {}),
    promise: row.id,
    code: row.code,
    donor: row.donor,
    donorName: row.donorName,
    category: row.category,
    stream: row.stream,
    amount: row.byClass[chosen],
    notConverted: null,
  }));
  return { frame: frameOf(query), items, total: rows.length, next: null };
}

export function diff(query: Query): Diff {
  return {
    book: book.slug,
    from: query.get("from") ?? "edition-5",
    to: query.get("to") ?? "edition-6",
    class: "placed",
    summary: change("placed"),
    rows: promises.slice(0, 240).map((row, index) => {
      const kinds = ["added", "dropped", "new-money", "re-conversion", "re-coding"] as const;
      const kind = kinds[index % kinds.length] ?? "added";
      return {
        kind,
        code: row.code,
        donor: row.donorName,
        category: row.category,
        unitBefore: kind === "added" ? null : row.unit,
        unitAfter: kind === "dropped" ? null : index % 7 === 0 ? "item:155-mm-howitzer" : row.unit,
        originalBefore: kind === "added" ? null : row.original,
        originalAfter: kind === "dropped" ? null : index % 7 === 0 ? "12" : row.original,
        reportedBefore: row.byClass.bound,
        reportedAfter: row.byClass.bound,
        change: row.byClass.bound,
        note: kind === "re-coding" ? "category Military to Financial" : "",
      };
    }),
  };
}

const source = sources[0] as BookFacts["needs"][number]["source"];
const need = (
  item: string,
  label: string,
  quantity: string,
  committed: string | null,
  delivered: string | null,
): BookFacts["needs"][number] => ({
  item,
  asOf: "2022-10-03",
  needs: [{ label, quantity, statedBy: "A made-up minister", note: "" }],
  committed,
  delivered,
  source,
});
export const facts: BookFacts = {
  needs: [
    need("Howitzers (155 mm)", "needed to end it", "1000", "310", "270"),
    need("Tanks", "needed to end it", "500", "410", null),
    need("Rocket launchers", "needed to end it", "300", "95", "79"),
  ],
  statements: [
    {
      id: "s1",
      saidOn: "2022-03-16",
      speaker: "A made-up president",
      giver: "usa",
      title: "A package of assistance",
      place: "A made-up city",
      amount: "800000000.00",
      currency: "USD",
      inLedger: true,
      note: "",
      source,
      passage: { id: "p1", locator: "second paragraph", quote: "We will provide a further package of assistance." },
    },
  ],
  milestones: [
    {
      on: "2022-04-26",
      precision: "day",
      kind: "meeting",
      title: "First meeting of a made-up group",
      group: "alliance",
      note: "",
      source,
    },
    {
      on: "2024-02-14",
      precision: "day",
      kind: "coalition",
      title: "A made-up coalition is announced",
      group: "drone-coalition",
      note: "",
      source,
    },
  ],
};
