import type { Page } from "@playwright/test";
import axe from "axe-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { enteringByHand } from "#app/planning/by-hand.ts";
import { changeOffer, consentToOffer } from "#app/planning/offers.ts";
import { planLines } from "#core/planning/lines.ts";
import { loadPractice } from "#app/planning/practice.ts";
import { solvePlan } from "#app/planning/solving.ts";
import { requirePlan } from "#app/planning/adopt.ts";
import { requireBook } from "#app/books.ts";
import { wholePlan } from "#store/planning/plans.ts";
import { describeInBrowser } from "../support/browser.ts";
import { servedPages } from "./stub/pages.ts";

// An offer of the plan that stands is withdrawn: this file plays on a record of its own, and in order.
const book = "practice-s";
const patient = { timeout: 30_000 };
const used: string[] = [];

let served: Awaited<ReturnType<typeof servedPages>>;
beforeAll(async () => {
  served = await servedPages(async (db) => {
    const now = "2026-09-01T08:00:00Z";
    await loadPractice(db, { size: "S", seed: 1 }, { now, actor: "test" });
    const days = { from: "2027-01-04", until: "2027-12-31" };
    await solvePlan(db, () => now, { book, id: "first", gap: 0.05, seconds: 20, ...days, actor: "test" });
    const { result } = await wholePlan(db, (await requirePlan(db, (await requireBook(db, book)).no, "first")).no);
    const offers = planLines(result).filter((line) => line.kind === "given");
    used.push(...new Set(offers.map((line) => line.offer)));
    // The second one is lost while no page and no command looks.
    const entering = await enteringByHand(db, book, { now, actor: "test", reason: "Asked again" });
    await changeOffer(db, book, used[1]!, { consent: { state: "pending", of: "The maker's country" } }, entering);
    await consentToOffer(db, book, used[1]!, "refused", entering);
  });
}, 120_000);
afterAll(async () => served.close());

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

describeInBrowser("the plan that stands, when an offer of it is lost", (browser) => {
  test("the pages of offers and plans say which, and one press makes a plan without it", async () => {
    const page = await browser().newPage();
    for (const path of ["/offers", "/plans"]) {
      expect(await open(page, path)).toEqual([]);
      await page.getByRole("heading", { name: "The plan that stands has lost an offer" }).waitFor(patient);
      expect(await page.locator(".plan-standing").textContent()).toContain(`(${used[1]}), which was refused consent.`);
    }
    await page.getByRole("button", { name: "Plan anew" }).click();
    const name = `Re-planned after the refusal of consent to ${used[1]}`;
    await page.getByRole("heading", { name, exact: true }).waitFor(patient);
    expect(await page.locator(".plan-standing").textContent()).toContain("stands now, in the place of first");
    await page.close();
  });

  test("a withdrawal plans anew by itself, tells how far it is, and leads to the plan and the differences", async () => {
    const page = await browser().newPage();
    expect(await open(page, `/offers/${used[0]}?act=withdraw`)).toEqual([]);
    await page.getByLabel("Reason").fill("Needed at home");
    await page.getByRole("button", { name: "Withdraw it" }).click();
    await page.getByRole("link", { name: `Open the plan after-${used[0]}-withdrawn` }).waitFor(patient);
    expect(await page.locator(".recorded").textContent()).toContain("which stands, counts on it: it is planned anew.");
    await open(page, "/plans");
    await page.getByRole("heading", { name: `Re-planned after the withdrawal of ${used[0]}`, exact: true }).waitFor();
    await page.getByRole("link", { name: "All differences" }).click();
    await page.getByRole("heading", { level: 1, name: /beside/ }).waitFor(patient);
    await page.close();
  });

  test.each([
    ["light", 1280],
    ["dark", 390],
  ] as const)("axe finds nothing in %s, %i wide, and nothing is wider than the screen", async (colorScheme, width) => {
    const context = await browser().newContext({ colorScheme, bypassCSP: true, viewport: { width, height: 900 } });
    const page = await context.newPage();
    for (const path of ["/offers", "/plans"]) {
      expect(await open(page, path)).toEqual([]);
      await page.getByRole("link", { name: "All differences" }).waitFor(patient);
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
