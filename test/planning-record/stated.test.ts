import { readFileSync } from "node:fs";
import Papa from "papaparse";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "#store/database.ts";
import { instanceOf } from "#app/planning/instance.ts";
import { loadStated } from "#app/planning/stated.ts";
import { readStated } from "#formats/reference/planning.ts";
import { rowsOf, sql } from "#store/database.ts";
import { openRecord, statedText } from "../support/record.ts";

const text = (name: string) => readFileSync(new URL(`../../reference/${name}`, import.meta.url), "utf8");
const files = statedText();

describe("the stated needs of 2022 and the published commitments", () => {
  /** What reference/needs.csv restates of the publisher's own figure, by its words for a kind. */
  const printed = (item: string, measure: string) =>
    Number(
      text("needs.csv")
        .split("\n")
        .map((line) => line.split(","))
        .find((cells) => cells[0] === item && cells[1] === measure)?.[2],
    );
  const rows = Papa.parse<Record<string, string>>(text("planning/offers.csv"), { header: true }).data;
  const sum = (kinds: readonly string[], column: "quantity" | "delivered") =>
    rows
      .filter((row) => kinds.includes(row.item ?? "") && row.counted === "yes")
      .reduce((total, row) => total + Number(row[column]), 0);

  test.each([
    ["Howitzers (155 mm)", ["howitzer-155"], 0],
    ["Multiple rocket launchers", ["rocket-launcher"], 3], // the count of delivered ones leaves out Norway's three, which it counts as committed
    ["Tanks", ["tank"], 0],
    ["Armoured vehicles", ["armoured-vehicle", "infantry-fighting-vehicle"], 0],
  ] as const)("%s: the rows add up to what the publisher counts", (item, kinds, more) => {
    expect(sum(kinds, "quantity")).toBe(printed(item, "committed"));
    expect(sum(kinds, "delivered")).toBe(printed(item, "delivered") + more);
  });

  test("a need asks for what was said to be needed to end the war", () => {
    const needs = new Map(readStated(files).needs.map((need) => [need.id, need.quantity]));
    expect(needs.get("howitzers-155")).toBe(printed("Howitzers (155 mm)", "needed to end the war"));
    expect(needs.get("rocket-launchers")).toBe(printed("Multiple rocket launchers", "needed to end the war"));
    expect(needs.get("tanks")).toBe(printed("Tanks", "needed to end the war"));
    expect(needs.get("armoured-vehicles")).toBe(printed("Armoured vehicles", "needed to end the war"));
  });

  test.each([
    ["offers.csv", ",day,20,", ",hour,20,", "precision"],
    ["offers.csv", "AUM6-15", "AUM4-12", "id"],
    ["needs.csv", ",1000,1,", ",many,1,", "quantity"],
    ["coalitions.csv", "tanks,", "boats,", "need"],
  ])("%s with %s made %s is refused with its place", (file, good, bad, column) => {
    const changed = new Map(files).set(file, (files.get(file) ?? "").replace(good, bad));
    const place = expect.objectContaining({ file, column });
    expect(() => readStated(changed)).toThrow(expect.objectContaining({ code: "reference_invalid", place }));
  });
});

describe("on record", () => {
  let db: Database;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ db, close } = await openRecord());
  });
  afterAll(() => close());

  test("they are loaded once, into a book that is no synthetic one, as known when they were published", async () => {
    expect(await loadStated(db, files)).toBe(true);
    expect(await loadStated(db, files)).toBe(false);
    expect(await loadStated(db, new Map(files).set("needs.csv", `${files.get("needs.csv")}\n`))).toBe(false);
    const [book] = await rowsOf(db, sql`select title, synthetic from book where slug = 'needs-2022'`);
    expect(book).toEqual({ title: "Stated needs of 2022 and published commitments", synthetic: false });
    const days = { from: "2022-10-03", until: "2023-12-31" };
    const before = await instanceOf(db, "needs-2022", { ...days, knownAt: "2022-10-10T12:00:00Z" });
    expect([before.needs.length, before.offers.length]).toEqual([0, 0]);
    const known = await instanceOf(db, "needs-2022", { ...days, knownAt: "2022-10-11T12:00:00Z" });
    expect(known.needs.map((need) => `${need.id} ${need.quantity}`)).toEqual([
      "armoured-vehicles 2000",
      "howitzers-155 1000",
      "rocket-launchers 300",
      "tanks 500",
    ]);
    const howitzers = known.offers.filter((offer) => offer.item === "howitzer-155");
    expect(howitzers.reduce((total, offer) => total + offer.quantity, 0)).toBe(247);
    expect(howitzers.every((offer) => offer.pieceMinor > 0)).toBe(true);
  });

  test("the coalitions formed later look after them from then on", async () => {
    const rows = await rowsOf(
      db,
      sql`select n.id, v.seq, v.body ->> 'coalition' as coalition, v.known_at::date as day, s.id as source
          from need n join need_version v on v.need_no = n.no join source s on s.no = v.source_no where n.id = 'tanks' order by v.seq`,
    );
    expect(rows).toEqual([
      { id: "tanks", seq: 1, coalition: null, day: "2022-10-11", source: "kiel-release-7" },
      { id: "tanks", seq: 2, coalition: "coalition-armour", day: "2024-03-26", source: "mon-armour" },
    ]);
  });
});
