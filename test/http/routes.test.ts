import { performance } from "node:perf_hooks";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Book, Group, Overview, Page, Party, PromiseRow, Rate, Release, Source, Totals } from "#core/views.ts";
import { rowsOf, sql } from "#store/database.ts";
import { get, rates, record, serve, type Served } from "./support.ts";

type Problem = Readonly<{
  status: number;
  code: string;
  found?: string;
  place?: string;
  detail: string;
  title: string;
  type: string;
}>;

let served: Served;
let promiseId = "";
beforeAll(async () => {
  served = await serve();
  const { db } = served;
  await rates(db, [["USD", "2022-03-01", "1.1000"]]);
  await record(db, "R0", "2022-10-11", [
    { code: "A1", bound: 100 },
    { code: "A2", bound: 20, moved: 5, category: "Military" },
  ]);
  await record(db, "R1", "2023-01-09", [
    { code: "A1", bound: 120 },
    { code: "A2", bound: 20, moved: 8, category: "Military" },
  ]);
  await rowsOf(
    db,
    sql`insert into book (slug, title, recipient_no) select 'empty', 'Nothing yet', no from party where id = 'rrr'`,
  );
  const report = { id: "report", book: "test", group: "pact", procedure: "consensus-silence", title: "Report" };
  await served.app.inject({
    method: "POST",
    url: "/api/v1/decisions",
    payload: { ...report, object: "adopt-report" },
  });
  promiseId = (await api<Page<PromiseRow>>("/promises?book=test")).body.items[0]!.id;
});
afterAll(async () => served.close());

const api = <T>(address: string, headers?: Record<string, string>) => get<T>(served.app, `/api/v1${address}`, headers);

/** A good address for each path of the description; a path without one fails the test below. */
const examples: Record<string, () => string> = {
  "/api/v1/address": () => "/api/v1/address",
  "/api/v1/books": () => "/api/v1/books",
  "/api/v1/books/{book}": () => "/api/v1/books/test",
  "/api/v1/books/{book}/releases": () => "/api/v1/books/test/releases",
  "/api/v1/overview": () => "/api/v1/overview?book=test",
  "/api/v1/totals": () => "/api/v1/totals?book=test&by=donor,category",
  "/api/v1/diff": () => "/api/v1/diff?book=test&from=R0&to=R1",
  "/api/v1/parties": () => "/api/v1/parties?book=test",
  "/api/v1/parties/{id}": () => "/api/v1/parties/aaa",
  "/api/v1/groups": () => "/api/v1/groups?book=test",
  "/api/v1/groups/{slug}": () => "/api/v1/groups/pact?book=test&as_of=2023-01-01&known_at=2023-01-01",
  "/api/v1/groups/{slug}/brought-along": () => "/api/v1/groups/pact/brought-along?book=test&basis=at-event&unit=USD",
  "/api/v1/promises": () => "/api/v1/promises?book=test",
  "/api/v1/promises/{id}": () => `/api/v1/promises/${promiseId}?book=test`,
  "/api/v1/postings": () => "/api/v1/postings?book=test",
  "/api/v1/sources": () => "/api/v1/sources?book=test",
  "/api/v1/sources/{id}": () => "/api/v1/sources/activities-R0",
  "/api/v1/rates": () => "/api/v1/rates?currency=USD&on=2022-03-02",
  "/api/v1/facts": () => "/api/v1/facts?book=test",
  "/api/v1/needs": () => "/api/v1/needs?book=test",
  "/api/v1/keys": () => "/api/v1/keys",
  "/api/v1/keys/{id}": () => "/api/v1/keys/un-scale-kind",
  "/api/v1/whatif": () => "/api/v1/whatif?book=test&today=nordic-baltic-table",
  "/api/v1/power": () => "/api/v1/power?rule=unsc",
  "/api/v1/power/rules": () => "/api/v1/power/rules",
  "/api/v1/procedures": () => "/api/v1/procedures?on=2024-07-01",
  "/api/v1/procedures/{id}": () => "/api/v1/procedures/eu-unanimity",
  "/api/v1/procedures/{id}/diagram.svg": () => "/api/v1/procedures/eu-unanimity/diagram.svg",
  "/api/v1/decisions": () => "/api/v1/decisions?book=test",
  "/api/v1/decisions/{id}": () => "/api/v1/decisions/report",
  "/api/v1/decisions/calendar.ics": () => "/api/v1/decisions/calendar.ics?book=test",
  "/api/v1/openapi.json": () => "/api/v1/openapi.json",
  "/healthz": () => "/healthz",
  "/metrics": () => "/metrics",
};
// A fund needs a decision, members and money: its addresses are read in funds.test.ts.
const ofFunds = [
  "",
  "/{id}",
  "/{id}/calls/{call}",
  "/{id}/calls/{call}/invoices.csv",
  "/{id}/calls/{call}/invoices/{party}",
  "/{id}/reallocation",
];
// Needs, offers, plans and consignments need a record of their own: their addresses are read where they are tested.
const ofPlanning = "/api/v1/planning/";
// So do milestones, forecasts, scenarios and reports.
const ofForesight = "/api/v1/foresight/";
const notReadBlindly = new Set([
  "/api/v1/imports",
  "/api/v1/imports/{id}",
  ...ofFunds.map((path) => `/api/v1/funds${path}`),
  "/api/v1/postings/{id}/why",
  "/api/v1/sign/{token}",
]);

