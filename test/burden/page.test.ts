import type { Page } from "@playwright/test";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { emptyScenario } from "#core/burden/scenario.ts";
import { amountOf, keyHas, underKey } from "../../web/src/whatif/choices.ts";
import { changeOf } from "../../web/src/whatif/words.ts";
import { describeInBrowser } from "../support/browser.ts";
import { builtPages } from "../web/stub/pages.ts";
import { shippedKeys } from "../web/stub/whatif.ts";
import { groups, parties, slug } from "../web/stub/world.ts";

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
const asked = (page: Page, slot: string): string | null => new URL(page.url()).searchParams.get(slot);

describeInBrowser("the page of what-ifs", (browser) => {
  const opened = async (query: Readonly<Record<string, string>>): Promise<Page> => {
    const page = await browser().newPage();
    page.setDefaultTimeout(8000);
    await page.goto(at(query));
    return page;
  };

  test("keeps everything in the address: what is chosen goes in, and the address brings it back", async () => {
    const page = await opened({ today: "nato-by-gdp members-alliance" });
    await page.getByRole("button", { name: "Compare another" }).click();
    const second = page.getByRole("form", { name: "What if 1" });
    await second.getByRole("button", { name: "Stays out nobody" }).click();
    await second.getByRole("checkbox", { name: "Poland" }).check();
    await second.getByText("Floor, ceiling, discount").click();
    await second.getByLabel("Ceiling").fill("22%");
    await second.getByLabel("Ceiling").press("Enter");
    await second.getByLabel("Amount, EUR").fill("50 bn");
    await second.getByLabel("Amount, EUR").press("Enter");
    const wanted = "nato-by-gdp amount-50000000000 members-alliance out-pol ceiling-22%";
    await expect.poll(() => asked(page, "a")).toBe(wanted);
    const drawn = page.getByRole("img", { name: /^Bills\./ });
    await expect.poll(async () => drawn.textContent()).toContain("stays out");
    const again = await browser().newPage();
    await again.goto(page.url());
    await expect
      .poll(async () => again.getByRole("img", { name: /^Bills\./ }).textContent())
      .toBe(await drawn.textContent());
    await again.getByRole("button", { name: "Remove What if 1" }).click();
    await expect.poll(() => asked(again, "a")).toBeNull();
  });

  test("by keyboard alone: who stays out is ticked in a list that keeps the focus, and days in mid-year are added and taken back", async () => {
    const page = await opened({ today: "nato-by-gdp members-alliance year-2024" });
    const focused = async (): Promise<string> =>
      String(await page.evaluate("document.activeElement.closest('label, div')?.textContent.trim()"));
    const form = page.getByRole("form", { name: "Today" });
    await form.getByLabel("Year").focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.type("pol");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await expect.poll(() => asked(page, "today")).toBe("nato-by-gdp year-2024 members-alliance out-pol");
    expect(await focused()).toBe("Poland");
    await page.keyboard.press("Escape");
    expect(await form.getByRole("checkbox", { name: "Poland" }).isVisible()).toBe(false);
    expect(await focused()).toContain("Stays out");
    await form.getByText("Floor, ceiling, discount").focus();
    await page.keyboard.press("Enter");
    await form.getByLabel("Who comes or goes").selectOption("fra");
    await form.getByLabel("Which day").selectOption("until");
    await form.getByLabel("Day", { exact: true }).fill("2024-06-30");
    await form.getByRole("button", { name: "Add" }).press("Enter");
    await expect.poll(() => asked(page, "today")).toContain("until-fra.2024-06-30");
    await page.getByText("Pro rata by day").waitFor();
    await form.getByRole("button", { name: "France: last day 30 June 2024" }).press("Enter");
    await expect.poll(() => asked(page, "today")).not.toContain("until");
  });

  test("says beside a field what it cannot read, and leaves the what-if as it was", async () => {
    const today = "nato-by-gdp amount-1000 members-alliance";
    const page = await opened({ today });
    const amount = page.getByLabel("Amount, EUR");
    for (const wrong of ["lots", "0", "1.2.3"]) {
      await amount.fill(wrong);
      await amount.press("Enter");
      await expect.poll(async () => amount.getAttribute("aria-invalid")).toBe("true");
    }
    expect(await page.getByRole("alert").textContent()).toContain("Write it as 40 bn");
    expect(asked(page, "today")).toBe(today);
    await amount.fill("2 m");
    await amount.press("Enter");
    await expect.poll(() => asked(page, "today")).toContain("amount-2000000 ");
    expect(await page.getByRole("alert").count()).toBe(0);
  });

  test("its link is copied, and it is kept under a name and found again, until it is forgotten", async () => {
    const context = await browser().newContext();
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const page = await context.newPage();
    page.setDefaultTimeout(8000);
    await page.goto(
      at({ today: "nato-by-gdp members-alliance", a: "nato-by-gdp members-alliance out-pol", measure: "gdp" }),
    );
    const kept = page.url();
    await page.getByRole("button", { name: "Copy link" }).click();
    await page.getByText("Link copied.").waitFor();
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(kept);
    await page.getByLabel("Save in this browser as").fill("Without Poland");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.goto(at({}));
    await page.getByRole("link", { name: "Without Poland" }).click();
    await expect.poll(() => page.url()).toBe(kept);
    await page.getByRole("button", { name: "Forget Without Poland" }).click();
    await page.reload();
    await page.getByRole("button", { name: "Copy link" }).waitFor();
    expect(await page.getByRole("link", { name: "Without Poland" }).count()).toBe(0);
    await context.close();
  });

  test("shows each bill beside today's and beside what is given already, and tells no member from not known", async () => {
    const page = await opened({
      today: "nato-by-gdp amount-40000000000 members-alliance",
      a: "nato-by-gdp amount-44000000000 members-alliance without-pol",
    });
    const drawn = page.getByRole("img", { name: /^Bills\./ });
    await page.locator(".figure-chart").first().scrollIntoViewIfNeeded();
    await expect.poll(async () => drawn.textContent()).toMatch(/United Statesgives [\d.]+ \(\+[\d.]+\)/);
    expect(await drawn.textContent()).toContain("no member");
    const said = await page.getByText("Today’s largest bill").textContent();
    expect(said).toMatch(
      /United States, EUR.* % of the whole\. What if 1: United States pays EUR.* more, Poland EUR.* less\.$/,
    );
    await page.getByRole("button", { name: "Table of Bills" }).click();
    const row = page.getByRole("region", { name: "Table: Bills" }).getByRole("row", { name: /^Poland/ });
    expect(await row.textContent()).toMatch(/(no member){5}$/);
  });

  test("measures in % of GDP and per head, has a table, and says how a share comes about", async () => {
    const page = await opened({ today: "un-scale-kind", a: "un-scale-kind ceiling-30%" });
    await page.getByRole("button", { name: "% of GDP" }).click();
    await expect.poll(() => asked(page, "measure")).toBe("gdp");
    await page.getByRole("button", { name: "Table of Bills" }).click();
    const table = page.getByRole("region", { name: "Table: Bills" });
    await expect.poll(async () => table.textContent()).toContain("What if 1: beside today");
    await page.getByRole("combobox", { name: "Party" }).selectOption({ label: "Germany" });
    await expect
      .poll(async () => page.getByRole("region", { name: "How a share comes about" }).textContent())
      .toMatch(/Floor and ceiling: from [\d.]+ to [\d.]+ %/);
  });

  test("fits a phone, with a list open too", async () => {
    const page = await browser().newPage({ viewport: { width: 390, height: 800 } });
    await page.goto(at({ today: "nato-by-gdp members-alliance", a: "un-scale-kind" }));
    // A chart is drawn when the reader comes near it.
    await page.locator(".figure-chart").first().scrollIntoViewIfNeeded();
    await page.getByRole("img", { name: /^Bills\./ }).waitFor();
    for (const label of ["Stays out", "Joins", "Leaves"]) {
      await page
        .getByRole("button", { name: `${label} nobody` })
        .first()
        .click();
      expect([label, await page.evaluate("document.documentElement.scrollWidth")]).toEqual([label, 390]);
    }
  });
});

