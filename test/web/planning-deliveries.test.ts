import type { Page } from "@playwright/test";
import axe from "axe-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { enterEvent } from "#app/delivery/event.ts";
import { newConsignment } from "#app/delivery/load.ts";
import { putFrame } from "#app/planning/frame.ts";
import { sourceByWords } from "#app/planning/source.ts";
import { emptyFrame } from "#core/planning/frame.ts";
import type { Database } from "#store/database.ts";
import { describeInBrowser } from "../support/browser.ts";
import { needOf, offerOf, place, placedBook, placingOf } from "../support/placements.ts";
import { stands } from "../delivery/support.ts";
import { servedPages } from "./stub/pages.ts";

// What is entered stays: this file plays on a record of its own, and in order.
let served: Awaited<ReturnType<typeof servedPages>>;
let db: Database;
beforeAll(async () => {
  served = await servedPages(bringIn);
}, 120_000);
afterAll(async () => served.close());

const doing = (day: string) => ({ now: `${day}T08:00:00Z`, actor: "test" });

async function bringIn(opened: Database): Promise<void> {
  db = opened;
  await place(db, {
    needs: [needOf({ id: "ambulances", title: "Ambulances for the south" })],
    offers: [offerOf({ id: "gift" }), offerOf({ id: "other", giver: "deu" })],
    placements: [
      placingOf({ id: "A", offer: "gift", need: "ambulances", hub: "east" }),
      placingOf({ id: "B", offer: "other", need: "ambulances", hub: "east", pieces: 4 }),
      placingOf({ id: "C", offer: "other", need: "ambulances", hub: "east", pieces: 30 }),
    ],
  });
  const hub = {
    id: "east",
    name: "Eastern hub",
    latitude: 50,
    longitude: 22,
    tonnesPerWeek: null,
    placesPerWeek: null,
  };
  const source = sourceByWords({ title: "Hubs", publisher: "Nobody" });
  const entering = { source, knownAt: "2026-01-02T08:00:00Z", actor: "test" };
  await putFrame(db, placedBook, { ...emptyFrame, hubs: [hub] }, entering);
  const lines = ["A", "B"].map((placement) => ({ placement, pieces: null }));
  const order = { id: "C-1", title: "First convoy", carrier: "Road Freight", on: "2026-03-01", lines };
  await newConsignment(db, placedBook, order, doing("2026-03-01"));
  await enterEvent(
    db,
    placedBook,
    "C-1",
    { event: "dispatch", on: "2026-03-02", evidence: "Waybill 4711" },
    doing("2026-03-02"),
  );
  await enterEvent(db, placedBook, "C-1", { event: "arrive", on: "2026-03-04" }, doing("2026-03-04"));
}

const patient = { timeout: 10_000 };