type Operation = {
  operationId?: string;
  summary?: string;
  tags?: string[];
  parameters?: { name: string; in: string; required?: boolean; schema: unknown }[];
  responses: Record<string, { content?: Record<string, { schema: unknown }> }>;
};
type Document = {
  openapi: string;
  info: { title: string; version: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> };
};

/** What a reader of the description would miss in an operation. */
function lacks(path: string, operation: Operation): string[] {
  const missing: string[] = [];
  if (!operation.summary) missing.push("summary");
  if (operation.tags?.length !== 1) missing.push("one tag");
  const good = operation.responses["200"] ?? operation.responses["202"];
  if (typeof Object.values(good?.content ?? {})[0]?.schema !== "object") missing.push("shape of the answer");
  const parameters = operation.parameters ?? [];
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).join();
  if (
    parameters
      .filter((one) => one.in === "path")
      .map((one) => one.name)
      .join() !== inPath
  )
    missing.push("parameters of the path");
  if (parameters.some((one) => typeof one.schema !== "object")) missing.push("schema of a parameter");
  if (!path.startsWith("/api/") || path.endsWith("openapi.json")) return missing;
  if (!JSON.stringify(operation.responses["4XX"] ?? null).includes("Problem")) missing.push("refusals");
  if (!operation.operationId) missing.push("name");
  return missing;
}

describe("the description", () => {
  test("is OpenAPI 3.1, whole, and every route has a shape for its answer", async () => {
    const { body } = await api<Document>("/openapi.json");
    expect(body.openapi).toMatch(/^3\.1\.\d+$/);
    expect(body.info).toMatchObject({ title: "Mainstay", version: "0.0.0-test" });
    const operations = Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ which: `${method} ${path}`, path, operation })),
    );
    expect(
      operations.flatMap(({ which, path, operation }) => lacks(path, operation).map((what) => `${which}: ${what}`)),
    ).toEqual([]);
    const names = operations.map(({ operation }) => operation.operationId).filter((name) => name !== undefined);
    expect(new Set(names).size).toBe(names.length);
    const text = JSON.stringify(body);
    const referred = new Set([...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map((match) => match[1] ?? ""));
    expect(referred).toEqual(new Set(Object.keys(body.components.schemas)));
    expect(Object.keys(body.components.schemas)).toEqual(
      expect.arrayContaining(["Book", "Totals", "PromiseRow", "Overview", "Problem"]),
    );
  });

  test("lists exactly the routes that are tested here, and each of them answers", async () => {
    const { body } = await api<Document>("/openapi.json");
    const isBlind = (path: string) =>
      !notReadBlindly.has(path) && !path.startsWith(ofPlanning) && !path.startsWith(ofForesight);
    const reads = Object.entries(body.paths).filter(([path, verbs]) => "get" in verbs && isBlind(path));
    expect(reads.map(([path]) => path).toSorted()).toEqual(Object.keys(examples).toSorted());
    for (const [path] of reads) {
      const { status, text } = await get(served.app, examples[path]!());
      expect(`${path} ${status} ${status === 200 ? "" : text}`).toBe(`${path} 200 `);
    }
  });
});