describe("what the form of a what-if makes of it", () => {
  const alliance = groups.map((group) => (group.slug === "alliance" ? { ...group, slug: "nato" } : group));
  const choices = { keys: shippedKeys, groups: alliance, parties };

  test("under another key: amount, year and those who stay out remain, as far as they are members there", () => {
    const scenario = {
      ...emptyScenario("nato-by-gdp"),
      amount: 5n,
      year: 2026,
      out: ["fra", "swe"],
      with: ["ukr"],
      ceiling: "22%",
      gap: "open" as const,
      until: { swe: "2026-03-01", fra: "2026-03-01" },
    };
    expect(underKey(scenario, "nordic-baltic-table", choices)).toEqual({
      ...emptyScenario("nordic-baltic-table"),
      amount: 5n,
      year: 2026,
      out: ["swe"],
      gap: "open",
      until: { swe: "2026-03-01" },
    });
    expect(underKey({ ...scenario, out: ["fra"] }, "nordic-baltic-table", choices)).toMatchObject({
      out: [],
      gap: "others",
    });
    expect(underKey(scenario, "un-scale-kind", choices).out).toEqual(["fra", "swe"]);
  });

  test.each([
    ["40 bn", 40_000_000_000_00n],
    ["1,250,000.50", 1_250_000_50n],
    ["3m", 3_000_000_00n],
    ["0", null],
    ["lots", null],
    ["-5", null],
  ])("an amount written as %s", (text, cents) => {
    expect(amountOf(text)).toBe(cents);
  });

  test("what the key has shows where nothing is written, and changes are exact", () => {
    expect([keyHas("11/50", "1"), keyHas("1/100000", "0"), keyHas("1", "1")]).toEqual([
      "22 % in the key",
      "0.001 % in the key",
      "none in the key",
    ]);
    expect([changeOf("0.3", "0.1"), changeOf("1", "1.00"), changeOf(null, "1")]).toEqual(["0.200000", null, null]);
  });
});
