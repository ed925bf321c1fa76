import type { Page } from "@playwright/test";
import axe from "axe-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ForecastView } from "#core/views-forecast.ts";
import { describeInBrowser } from "../support/browser.ts";
import { servedPages } from "./stub/pages.ts";

let served: Awaited<ReturnType<typeof servedPages>>;
beforeAll(async () => {
  served = await servedPages(async () => undefined);
}, 120_000);
afterAll(async () => served.close());

const patient = { timeout: 90_000 };
const forecast = "/forecast?known_at=2024-04-04&period=12";

async function open(page: Page, path: string): Promise<string[]> {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(new URL(path, served.url).href);
  await page.waitForSelector(".figure svg", patient);
  await expect.poll(async () => page.evaluate("document.querySelector('.waiting') === null"), patient).toBe(true);
  return complaints;
}

describeInBrowser("the pages of the forecast", (browser) => {
  test("show the API's figures, class by class, and what is not known as such", async () => {
    const page = await browser().newPage();
    const complaints = await open(page, forecast);
    const address = `${served.url}/api/v1/foresight/forecast?known_at=2024-04-04&horizon=12&book=worked-case`;
    const view = (await (await fetch(address)).json()) as ForecastView;
    const last = view.classes.find((one) => one.class === "bound")?.fan.at(-1);
    await page.getByRole("button", { name: "Table" }).first().click();
    const shown = (await page.locator("table").first().textContent()) ?? "";
    expect(shown).toContain(Number(last?.p50).toLocaleString("en"));
    await page.getByRole("button", { name: "placed", exact: true }).click();
    await page.getByText("What is placed is not known.").waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  }, 180_000);

  test.each([
    [1280, "light"],
    [390, "dark"],
  ] as const)(
    "are sound to axe at %d, %s",
    async (width, colorScheme) => {
      for (const path of [forecast, "/forecast/scenarios?a=giver-leaves-in-march&known_at=2024-04-04"]) {
        const page = await browser().newPage({ viewport: { width, height: 900 }, colorScheme });
        const complaints = await open(page, path);
        await page.evaluate(axe.source);
        const found = (await page.evaluate("axe.run(document, { resultTypes: ['violations'] })")) as axe.AxeResults;
        expect(found.violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html.slice(0, 120))])).toEqual([]);
        expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
        expect(complaints).toEqual([]);
        await page.close();
      }
    },
    240_000,
  );
});