describe("answers", () => {
  test("tell of books and their releases", async () => {
    const { body } = await api<Book[]>("/books");
    expect(body).toEqual([
      expect.objectContaining({
        slug: "test",
        recipient: "Recipientia",
        synthetic: true,
        releases: 2,
        latestRelease: "R1",
        knownFrom: "2022-10-11",
        knownTo: "2023-01-09",
      }),
      expect.objectContaining({
        slug: "empty",
        releases: 0,
        postings: 0,
        latestRelease: null,
        knownFrom: null,
        knownTo: null,
      }),
    ]);
    const releases = await api<Release[]>("/books/test/releases");
    expect(
      releases.body.map((release) => [release.name, release.publishedOn, release.rows, release.source.publisher]),
    ).toEqual([
      ["R0", "2022-10-11", 2, "Nobody"],
      ["R1", "2023-01-09", 2, "Nobody"],
    ]);
    expect(releases.body[0]!.coverage).toEqual([
      { class: "bound", state: "stated", reason: "" },
      { class: "moved", state: "stated", reason: "" },
    ]);
    expect((await api("/books/empty/releases")).body).toEqual([]);
  });
  test("tell of parties and groups with their days", async () => {
    const { body } = await api<Party>("/parties/AAA");
    expect(body).toMatchObject({
      id: "aaa",
      name: "Aland",
      kind: "nation",
      groups: [{ group: "pact", groupName: "The Pact", role: "member", from: "2022-06-01", to: null, source: null }],
    });
    expect((await api<Party[]>("/parties?book=test&q=bord")).body.map((party) => party.id)).toEqual(["bbb"]);
    expect((await api<Party[]>("/parties?book=test&q=%25")).body).toEqual([]);
    const { body: pact } = await api<Group>("/groups/pact?book=test");
    expect(pact).toMatchObject({ synthetic: false, formats: [], under: [] });
    expect(pact.members.map((member) => member.name)).toEqual(["Aland", "Common Fund"]);
    const before = await api<Group>("/groups/pact?book=test&as_of=2022-05-31");
    expect(before.body.members).toEqual([]);
  });
  test("tell of sources and what rests on them", async () => {
    const { body } = await api<Source[]>("/sources?book=test");
    expect(body.map((source) => source.id).toSorted()).toEqual(["activities-R0", "activities-R1"]);
    const all = await api<Source[]>("/sources");
    expect(all.body.map((source) => source.id)).toContain("made-up");
    const postings = await rowsOf<{ count: number }>(served.db, sql`select count(*) as count from posting`);
    expect(all.body.reduce((sum, source) => sum + source.postings, 0)).toBe(postings[0]!.count);
  });
  test("give the rate of the day or of the last working day, and say when there is none", async () => {
    expect((await api<Rate>("/rates?currency=USD&on=2022-03-04")).body).toMatchObject({
      on: "2022-03-01",
      rate: "1.1",
      reason: null,
      source: { id: "made-up" },
    });
    expect((await api<Rate>("/rates?currency=USD&on=2022-03-09")).body).toMatchObject({
      rate: null,
      reason: expect.stringContaining("8 days older"),
    });
    expect((await api<Rate>("/rates?currency=USD&on=2021-01-01")).body).toMatchObject({ on: null, rate: null });
    expect((await api<Rate>("/rates?currency=EUR&on=2021-01-01")).body).toMatchObject({ rate: "1" });
    expect((await api<Problem>("/rates?currency=XXX&on=2021-01-01")).body).toMatchObject({ code: "unknown_currency" });
  });
  test("agree with each other: overview, totals, promises", async () => {
    const [overview, totals] = await Promise.all([
      api<Overview>("/overview?book=test&class=bound"),
      api<Totals>("/totals?book=test&class=bound"),
    ]);
    expect(overview.body.classes.find((line) => line.class === "bound")?.amount).toBe(totals.body.total);
    expect(totals.body.total).toBe("140.00");
    expect((await api<Overview>("/overview?book=empty")).status).toBe(200);
  });
});

