import type { Page } from "@playwright/test";
import axe from "axe-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { enterEvent } from "#app/delivery/event.ts";
import { makeLink } from "#app/delivery/links.ts";
import { newConsignment } from "#app/delivery/load.ts";
import type { Database } from "#store/database.ts";
import { stands } from "../delivery/support.ts";
import { describeInBrowser } from "../support/browser.ts";
import { needOf, offerOf, place, placedBook, placingOf } from "../support/placements.ts";
import { servedPages } from "./stub/pages.ts";

let served: Awaited<ReturnType<typeof servedPages>>;
let db: Database;
beforeAll(async () => {
  served = await servedPages(bringIn);
}, 120_000);
afterAll(async () => served.close());

const doing = () => ({ now: new Date().toISOString(), actor: "test" });

async function bringIn(opened: Database): Promise<void> {
  db = opened;
  await place(db, {
    needs: [needOf({ id: "ambulances" })],
    offers: [offerOf({ id: "gift" }), offerOf({ id: "other", giver: "deu" })],
    placements: [
      placingOf({ id: "A", offer: "gift", need: "ambulances" }),
      placingOf({ id: "B", offer: "other", need: "ambulances", pieces: 4 }),
    ],
  });
  const lines = ["A", "B"].map((placement) => ({ placement, pieces: null }));
  await newConsignment(db, placedBook, { id: "C-1", title: "First convoy", on: "2026-03-01", lines }, doing());
  for (const [event, on] of [
    ["dispatch", "2026-03-02"],
    ["hand-over", "2026-03-05"],
  ] as const)
    await enterEvent(db, placedBook, "C-1", { event, on }, doing());
}

async function faultsOf(page: Page): Promise<readonly unknown[]> {
  await page.evaluate(axe.source);
  const run =
    "axe.run(document, { resultTypes: ['violations'] }).then((found) => found.violations.map((one) => one.id))";
  return page.evaluate(run);
}

describeInBrowser("a phone that scans a code", (browser) => {
  test("counts with plus and minus, signs once, and says what it opened", async () => {
    const { address } = await makeLink(db, placedBook, "C-1", { address: served.url }, doing());
    const page = await browser().newPage({ viewport: { width: 360, height: 740 }, hasTouch: true });
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => void (message.type() === "error" && complaints.push(message.text())));
    await page.goto(address);
    await page.waitForSelector("main h1");
    expect(await page.textContent("main h1")).toBe("First convoy");
    expect(await page.textContent("main")).toContain("Made up, to try the program out");
    expect(await page.locator("nav").count()).toBe(0);
    expect(await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")).toBe(true);
    expect(await faultsOf(page)).toEqual([]);
    await page.tap("button[aria-label='One less: Ambulance from Poland']");
    await page.tap("button[aria-label='One less: Ambulance from Poland']");
    await page.tap("button[aria-label='One more: Ambulance from Poland']");
    expect(await page.textContent("main")).toContain("10 reported, 1 fewer: a question opens");
    const heights = await page.locator("main button").evaluateAll((all) => all.map((one) => one.clientHeight));
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(44);
    await page.tap("button:has-text('Sign for 13')");
    await page.waitForSelector("text=Signed for 13.");
    expect(await page.textContent(".sign-done")).toContain(
      "The recipient signed for 9 where the donor side reports 10",
    );
    expect(await stands(db, "C-1")).toBe("13 confirmed, 1 handed-over");
    await page.tap("button:has-text('Sign for more')");
    await page.waitForSelector("button:has-text('Sign for 1')");
    expect(await faultsOf(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("that looked before somebody else signed is shown what is there now", async () => {
    const { address } = await makeLink(db, placedBook, "C-1", { address: served.url }, doing());
    const page = await browser().newPage({ viewport: { width: 360, height: 740 } });
    await page.goto(address);
    await page.waitForSelector("button:has-text('Sign for 1')");
    await enterEvent(db, placedBook, "C-1", { event: "confirm" }, doing());
    await page.click("button:has-text('Sign for 1')");
    await page.click("button:has-text('Show what is there now')");
    await page.waitForSelector("text=Nothing of it is waiting for a signature.");
    expect(await stands(db, "C-1")).toBe("14 confirmed");
    await page.close();
  });

  test("whose code is not ours is told so", async () => {
    const page = await browser().newPage({ viewport: { width: 360, height: 740 } });
    await page.goto(`${served.url}/sign/${"x".repeat(43)}`);
    await page.waitForSelector("h1:has-text('That link is not one of ours.')");
    expect(await faultsOf(page)).toEqual([]);
    await page.close();
  });
});
