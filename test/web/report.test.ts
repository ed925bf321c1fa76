import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import axe from "axe-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { playRehearsal } from "#app/rehearsal.ts";
import { describeInBrowser } from "../support/browser.ts";
import { servedPages } from "./stub/pages.ts";

const rehearsal = "reference/rehearsal/harbour-fund.json";

let served: Awaited<ReturnType<typeof servedPages>>;
beforeAll(async () => {
  served = await servedPages(async (db) => {
    const text = readFileSync(new URL(`../../${rehearsal}`, import.meta.url), "utf8");
    await playRehearsal(db, { name: rehearsal, text });
  });
}, 120_000);
afterAll(async () => served.close());

const patient = { timeout: 30_000 };
const fund = "/report?book=rehearsal&period=2025H2&known_at=2026-01-31";
const alliance = "/report?group=nato&period=2024&known_at=2026-04-30";

/** Opens the page without its forecast, which is asked for apart and takes a while. */
async function open(page: Page, path: string): Promise<string[]> {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.route(/forecast=yes/, async (route) => route.abort());
  await page.goto(served.url + path);
  await page.getByRole("heading", { level: 1, name: "Pledge report" }).waitFor(patient);
  return complaints;
}

const asked = `${"/api/v1/foresight/pledge-report"}?fund=harbour-fund&period=2025H2&known_at=2026-01-31&forecast=no`;

describeInBrowser("the page of the pledge report", (browser) => {
  test("shows what the API answers: findings, marks, the tables of the front and of the annex", async () => {
    const page = await browser().newPage();
    expect(await open(page, fund)).toEqual([]);
    const report = (await (await fetch(served.url + asked)).json()) as {
      findings: string[];
      front: { number: string; title: string; rows: unknown[] }[];
      annex: { number: string; title: string }[];
    };
    expect(await page.locator(".report-findings li").allTextContents()).toEqual(report.findings);
    for (const { number, title, rows } of report.front) {
      const table = page.getByRole("region", { name: `${number}. ${title}` }).last();
      expect(await table.locator("tbody tr").count()).toBe(rows.length);
    }
    expect(await page.locator(".report-annex summary").allTextContents()).toEqual(
      expect.arrayContaining(report.annex.map(({ number, title }) => `${number}. ${title}`)),
    );
    expect(
      await page
        .getByRole("row", { name: /^Ferravia/ })
        .first()
        .textContent(),
    ).toContain("1,922.1");
    expect(await page.locator(".headline .meta").textContent()).toContain(
      "boundary Harbour Alliance \u00b7 valued as reported",
    );
    await page.getByText("Synthetic", { exact: true }).first().waitFor();
    await page.close();
  });

  test("each chart has its table, to the smallest part", async () => {
    const page = await browser().newPage();
    await open(page, fund);
    await page.getByRole("button", { name: /^Table of Figure 1/ }).click();
    const table = page.getByRole("region", { name: /^Table: Figure 1/ });
    expect(await table.getByRole("row", { name: /Ferravia/ }).textContent()).toContain("961,031,757.04");
    await page.close();
  });

  test("whose report, its period and the day of knowledge are chosen, and the files are of the same", async () => {
    const page = await browser().newPage();
    await open(page, alliance);
    await page.getByText("NATO: support to Ukraine, 2024", { exact: true }).waitFor(patient);
    await page.getByLabel(/^Period/).fill("2023");
    await page.getByRole("button", { name: "Show", exact: true }).click();
    await page.getByText("NATO: support to Ukraine, 2023", { exact: true }).waitFor(patient);
    await page.getByLabel("Of whom").selectOption("group:nordic-baltic-eight");
    await page.getByText(/^Nordic-Baltic Eight: support to Ukraine, 2023$/).waitFor(patient);
    const address = new URL((await page.getByRole("link", { name: "PDF" }).getAttribute("href")) ?? "", served.url);
    expect(Object.fromEntries(address.searchParams)).toEqual({
      group: "nordic-baltic-eight",
      book: "worked-case",
      period: "2023",
      known_at: "2026-04-30",
      format: "pdf",
    });
    await page.close();
  });

  test("a period that nobody can read is refused in words", async () => {
    const page = await browser().newPage();
    await page.goto(`${served.url}/report?group=nato&period=soon`);
    const heading = page.getByRole("heading", { name: "That is no period." });
    await expect.poll(async () => heading.count(), patient).toBe(1);
    await page.close();
  });

  test("on paper the choices and files are left out, and the second page begins anew", async () => {
    const page = await browser().newPage();
    await open(page, fund);
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".report-files").isVisible()).toBe(false);
    expect(await page.locator(".report-asked").isVisible()).toBe(false);
    const styleOf = "getComputedStyle(document.querySelector('.report-second')).breakBefore";
    expect(await page.evaluate(styleOf)).toBe("page");
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
    for (const path of [fund, alliance]) {
      expect(await open(page, path)).toEqual([]);
      await page.locator(".report-annex summary").first().click();
      await page.evaluate(axe.source);
      const found = (await page.evaluate("axe.run(document, { resultTypes: ['violations'] })")) as {
        violations: { id: string; nodes: { html: string }[] }[];
      };
      expect(found.violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
      expect([path, await page.evaluate("document.documentElement.scrollWidth")]).toEqual([path, width]);
    }
    await context.close();
  });

  test("the file of HTML is clean too, and is shown with its own styles", async () => {
    const context = await browser().newContext({ bypassCSP: true });
    const page = await context.newPage();
    await page.goto(`${served.url}${asked}&format=html`);
    await page.evaluate(axe.source);
    const found = (await page.evaluate("axe.run(document, { resultTypes: ['violations'] })")) as {
      violations: { id: string; nodes: { html: string }[] }[];
    };
    expect(found.violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
    const color = await page.evaluate("getComputedStyle(document.querySelector('h1')).color");
    expect(color).toBe("rgb(18, 71, 90)");
    await context.close();
  });
});