describe("a tag", () => {
  test("spares the answer that one has already, and changes with it", async () => {
    const first = await api<Totals>("/totals?book=test&class=bound");
    const tag = String(first.headers["etag"]);
    expect(tag).toMatch(/^W\/"[\w-]+"$/);
    expect(first.headers["cache-control"]).toBe("no-cache");
    for (const known of [tag, `"other", ${tag}`, "*", tag.slice(2)]) {
      const again = await api("/totals?book=test&class=bound", { "if-none-match": known });
      expect([again.status, again.text]).toEqual([304, ""]);
    }
    expect((await api("/totals?book=test&class=moved", { "if-none-match": tag })).status).toBe(200);
    const packed = await api("/totals?book=test&class=bound", { "accept-encoding": "gzip", "if-none-match": tag });
    expect([packed.status, packed.text]).toEqual([304, ""]);
  });
  test("is not on problems or streams", async () => {
    expect((await api("/totals?book=nowhere")).headers["etag"]).toBeUndefined();
    expect((await api("/promises?book=test&format=csv")).headers["etag"]).toBeUndefined();
  });
});

describe("a refusal", () => {
  test.each([
    ["/totals?book=nowhere", 404, "unknown_book", "book"],
    ["/books/nowhere", 404, "unknown_book", "book"],
    ["/books/nowhere/releases", 404, "unknown_book", "book"],
    ["/parties/nobody", 404, "unknown_party", "party"],
    ["/groups/nobody?book=test", 404, "unknown_group", "group"],
    ["/groups/pact?book=nowhere", 404, "unknown_book", "book"],
    ["/groups?book=test&as_of=soon", 400, "invalid_date", "as_of"],
    ["/groups/nobody/brought-along?book=test", 404, "unknown_group", "group"],
    ["/parties?book=nowhere", 404, "unknown_book", "book"],
    ["/sources/none", 404, "unknown_source", "id"],
    ["/promises/none?book=test", 404, "unknown_promise", "id"],
    ["/imports/none", 404, "unknown_import", "id"],
    ["/diff?book=test&from=R0&to=R9", 404, "unknown_release", "to"],
    ["/nothing/here", 404, "unknown_address", undefined],
    ["/totals?book=test&as_of=2022-02-30", 400, "invalid_date", "as_of"],
    ["/totals?book=test&known_at=yesterday", 400, "invalid_date", "known_at"],
    ["/totals?book=test&boundary=friends", 400, "unknown_boundary", "boundary"],
    ["/totals?book=test&boundary=group:none", 404, "unknown_group", "boundary"],
    ["/totals?book=test&boundary=under:none", 404, "unknown_group", "boundary"],
    ["/totals?book=test&boundary=under:", 400, "unknown_boundary", "boundary"],
    ["/totals?book=test&basis=constant:x", 400, "invalid_date", "basis"],
    ["/totals?book=test&by=colour", 400, "unknown_dimension", "by"],
    ["/totals?book=test&unit=XYZ", 400, "unknown_unit", "unit"],
    ["/totals?book=test&class=maybe", 400, "parameter_invalid", "class"],
    ["/totals?book=test&book=empty", 400, "parameter_invalid", "book"],
    ["/totals?book=test&knwon_at=2022-01-01", 400, "parameter_invalid", "knwon_at"],
    ["/promises?book=test&limit=0", 400, "parameter_invalid", "limit"],
    ["/promises?book=test&limit=20001", 400, "parameter_invalid", "limit"],
    ["/promises?book=test&limit=1e9", 400, "parameter_invalid", "limit"],
    ["/promises?book=test&sort=amount;drop%20table%20posting", 400, "parameter_invalid", "sort"],
    ["/promises?book=test&format=xml", 400, "parameter_invalid", "format"],
    ["/promises?book=test&q=" + "x".repeat(201), 400, "parameter_invalid", "q"],
    ["/rates?currency=usd&on=2022-01-01", 400, "parameter_invalid", "currency"],
    ["/rates?currency=USD", 400, "parameter_invalid", "on"],
  ])("%s says what, where and what to do", async (address, status, code, place) => {
    const { body, headers, status: got } = await api<Problem>(address);
    expect(headers["content-type"]).toContain("application/problem+json");
    expect(body).toMatchObject({ status, code, type: `urn:mainstay:problem:${code}` });
    expect(got).toBe(status);
    expect(body.place).toBe(place);
    expect(body.title.length).toBeGreaterThan(10);
    expect(body.detail.length).toBeGreaterThan(10);
  });
  test("names what was found", async () => {
    expect((await api<Problem>("/promises?book=test&limit=abc")).body.found).toContain('"abc"');
    expect((await api<Problem>("/totals?book=test&as_of=1.2.2022")).body.found).toContain("1.2.2022");
  });
  test("of what nobody foresaw tells nothing of the inside", async () => {
    const broken = await serve();
    await rowsOf(broken.db, sql`select 1`);
    await broken.db.destroy();
    broken.app.log.level = "silent";
    const { body, status, text } = await get<Problem>(broken.app, "/api/v1/books");
    expect([status, body.code]).toEqual([500, "unforeseen"]);
    expect(text).not.toMatch(/kysely|driver|select|node:/i);
    expect((await get(broken.app, "/healthz")).status).toBe(503);
    await broken.close().catch(() => undefined);
  });
  test.each(["donor", "category", "stream", "q", "unit", "book"])(
    "or an empty answer is all that SQL in %s gets",
    async (name) => {
      const hostile = encodeURIComponent("'; drop table posting; --");
      const { status } = await api(`/promises?${name === "book" ? "" : "book=test&"}${name}=${hostile}`);
      expect(status).toBe({ book: 404, unit: 400, donor: 404, category: 400, stream: 400 }[name] ?? 200);
      expect((await api<Totals>("/totals?book=test&class=bound")).body.total).toBe("140.00");
    },
  );
  test("meets an address that cannot be decoded", async () => {
    expect((await api<Problem>("/parties/%E0%A4%A")).body).toMatchObject({ status: 400, code: "parameter_invalid" });
  });
  test("meets a NUL in the address", async () => {
    expect((await api<Problem>("/parties/a%00b")).body).toMatchObject({
      status: 400,
      code: "parameter_invalid",
      place: "id",
    });
    expect((await api<Problem>("/promises?book=test&q=a%00b")).body.code).toBe("parameter_invalid");
  });
});

describe("ten thousand promises", () => {
  test("come in one page within two seconds, and as CSV", async () => {
    const lines = Array.from({ length: 10_000 }, (_, index) => ({
      code: `P${index}`,
      bound: index + 1,
      moved: 1,
      donor: index % 2 === 0 ? "Aland" : "Borduria",
    }));
    await record(served.db, "many", "2024-01-01", lines, "many");
    const started = performance.now();
    const { body } = await api<Page<PromiseRow>>("/promises?book=test&limit=20000");
    const taken = performance.now() - started;
    expect(body.items).toHaveLength(10_002);
    expect(taken).toBeLessThan(2000);
    const { text } = await api("/promises?book=test&format=csv");
    expect(text.split("\r\n")).toHaveLength(10_004);
  }, 60_000);
});
