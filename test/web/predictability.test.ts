import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import axe from "axe-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { playRehearsal } from "#app/rehearsal.ts";
import type { PredictabilityView } from "#core/views-predictability.ts";
import { describeInBrowser } from "../support/browser.ts";
import { servedPages } from "./stub/pages.ts";

const name = "harbour-fund.json";
let served: Awaited<ReturnType<typeof servedPages>>;
beforeAll(async () => {
  served = await servedPages(async (db) => {
    await playRehearsal(db, {
      name,
      text: readFileSync(new URL(`../../reference/rehearsal/${name}`, import.meta.url), "utf8"),
    });
  });
}, 120_000);
afterAll(async () => served.close());

const patient = { timeout: 20_000 };
const fund = "/predictability?book=rehearsal&period=2026";
const worked = "/predictability?period=2024&known_at=2026-04-22";

async function open(page: Page, path: string): Promise<string[]> {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(new URL(path, served.url).href);
  await page.waitForSelector("main h1");
  await expect.poll(async () => page.evaluate("document.querySelector('.waiting') === null"), patient).toBe(true);
  return complaints;
}

async function answer(query: string): Promise<PredictabilityView> {
  return (await (await fetch(`${served.url}/api/v1/foresight/predictability?${query}`)).json()) as PredictabilityView;
}

describeInBrowser("the page of predictability", (browser) => {
  test("shows the API's figures of every giver, and plainly where there is none", async () => {
    const page = await browser().newPage();
    expect(await open(page, fund)).toEqual([]);
    const view = await answer("book=rehearsal&period=2026");
    const table = page.getByRole("region", { name: "Table: predictability by giver" });
    for (const row of view.periods[0]?.rows ?? []) {
      const line = table.getByRole("row", { name: new RegExp(`^${row.name.replaceAll(/[()]/g, String.raw`\$&`)}`) });
      const annual = row.figures.find(({ indicator }) => indicator === "annual");
      const cell = line.getByRole("button", { name: `${row.name}, Annual predictability` });
      expect(await cell.textContent()).toBe(annual?.value ?? "not scheduled");
    }
    expect(await page.locator(".synthetic-banner").count()).toBe(1);
    await open(page, worked);
    const tile = page.locator(".indicator-tiles button").filter({ hasText: "Annual predictability" });
    expect(await tile.textContent()).toContain("not scheduled");
    expect(await page.locator(".indicators-nowhere").textContent()).toContain("annual predictability (not scheduled)");
    await page.close();
  });

  test("a figure that is pressed says what it is and cannot tell, and leads to the rows behind it", async () => {
    const page = await browser().newPage();
    await open(page, fund);
    await page.getByRole("button", { name: "Jorvland, Annual predictability: 66.7" }).click();
    const detail = page.getByRole("region", { name: "The figure opened" });
    await detail.getByRole("heading", { name: "Annual predictability: Jorvland, 2026" }).waitFor(patient);
    const text = (await detail.textContent()) ?? "";
    expect(text).toContain("What it cannot tell");
    expect(text).toContain("OECD, Paris Declaration");
    expect(text).toContain("EUR 394,767,253.73");
    expect(new URL(page.url()).searchParams.get("indicator")).toBe("annual");
    await detail.getByRole("link", { name: /^Harbour Fund, call 2026/ }).click();
    await page.waitForURL("**/funds/harbour-fund/calls/**");
    await page.goBack();
    await page.getByRole("button", { name: "Close" }).click();
    await expect.poll(async () => detail.count()).toBe(0);
    await page.close();
  });

  test("periods are compared in one indicator, and the side is changed", async () => {
    const page = await browser().newPage();
    await open(page, "/predictability?period=2022,2023,2024,2025");
    await page.getByLabel("Show").selectOption("realisation");
    await page.getByRole("heading", { name: "Realisation rate over 4 periods" }).waitFor(patient);
    const canada = page.getByRole("row", { name: /^Canada/ });
    expect(await canada.getByRole("button").allTextContents()).toHaveLength(4);
    await page.getByRole("button", { name: "Streams" }).click();
    await page.getByRole("row", { name: /^Materiel/ }).waitFor(patient);
    await page.getByLabel(/^Periods/).fill("2024");
    await page.getByRole("button", { name: "Compare", exact: true }).click();
    await page.getByRole("heading", { name: "Realisation rate over one period" }).waitFor(patient);
    expect(new URL(page.url()).searchParams.get("period")).toBe("2024");
    await page.close();
  });

  test("a period that nobody can read is refused in words", async () => {
    const page = await browser().newPage();
    await open(page, "/predictability?period=soon");
    await page.getByRole("heading", { name: "That is no period." }).waitFor(patient);
    expect(await page.getByRole("alert").textContent()).toContain("Write a year (2023), a half-year (2023H2)");
    await page.close();
  });

  test.each([
    ["light", 1280],
    ["dark", 1280],
    ["light", 390],
    ["dark", 390],
  ] as const)("axe finds nothing in %s, %i wide, and nothing is wider than the screen", async (colorScheme, width) => {
    const context = await browser().newContext({ colorScheme, bypassCSP: true, viewport: { width, height: 900 } });
    const page = await context.newPage();
    const compared = "/predictability?period=2023,2024&kind=burden";
    for (const path of [`${fund}&indicator=lateness`, `${worked}&indicator=annual&only=can&on=2024`, compared]) {
      expect(await open(page, path)).toEqual([]);
      await page.evaluate(axe.source);
      const found = (await page.evaluate("axe.run(document, { resultTypes: ['violations'] })")) as {
        violations: { id: string; nodes: { html: string }[] }[];
      };
      expect(found.violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
      expect([path, await page.evaluate("document.documentElement.scrollWidth")]).toEqual([path, width]);
    }
    await context.close();
  });
});
