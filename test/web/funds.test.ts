import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeInBrowser } from "../support/browser.ts";
import { builtPages } from "./stub/pages.ts";
import { slug } from "./stub/world.ts";

// The made-up fund keeps what is entered: this file plays on a server of its own, and in order.
const fund = "/funds/long-haul-fund";

let served: Awaited<ReturnType<typeof builtPages>>;
beforeAll(async () => {
  served = await builtPages();
}, 120_000);
afterAll(async () => served.close());

async function open(page: Page, path: string): Promise<void> {
  const address = new URL(path, served.url);
  address.searchParams.set("book", slug);
  await page.goto(address.href);
  await page.waitForSelector("main h1");
}

const choose = (page: Page, name: string, value: string) =>
  page.getByRole("combobox", { name, exact: true }).selectOption(value);
const section = (page: Page, name: string) =>
  page.locator("section").filter({ has: page.getByRole("heading", { name, exact: true, level: 2 }) });
const rowOf = (page: Page, part: string, name: string) =>
  section(page, part).locator("tbody tr").filter({ hasText: name }).first();

describeInBrowser("the money pages", (browser) => {
  test("a bank statement is imported, what it leaves is matched by hand, and the arrears fall", async () => {
    const page = await browser().newPage();
    await open(page, fund);
    const gorvia = rowOf(page, "Members", "Gorvia");
    expect(await gorvia.textContent()).toContain("348.0");
    expect(await section(page, "Members").textContent()).toContain("3 members are behind");
    await page.getByRole("link", { name: "Import a bank statement" }).click();
    await page.getByLabel("Acting as").fill("Fund secretariat");
    await page.getByLabel(/^Statement/).setInputFiles({
      name: "september.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(
        "RF0720262KESTRI;81000000.00;Kestria;second instalment\nnone;452000000.00;Treasury of Corland;contribution\n",
      ),
    });
    const panel = page.locator(".act-panel");
    await panel.getByRole("button", { name: "Import" }).click();
    await panel.locator(".recorded").waitFor();
    const report = (await panel.locator(".recorded").textContent()) ?? "";
    expect(report).toContain("EUR\u00a081\u00a0m matched, 1 entry not.");
    expect(report).toContain("Treasury of Corland");
    expect(report).toContain("names no reference");
    await expect.poll(async () => section(page, "Members").textContent()).toContain("2 members are behind");

    await rowOf(page, "Bank", "Treasury of Corland")
      .getByRole("link", { name: /^Match/ })
      .click();
    const form = page.getByRole("form", { name: /^Match NTRY/ });
    await form.waitFor();
    expect(await page.locator(".act-panel").count()).toBe(1);
    await expect.poll(async () => form.locator("datalist option").count()).toBeGreaterThan(2);
    await form.getByLabel("Reference").fill("rf07 2026 2COR LAN");
    await form.getByRole("button", { name: "Match" }).click();
    await expect.poll(async () => section(page, "Members").textContent()).toContain("1 member is behind: Gorvia");
    await page.close();
  });

  test("the same statement a second time enters nothing", async () => {
    const page = await browser().newPage();
    await open(page, `${fund}?act=receipts`);
    await page
      .getByLabel(/^Statement/)
      .setInputFiles({ name: "september.csv", mimeType: "text/csv", buffer: Buffer.from("a;1.00;b;c\n") });
    await page.getByRole("button", { name: "Import", exact: true }).click();
    await expect.poll(async () => page.locator(".recorded").textContent()).toContain("Nothing was entered twice.");
    await page.close();
  });

  test("a spend beyond what was authorised is refused: what was asked, why not, what to do; nothing has moved", async () => {
    const page = await browser().newPage();
    await open(page, `${fund}?act=place`);
    const before = await section(page, "Money in, money out, money left").textContent();
    await choose(page, "From the line", "energy");
    await page.getByLabel("Amount, EUR").fill("900 m");
    await page.getByLabel("Purpose").fill("Transformers");
    const panel = page.locator(".act-panel");
    expect(await panel.locator(".act-standing").textContent()).toContain("more than the authority allows");
    await panel.getByRole("button", { name: "Place", exact: true }).click();
    const told = (await panel.getByRole("alert").textContent()) ?? "";
    expect(told).toContain("Refused. Nothing was recorded, no money moved.");
    expect(told).toContain("Place: EUR 900,000,000 from Energy repair for \u201cTransformers\u201d");
    expect(told).toContain("There is not enough left of the authority.");
    expect(told).toContain("EUR 260,000,000.00 left of EUR 900,000,000.00");
    expect(told).toContain("Ask for no more than is left");
    expect(await section(page, "Money in, money out, money left").textContent()).toBe(before);
    await panel.getByRole("link", { name: "Propose a decision" }).waitFor();

    // The same within what is left goes through, and leads to the decision it rests on.
    await page.getByLabel("Amount, EUR").fill("60 m");
    await panel.getByRole("button", { name: "Place", exact: true }).click();
    await panel.getByRole("link", { name: "Why could this be done?" }).click();
    await page.waitForURL(/\/why\//);
    await page.getByRole("heading", { level: 1, name: /^Why could EUR.60.m be placed\?$/ }).waitFor();
    expect(await page.locator(".why-chain > li h2").allTextContents()).toEqual([
      "In the ledger",
      "The act that made it",
      "The authority it drew on",
      "The decision that granted it",
      "The rule and the count",
      "Where the rule is written",
    ]);
    await page.close();
  });

  test("an authority for something else is offered apart, and refused by the record itself", async () => {
    const page = await browser().newPage();
    await open(page, `${fund}?act=pay`);
    await choose(page, "What is paid", "pay");
    await choose(page, "From the line", "training");
    expect(await page.locator(".act-standing").textContent()).toContain(
      "No authority in force allows spending on Training.",
    );
    await choose(page, "Under the authority", "spend-training");
    await page.getByLabel("Amount, EUR").fill("1 m");
    await page.getByLabel("Purpose").fill("Courses");
    await page.getByRole("button", { name: "Pay", exact: true }).click();
    await expect.poll(async () => page.getByRole("alert").textContent()).toContain("annulled on 1 September 2026");
    await page.close();
  });

  test("a reallocation is shown as it is written: possible or not, before and after, what stays", async () => {
    const page = await browser().newPage();
    await open(page, `${fund}?act=reallocate`);
    const preview = page.locator(".act-standing");
    await choose(page, "From", "ammunition");
    await choose(page, "To", "air-defence");
    await page.getByLabel("Amount, EUR").fill("2 bn");
    await expect.poll(async () => preview.textContent()).toContain("Not possible: Ammunition can spare");
    expect(await preview.textContent()).toContain("less than what is asked");
    await page.getByLabel("Amount, EUR").fill("500 m");
    await expect.poll(async () => preview.textContent()).toContain("Possible under move-ammunition");
    const cells = async () =>
      Object.fromEntries(
        await Promise.all(
          (await preview.locator("tbody tr").all()).map(async (row) => [
            ((await row.locator("th").textContent()) ?? "").replace(/can spare.*/, ""),
            await row.locator("td").allTextContents(),
          ]),
        ),
      ) as Record<string, string[]>;
    const shown = await cells();
    const cents = (text = "") => BigInt(text.replaceAll(/[,.]/g, ""));
    const half = 50_000_000_000n;
    expect(cents(shown["Ammunition"]?.[0]) - cents(shown["Ammunition"]?.[1])).toBe(half);
    expect(cents(shown["Air defence"]?.[1]) - cents(shown["Air defence"]?.[0])).toBe(half);
    await choose(page, "From", "air-defence");
    await choose(page, "To", "energy");
    await expect.poll(async () => preview.textContent()).toContain("an earmarked euro never leaves its earmark");
    await choose(page, "From", "ammunition");
    await choose(page, "To", "air-defence");
    await page.getByLabel("Reason").fill("Before the winter");
    await page.getByRole("button", { name: "Move the money" }).click();
    await expect.poll(async () => page.locator(".recorded").textContent()).toContain("Ammunition to Air defence");
    expect(await rowOf(page, "Trail", "Before the winter").textContent()).toContain("Air defence before the winter");
    await page.close();
  });

  test("an act is taken back with a reason, and both stay in the trail", async () => {
    const page = await browser().newPage();
    await open(page, `${fund}?kind=reallocate`);
    await page
      .getByRole("link", { name: /^Take back/ })
      .first()
      .click();
    await page.getByLabel("Reason").fill("Entered by mistake");
    await page.getByRole("button", { name: "Take it back" }).click();
    await expect.poll(async () => page.locator(".recorded").textContent()).toContain("Entered by mistake");
    await page.getByLabel("Show").selectOption("");
    expect(await rowOf(page, "Trail", "Entered by mistake").textContent()).toContain("Taken back");
    expect(await section(page, "Trail").locator("s").count()).toBe(1);
    await page.close();
  });

  test("the day in the address decides what is late", async () => {
    const page = await browser().newPage();
    await open(page, `${fund}/calls/2026-2?as_of=2026-09-10`);
    expect(await rowOf(page, "Shares", "Gorvia").textContent()).toContain("10");
    await page.getByLabel("As of").fill("2026-08-31");
    await page.waitForURL(/as_of=2026-08-31/);
    await expect.poll(async () => page.locator(".standfirst").textContent()).toContain("Nobody is late.");
    await page.getByLabel("Member").selectOption("haldane");
    expect(await section(page, "Why this share").textContent()).toContain("Nothing is called of it.");
    await page.close();
  });

  test("members can be ordered by what they owe, and taken along", async () => {
    const page = await browser().newPage({ acceptDownloads: true });
    await open(page, fund);
    await section(page, "Members").getByRole("button", { name: "Outstanding" }).click();
    expect(await section(page, "Members").locator("tbody th").first().textContent()).toBe("Gorvia");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      section(page, "Members")
        .getByRole("button", { name: /^Save CSV/ })
        .click(),
    ]);
    expect(download.suggestedFilename()).toBe("long-haul-fund-members-2026-09-30.csv");
    const [lines] = await Promise.all([
      page.waitForEvent("download"),
      section(page, "Lines")
        .getByRole("button", { name: /^Save CSV/ })
        .click(),
    ]);
    const [head = ""] = (await readFile(await lines.path(), "utf8")).split("\r\n");
    expect(head.split(",").slice(0, 3)).toEqual(["line", "called", "received"]);
    await page.close();
  });

  test("in an empty book it is said what to do next, and the models say that no money stands in them", async () => {
    const page = await browser().newPage();
    await page.goto(`${served.url}/funds?book=synthetic-empty`);
    await page.getByRole("heading", { name: "No fund is open in this book." }).waitFor();
    const models = page.locator(".model");
    expect(await models.count()).toBe(2);
    expect(
      (await models.allTextContents()).every(
        (text) => text.includes("Modelled") && text.includes("No money stands in it."),
      ),
    ).toBe(true);
    const propose = models.first().getByRole("link", { name: /^Propose this fund/ });
    expect(await propose.getAttribute("href")).toContain("model=five-year-fund");
    await models
      .first()
      .getByRole("link", { name: /^What if/ })
      .click();
    await page.waitForURL(/today=nato-by-gdp\+amount-20000000000\+year-2025/);
    await page.close();
  });
});