async function open(page: Page, path: string): Promise<string[]> {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  const address = new URL(path, served.url);
  address.searchParams.set("book", placedBook);
  await page.goto(address.href);
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
  page.locator("section.figure").filter({ has: page.getByRole("heading", { name, exact: true, level: 2 }) });
const recorded = async (page: Page) => {
  await page.locator(".recorded").waitFor();
  return page.locator(".recorded").textContent();
};
const act = (page: Page, name: string) => page.locator(".act-bar").getByRole("link", { name, exact: true });

describeInBrowser("the pages of deliveries", (browser) => {
  test("where everything is on its way, what to ask after, and a consignment made of what is in none", async () => {
    const page = await browser().newPage();
    await open(page, "/deliveries");
    expect(await page.locator(".standfirst").textContent()).toContain("1 consignment. Of what they carry");
    const stages = await section(page, "Where it is on its way").locator(".pipeline li").allTextContents();
    expect(stages).toEqual(["30 In no consignment yet", "14 At the hubin 1 consignment"]);
    const asked = section(page, "What to ask after");
    expect(await asked.locator("tbody tr").first().textContent()).toContain("Ambulances for the south");
    await asked.getByRole("button", { name: /stuck$/ }).click();
    await settled(page);
    expect(await asked.locator("tbody tr").first().textContent()).toContain("Eastern hub");
    const hubs = section(page, "What stands at which hub");
    await hubs.scrollIntoViewIfNeeded();
    expect(await hubs.getByRole("img").getAttribute("aria-label")).toBe(
      "14 pieces stand there now; nothing is coming.",
    );
    await hubs.getByRole("button", { name: /^Table/ }).click();
    expect(await hubs.locator("tbody tr").allTextContents()).toEqual(["Eastern hub1001400"]);

    await act(page, "Make a consignment").click();
    await page.getByLabel("Id", { exact: true }).fill("C-2");
    await page.getByLabel("Title", { exact: true }).fill("Second convoy");
    await page.getByRole("checkbox", { name: /^Ambulance from Germany/ }).check();
    await page.getByLabel(/^How many: Ambulance from Germany/).fill("12");
    await page.getByRole("button", { name: "Make it" }).click();
    expect(await recorded(page)).toContain("12 planned");
    await expect.poll(async () => page.locator(".standfirst").textContent(), patient).toContain("2 consignments");
    await page.getByRole("search").getByRole("combobox", { name: "Stage" }).selectOption("planned");
    const rows = section(page, "Consignments").locator("tbody tr");
    await expect.poll(async () => rows.count(), patient).toBe(1);
    expect(await rows.textContent()).toContain("Second convoy");
    await page.close();
  });

  test("only what can happen is offered; a count that differs opens a query, which is answered and settled", async () => {
    const page = await browser().newPage();
    await open(page, "/deliveries/C-1");
    const offered = await page.locator(".act-bar a").allTextContents();
    expect(offered).toContain("Handed over");
    expect(offered).not.toContain("Dispatched");
    expect(await section(page, "Course of events").textContent()).toContain("Evidence: Waybill 4711");
    await act(page, "Handed over").click();
    await page.getByLabel(/^On/).fill("2026-03-05");
    await page.getByLabel(/^Evidence/).fill("Receipt 12");
    await page.getByRole("button", { name: "Put it on record" }).click();
    expect(await recorded(page)).toContain("Now 14 handed over.");

    await act(page, "Confirmed by the recipient").click();
    await page.getByLabel(/^How many: Ambulance from Poland/).fill("9");
    await page.getByRole("button", { name: "Put it on record" }).click();
    expect(await recorded(page)).toContain("The recipient signed for 9 where the donor side reports 10: 1 fewer.");
    const lines = section(page, "What it carries");
    await expect.poll(async () => lines.textContent(), patient).toContain("the numbers differ in one line");

    const query = page.locator("article.query");
    expect(await query.locator(".sides dd").allTextContents()).toEqual([
      "10 on 5\u00a0March\u00a02026",
      "9 on 5\u00a0March\u00a02026",
    ]);
    await query.getByRole("link", { name: "Answer" }).click();
    await page.getByLabel("What is said").fill("We ask the carrier.");
    await page.getByRole("button", { name: "Send it" }).click();
    await expect.poll(async () => query.locator(".messages").textContent(), patient).toContain("We ask the carrier.");
    await query.getByRole("link", { name: "Settle it" }).click();
    await page.getByLabel("What is not there").selectOption("lost");
    await page.getByLabel("Reason", { exact: true }).fill("It burnt at the border");
    await page.getByRole("button", { name: "Settle it" }).click();
    await expect.poll(async () => query.textContent(), patient).toContain("Settled.");
    expect(await stands(db, "C-1")).toBe("13 confirmed, 1 lost");
    await expect.poll(async () => lines.locator("tbody tr").first().textContent(), patient).toContain("9 confirmed");
    await page.close();
  });

  test("a reason that has to be given is asked for, and a refusal says why", async () => {
    const page = await browser().newPage();
    await open(page, "/deliveries/C-2?act=event-return");
    expect(await page.getByLabel("Reason", { exact: true }).getAttribute("required")).not.toBeNull();
    await page.getByLabel("Reason", { exact: true }).fill("Withdrawn");
    await page.getByLabel(/^How many/).fill("13");
    await page.getByRole("button", { name: "Put it on record" }).click();
    await page.locator(".refused").waitFor();
    expect(await page.locator(".refused").textContent()).toContain("Nothing was recorded");
    expect(await stands(db, "C-2")).toBe("12 planned");
    await page.close();
  });

  test("a code to sign by is drawn once, opens the page that signs, and can be withdrawn; a split has a way to its other part", async () => {
    const page = await browser().newPage();
    await open(page, "/deliveries/C-2?act=split");
    await page.getByRole("checkbox", { name: /^Ambulance from Germany/ }).check();
    await page.getByLabel(/^How many/).fill("5");
    await page.getByRole("button", { name: "Split it" }).click();
    expect(await recorded(page)).toContain("5 planned");
    await page.locator(".recorded").getByRole("link").click();
    await page.getByText("Pieces came from").waitFor();
    await enterEvent(db, placedBook, "C-2", { event: "dispatch" }, doing(new Date().toISOString().slice(0, 10)));
    await open(page, "/deliveries/C-2?act=link");
    // 127.0.0.1 would lead a phone to itself: whoever makes the code says where the pages are.
    const address = page.getByLabel("Address under which phones reach this program");
    expect(await address.inputValue()).toBe("");
    await address.fill(served.url);
    await page.getByRole("button", { name: "Make it" }).click();
    await page.locator(".sign-code").waitFor();
    const width = "document.querySelector('.sign-code img').naturalWidth";
    await expect.poll(async () => page.evaluate(width), patient).toBeGreaterThan(0);
    const phone = await browser().newPage();
    await phone.goto((await page.locator(".sign-code a").getAttribute("href")) ?? "");
    await phone.waitForSelector("button:has-text('Sign for 7')");
    const codes = section(page, "Signing for it");
    await codes.getByRole("button", { name: "Withdraw it" }).click();
    await expect.poll(async () => codes.textContent(), patient).toContain("withdrawn, made");
    await phone.reload();
    await phone.waitForSelector("[role=alert] h1");
    await Promise.all([page.close(), phone.close()]);
  });

  test("receipts come in from the file that the page gives out", async () => {
    const page = await browser().newPage();
    await open(page, "/deliveries?act=receipts");
    const template = await (await fetch(`${served.url}/api/v1/planning/${placedBook}/receipts.csv`)).text();
    const [head = "", ...rows] = template.trim().split(/\r?\n/);
    const column = head.split(",").indexOf("received");
    expect(column).toBeGreaterThan(0);
    const row = rows.find((one) => one.startsWith("C-2,"))?.split(",") ?? [];
    const filled = [head, row.with(column, "7").join(",")].join("\n");
    await page
      .locator(".act-panel input[type=file]")
      .setInputFiles({ name: "r.csv", mimeType: "text/csv", buffer: Buffer.from(filled) });
    await page.getByRole("button", { name: "Import", exact: true }).click();
    expect(await recorded(page)).toContain("Signed for 7.");
    expect(await stands(db, "C-2")).toBe("7 confirmed");
    await page.close();
  });

  test("where nothing is placed, the page says what to do next", async () => {
    const page = await browser().newPage();
    await page.goto(`${served.url}/deliveries`);
    const empty = page.locator(".empty");
    expect(await empty.getByRole("heading").textContent()).toBe("Nothing is placed in this book.");
    expect(await empty.getByRole("link", { name: "plan" }).getAttribute("href")).toBe("/plans");
    await page.close();
  });

  test.each([
    ["light", 1280],
    ["dark", 390],
  ] as const)("axe finds nothing in %s, %i wide, and nothing is wider than the screen", async (colorScheme, width) => {
    const context = await browser().newContext({ colorScheme, bypassCSP: true, viewport: { width, height: 900 } });
    const page = await context.newPage();
    const paths = ["/deliveries?act=consignment", "/deliveries/C-1?act=event-use", "/deliveries/C-2-2?act=split"];
    for (const path of paths) {
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
