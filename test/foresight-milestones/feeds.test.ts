import fc from "fast-check";
import ical, { type VEvent } from "node-ical";
import { SaxesParser } from "saxes";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FastifyInstance } from "fastify";
import { actOnMilestone, changeMilestone, enteringMilestones } from "#app/foresight/milestones/write.ts";
import { atomFeed, type AtomEntry, type AtomFeed } from "#formats/atom/feed.ts";
import type { Database } from "#store/database.ts";
import { buildServer } from "../../src/http/server.ts";
import { openSeeded } from "../support/seeded.ts";
import { by, stated } from "./support.ts";

type Element = { name: string; uri: string; attributes: Record<string, string>; children: Element[]; text: string };

/** What an independent reader of XML with namespaces finds; it refuses what is not well-formed. */
function parsed(text: string): Element {
  const parser = new SaxesParser({ xmlns: true });
  const top: Element = { name: "", uri: "", attributes: {}, children: [], text: "" };
  const open = [top];
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", (tag) => {
    const attributes = Object.fromEntries(Object.entries(tag.attributes).map(([name, { value }]) => [name, value]));
    const made: Element = { name: tag.local, uri: tag.uri, attributes, children: [], text: "" };
    open.at(-1)?.children.push(made);
    open.push(made);
  });
  parser.on("closetag", () => void open.pop());
  parser.on("text", (said) => {
    const at = open.at(-1);
    if (at !== undefined) at.text += said;
  });
  parser.write(text).close();
  const [root] = top.children;
  if (root === undefined) throw new Error("no element");
  return root;
}

const childrenOf = (element: Element, name: string) => element.children.filter((one) => one.name === name);
const only = (element: Element, name: string): Element => {
  const found = childrenOf(element, name);
  expect([name, found.length]).toEqual([name, 1]);
  return found[0] as Element;
};
const rfc3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** The rules of RFC 4287, sections 4.1 and 4.2, that a feed can break. */
function checkAtom(text: string): Element {
  const feed = parsed(text);
  expect([feed.name, feed.uri]).toEqual(["feed", "http://www.w3.org/2005/Atom"]);
  const checkCommon = (element: Element): void => {
    expect(new URL(only(element, "id").text).href).toBeTruthy();
    expect(only(element, "title").text.trim()).not.toBe("");
    const updated = only(element, "updated").text;
    expect(updated).toMatch(rfc3339);
    expect(Number.isNaN(Date.parse(updated))).toBe(false);
    for (const link of childrenOf(element, "link"))
      expect(new URL(link.attributes["href"] ?? "").protocol).toBe("http:");
    const alternates = childrenOf(element, "link").filter((link) => link.attributes["rel"] === "alternate");
    const said = alternates.map((link) => `${link.attributes["type"]} ${link.attributes["hreflang"]}`);
    expect(new Set(said).size).toBe(said.length);
    expect(alternates.length).toBeGreaterThan(0);
  };
  checkCommon(feed);
  expect(only(only(feed, "author"), "name").text).not.toBe("");
  expect(childrenOf(feed, "link").filter((link) => link.attributes["rel"] === "self")).toHaveLength(1);
  const entries = childrenOf(feed, "entry");
  for (const entry of entries) {
    checkCommon(entry);
    only(entry, "summary");
    expect(only(entry, "published").text).toMatch(rfc3339);
    for (const category of childrenOf(entry, "category")) expect(category.attributes["term"]).not.toBe("");
  }
  const ids = [feed, ...entries].map((one) => only(one, "id").text);
  expect(new Set(ids).size).toBe(ids.length);
  const times = entries.map((entry) => only(entry, "updated").text);
  expect(times).toEqual(times.toSorted().toReversed());
  expect(only(feed, "updated").text).toBe(times[0] ?? only(feed, "updated").text);
  return feed;
}

const entry: AtomEntry = {
  id: "urn:uuid:00000000-0000-8000-8000-000000000001",
  title: "A summit (late)",
  published: "2024-01-05T09:00:00Z",
  updated: "2024-03-01T09:00:00Z",
  address: "http://pact.example/timeline?book=test&milestone=summit",
  categories: ["summit", "late"],
  summary: "Expected 10 July 2024.",
};
const feed = (entries: readonly AtomEntry[], more: Partial<AtomFeed> = {}): string =>
  atomFeed({
    id: "urn:uuid:00000000-0000-8000-8000-000000000000",
    title: "Milestones",
    subtitle: "What is expected when.",
    author: "Mainstay",
    address: "http://pact.example/feed.atom?book=test&nation=pol",
    page: "http://pact.example/timeline?book=test",
    updated: "1970-01-01T00:00:00Z",
    entries,
    ...more,
  });

