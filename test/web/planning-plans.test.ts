import type { Page } from "@playwright/test";
import axe from "axe-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadPractice } from "#app/planning/practice.ts";
import { describeInBrowser } from "../support/browser.ts";
import { servedPages } from "./stub/pages.ts";

// What is solved stays: this file plays on a record of its own, and in order.
const book = "practice-s";

let served: Awaited<ReturnType<typeof servedPages>>;
beforeAll(async () => {
  served = await servedPages(async (db) => {
    await loadPractice(db, { size: "S", seed: 1 }, { now: "2026-09-01T08:00:00Z", actor: "test" });
  });
}, 120_000);
afterAll(async () => served.close());

const patient = { timeout: 20_000 };

async function open(page: Page, path: string): Promise<string[]> {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  const address = new URL(path, served.url);
  address.searchParams.set("book", book);
  await page.goto(address.href);
  await page.waitForSelector("main h1");
  await expect.poll(async () => page.evaluate("document.querySelector('.waiting') === null"), patient).toBe(true);
  return complaints;
}

const fill = async (page: Page, fields: Readonly<Record<string, string>>) => {
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label).fill(value);
};

/** Asks for a quick plan and waits until the page leads to it. */
async function solve(page: Page, fields: Readonly<Record<string, string>>): Promise<void> {
  await open(page, "/plans?act=solve");
  await fill(page, { From: "2027-01-04", Until: "2027-12-31", ...fields });
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "Solve", exact: true }).click();
  await page.getByRole("link", { name: /^Open the plan/ }).waitFor(patient);
}

describeInBrowser("the pages of plans", (browser) => {
  test("a plan is solved while the page tells how far it is, and leads to what it covers", async () => {
    const page = await browser().newPage();
    expect(await open(page, "/plans")).toEqual([]);
    await page.getByRole("heading", { name: "No plan is on record in this book." }).waitFor();
    await solve(page, { Title: "First look" });
    await page.getByRole("link", { name: /^Open the plan/ }).click();
    await page.getByRole("heading", { level: 1, name: "First look" }).waitFor();
    const text = await page.locator("article").textContent();
    expect(text).toContain("every limit, window, earmark and package is kept");
    expect(text).toContain("A proposal: nothing is placed.");
    const answer = (await (await fetch(`${served.url}/api/v1/planning/${book}/plans/plan-1`)).json()) as {
      needsCovered: { covered: number; needed: number }[];
    };
    const whole = answer.needsCovered.filter(({ covered, needed }) => covered >= needed).length;
    expect(await page.locator(".plan-facts").textContent()).toContain(`${whole} in full`);
    await page.close();
  });

  test("why a need gets no more is worked out when asked for", async () => {
    const page = await browser().newPage();
    await open(page, "/plans/plan-1");
    const gaps = page.locator("section").filter({ has: page.getByRole("heading", { name: "What it leaves open" }) });
    await gaps.getByRole("button", { name: /^Why/ }).first().click();
    await expect.poll(async () => gaps.locator(".explained p").count(), patient).toBeGreaterThan(0);
    await page.close();
  });

  test("what fairness costs is worked out when asked for, as a curve and as a table", async () => {
    const page = await browser().newPage();
    await open(page, "/plans/plan-1");
    await page.getByRole("button", { name: "Work out what it costs" }).click();
    const figure = page.locator("section").filter({ has: page.getByRole("heading", { name: "What fairness costs" }) });
    await figure.locator("svg").waitFor(patient);
    expect(await figure.textContent()).toMatch(/The least covered priority gets [\d.]+ % instead of [\d.]+ %/);
    expect(await figure.locator("svg .trade-point").count()).toBe(5);
    await figure.getByRole("button", { name: /table/i }).click();
    expect(await figure.locator("tbody tr").count()).toBe(5);
    await page.close();
  });

  test("without an offer another is solved, and the two stand beside each other", async () => {
    const page = await browser().newPage();
    const plan = (await (
      await fetch(`${served.url}/api/v1/planning/${book}/plans/plan-1/assignments?limit=1`)
    ).json()) as { assignments: { offer: string }[] };
    const offer = plan.assignments[0]?.offer ?? "";
    await solve(page, { Title: "Without one", "Leave out offers": offer });
    expect(await open(page, "/plans/plan-1/beside/plan-2")).toEqual([]);
    expect(await page.locator("h1").textContent()).toBe("Without one beside First look");
    expect(await page.locator("article").textContent()).toContain(offer);
    await page.close();
  });

  test("a plan that there is not is told by name", async () => {
    const page = await browser().newPage();
    await open(page, "/plans/never");
    expect(await page.locator("main").textContent()).toContain("There is no plan of that name");
    await page.close();
  });

  test("who decides is one of the groups whose members give some of it, not every group there is", async () => {
    const page = await browser().newPage();
    await open(page, "/plans/plan-1?act=propose");
    const choice = page.getByLabel("Who decides");
    await expect.poll(async () => choice.locator("option").count(), patient).toBeGreaterThan(1);
    const named = await choice.locator("option").allTextContents();
    expect(named.filter((name) => name !== "" && !name.startsWith("Practice"))).toEqual([]);
    await page.close();
  });

  test.each([
    ["light", 1280],
    ["dark", 390],
  ] as const)("axe finds nothing in %s, %i wide, and nothing is wider than the screen", async (colorScheme, width) => {
    const context = await browser().newContext({ colorScheme, bypassCSP: true, viewport: { width, height: 900 } });
    const page = await context.newPage();
    for (const path of [
      "/plans?act=solve",
      "/plans/plan-1?act=accept",
      "/plans/plan-1?act=propose",
      "/plans/plan-1/beside/plan-2",
    ]) {
      expect(await open(page, path)).toEqual([]);
      await page.evaluate(axe.source);
      const found = (await page.evaluate("axe.run(document, { resultTypes: ['violations'] })")) as {
        violations: { id: string; nodes: { html: string }[] }[];
      };
      expect(found.violations.map(({ id, nodes }) => [path, id, nodes.map((node) => node.html)])).toEqual([]);
      expect([path, await page.evaluate("document.documentElement.scrollWidth")]).toEqual([path, width]);
    }
    await context.close();
  });
});
