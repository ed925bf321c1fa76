import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FigurePosting, Page, PromiseRow, PromiseView, Totals } from "#core/views.ts";
import { get, rates, record, serve, type Answer, type Served } from "./support.ts";

let served: Served;
beforeAll(async () => {
  served = await serve();
  const { db } = served;
  await rates(db, [
    ["USD", "2022-03-01", "1.1"],
    ["USD", "2023-05-02", "1.25"],
  ]);
  const many = Array.from({ length: 60 }, (_, index) => ({
    code: `M${index % 40}`,
    category: index % 3 === 0 ? "Military" : "Humanitarian",
    donor: ["Aland", "Borduria", "Common Fund"][index % 3] as string,
    unit: index % 4 === 0 ? "USD" : "EUR",
    bound: 10 + index / 3,
    reported: 9 + index / 7,
    on: index % 5 === 0 ? null : `202${2 + (index % 2)}-05-0${1 + (index % 9)}`,
    ...(index % 2 === 0 ? { moved: 3 } : {}),
  }));
  await record(db, "R0", "2023-06-01", [...many, { code: "=1+1", bound: 5, category: 'Quoted, "so"\nand so' }]);
  await record(db, "R1", "2024-01-15", [
    ...many.slice(7).map((line) => ({ ...line, bound: line.bound + 1 })),
    { code: "=1+1", bound: 5, category: 'Quoted, "so"\nand so' },
  ]);
});
afterAll(async () => served.close());

const api = <T>(address: string, headers?: Record<string, string>) => get<T>(served.app, `/api/v1${address}`, headers);
const millionths = (text: string | null): bigint => {
  if (text === null) return 0n;
  const [whole = "", fraction = ""] = text.replace("-", "").split(".");
  const value = BigInt(whole + fraction.padEnd(6, "0"));
  return text.startsWith("-") ? -value : value;
};
const toCents = (value: bigint): string => {
  const cents = ((value < 0n ? -value : value) + 5_000n) / 10_000n;
  return `${value < 0n ? "-" : ""}${cents / 100n}.${String(cents % 100n).padStart(2, "0")}`;
};

async function everyPage<T>(address: string, limit: number): Promise<T[]> {
  const found: T[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const { body, status }: Answer<Page<T>> = await api(
      `${address}&limit=${limit}${cursor === "" ? "" : `&cursor=${cursor}`}`,
    );
    expect(status).toBe(200);
    found.push(...body.items);
    cursor = body.next;
  }
  return found;
}

