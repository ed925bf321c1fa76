import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { totals } from "#app/totals.ts";
import { whatIf } from "#app/whatif.ts";
import { parseDecimal } from "#core/money.ts";
import type { Keys, WhatIf } from "#core/views-governed.ts";
import type { Database } from "#store/database.ts";
import { buildProgram } from "../../src/cli/program.ts";
import { runProgram } from "../../src/cli/run.ts";
import type { Environment } from "../../src/cli/session.ts";
import { buildServer } from "../../src/http/server.ts";
import { root } from "../architecture/sources.ts";
import { openRecord } from "../support/record.ts";

let record: { db: Database; close: () => Promise<void> };
let app: FastifyInstance;
let folder: string;

beforeAll(async () => {
  record = await openRecord();
  app = await buildServer({
    db: record.db,
    pagesFolder: "/nowhere",
    version: "0.0.0-test",
    actor: "test",
    readMapping: async () => undefined,
  });
  folder = mkdtempSync(join(tmpdir(), "mainstay-keys-"));
});
afterAll(async () => {
  await app.close();
  await record.close();
  rmSync(folder, { recursive: true, force: true });
});

const pledge = 40_000_000_000_00n;
const cents = (text: string | null | undefined): bigint => parseDecimal(text ?? "", 2);
const sum = (found: WhatIf, index: number): bigint =>
  found.rows.reduce((left, row) => left + cents(row.bills[index]?.amount ?? "0"), 0n);
const rowOf = (found: WhatIf, party: string) => found.rows.find((row) => row.party === party);

