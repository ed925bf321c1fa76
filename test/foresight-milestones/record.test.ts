import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadMilestones } from "#app/foresight/milestones/built-in.ts";
import { changeList } from "#app/foresight/milestones/changes.ts";
import { milestoneNews } from "#app/foresight/milestones/feeds.ts";
import { milestonesForForecast } from "#app/foresight/milestones/known.ts";
import { milestoneList, milestoneView } from "#app/foresight/milestones/list.ts";
import { standingForecast } from "#app/foresight/forecast.ts";
import { playRehearsal } from "#app/rehearsal.ts";
import { bookFacts } from "#app/facts.ts";
import { readForesight } from "#formats/reference/foresight.ts";
import type { Database } from "#store/database.ts";
import { read } from "../architecture/sources.ts";
import { foresightText, openRecord } from "../support/record.ts";

const book = "worked-case";
const clock = () => "2026-11-26T12:00:00Z";
let record: { db: Database; close: () => Promise<void> };
let db: Database;
beforeAll(async () => {
  record = await openRecord();
  ({ db } = record);
  const name = "harbour-fund.json";
  await playRehearsal(db, { name, text: read(`reference/rehearsal/${name}`) });
  await loadMilestones(db, foresightText());
}, 120_000);
afterAll(() => record.close());

const told = async (knownAt: string) =>
  (await milestoneList(db, clock, { book, knownAt, state: "open" })).items.map((one) => [one.id, one.state, one.on]);