/** Reads CSV as RFC 4180 has it. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  const pattern = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n|$)/gy;
  for (const [, cell = "", end] of text.matchAll(pattern)) {
    rows.at(-1)!.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end === "\r\n") rows.push([]);
    if (end === "") break;
  }
  return rows.filter((row) => row.length > 1);
}

const frames = [
  "",
  "&known_at=2023-12-31",
  "&as_of=2022-12-31",
  "&basis=at-event",
  "&basis=constant:2023-05-04&unit=USD",
  "&boundary=nations",
  "&boundary=group:pact",
  "&category=Military&donor=aaa",
  "&basis=at-event&as_of=2023-05-31&known_at=2023-12-31",
];

describe("the postings behind a figure", () => {
  test.each(frames)("add up to it exactly: %s", async (frame) => {
    for (const theClass of ["bound", "moved"]) {
      const totals = await api<Totals>(`/totals?book=test&by=&class=${theClass}${frame}`);
      const postings = await everyPage<FigurePosting>(`/postings?book=test&class=${theClass}${frame}`, 7);
      expect(toCents(postings.reduce((sum, posting) => sum + millionths(posting.amount), 0n))).toBe(totals.body.total);
      expect(postings.filter((posting) => posting.amount !== null).length).toBe(
        totals.body.rows.reduce((sum, row) => sum + row.postings, 0),
      );
      const left = new Map<string, number>();
      for (const posting of postings)
        if (posting.notConverted !== null) left.set(posting.notConverted, (left.get(posting.notConverted) ?? 0) + 1);
      const stated = new Map<string, number>();
      for (const line of totals.body.notConverted)
        stated.set(line.reason, (stated.get(line.reason) ?? 0) + line.postings);
      // What was taken back again is among the postings, but the figure does not name it: nothing of it is left.
      expect(new Map([...left].filter(([reason]) => stated.has(reason)))).toEqual(stated);
    }
  });

  test("of a period are those of its cell", async () => {
    const totals = await api<Totals>("/totals?book=test&by=month&class=bound");
    expect(totals.body.rows.length).toBeGreaterThan(2);
    for (const row of totals.body.rows) {
      const postings = await everyPage<FigurePosting>(`/postings?book=test&class=bound&period=${row.month}`, 50);
      expect(toCents(postings.reduce((sum, posting) => sum + millionths(posting.amount), 0n))).toBe(row.amount);
    }
    expect((await api("/postings?book=test&period=may")).status).toBe(400);
  });
});

describe("pages", () => {
  test.each([
    "amount",
    "-amount",
    "announced",
    "-announced",
    "donor",
    "category",
    "title",
    "unit",
    "code",
    "release",
    "stream",
  ])("cover everything exactly once, sorted by %s", async (sort) => {
    const whole = await api<Page<PromiseRow>>(`/promises?book=test&sort=${sort}&limit=1000`);
    expect(whole.body.next).toBeNull();
    const pages = await everyPage<PromiseRow>(`/promises?book=test&sort=${sort}`, 9);
    expect(pages).toEqual(whole.body.items);
    expect(new Set(pages.map((row) => row.id)).size).toBe(whole.body.total);
    expect(whole.body.total).toBe(54);
  });
  test("sort amounts as numbers, largest first unless asked, the unknown last", async () => {
    const { body } = await api<Page<PromiseRow>>("/promises?book=test&limit=1000&class=bound");
    const amounts = body.items.map((row) => millionths(row.byClass.bound));
    expect(amounts).toEqual(amounts.toSorted((a, b) => (a < b ? 1 : a > b ? -1 : 0)));
    const { body: up } = await api<Page<PromiseRow>>("/promises?book=test&limit=1000&sort=announced");
    const days = up.items.map((row) => row.announcedOn ?? "9999");
    expect(days).toEqual(days.toSorted());
    expect(days.at(-1)).toBe("9999");
  });
  test("end where the rows end, and past it", async () => {
    const past = await api<Page<PromiseRow>>("/promises?book=test&cursor=rzz");
    expect(past.body).toMatchObject({ items: [], total: 54, next: null });
    expect((await api("/promises?book=test&cursor=1%20or%201=1")).body).toMatchObject({
      code: "parameter_invalid",
      place: "cursor",
    });
  });
});

describe("files", () => {
  test("in NDJSON hold the same rows as JSON", async () => {
    for (const [path, frame] of [
      ["promises", "&basis=at-event"],
      ["postings", "&class=bound"],
    ] as const) {
      const json = await api<Page<unknown>>(`/${path}?book=test${frame}&limit=5000`);
      const lines = await api(`/${path}?book=test${frame}`, { accept: "application/x-ndjson" });
      expect(lines.headers["content-type"]).toContain("application/x-ndjson");
      expect(
        lines.text
          .trimEnd()
          .split("\n")
          .map((line) => JSON.parse(line) as unknown),
      ).toEqual(json.body.items);
    }
  });
  test("in CSV hold the same rows, quoted, with formulas disarmed and the frame in name and header", async () => {
    const json = await api<Page<PromiseRow>>("/promises?book=test&known_at=2023-12-31&limit=5000");
    const { text, headers } = await api("/promises?book=test&known_at=2023-12-31&format=csv");
    expect(headers["content-type"]).toContain("text/csv");
    expect(headers["content-disposition"]).toBe('attachment; filename="test_promises_known-at-2023-12-31.csv"');
    expect(headers["mainstay-frame"]).toBe(
      "book=test; as_of=; known_at=2023-12-31; boundary=all; basis=as-reported; unit=EUR",
    );
    const [header = [], ...rows] = parseCsv(text);
    expect(header[0]).toBe("id");
    expect(rows.length).toBe(json.body.total);
    const at = (row: string[], name: string) => row[header.indexOf(name)];
    expect(rows.map((row) => [at(row, "id")?.replace(/^'/, ""), at(row, "bound"), at(row, "category")])).toEqual(
      json.body.items.map((row) => [row.id, row.byClass.bound ?? "", row.category]),
    );
    const formula = rows.find((row) => at(row, "code")?.endsWith("1+1"));
    expect(at(formula!, "code")).toBe("'=1+1");
    expect(at(formula!, "category")).toBe('Quoted, "so"\nand so');
  });
  test("of totals as CSV are the rows of the JSON", async () => {
    const json = await api<Totals>("/totals?book=test&by=donor,category&class=bound");
    const { text } = await api("/totals?book=test&by=donor,category&class=bound&format=csv");
    const [header, ...rows] = parseCsv(text);
    expect(header).toEqual(["donor", "donor_id", "category", "amount", "unit", "postings"]);
    expect(rows).toEqual(
      json.body.rows.map((row) => [row.donor, row.donorId, row.category, row.amount, row.unit, String(row.postings)]),
    );
  });
  test("of postings hold a negative figure as it is", async () => {
    const { text } = await api("/postings?book=test&format=csv");
    expect(text).toMatch(/,-\d+\.\d\d/);
    expect(text).not.toMatch(/,'-\d+\.\d/);
  });
});

describe("one promise", () => {
  test("has its whole chain, what each release said and its siblings", async () => {
    const { body: list } = await api<Page<PromiseRow>>("/promises?book=test&q=M10&limit=100");
    const row = list.items.find((item) => item.code === "M10" && item.donor === "bbb")!;
    const { body } = await api<PromiseView>(`/promises/${row.id}?book=test`);
    expect(body).toMatchObject({ ...row, recipient: "Recipientia", place: { file: "R1.csv", sheet: null } });
    expect(body.postings.map((posting) => [posting.from, posting.to, posting.reverses === null])).toEqual(
      expect.arrayContaining([
        ["outside", "committed", true],
        ["committed", "outside", false],
      ]),
    );
    const reversal = body.postings.find((posting) => posting.reverses !== null)!;
    expect(body.postings.some((posting) => posting.id === reversal.reverses)).toBe(true);
    expect(reversal).toMatchObject({ reason: "no longer so in R1", actor: "test", source: { title: "Release R1" } });
    expect(body.postings.map((posting) => posting.knownAt)).toEqual(
      body.postings.map((posting) => posting.knownAt).toSorted(),
    );
    expect(body.readings.map((reading) => [reading.release, reading.class, reading.original])).toEqual([
      ["R0", "moved", "3.00"],
      ["R1", "moved", "3.00"],
    ]);
  });
  test("is shown as it was known, keeps its page when dropped, and is unknown before anyone knew it", async () => {
    const { body: early } = await api<Page<PromiseRow>>("/promises?book=test&known_at=2023-12-31&q=M3&limit=100");
    const dropped = early.items.find((item) => item.code === "M3" && item.donor === "aaa")!;
    const now = await api<PromiseView>(`/promises/${dropped.id}?book=test`);
    expect(now.body).toMatchObject({ release: null, title: "Promise M3", furthest: null });
    expect(now.body.byClass.bound).toBeNull();
    const then = await api<PromiseView>(`/promises/${dropped.id}?book=test&known_at=2023-12-31`);
    expect(then.body).toMatchObject(dropped);
    expect(then.body.postings.every((posting) => posting.knownAt < "2024")).toBe(true);
    expect((await api(`/promises/${dropped.id}?book=test&known_at=2023-01-01`)).body).toMatchObject({
      status: 404,
      code: "unknown_promise",
    });
  });
});