describe("what each ally would pay", () => {
  test("of EUR 40 bn by share of GDP: 32 bills that add up to the cent, all the same part of GDP", async () => {
    const found = await whatIf(record.db, { book: "worked-case", scenarios: ["nato-by-gdp"] });
    expect(found.scenarios[0]).toMatchObject({
      year: 2025,
      indicatorYear: 2023,
      amount: "40000000000.00",
      payers: 32,
      stretches: [{ days: 365 }],
    });
    expect(found.rows).toHaveLength(32);
    expect(sum(found, 0)).toBe(pledge);
    expect(new Set(found.rows.map((row) => row.bills[0]?.pctGdp))).toEqual(
      new Set([rowOf(found, "deu")?.bills[0]?.pctGdp]),
    );
  });

  test("stands beside what it gives already: the record's own total at the class, as known on the day, with its frame", async () => {
    const frame = { book: "worked-case", class: "bound", knownAt: "2022-10-31" };
    const found = await whatIf(record.db, { ...frame, scenarios: ["nato-by-gdp"] });
    const given = await totals(record.db, { ...frame, by: ["donor"] });
    expect(rowOf(found, "pol")?.gives).toBe(given.rows.find((row) => row.donorId === "pol")?.amount);
    expect(rowOf(found, "mne")?.gives).toBeNull();
    expect(found).toMatchObject({
      frame: { knownAt: "2022-10-31", unit: "EUR" },
      class: "bound",
      sources: given.sources,
    });
    const later = await whatIf(record.db, { ...frame, knownAt: undefined, scenarios: ["nato-by-gdp"] });
    expect(rowOf(later, "pol")?.gives).not.toBe(rowOf(found, "pol")?.gives);
  });

  test("is compared with today's: who stays out, a ceiling, other members, another amount", async () => {
    const found = await whatIf(record.db, {
      book: "worked-case",
      scenarios: [
        "nato-by-gdp",
        "nato-by-gdp out-hun",
        "nato-by-gdp out-hun gap-open",
        "nato-by-gdp with-jpn without-usa ceiling-20%",
        "un-scale-kind amount-1000.01",
      ],
    });
    const hungary = cents(rowOf(found, "hun")?.bills[0]?.amount);
    expect(rowOf(found, "hun")?.bills[1]).toMatchObject({ amount: "0.00", out: true });
    expect(sum(found, 1)).toBe(pledge);
    expect(sum(found, 2)).toBe(pledge - hungary);
    expect(cents(found.scenarios[2]?.uncovered)).toBe(hungary);
    expect(rowOf(found, "usa")?.bills[3]).toBeNull();
    expect(rowOf(found, "jpn")?.bills.map((bill) => bill?.difference ?? null)).toEqual([null, null, null, null, null]);
    expect(sum(found, 4)).toBe(1000_01n);
    const germany = rowOf(found, "deu")?.bills;
    expect(cents(germany?.[1]?.difference)).toBe(cents(germany?.[1]?.amount) - cents(germany?.[0]?.amount));
    for (const row of found.rows)
      for (const bill of row.bills) if (bill !== null) expect(bill.steps.at(-1)?.after).toBe(bill.percent);
  });

  test("follows accession in mid-year: Sweden pays for 300 of 366 days of 2024", async () => {
    const found = await whatIf(record.db, {
      book: "worked-case",
      scenarios: ["nato-by-gdp year-2024", "nato-by-gdp year-2024 members-nato from-swe.2024-01-01"],
    });
    expect(found.scenarios[0]?.stretches).toMatchObject([
      { from: "2024-01-01", until: "2024-03-06", days: 66, members: 31 },
      { from: "2024-03-07", until: "2024-12-31", days: 300, members: 32 },
    ]);
    const [sweden] = rowOf(found, "swe")?.bills ?? [];
    expect(sweden?.steps.at(-1)?.reason).toContain("300 of 366 days");
    const whole = await whatIf(record.db, { book: "worked-case", scenarios: ["nato-by-gdp year-2025"] });
    const exact = (share: string | undefined) => (share ?? "").split("/").map(BigInt) as [bigint, bigint];
    const [part, of] = exact(sweden?.share);
    const [wholePart, wholeOf] = exact(rowOf(whole, "swe")?.bills[0]?.share);
    expect(part * wholeOf * 366n).toBe(wholePart * of * 300n);
  });

  test("is refused or left out, by name, for whom a number is not on record: Taiwan has no GDP here", async () => {
    const asked = (text: string) => whatIf(record.db, { book: "worked-case", scenarios: [text] });
    await expect(asked("nato-by-gdp with-twn")).rejects.toMatchObject({
      code: "indicator_unknown",
      found: expect.stringContaining("twn: GDP is not on record"),
    });
    const mixed = await asked("contact-group-mixed with-twn");
    expect(mixed.scenarios[0]?.leftOut).toContainEqual({
      party: "twn",
      name: "Taiwan",
      indicator: "gdp",
      reason: "GDP is not on record",
    });
    expect(rowOf(mixed, "twn")).toBeUndefined();
    expect(rowOf(mixed, "ukr")).toBeUndefined();
    expect(sum(mixed, 0)).toBe(pledge);
  });

  test.each([
    ["unknown_key", "nobodys-key"],
    ["unknown_group", "nato-by-gdp members-nowhere"],
    ["unknown_party", "nato-by-gdp with-atlantis"],
    ["key_not_in_force", "nato-by-gdp year-2020"],
    ["scenario_unreadable", "nato-by-gdp ceiling-twice"],
    ["scenario_unreadable", "nato-by-gdp out-ukr"],
    ["scenario_unreadable", "nordic-baltic-table ceiling-20%"],
    ["indicator_unknown", "nordic-baltic-table with-pol"],
    ["key_bounds_cannot_be_met", "nato-by-gdp ceiling-1%"],
    ["key_without_members", "nordic-baltic-table without-dnk.est.fin.isl.ltu.lva.nor.swe"],
  ])("%s: %s", async (code, text) => {
    const expected = text.endsWith("twice") ? expect.stringMatching(/scenario_unreadable|invalid_amount/) : code;
    await expect(whatIf(record.db, { book: "worked-case", scenarios: [text] })).rejects.toMatchObject({
      code: expected,
    });
  });

  test("no more than five are compared", async () => {
    const many = Array.from({ length: 6 }, () => "nato-by-gdp");
    await expect(whatIf(record.db, { book: "worked-case", scenarios: many })).rejects.toMatchObject({
      code: "scenario_unreadable",
    });
  });
});