describe("a news feed", () => {
  test("without entries is one all the same", () => {
    expect(only(checkAtom(feed([])), "updated").text).toBe("1970-01-01T00:00:00.000Z");
  });

  test("whatever the texts, an independent reader finds them as they were, but for what XML cannot hold", () => {
    const text = fc.string({ unit: "binary", minLength: 1, maxLength: 30 });
    // oxlint-disable-next-line no-control-regex
    const held = (said: string) =>
      said.toWellFormed().replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "");
    const ends = (said: string) => said.replaceAll(/\r\n?/g, "\n"); // as every reader of XML has to take them
    fc.assert(
      fc.property(text, text, text, (title, summary, term) => {
        const found = parsed(feed([{ ...entry, title: `x${title}`, summary, categories: [`x${term}`] }]));
        const [one] = childrenOf(found, "entry") as [Element];
        expect(only(one, "title").text).toBe(ends(held(`x${title}`)));
        expect(only(one, "summary").text).toBe(ends(held(summary)));
      }),
    );
  });

  test("the checks here would notice a feed that breaks the rules", () => {
    const whole = feed([entry]);
    checkAtom(whole);
    for (const [part, wrong] of [
      ["<updated>2024-03-01T09:00:00.000Z</updated>\n<link", "<updated>yesterday</updated>\n<link"],
      ["<author><name>Mainstay</name></author>", ""],
      [' rel="self"', ' rel="alternate" hreflang="x"'],
      ["urn:uuid:00000000-0000-8000-8000-000000000001", "urn:uuid:00000000-0000-8000-8000-000000000000"],
      ["http://pact.example/timeline?book=test&amp;milestone=summit", "/timeline"],
      ["http://www.w3.org/2005/Atom", "http://www.w3.org/2005/Atoms"],
      ["<title>A summit (late)</title>", ""],
      ["&amp;milestone", "&milestone"],
    ] as const) {
      expect(whole).toContain(part);
      expect(() => checkAtom(whole.replace(part, wrong))).toThrow();
    }
  });
});

