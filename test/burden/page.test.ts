import { afterAll, beforeAll, expect, test } from "vitest";
import { describeInBrowser } from "../support/browser.ts";
import { builtPages } from "../web/stub/pages.ts";
import { slug } from "../web/stub/world.ts";

let served: Awaited<ReturnType<typeof builtPages>>;
beforeAll(async () => {
  served = await builtPages();
}, 120_000);
afterAll(async () => served.close());

const at = (query: Readonly<Record<string, string>>): string => {
  const address = new URL("/whatif", served.url);
  for (const [name, value] of Object.entries({ book: slug, ...query })) address.searchParams.set(name, value);
  return address.href;
};

describeInBrowser("the page of what-ifs", (browser) => {
  test("keeps everything in the address: what is chosen goes in, and the address brings it back", async () => {
    const page = await browser().newPage();
    page.setDefaultTimeout(8000);
    await page.goto(at({ today: "nato-by-gdp members-alliance" }));
    await page.getByRole("button", { name: "Compare another" }).click();
    const second = page.getByRole("form", { name: "What if 1" });
    await second.getByLabel("Stays out").selectOption({ label: "Poland" });
    await second.getByLabel("Ceiling").fill("22%");
    await second.getByLabel("Ceiling").press("Enter");
    await second.getByLabel("Amount, EUR").fill("50 bn");
    await second.getByLabel("Amount, EUR").press("Enter");
    const wanted = "nato-by-gdp amount-50000000000 members-alliance out-pol ceiling-22%";
    await expect.poll(() => new URL(page.url()).searchParams.get("a")).toBe(wanted);
    const drawn = page.getByRole("img", { name: /^Bills\./ });
    await expect.poll(async () => drawn.textContent()).toContain("stays out");
    const again = await browser().newPage();
    await again.goto(page.url());
    await expect
      .poll(async () => again.getByRole("img", { name: /^Bills\./ }).textContent())
      .toBe(await drawn.textContent());
    await again.getByRole("button", { name: "Remove What if 1" }).click();
    await expect.poll(() => new URL(again.url()).searchParams.get("a")).toBeNull();
  });

  test("measures in % of GDP and per head, has a table, and says how a share comes about", async () => {
    const page = await browser().newPage();
    page.setDefaultTimeout(8000);
    await page.goto(at({ today: "un-scale-kind", a: "un-scale-kind ceiling-30%" }));
    await page.getByRole("button", { name: "% of GDP" }).click();
    await expect.poll(() => new URL(page.url()).searchParams.get("measure")).toBe("gdp");
    await page.getByRole("button", { name: "Table of Bills" }).click();
    const table = page.getByRole("region", { name: "Table: Bills" });
    await expect.poll(async () => table.textContent()).toContain("What if 1: beside today");
    await page.getByRole("combobox", { name: "Party" }).selectOption({ label: "Germany" });
    await expect
      .poll(async () => page.getByRole("region", { name: "How a share comes about" }).textContent())
      .toMatch(/Floor and ceiling: from [\d.]+ to [\d.]+ %/);
  });

  test("fits a phone", async () => {
    const page = await browser().newPage({ viewport: { width: 390, height: 800 } });
    await page.goto(at({ today: "nato-by-gdp", a: "un-scale-kind" }));
    // A chart is drawn when the reader comes near it.
    await page.locator(".figure-chart").first().scrollIntoViewIfNeeded();
    await page.getByRole("img", { name: /^Bills\./ }).waitFor();
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
  });
});