describe("over the API", () => {
  test("an address reproduces the what-if: the text that comes back asks the same again", async () => {
    const ask = async (query: Record<string, string>) =>
      (await app.inject({ url: "/api/v1/whatif", query })).json<WhatIf>();
    const first = await ask({
      today: "nato-by-gdp",
      a: " nato-by-gdp  out-svk.hun  ceiling-22% ",
      known_at: "2022-10-31",
      class: "bound",
    });
    const [today = "", a = ""] = first.scenarios.map((one) => one.text);
    expect(a).toBe("nato-by-gdp out-hun.svk ceiling-22%");
    expect(await ask({ today, a, known_at: "2022-10-31", class: "bound" })).toEqual(first);
  });

  test("keys are listed and found, refusals carry their status", async () => {
    const { keys, funds } = (await app.inject({ url: "/api/v1/keys" })).json<Keys>();
    expect(keys.map((key) => key.id)).toContain("un-scale-kind");
    expect(funds.map((fund) => fund.id)).toEqual(["five-year-fund", "yearly-pledge"]);
    const one = await app.inject({ url: "/api/v1/keys/nordic-baltic-table" });
    expect(one.json()).toMatchObject({
      kind: "table",
      formula: null,
      shares: expect.arrayContaining([{ party: "swe", share: "57/200", percent: "28.500000" }]),
    });
    expect((await app.inject({ url: "/api/v1/keys/none" })).statusCode).toBe(404);
    expect((await app.inject({ url: "/api/v1/whatif?today=nato-by-gdp+with-twn" })).statusCode).toBe(422);
  });
});

