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

  test("a scenario is stated from what is on record, saved, and stands beside the standing forecast", async () => {
    const page = await browser().newPage();
    const complaints = await open(page, "/forecast/scenarios?a=shares-by-gdp&act=scenario&known_at=2024-04-04");
    const form = page.getByRole("form", { name: "State a scenario" });
    const change = (number: number) => form.getByRole("group", { name: `Change ${number}` });
    const choose = async (number: number, name: string, label: string) =>
      change(number).getByRole("combobox", { name, exact: true }).selectOption({ label });
    const write = async (number: number, name: string, value: string) =>
      change(number).getByLabel(name, { exact: true }).fill(value);
    await form.getByLabel("Acting as").fill("Desk");
    await form.getByLabel("Title", { exact: true }).fill("The United States leave in March");
    await form.getByLabel(/^Name in the address/).fill("giver-leaves-in-march");
    await choose(1, "Giver", "Norway");
    await write(1, "From, month", "2024-09");
    await form.getByRole("button", { name: "Add a change" }).click();
    await choose(2, "What changes", "A decision slips");
    await choose(2, "Decision", "A fund of EUR 100 billion over five years");
    await write(2, "Expected in, month", "2025-06");
    await form.getByRole("button", { name: "Add a change" }).click();
    await choose(3, "What changes", "Shares go by a key");
    await form.getByRole("button", { name: "Take away change 3" }).click();
    await form.getByRole("button", { name: "Add a change" }).click();
    await choose(3, "What changes", "A fund is decided");
    await write(3, "Title of the fund", "A bridge");
    await write(3, "A year, EUR", "2 bn");
    await write(3, "First paid from, month", "01");
    await choose(3, "Key", "Share of the Alliance's GDP");
    await choose(3, "Stream", "materiel");
    await write(3, "Decided in, month", "07");
    await write(3, "Odds that it is decided, per cent", "80");
    const save = form.getByRole("button", { name: "Save and compare it" });
    await save.click();
    const refused = page.locator(".refused");
    expect(await refused.textContent()).toContain("There is a scenario of that name already");
    await form.getByLabel("Title", { exact: true }).fill("Norway leaves, and the fund slips");
    await form.getByLabel(/^Name in the address/).fill("");
    await save.click();
    await page.locator(".recorded").waitFor();
    expect(new URL(page.url()).searchParams.get("b")).toBe("norway-leaves-and-the-fund-slips");
    const listed = page.getByRole("checkbox", { name: /^Norway leaves, and the fund slips/ });
    await expect.poll(async () => listed.isChecked(), patient).toBe(true);
    const changes = page.locator("section").filter({ has: page.getByRole("heading", { name: "What each changes" }) });
    await expect.poll(async () => changes.textContent(), patient).toContain("nothing further comes from Norway.");
    expect(await changes.textContent()).toContain(
      "The decision “A fund of EUR 100 billion over five years” is expected in 2025-06.",
    );
    expect(await changes.textContent()).toContain("A bridge: 2,000,000,000 a year from 2025-01 for 5 years");
    expect(complaints).toEqual([]);
    await page.close();
  }, 240_000);

  test.each([
    [1280, "light"],
    [390, "dark"],
  ] as const)(
    "are sound to axe at %d, %s",
    async (width, colorScheme) => {
      for (const path of [forecast, "/forecast/scenarios?a=giver-leaves-in-march&known_at=2024-04-04&act=scenario"]) {
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
