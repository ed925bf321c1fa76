import type { Page } from "@playwright/test";
import axe from "axe-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadMilestones } from "#app/foresight/milestones/built-in.ts";
import { addMilestone, changeMilestone, enteringMilestones } from "#app/foresight/milestones/write.ts";
import { playRehearsal } from "#app/rehearsal.ts";
import type { Database } from "#store/database.ts";
import { read } from "../architecture/sources.ts";
import { describeInBrowser } from "../support/browser.ts";
import { foresightText } from "../support/record.ts";
import { servedPages } from "./stub/pages.ts";

let served: Awaited<ReturnType<typeof servedPages>>;
let record: Database;
beforeAll(async () => {
  served = await servedPages(async (db) => {
    record = db;
    const name = "harbour-fund.json";
    await playRehearsal(db, { name, text: read(`reference/rehearsal/${name}`) });
    await loadMilestones(db, foresightText());
  });
}, 180_000);
afterAll(async () => served.close());

const patient = { timeout: 20_000 };

async function open(page: Page, path: string): Promise<string[]> {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => void (message.type() === "error" && complaints.push(message.text())));
  await page.goto(new URL(path, served.url).href);
  await page.waitForSelector("main h1");
  await settled(page);
  return complaints;
}

async function settled(page: Page): Promise<void> {
  await expect
    .poll(async () => page.evaluate("document.querySelector('.waiting, .stale') === null"), patient)
    .toBe(true);
}

const section = (page: Page, name: string) =>
  page.locator("section").filter({ has: page.getByRole("heading", { name, exact: true, level: 2 }) });
const titles = async (page: Page) => page.locator(".milestone .milestone-title").allTextContents();
const narrow = (page: Page, name: string, value: string) =>
  page.getByRole("search").getByRole("combobox", { name, exact: true }).selectOption(value);
const item = (page: Page, title: string) => page.locator(".milestone").filter({ hasText: title });