describe("the milestones of the worked case", () => {
  test("are loaded once, and those on record stay", async () => {
    expect(await loadMilestones(db, foresightText())).toBe(false);
    const other = new Map(foresightText()).set("milestones.csv", `${foresightText().get("milestones.csv")}\n`);
    const before = await milestoneView(db, clock, { book, id: "summit-hague" });
    expect(await loadMilestones(db, other)).toBe(false);
    expect(await milestoneView(db, clock, { book, id: "summit-hague" })).toEqual(before);
  });

  test("as known on 4 April 2024: what was expected then, with the rounds that were to have come in March moved to December", async () => {
    expect(await told("2024-04-04")).toEqual([
      ["eu-million-rounds", "late", "2024-12-31"],
      ["long-term-funding", "expected", "2024-07-31"],
      ["summit-washington", "expected", "2024-07-31"],
      ["summit-hague", "expected", "2025-12-31"],
      ["ukraine-facility", "expected", "2027-12-31"],
    ]);
    const rounds = await milestoneView(db, clock, { book, id: "eu-million-rounds", knownAt: "2024-04-04" });
    expect(rounds).toMatchObject({
      daysLate: 15,
      shifts: 1,
      shiftedDays: 286,
      today: "2024-04-04",
      groupName: "European Union",
    });
    expect((await milestoneView(db, clock, { book, id: "eu-million-rounds" })).state).toBe("met");
    const news = await milestoneNews(db, clock, { book, knownAt: "2024-04-04" }, "http://pact.example");
    const [, entry = ""] = news.split("<title>EU members deliver one million artillery rounds (late)</title>");
    // It became late when its first day went past, after the later one was named.
    expect(entry).toMatch(/<updated>2024-03-21T00:00:00.000Z<.*<summary>Expected by 31 December 2024. Moved once/s);
    const fund = await milestoneView(db, clock, { book, id: "long-term-funding", knownAt: "2024-04-04" });
    expect(fund).toMatchObject({
      title: expect.stringContaining("EUR 100 billion"),
      needs: [{ id: "summit-washington" }],
    });
  });

  test("as known at the latest release: of what there is no word, and what is to come", async () => {
    expect(await told("2026-04-22")).toEqual([
      ["review-hague", "no-word", "2025-06-30"],
      ["summit-ankara", "expected", "2026-07-31"],
      ["ukraine-facility", "expected", "2027-12-31"],
    ]);
  });

  test("hold every dated fact of the past, each on its day, known from its source's publication on", async () => {
    const { milestones: facts } = await bookFacts(db, book);
    const list = await milestoneList(db, clock, { book, origin: "fact", limit: 1000 });
    expect(facts.length).toBeGreaterThan(10);
    const pair = (one: { on: string; title: string }) => `${one.on} ${one.title}`;
    expect(list.items.map(pair).toSorted()).toEqual(facts.map(pair).toSorted());
    expect(new Set(list.items.map((one) => one.id)).size).toBe(facts.length);
    for (const one of list.items) expect([one.id, one.state, one.kind]).not.toContain("other");
    const before = await milestoneList(db, clock, { book, origin: "fact", knownAt: "2024-03-25", limit: 1000 });
    expect(before.total).toBe(facts.filter((one) => one.on <= "2024-03-25").length);
  });

  test("a forecast is asked of those to come with a condition, by what was known on the day", async () => {
    const asked = async (knownAt: string) => milestonesForForecast(db, clock, { book, knownAt });
    const condition = { kind: "amount", class: "moved", unit: "EUR", donor: "eu-institutions", stream: "finance" };
    expect(await asked("2024-04-04")).toEqual([
      { id: "ukraine-facility", on: "2027-12-31", condition: { ...condition, amount: 5_362_800_000_000n } },
    ]);
    expect(await asked("2026-04-22")).toEqual([
      { id: "ukraine-facility", on: "2027-12-31", condition: { ...condition, amount: 7_638_511_387_513n } },
    ]);
    expect(await asked("2024-01-01")).toEqual([]);
  });

  test("their probabilities are the standing forecast's, and unknown where it was not asked or cannot tell", async () => {
    const ask = { book, knownAt: "2026-04-22", state: "open" };
    const asked = await milestoneList(db, clock, { ...ask, forecast: true });
    const milestones = await milestonesForForecast(db, clock, ask);
    const forecast = await standingForecast(db, { book, knownAt: ask.knownAt, milestones });
    const [chance] = forecast.milestones;
    expect(chance?.id).toBe("ukraine-facility");
    expect(chance?.probability).toBeGreaterThan(0);
    expect(chance?.probability).toBeLessThan(1);
    expect(asked.forecast.state).toBe("given");
    expect(asked.items.map((one) => [one.id, one.probability])).toEqual([
      ["review-hague", null],
      ["summit-ankara", null],
      ["ukraine-facility", chance?.probability],
    ]);
    const unasked = await milestoneList(db, clock, ask);
    expect(unasked.items.map((one) => one.probability)).toEqual([null, null, null]);
    expect(unasked.forecast).toMatchObject({ state: "none" });
    const without = await milestoneList(db, clock, { book, knownAt: "2023-12-31", forecast: true });
    expect(without.forecast.says).toContain("No milestone to come has a condition");
  }, 180_000);

  test("what moved between April and the end of the summit in Washington", async () => {
    const { items, total } = await changeList(db, clock, { book, since: "2024-04-04", knownAt: "2024-07-11" });
    expect(total).toBe(items.length);
    const of = (kind: string) => items.filter((one) => one.kind === kind).map((one) => one.milestone);
    expect(new Set(of("milestone-added"))).toEqual(new Set(["baseline-40", "review-hague", "summit-ankara"]));
    expect(of("milestone-met")).toEqual(expect.arrayContaining(["summit-washington", "long-term-funding"]));
    expect(of("milestone-shifted")).toEqual([]);
    expect(items.find((one) => one.milestone === "summit-hague")).toMatchObject({
      kind: "milestone-changed",
      days: null,
      says: "Expected June 2025, which was said as by 31 December 2025 before. The declaration of Washington says June.",
    });
    const earlier = await changeList(db, clock, { book, since: "2024-01-30", knownAt: "2024-04-04" });
    expect(earlier.items.find((one) => one.kind === "milestone-shifted")).toMatchObject({
      milestone: "eu-million-rounds",
      days: 286,
      address: "/timeline?milestone=eu-million-rounds",
    });
    const nation = await changeList(db, clock, { book, since: "2020-01-01", knownAt: "2024-07-11", nation: "pol" });
    expect(nation.items.every((one) => one.kind !== "release")).toBe(true);
    expect(nation.items.map((one) => one.milestone)).toContain("eu-million-rounds");
    const releases = await changeList(db, clock, { book, since: "2022-10-10", knownAt: "2022-10-11" });
    expect(releases.items.filter((one) => one.kind === "release").map((one) => one.title)).toContain(
      "Ukraine Support Tracker release 7",
    );
  });

  test("by the clock of this record everything moved since it was made, and nothing since a moment ago", async () => {
    const since = new Date().toISOString();
    expect((await changeList(db, clock, { book, since, clock: "recorded" })).total).toBe(0);
    const all = await changeList(db, clock, { book, since: "2026-01-01", clock: "recorded", limit: 1000 });
    expect(all.items.map((one) => one.milestone)).toContain("eu-million-rounds");
    const known = await changeList(db, clock, { book, since: "2026-06-01" });
    expect(known.total).toBe(0);
  });
});

