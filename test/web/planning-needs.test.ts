import type { Page } from "@playwright/test";
import axe from "axe-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadPractice } from "#app/planning/practice.ts";
import { describeInBrowser } from "../support/browser.ts";
import { servedPages } from "./stub/pages.ts";

// What is entered stays: this file plays on a record of its own, and in order.
const book = "practice-s";

let served: Awaited<ReturnType<typeof servedPages>>;
beforeAll(async () => {
  served = await servedPages(async (db) => {
    await loadPractice(db, { size: "S", seed: 1 }, { now: "2026-09-01T08:00:00Z", actor: "test" });
  });
}, 120_000);
afterAll(async () => served.close());

const patient = { timeout: 10_000 };

async function open(page: Page, path: string): Promise<string[]> {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  const address = new URL(path, served.url);
  address.searchParams.set("book", book);
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
  page.locator("section").filter({ has: page.getByRole("heading", { name, exact: true, level: 2 }) });
const standfirst = async (page: Page) => page.locator(".standfirst").first().textContent();
const fill = async (page: Page, fields: Readonly<Record<string, string>>) => {
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(value);
};
const choose = (page: Page, name: string, value: string) =>
  page.locator(".act-panel").getByRole("combobox", { name, exact: true }).selectOption(value);
const narrow = (page: Page, name: string, value: string) =>
  page.getByRole("search").getByRole("combobox", { name, exact: true }).selectOption(value);
const recorded = (page: Page) => page.locator(".recorded").waitFor();

describeInBrowser("the pages of needs and offers", (browser) => {
  test("a need is stated, found, changed and withdrawn, and all of it stays in its history", async () => {
    const page = await browser().newPage();
    await open(page, "/needs?act=need");
    expect(await standfirst(page)).toBe("20 needs of Practice recipient: nothing is placed for any of them yet.");
    await fill(page, { "Acting as": "Planning cell", Title: "Field hospitals for the south" });
    await choose(page, "Kind", "field-hospital");
    await fill(page, { "How many pieces": "6" });
    await choose(page, "Priority", "1");
    await fill(page, { "Can be taken from": "2027-02-01", "Wanted by": "2027-06-30" });
    await page.getByRole("button", { name: "Add a part of the package" }).click();
    await page.getByRole("button", { name: "State it" }).click();
    await recorded(page);
    await expect.poll(async () => standfirst(page), patient).toContain("21 needs");

    await narrow(page, "Show", "uncovered");
    await page.getByLabel("Words").fill("hospitals for the south");
    await expect.poll(async () => page.locator("table.listing tbody tr").count(), patient).toBe(1);
    await page.locator("table.listing tbody").getByRole("link").click();
    await page.getByRole("heading", { level: 1, name: "Field hospitals for the south" }).waitFor();
    expect(await standfirst(page)).toContain(
      "6\u00a0pieces, wanted 1\u00a0February\u00a02027 to 30\u00a0June\u00a02027",
    );
    expect(await section(page, "What has to come with it").locator("tbody tr").count()).toBe(1);

    await page.getByRole("link", { name: "Change it" }).click();
    await fill(page, { "How many pieces": "9", "Reason for the change": "Two more brigades" });
    await page.getByRole("button", { name: "Change it" }).click();
    await recorded(page);
    const history = section(page, "History");
    await expect.poll(async () => history.textContent(), patient).toContain("quantity: 6");
    expect(await history.textContent()).toContain("Two more brigades");
    expect(await history.textContent()).toContain("entered by Planning cell");

    await page.getByRole("link", { name: "Withdraw it" }).click();
    await page.getByLabel("Reason", { exact: true }).fill("Met by other means");
    await page.getByRole("button", { name: "Withdraw it" }).click();
    await expect
      .poll(async () => page.locator("header.headline").textContent(), patient)
      .toContain("Withdrawn. Met by other");
    expect(await history.locator("li").count()).toBe(3);
    await open(page, "/needs?only=withdrawn");
    expect(await page.locator("table.listing tbody tr").count()).toBe(1);
    await page.close();
  });

  test("an offer waits for a consent; refused, it is not planned with, and the page says so", async () => {
    const page = await browser().newPage();
    await open(page, "/offers?act=offer");
    await choose(page, "Giver", "practice-giver-01");
    await choose(page, "Kind", "tank");
    await fill(page, { Title: "Tanks from stock", "How many pieces": "12" });
    await fill(page, { "Can leave from": "2027-02-01", Until: "2027-12-31" });
    await page.getByText("Conditions, value and note").click();
    await choose(page, "A third party's consent", "pending");
    await page.getByLabel(/^Whose consent/).fill("the maker\u2019s country");
    await page.getByRole("button", { name: "Enter it" }).click();
    await recorded(page);
    await page.locator(".recorded").getByRole("link", { name: "Tanks from stock" }).click();
    await page.getByRole("heading", { level: 1, name: "Tanks from stock" }).waitFor();
    expect(await page.locator("header.headline").textContent()).toContain(
      "Waits for the consent of the maker\u2019s country",
    );
    await page.getByRole("link", { name: "Record the consent" }).click();
    await page.locator(".act-fields select").selectOption("refused");
    await page.getByRole("button", { name: "Put it on record" }).click();
    await expect
      .poll(async () => page.locator("header.headline").textContent(), patient)
      .toContain("refused its consent");
    await page.close();
  });

  test("what is wrong in a file is told row by row and nothing of it is entered", async () => {
    const page = await browser().newPage();
    await open(page, "/needs?act=import");
    const file = await (await fetch(`${served.url}/api/v1/planning/${book}/needs.csv`)).text();
    const [head = "", row = ""] = file.split(/\r?\n/);
    const lost = row.replace(/^[^,]*/, "not-yet-there").replace(/,20\d\d-/, ",someday-");
    const send = async (text: string) => {
      await page.getByLabel(/^File/).setInputFiles({ name: "n.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
      await page.getByRole("button", { name: "Import", exact: true }).click();
      await recorded(page);
    };
    await send(`${head}\n${lost}\n`);
    const told = page.locator(".recorded");
    expect(await told.textContent()).toContain("Nothing was entered.");
    expect(await told.locator("tbody tr").first().textContent()).toContain("row 2");
    await page.getByRole("button", { name: "Another" }).click();
    await send(file);
    expect(await told.textContent()).toContain("Nothing was entered twice.");
    await page.close();
  });

  test("on a day before any of it was known there is nothing, and the way back", async () => {
    const page = await browser().newPage();
    await open(page, "/offers?known_at=2026-08-31");
    await page.getByRole("heading", { name: "No offer was known by 31\u00a0August\u00a02026." }).waitFor();
    await page.getByRole("button", { name: "Show what is known now" }).click();
    await page.getByRole("heading", { name: "On record", exact: true }).waitFor();
    await expect.poll(async () => page.locator("table.listing tbody tr").count(), patient).toBe(50);
    await page.getByRole("button", { name: "Show 50 more" }).click();
    await expect.poll(async () => page.locator("table.listing tbody tr").count(), patient).toBe(100);
    await page.close();
  });

  test.each([["dark", 390]] as const)(
    "axe finds nothing in %s, %i wide, and nothing is wider than the screen",
    async (colorScheme, width) => {
      const context = await browser().newContext({ colorScheme, bypassCSP: true, viewport: { width, height: 900 } });
      const page = await context.newPage();
      for (const path of ["/needs?act=import", "/needs/need-0001?act=change", "/offers", "/offers/offer-00001"]) {
        expect(await open(page, path)).toEqual([]);
        await page.evaluate(axe.source);
        const found = (await page.evaluate("axe.run(document, { resultTypes: ['violations'] })")) as {
          violations: { id: string; nodes: { html: string }[] }[];
        };
        expect(found.violations.map(({ id, nodes }) => [path, id, nodes.map((node) => node.html)])).toEqual([]);
        expect([path, await page.evaluate("document.documentElement.scrollWidth")]).toEqual([path, width]);
      }
      await context.close();
    },
  );
});