describe("the feeds of a book", () => {
  let opened: { db: Database; close: () => Promise<void> };
  let app: FastifyInstance;
  let now = "2024-08-01T09:00:00Z";
  beforeAll(async () => {
    opened = await openSeeded();
    const { db } = opened;
    app = await buildServer({ db, pagesFolder: "/nowhere", version: "0", clock: () => now, actor: "tester" });
    await stated(db, "summit", "2024-01-05T09:00:00Z", {
      kind: "summit",
      group: "pact",
      title: "Summit <of> the “Pact” & friends",
    });
    const moved = await enteringMilestones(db, "test", by("2024-02-05T09:00:00Z", "The hall is not free"));
    await changeMilestone(db, "test", "summit", { on: "2024-07-31" }, moved);
    await stated(db, "report", "2024-01-06T09:00:00Z", { kind: "review", on: "2024-09", owner: "bbb" });
    await stated(db, "talks", "2024-01-07T09:00:00Z", { parties: ["bbb"], on: "by 2024-06-30" });
    const met = await enteringMilestones(db, "test", by("2024-06-29T09:00:00Z"));
    await actOnMilestone(db, "test", "talks", "meet", { on: "2024-06-28" }, met);
    await stated(db, "idea", "2024-01-08T09:00:00Z");
    const dropped = await enteringMilestones(db, "test", by("2024-02-01T09:00:00Z", "Nobody wants it"));
    await actOnMilestone(db, "test", "idea", "cancel", {}, dropped);
  });
  afterAll(async () => {
    await app.close();
    await opened.close();
  });

  const get = async (file: string, query = "") =>
    app.inject({
      url: `/api/v1/foresight/milestones.${file}?book=test${query}`,
      headers: { host: "pact.example:4870" },
    });

  test("as news: absolute addresses, ids that stay, and what changed last first", async () => {
    const answer = await get("atom");
    expect([answer.statusCode, answer.headers["content-type"]]).toEqual([200, "application/atom+xml; charset=utf-8"]);
    const atom = checkAtom(answer.body);
    expect(only(atom, "title").text).toBe("A book for the tests (synthetic): milestones");
    const entries = childrenOf(atom, "entry");
    expect(entries.map((one) => only(one, "title").text)).toEqual([
      "Summit <of> the “Pact” & friends (day passed, no word yet)",
      "The talks (met)",
      "The idea (cancelled)",
      "The report (expected)",
    ]);
    const [passed] = entries as [Element];
    // Nobody entered anything on that day: it went past.
    expect(only(passed, "updated").text).toBe("2024-08-01T00:00:00.000Z");
    expect(only(passed, "published").text).toBe("2024-01-05T09:00:00.000Z");
    expect(only(passed, "summary").text).toBe(
      "Was expected 31 July 2024; there is no word of it since. Moved once, first expected 10 July 2024.",
    );
    expect(only(passed, "link").attributes["href"]).toBe(
      "http://pact.example:4870/timeline?book=test&milestone=summit",
    );
    const before = checkAtom((await get("atom", "&known_at=2024-01-20")).body);
    const idOf = (from: Element, title: string) =>
      only(childrenOf(from, "entry").find((one) => only(one, "title").text.startsWith(title)) as Element, "id").text;
    expect(idOf(before, "Summit")).toBe(idOf(atom, "Summit"));
    expect(idOf(before, "Summit")).toMatch(
      /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  test("as a calendar: an independent reader finds each on its day, with what became of it", async () => {
    const answer = await get("ics");
    expect([answer.statusCode, answer.headers["content-type"]]).toEqual([200, "text/calendar; charset=utf-8"]);
    const events = Object.values(ical.sync.parseICS(answer.body)).filter(
      (part): part is VEvent => (part as VEvent).type === "VEVENT",
    );
    const told = events.map((one) => [
      one.start.toISOString().slice(0, 10),
      one.datetype,
      one.summary,
      one.status ?? "",
      String(one.sequence),
    ]);
    expect(told).toEqual([
      ["2024-06-28", "date", "The talks (met)", "", "1"],
      ["2024-07-10", "date", "The idea (cancelled)", "CANCELLED", "1"],
      ["2024-07-31", "date", "Summit <of> the “Pact” & friends", "", "1"],
      ["2024-09-30", "date", "The report", "", "0"],
    ]);
    expect(new Set(events.map((one) => one.uid)).size).toBe(4);
    expect(events[2]).toMatchObject({
      url: "http://pact.example:4870/timeline?book=test&milestone=summit",
      categories: ["summit"],
      lastmodified: new Date("2024-08-01T00:00:00Z"),
    });
    expect(events.map((one) => (one.alarms ?? []).length)).toEqual([0, 0, 2, 1]);
    for (const line of answer.body.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  });

  test("of a nation, and of a group it is in, they hold what is its own, under an id and an address of their own", async () => {
    const titles = async (nation: string) =>
      childrenOf(checkAtom((await get("atom", `&nation=${nation}`)).body), "entry").map(
        (one) => only(one, "title").text,
      );
    expect(await titles("aaa")).toEqual(["Summit <of> the “Pact” & friends (day passed, no word yet)"]);
    expect(await titles("bbb")).toEqual(["The talks (met)", "The report (expected)"]);
    const [whole, own] = [parsed((await get("atom")).body), parsed((await get("atom", "&nation=bbb")).body)];
    expect(only(own, "title").text).toBe("A book for the tests (synthetic): milestones of Borduria");
    expect(only(own, "id").text).not.toBe(only(whole, "id").text);
    expect(childrenOf(own, "link").map((link) => link.attributes["href"])).toEqual([
      "http://pact.example:4870/api/v1/foresight/milestones.atom?book=test&nation=bbb",
      "http://pact.example:4870/timeline?book=test&nation=bbb",
    ]);
  });

  test("the same record gives the same bytes, and one who has them is told so", async () => {
    const [one, other] = [await get("atom"), await get("atom")];
    expect(other.body).toBe(one.body);
    expect((await get("ics")).body).toBe((await get("ics")).body);
    now = "2024-08-15T09:00:00Z";
    expect((await get("atom")).body).toBe(one.body);
    const again = await app.inject({
      url: "/api/v1/foresight/milestones.atom?book=test",
      headers: { host: "pact.example:4870", "if-none-match": String(one.headers["etag"]) },
    });
    expect(again.statusCode).toBe(304);
  });

  test.each([
    ["atom?book=nowhere", 404, "unknown_book"],
    ["atom?book=test&nation=zzz", 404, "unknown_party"],
    ["ics?book=test&fund=zzz", 404, "unknown_fund"],
    ["ics?book=test&known_at=soon", 400, "invalid_date"],
    ["ics?book=test&colour=red", 400, "parameter_invalid"],
  ])("%s is refused", async (address, status, code) => {
    const answer = await app.inject({ url: `/api/v1/foresight/milestones.${address}` });
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([status, code]);
  });
});