describe("what follows from the rest of the record", () => {
  const ask = { book: "rehearsal", limit: 1000 };

  test("calls, pledges and decisions are milestones, met and late as their own pages say", async () => {
    const list = await milestoneList(db, clock, ask);
    const byId = new Map(list.items.map((one) => [one.id, one]));
    expect(byId.get("call:hf-2025-1")).toMatchObject({
      kind: "payment",
      state: "met",
      on: "2025-04-30",
      fund: "harbour-fund",
      address: "/funds/harbour-fund/calls/hf-2025-1",
    });
    expect(byId.get("call:hf-2025-2")).toMatchObject({ state: "late", on: "2025-10-31", daysLate: 391 });
    expect(byId.get("decision:harbour-fund")).toMatchObject({
      state: "met",
      shifts: 1,
      shiftedDays: 14,
      condition: { kind: "decision", text: "decision harbour-fund" },
    });
    expect(list.states.late).toBe(list.items.filter((one) => one.state === "late").length);
  });

  test("as known before it was paid, a call is expected, then late; before it was made it is not known", async () => {
    const at = async (knownAt: string) =>
      (await milestoneList(db, clock, { ...ask, knownAt })).items.find((one) => one.id === "call:hf-2025-1");
    const whole = await at("2026-11-26");
    expect(whole?.happenedOn).not.toBeNull();
    const before = await at("2025-04-30");
    expect(before).toMatchObject({ state: "expected" });
    expect(await at("2025-05-10")).toMatchObject({ state: "late", daysLate: 10 });
    expect(await at("2024-12-01")).toBeUndefined();
  });

  test("narrow to a fund and to a nation", async () => {
    const fund = await milestoneList(db, clock, { ...ask, fund: "harbour-fund" });
    expect(fund.items.every((one) => one.fund === "harbour-fund")).toBe(true);
    expect(fund.total).toBeGreaterThan(5);
    const [payer = ""] = fund.items.find((one) => one.origin === "pledge")?.parties ?? [];
    const own = await milestoneList(db, clock, { ...ask, nation: payer, origin: "pledge" });
    expect(own.total).toBeGreaterThan(0);
    expect(own.items.every((one) => one.parties.includes(payer))).toBe(true);
  });

  test("what was decided and moved is told once, with its link", async () => {
    const { items } = await changeList(db, clock, { book: "rehearsal", since: "2025-01-01", limit: 1000 });
    const taken = items.filter((one) => one.kind === "decision-taken").map((one) => one.address);
    expect(taken).toContain("/decisions/harbour-fund");
    expect(new Set(taken).size).toBe(taken.length);
    expect(items.some((one) => one.kind === "milestone-shifted" && one.days === 14)).toBe(true);
    const times = items.map((one) => one.at);
    expect(times).toEqual(times.toSorted().toReversed());
  });
});

describe("the file of built-in milestones", () => {
  const files = foresightText();
  const changed = (edit: (text: string) => string) =>
    new Map(files).set("milestones.csv", edit(files.get("milestones.csv") ?? ""));
  test.each<[string, (text: string) => string]>([
    ["rows out of order", (text) => text.replace("2023-03-20,eu-million", "2025-03-20,eu-million")],
    ["a state that is none", (text) => text.replace(",met,", ",done,")],
    ["a column that is not there", (text) => text.replace("known,id", "known,name")],
    ["a day that is none", (text) => text.replace("2024-11-18,", "2024-11-31,")],
  ])("is refused with %s", (_, edit) => {
    expect(() => readForesight(changed(edit))).toThrow(expect.objectContaining({ code: "reference_invalid" }));
  });
});
