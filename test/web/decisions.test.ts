import type { Page } from "@playwright/test";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeInBrowser } from "../support/browser.ts";
import { builtPages } from "./stub/pages.ts";
import { slug } from "./stub/world.ts";

// The made-up proposals keep what is entered: this file plays on a server of its own, and in order.

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

/** Enters an event past the page, as another delegation would. */
async function enter(id: string, event: Readonly<Record<string, unknown>>): Promise<void> {
  const answer = await fetch(`${served.url}/api/v1/decisions/${id}/events`, {
    method: "POST",
    body: JSON.stringify(event),
  });
  expect(answer.status).toBe(200);
}

/** Waits until a part of the page says something. */
async function says(page: Page, selector: string, words: string | RegExp): Promise<void> {
  await expect.poll(async () => page.locator(selector).first().textContent(), { timeout: 12_000 }).toMatch(words);
}
const rowOf = (page: Page, name: string) =>
  page.locator(".positions tbody tr").filter({ has: page.getByRole("rowheader", { name, exact: true }) });

describeInBrowser("the pages of decisions", (browser) => {
  test("a position is stated, the silence is broken, a revised text goes under new silence", async () => {
    const page = await browser().newPage({ timezoneId: "Europe/Oslo" });
    await open(page, "/decisions/support-fund");
    await page.getByLabel("Acting as").fill("Delegation of Latvia");
    await page.getByRole("button", { name: "State a position" }).click();
    const position = page.getByRole("form", { name: "State a position" });
    await position.getByLabel("Party").selectOption("lva");
    expect(await position.getByRole("radio", { name: "Against" }).count()).toBe(0);
    await position.getByRole("radio", { name: "In favour" }).check();
    await position.getByLabel("Reason, if it is given").fill("Only for our friends.");
    await position.getByLabel("The reason is restricted").check();
    await position.getByRole("button", { name: "State a position" }).click();
    await says(page, ".act-said", "Latvia is in favour (reason restricted)");
    const latvia = (await rowOf(page, "Latvia").textContent()) ?? "";
    expect(latvia).toContain("For");
    expect(latvia).toContain("The reason is restricted");
    expect(await page.locator("body").textContent()).not.toContain("Only for our friends");
    expect(await page.locator(".events > li").first().textContent()).toContain("by Delegation of Latvia");

    await page.getByRole("button", { name: "State a position" }).click();
    await page.getByRole("button", { name: "write an objection or an amendment" }).click();
    const objection = page.getByRole("form", { name: "Break the silence" });
    expect(await objection.getByLabel("Party").inputValue()).toBe("lva");
    await objection.getByRole("radio", { name: "an amendment" }).check();
    await objection.getByLabel("The amendment").fill("Paragraph 2: in four instalments.");
    await objection.getByRole("button", { name: "Break the silence" }).click();
    await says(page, ".standfirst", "Latvia broke the silence");
    expect(await page.locator(".clock").count()).toBe(0);
    expect(await page.locator("section[aria-labelledby=blocking]").textContent()).toContain(
      "It could be adopted if Latvia came round.",
    );

    await page.getByRole("button", { name: "Issue a revised text" }).click();
    const text = page.getByRole("form", { name: "Issue a revised text" });
    const words = text.getByLabel("Text", { exact: true });
    await words.fill((await words.inputValue()).replace("three instalments", "four instalments"));
    await text.getByLabel("Amount, EUR, row 1 of envelope by year").fill("17 bn");
    await page.reload();
    expect(await text.getByLabel("Text", { exact: true }).inputValue()).toContain("four instalments");
    const first = text.getByLabel("Amount, EUR, row 1 of envelope by year");
    expect(await first.inputValue()).toBe("17 bn");
    await first.focus();
    await page.keyboard.press("Tab");
    expect(await first.inputValue()).toBe("17,000,000,000");
    await text.getByRole("button", { name: "in 48 h" }).click();
    expect(await text.locator(".form-expiry").textContent()).toContain("UTC");
    await text.getByRole("button", { name: "Issue a revised text" }).click();
    await says(page, ".standfirst", "Under silence");
    await says(page, ".clock", /^2 days 00:00:\d\d|^1 day 23:5\d:\d\d/);

    await page.getByLabel("What changed since").selectOption("2");
    await says(page, ".comparison", "threefour");
    expect(await page.locator(".comparison ins").allTextContents()).toEqual(["four", "17,000,000,000"]);
    expect(await page.locator(".comparison del").allTextContents()).toEqual(["three", "18,000,000,000"]);
    expect(await page.locator("section[aria-labelledby=positions] .figure-text").textContent()).toContain(
      "none has said anything",
    );
    await page.close();
  });

  test("a refusal stands beside the form in the server's words, and what was written stays", async () => {
    const page = await browser().newPage();
    await open(page, "/decisions/support-fund?act=silence-extended");
    await page.getByLabel(/^New expiry/).fill("2020-01-01T12:00");
    await page.locator(".form").evaluate((form) => form.setAttribute("novalidate", ""));
    await page.getByRole("form").getByRole("button", { name: "Extend the silence" }).click();
    await page.getByRole("alert").waitFor();
    expect(await page.getByRole("alert").textContent()).toContain("2020-01-01T12:00:00Z, which is not after");
    expect(await page.getByLabel(/^New expiry/).inputValue()).toBe("2020-01-01T12:00");
    await page.getByText("What cannot be done now, and why").click();
    const why = (await page.locator(".not-now").textContent()) ?? "";
    expect(why).toContain("Issue a revised text");
    expect(why).toContain('The step: "Under silence".');
    await page.close();
  });

  test("the clock counts to the second, and the page shows the adoption by itself when it runs out", async () => {
    const page = await browser().newPage({ timezoneId: "America/New_York" });
    await enter("contact-group", {
      type: "text-issued",
      title: "The contact group comes under the alliance",
      reference: null,
      body: "From 1 January on.",
      terms: { kind: "take-over-format", format: "drone-coalition", by: "alliance", from: "2027-01-01" },
    });
    const expiry = new Date(Date.now() + 7_000);
    await enter("contact-group", { type: "silence-started", expiresAt: expiry.toISOString() });
    await open(page, "/decisions/contact-group");
    await says(page, ".clock", /00:00:0[1-7]/);
    expect(await page.locator(".clock").textContent()).toContain("in New York");
    expect(await page.locator(".clock [role=status]").textContent()).toBe("Silence: less than a minute left.");
    const place = async () => page.locator(".grid").evaluate((grid) => grid.getBoundingClientRect().top);
    const before = await place();
    await says(page, ".clock", /00:00:00/);
    expect(await place()).toBe(before);
    await says(page, ".standfirst", "by silence that nobody broke");
    expect(await page.locator(".events > li").first().textContent()).toContain("by the clock");
    await page.close();
  }, 30_000);

  test("a fund is proposed from a model: opened, its first text issued, without a mouse", async () => {
    const page = await browser().newPage();
    await open(page, "/decisions/new");
    await page.getByRole("radio", { name: /^Open a fund/ }).focus();
    await page.keyboard.press("Space");
    await page.getByLabel("Title").fill("Five years of support");
    await page.getByLabel("Who decides", { exact: true }).selectOption("alliance");
    await page.getByLabel("By which procedure").selectOption("consensus-silence");
    expect(await page.locator(".form").textContent()).toContain("A text is put under silence until an exact instant.");
    await page.getByText("Who stays out: nobody").click();
    await page.getByRole("checkbox", { name: "Switzerland" }).check();
    await page.reload();
    expect(await page.getByLabel("Title").inputValue()).toBe("Five years of support");
    await page.getByText("Who stays out: Switzerland").waitFor();
    await page.getByLabel("Title").focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/decisions\/five-years-of-support\?.*act=text-issued/);
    const form = page.getByRole("form", { name: "Issue a text" });
    await form.getByLabel("Start from a model").selectOption("five-year-fund");
    await expect.poll(async () => form.getByLabel("Name of the fund").inputValue()).toMatch(/EUR 100 billion/);
    await form.getByLabel("Text", { exact: true }).fill("The Allies set up a fund.");
    await form.getByRole("button", { name: "Issue a text" }).click();
    await says(page, ".act-said", "Text 1 issued: Five years of support.");
    expect(await page.evaluate("document.activeElement.className")).toBe("act-said");
    await says(page, "section[aria-labelledby=terms]", "Opens EUR 100 billion over five years");
    expect(await page.locator("section[aria-labelledby=positions]").textContent()).toContain(
      "Not taking part, and not counted: Switzerland.",
    );
    await page.close();
  });

  test("proposing a model from the funds begins with it, on both pages", async () => {
    const page = await browser().newPage();
    await open(page, "/decisions/new?model=five-year-fund");
    await expect.poll(async () => page.getByLabel("Title").inputValue()).toBe("EUR 100 billion over five years");
    expect(await page.getByRole("radio", { name: /^Open a fund/ }).isChecked()).toBe(true);
    await page.getByLabel("Who decides", { exact: true }).selectOption("alliance");
    await page.getByLabel("By which procedure").selectOption("consensus-silence");
    await page.getByRole("button", { name: "Open the proposal" }).click();
    await page.waitForURL(/act=text-issued/);
    const name = page.getByRole("form", { name: "Issue a text" }).getByLabel("Name of the fund");
    await expect.poll(async () => name.inputValue()).toMatch(/EUR 100 billion/);
    await name.fill("Another name");
    await page.reload();
    await expect.poll(async () => name.inputValue()).toBe("Another name");
    await page.close();
  });

  test("a fund's terms say who decides a call: choosing the fund takes that procedure", async () => {
    const page = await browser().newPage();
    await open(page, "/decisions/new");
    await page.getByRole("radio", { name: /^Call contributions/ }).check();
    await page.getByLabel("Which fund").selectOption("long-haul-fund");
    await expect.poll(async () => page.getByLabel("By which procedure").inputValue()).toBe("consensus-silence");
    await page.close();
  });

  test("the calendar: a day chosen narrows what is due, words find what was decided, the feed is a link", async () => {
    const page = await browser().newPage();
    await open(page, "/decisions");
    await page.waitForSelector(".open-list");
    expect(await page.locator(".open-list > li").first().textContent()).toContain("Under silence");
    const all = await page.locator(".due-month li").count();
    await page.locator(".month td button").first().click();
    await expect.poll(async () => page.locator(".due .sum-line").count()).toBe(1);
    expect(await page.locator(".due-month li").count()).toBeLessThan(all);
    await page.getByRole("button", { name: "Show all that is due" }).click();
    await page.getByRole("searchbox", { name: "Words" }).fill("annulled drone");
    await page.waitForURL(/q=annulled/);
    await expect.poll(async () => page.locator(".decided tbody tr").count()).toBe(1);
    expect(await page.locator(".decided tbody tr").textContent()).toContain("Adopted, then annulled");
    const feed = await page.getByRole("link", { name: "Subscribe to it as a calendar" }).getAttribute("href");
    expect(feed).toBe(`/api/v1/decisions/calendar.ics?book=${slug}`);
    await page.close();
  });

  test("an empty book says what to do next", async () => {
    const page = await browser().newPage();
    await page.goto(`${served.url}/decisions?book=synthetic-empty`);
    await says(page, ".empty", "Nothing has been proposed in this book.");
    await page.getByRole("link", { name: "Propose something" }).click();
    await page.waitForURL(/\/decisions\/new/);
    await says(page, "h1", "Propose");
    expect(new URL(page.url()).searchParams.get("book")).toBe("synthetic-empty");
    await page.close();
  });

  test("what an authority allows and what was used lead to the posting", async () => {
    const page = await browser().newPage();
    await open(page, "/decisions/open-long-haul-fund");
    const bar = page.getByRole("img", { name: /EUR 4,000,000,000\.00 of 8,000,000,000\.00 used/ });
    await bar.waitFor();
    expect(await page.locator(".attached").first().textContent()).toContain("exempt from applying the decision");
    await page.getByRole("link", { name: "31-1" }).click();
    await page.waitForURL(/\/why\/31-1/);
    await page.close();
  });
});