describe("on the command line", () => {
  async function run(...words: string[]): Promise<{ code: number; out: string; err: string }> {
    let out = "";
    let err = "";
    const terminal = {
      out: (text: string) => void (out += text),
      err: (text: string) => void (err += text),
      errIsTerminal: false,
      signal: new AbortController().signal,
    };
    const environment: Environment = {
      terminal,
      now: () => 0,
      actor: "tester",
      version: "0.0.0",
      openSession: async () => ({ db: record.db, close: async () => {} }),
      fileExists: async (path) => (await readFile(path).catch(() => undefined)) !== undefined,
      readFile: (path) => readFile(path),
      clock: () => "2026-01-01T12:00:00Z",
      checkOutput: async () => {},
      writeFile: async () => {},
      readMapping: async (name) => ({ name, text: "" }),
      serve: async () => {},
    };
    const code = await runProgram(buildProgram(environment), words, environment);
    return { code, out, err };
  }

  test("a table that does not add up is refused, saying by how much", async () => {
    const shipped = JSON.parse(await readFile(`${root}/policies/keys/nordic-baltic-table.json`, "utf8")) as {
      shares: Record<string, string>;
    };
    const path = join(folder, "mine.json");
    writeFileSync(path, JSON.stringify({ ...shipped, id: "mine", shares: { ...shipped.shares, isl: "1.99 %" } }));
    const ran = await run("key", "check", path, "--json");
    expect(ran.code).toBe(1);
    expect(JSON.parse(ran.err)).toMatchObject({
      error: {
        code: "share_table_must_sum_to_one",
        found: expect.stringContaining("less than one by 1/10000 (0.010000 %)"),
      },
    });
    writeFileSync(path, JSON.stringify({ ...shipped, id: "mine" }));
    expect((await run("key", "check", path)).out).toContain("holds the key mine");
    const applied = JSON.parse((await run("key", "apply", path, "--amount", "1000", "--json")).out) as WhatIf;
    expect(rowOf(applied, "swe")?.bills[0]?.amount).toBe("285.00");
  });

  const table = JSON.parse(readFileSync(`${root}/policies/keys/nordic-baltic-table.json`, "utf8")) as {
    shares: Record<string, string>;
  };
  const formula = JSON.parse(readFileSync(`${root}/policies/keys/nato-by-gdp.json`, "utf8")) as object;
  const { isl: iceland = "", ...seven } = table.shares;
  const own = (change: object): string => JSON.stringify({ ...table, id: "mine", ...change });
  test.each<[string, string | Uint8Array, string, string, string | undefined]>([
    ["no JSON", '{"id": "mine",', "key_invalid", "text that is not JSON", undefined],
    ["nothing", "", "empty_file", "0 bytes", undefined],
    ["bytes that are no text", Uint8Array.of(0x7b, 0xff, 0x7d), "wrong_encoding", "byte 0xFF", undefined],
    ["a list", "[]", "key_invalid", "expected object", undefined],
    [
      "a table a thousandth short",
      own({ shares: { ...seven, isl: "1.9 %" } }),
      "share_table_must_sum_to_one",
      "a sum of 999/1000, less than one by 1/1000 (0.100000 %)",
      "shares",
    ],
    [
      "a party of whom the record knows nothing",
      own({ shares: { ...seven, atl: iceland } }),
      "unknown_party",
      '"atl"',
      "shares.atl",
    ],
    ["two of them", own({ shares: { atl: "1/2", mu: "1/2" } }), "unknown_party", '"atl", "mu"', "shares"],
    [
      "a party listed twice",
      own({}).replace('"isl":', `"isl": "${iceland}", "isl":`),
      "key_invalid",
      '"isl" twice',
      "shares.isl",
    ],
    [
      "a negative share",
      own({ shares: { ...seven, isl: "-2 %" } }),
      "key_invalid",
      '"-2 %", not a fraction',
      "shares.isl",
    ],
    ["nobody", own({ shares: {} }), "share_table_must_sum_to_one", "less than one by 1 (100.000000 %)", "shares"],
    [
      "a group that there is not",
      JSON.stringify({ ...formula, id: "mine", members: "nowhere" }),
      "unknown_group",
      '"nowhere"',
      "members",
    ],
  ])("a key's file with %s is refused alike by check and apply", async (_, text, code, found, field) => {
    const path = join(folder, "bad.json");
    writeFileSync(path, text);
    for (const words of [
      ["key", "check", path],
      ["key", "apply", path, "--amount", "1000"],
    ]) {
      expect(await run(...words)).toMatchObject({ code: 1, out: "", err: expect.stringContaining("mainstay: ") });
      const ran = await run(...words, "--json");
      expect([ran.code, ran.out]).toEqual([1, ""]);
      const { error } = JSON.parse(ran.err) as { error: { code: string; found: string; place: object } };
      expect(error).toMatchObject({ code, found: expect.stringContaining(found), place: { file: path } });
      expect(error.place).toEqual(field === undefined ? expect.anything() : { file: path, field });
    }
  });

  test.each([
    ["unknown_key", "key", ["key", "apply", "NATO", "--amount", "1"]],
    ["unknown_key", "key", ["key", "show", "./nothing.json"]],
    ["invalid_amount", "amount", ["key", "apply", "nato-by-gdp", "--amount", "1,000"]],
    ["invalid_amount", "amount", ["key", "apply", "nato-by-gdp", "--amount", "0.001"]],
    ["invalid_amount", "amount", ["key", "apply", "nato-by-gdp", "--amount", "-5"]],
    ["parameter_invalid", "year", ["key", "apply", "nato-by-gdp", "--amount", "1", "--year", "24"]],
    ["key_not_in_force", "year", ["key", "apply", "nato-by-gdp", "--amount", "1", "--year", "2020"]],
  ])("%s of %s: %j", async (code, field, words) => {
    const ran = await run(...words, "--json");
    expect([ran.code, ran.out]).toEqual([1, ""]);
    expect(JSON.parse(ran.err)).toMatchObject({ error: { code, place: { field } } });
  });

  test("a key of one's own is shown from its file, as it is checked", async () => {
    const path = join(folder, "mine.json");
    writeFileSync(path, own({}));
    const shown = await run("key", "show", path, "--json");
    expect(JSON.parse(shown.out)).toMatchObject({ id: "mine", kind: "table", members: null });
    expect((await run("key", "check", path, "--json")).out).toBe(shown.out);
  });

  test("keys are listed, shown and applied", async () => {
    expect((await run("key", "list")).out).toMatch(/un-scale-kind +formula +nato/);
    expect((await run("key", "show", "un-scale-kind")).out).toContain("Floor 1/100000, ceiling 11/50");
    expect((await run("key", "apply", "nato-by-gdp", "--amount", "40000000000")).out).toMatch(
      /Germany +8\.611568 +3,444,627,316\.26/,
    );
    expect((await run("key", "apply", "nato-by-gdp", "--amount", "40000000000", "--csv")).out).toContain(
      "deu,Germany,",
    );
    expect((await run("key", "show", "nothing", "--json")).err).toContain("unknown_key");
    expect((await run("key", "apply", "./nothing.json", "--amount", "1")).err).toContain(
      "There is no key of that name",
    );
  });

  test("what-ifs stand beside each other", async () => {
    const ran = await run("whatif", "nato-by-gdp", "nato-by-gdp out-hun");
    expect(ran.out).toMatch(/Hungary .* stays out +-164,180,279\.96/);
    expect(ran.out).toContain("2. Share of the Alliance's GDP (nato-by-gdp out-hun)");
    expect((await run("whatif", "nato-by-gdp", "--csv")).out).toContain("party,name,gives,amount_1");
  });
});