describeInBrowser("the timeline", (browser) => {
  test("shows what was to come on the day that is asked, and opens to every day that was expected", async () => {
    const page = await browser().newPage();
    const complaints = await open(page, "/timeline?known_at=2024-04-04");
    expect((await titles(page)).slice(0, 5)).toEqual([
      "EU members deliver one million artillery rounds",
      "Allies agree on a fund of EUR 100 billion over five years",
      "NATO summit in Washington",
      "NATO summit in The Hague",
      "The EUR 50 billion of the Ukraine Facility is paid out",
    ]);
    expect(await section(page, "Past, today and to come").locator(".figure-text").textContent()).toContain(
      "1 late, 4 to come",
    );
    const rounds = item(page, "one million artillery rounds");
    expect(await rounds.locator(".milestone-line").textContent()).toContain("late by 15 days");
    await rounds.getByRole("button").click();
    await rounds.locator(".milestone-days").waitFor();
    expect(await rounds.locator(".milestone-days li").allTextContents()).toEqual([
      expect.stringContaining("by 20\u00a0March\u00a02024"),
      expect.stringMatching(/^by 31.December.2024 286 days later, .*524,000 rounds/),
    ]);
    expect(new URL(page.url()).searchParams.get("milestone")).toBe("eu-million-rounds");
    expect(await rounds.getByRole("button").getAttribute("aria-expanded")).toBe("true");
    const fund = item(page, "fund of EUR 100 billion");
    await fund.getByRole("button").click();
    await fund.getByRole("link", { name: "NATO summit in Washington" }).click();
    await expect.poll(async () => item(page, "NATO summit in Washington").locator("dl").count(), patient).toBe(1);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("puts the late ones first, and narrows by fund, nation, kind and state with the feeds of what is left", async () => {
    const page = await browser().newPage();
    await open(page, "/timeline?book=rehearsal");
    expect(await page.locator(".timeline-part").first().textContent()).toBe("Late");
    expect((await titles(page))[0]).toBe("Call hf-2025-2 on Harbour Fund is due");
    await narrow(page, "Kind", "decision");
    await expect.poll(async () => titles(page), patient).toContain("Decision on \u201cKey from 2027\u201d");
    await settled(page);
    expect(await page.locator('.milestone[data-state="late"]').count()).toBe(1);
    await narrow(page, "State", "over");
    await expect.poll(async () => page.locator('.milestone[data-state="late"]').count(), patient).toBe(0);
    await page.getByRole("button", { name: "Show all" }).click();
    await narrow(page, "Fund", "harbour-fund");
    await settled(page);
    const feed = page.getByRole("link", { name: "Subscribe to it as a calendar" });
    expect(await feed.getAttribute("href")).toBe("/api/v1/foresight/milestones.ics?book=rehearsal&fund=harbour-fund");
    const answer = await page.request.get(new URL((await feed.getAttribute("href")) ?? "", served.url).href);
    expect(await answer.text()).toContain("BEGIN:VEVENT");
    await page.close();
  });

  test("tells what moved since this browser last looked, which it keeps to itself", async () => {
    const context = await browser().newContext();
    const page = await context.newPage();
    await open(page, "/timeline");
    const part = section(page, "Since you last looked");
    expect(await part.textContent()).toContain("This browser has not looked before");
    await page.reload();
    await settled(page);
    await expect.poll(async () => part.textContent(), patient).toContain("Nothing moved after");
    const by = { now: new Date().toISOString(), actor: "tester", reason: "The host says so" };
    await changeMilestone(
      record,
      "worked-case",
      "summit-ankara",
      { on: "2026-07-08" },
      await enteringMilestones(record, "worked-case", by),
    );
    await changeMilestone(
      record,
      "worked-case",
      "summit-ankara",
      { on: "2026-07-15" },
      await enteringMilestones(record, "worked-case", by),
    );
    await page.reload();
    await settled(page);
    await expect.poll(async () => part.textContent(), patient).toContain("2 things moved after");
    expect(await part.locator('li[data-kind="milestone-shifted"]').textContent()).toContain(
      "7 days later: 15 July 2026",
    );
    await part.locator('li[data-kind="milestone-shifted"]').getByRole("link").click();
    await expect
      .poll(async () => item(page, "NATO summit in T").locator(".milestone-days li").count(), patient)
      .toBe(4);
    await part.getByRole("button", { name: "I have seen it" }).click();
    await expect.poll(async () => part.textContent(), patient).toContain("Nothing moved after");
    await page.getByLabel("Since the end of").fill("2024-04-04");
    await expect
      .poll(async () => section(page, "Since 4 April 2024").textContent(), patient)
      .toContain("Ukraine Compact launched");
    expect((await context.cookies()).length).toBe(0);
    await context.close();
  });

  test("a milestone is stated, moved to a new day with a reason, and said to be met", async () => {
    const page = await browser().newPage();
    const complaints = await open(page, "/timeline?book=rehearsal&act=milestone");
    const panel = page.locator(".act-panel");
    const fill = async (fields: Readonly<Record<string, string>>) => {
      for (const [label, value] of Object.entries(fields)) await panel.getByLabel(label, { exact: true }).fill(value);
    };
    const choose = async (name: string, label: string) =>
      panel.getByRole("combobox", { name, exact: true }).selectOption({ label });
    await fill({ "Acting as": "Secretariat", Title: "Yearly report of the fund", Expected: "2027-01-31" });
    await choose("Kind", "Review");
    await choose("How exactly", "by that day");
    await choose("Who answers for it", "somebody else, in words");
    await fill({ "Who, in words": "Fund secretariat" });
    await choose("Fund", "Harbour Fund");
    await panel.getByRole("button", { name: "Add a nation or organisation" }).click();
    await choose("Nation or organisation, row 1 of whom it concerns", "Poland");
    await panel.getByRole("button", { name: "Add a milestone it depends on" }).click();
    await choose(
      "Milestone, row 1 of what it depends on",
      "Call hf-2026-1 on Harbour Fund is due, 30\u00a0June\u00a02026",
    );
    await panel.getByRole("button", { name: "Add evidence" }).click();
    await choose("On record as, row 1 of evidence", "Decision: Terms of the Harbour Fund, revised");
    await panel.getByText("Where it was said").click();
    await panel.getByLabel(/^Document/).fill("Work plan of the secretariat");
    await panel.getByLabel(/^Published by/).fill("Harbour Alliance");
    await panel.getByRole("button", { name: "State it" }).click();
    await panel.getByRole("button", { name: /^Open .Yearly report of the fund. below/ }).click();
    const report = item(page, "Yearly report of the fund");
    const said = report.locator(".milestone-detail");
    await said.locator("dl").first().waitFor();
    const stated = await said.textContent();
    for (const words of [
      "by 31\u00a0January\u00a02027",
      "Fund secretariat",
      "Poland",
      "Call hf-2026-1",
      "Work plan of the",
    ])
      expect(stated).toContain(words);
    await panel.getByRole("button", { name: "Another" }).click();
    await panel.getByRole("button", { name: "State it" }).click();
    expect(await panel.locator(".refused").textContent()).toContain("yearly-report-of-the-fund");
    await panel.getByRole("button", { name: "Close" }).click();

    await said.getByRole("link", { name: "New day, or another change" }).click();
    await fill({ Expected: "2027-03-15" });
    await panel.getByRole("button", { name: "Change it" }).click();
    expect(await panel.locator(".recorded, .refused").count()).toBe(0); // no reason is given yet
    await fill({ "Reason for the change": "The second call has still to be closed" });
    await panel.getByRole("button", { name: "Change it" }).click();
    await expect
      .poll(async () => said.locator(".milestone-days li").last().textContent(), patient)
      .toMatch(/^by 15.March.2027 43 days later, .*The second call has still to be closed$/);
    expect(await said.locator(".recorded").textContent()).toContain("by 15\u00a0March\u00a02027");

    await said.getByRole("link", { name: "Met, missed or dropped" }).click();
    await choose("What became of it", "it was dropped: nobody wants it any more");
    await panel.getByLabel("Reason", { exact: true }).fill("Two reports are one now");
    await choose("What became of it", "it was met");
    await panel.getByRole("button", { name: "Put it on record" }).click();
    await expect.poll(async () => report.getAttribute("data-state"), patient).toBe("met");
    await settled(page);
    await said.getByRole("link", { name: "It is expected after all" }).click();
    await panel.getByLabel("Reason", { exact: true }).fill("Entered by mistake");
    await panel.getByRole("button", { name: "Put it on record" }).click();
    await expect.poll(async () => report.getAttribute("data-state"), patient).toBe("at-risk");
    expect(complaints.filter((one) => !one.includes("409"))).toEqual([]);
    await page.close();
  });

  test("what another changed while a form was open is not lost by it", async () => {
    const by = { now: new Date().toISOString(), actor: "Other desk", reason: "It was moved" };
    const book = "rehearsal";
    await addMilestone(
      record,
      book,
      "watched",
      { title: "Watched", on: "2027-05-01" },
      await enteringMilestones(record, book, by),
    );
    const page = await browser().newPage();
    await page.clock.install();
    await open(page, "/timeline?book=rehearsal&milestone=watched&act=change");
    const said = item(page, "Watched").locator(".milestone-detail");
    await said.getByLabel(/^Note/).fill("From the form");
    await changeMilestone(record, book, "watched", { on: "2027-06-01" }, await enteringMilestones(record, book, by));
    await page.clock.fastForward(120_000);
    await page.evaluate("for (const name of ['offline', 'online']) dispatchEvent(new Event(name))");
    await expect
      .poll(async () => said.locator(".milestone-days li").last().textContent(), patient)
      .toMatch(/1.June.2027/u);
    await said.getByLabel("Reason for the change", { exact: true }).fill("A note");
    await said.getByRole("button", { name: "Change it" }).click();
    await said.locator(".refused, .recorded").first().waitFor();
    expect(await said.locator(".refused").textContent()).toContain("Version 2, where 1 was seen");
    await page.close();
  });

  test("says what is unknown, and of what is not there that it is not", async () => {
    const page = await browser().newPage();
    await open(page, "/timeline?milestone=review-hague&known_at=2025-07-10");
    const review = item(page, "looked at again").first();
    expect(await page.locator(".timeline-part").first().textContent()).toBe("Day passed, no word yet");
    expect(await review.locator(".milestone-line").textContent()).toContain("day passed 10 days ago, no word yet");
    expect(await section(page, "Past, today and to come").locator(".figure-text").textContent()).toContain(
      "of 1 whose day passed there is no word yet",
    );
    await review.locator("dl").waitFor();
    expect(await review.locator("dl").textContent()).toContain(
      "Unknown: nothing is stated that a forecast can speak of.",
    );
    await page.goto(new URL("/timeline?q=nothing+like+it", served.url).href);
    await page.getByRole("heading", { name: "No milestone is like that." }).waitFor();
    await page.goto(new URL("/timeline?milestone=nowhere", served.url).href);
    await page.getByText("There is no milestone of that id on record").waitFor();
    await page.close();
  });

  test.each([
    ["light", 1280, "/timeline?known_at=2024-07-11&since=2024-04-04&milestone=long-term-funding"],
    ["dark", 1280, "/timeline?known_at=2024-07-11&since=2024-04-04&milestone=long-term-funding"],
    ["light", 390, "/timeline?book=rehearsal&milestone=decision%3Aharbour-fund"],
    ["dark", 390, "/timeline?book=rehearsal&milestone=decision%3Aharbour-fund"],
    ["light", 1280, "/timeline?milestone=review-hague&act=change"],
    ["dark", 390, "/timeline?milestone=review-hague&act=milestone"],
  ] as const)("axe finds nothing in the %s at a width of %s", async (colorScheme, width, path) => {
    const page = await browser().newPage({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
    await open(page, path);
    await page.locator(".milestone-detail dl").waitFor();
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>(
      "axe.run()",
    );
    expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
    await page.close();
  });
});
