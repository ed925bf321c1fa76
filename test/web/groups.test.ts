import type { Page } from "@playwright/test";
import axe from "axe-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { postSteps } from "#app/post.ts";
import { rowsOf, sql, type Database } from "#store/database.ts";
import { openDesk } from "../governed/desk.ts";
import { describeInBrowser } from "../support/browser.ts";
import { seedPromises, stepOf } from "../support/promises.ts";
import { servedPages } from "./stub/pages.ts";

let served: Awaited<ReturnType<typeof servedPages>>;
beforeAll(async () => {
  served = await servedPages(bringIn);
}, 120_000);
afterAll(async () => served.close());

const book = "practice";
/** Norway is in both groups, Australia in the contact group alone, which comes under the alliance on 1 January 2025. */
const steps = [
  ["nor", "2024-06-01", 1_250_000_000n],
  ["aus", "2024-12-31", 410_000_000n],
  ["aus", "2025-01-01", 90_000_000n],
] as const;

async function bringIn(db: Database): Promise<void> {
  const desk = await openDesk(db, book);
  const promises = steps.map(([donor], index) => ({ id: `step-${index}`, donor, recipient: "ukr", book }));
  await seedPromises(db, promises);
  const posted = steps.map(([, on, euro], index) =>
    stepOf({
      promise: `step-${index}`,
      quantity: euro * 100n,
      effective: { on, precision: "day" },
      source: "nato-members",
    }),
  );
  await postSteps(db, posted, "test");
  await rowsOf(db, sql`insert into party (id, name, kind, synthetic) values ('utopia', 'Utopia', 'nation', true)`);
  await rowsOf(
    db,
    sql`insert into party_group (slug, name, kind, synthetic) values ('circle', 'Circle', 'coalition', true)`,
  );
  await desk.decide("bring-in", { kind: "take-over-format", format: "contact-group", by: "nato", from: "2025-01-01" });
}

async function open(page: Page, path: string): Promise<string[]> {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await page.goto(served.url + path);
  await page.waitForSelector("main h1");
  await settled(page);
  return complaints;
}

async function settled(page: Page): Promise<void> {
  const isSettled = async () => page.evaluate("document.querySelector('.waiting, .stale') === null");
  await expect.poll(isSettled, { timeout: 10_000 }).toBe(true);
}

/** The text with its spaces as plain ones. */
const textOf = async (page: Page, selector: string) =>
  ((await page.locator(selector).allTextContents()).join(" ") ?? "").replaceAll(/\s+/g, " ");

describeInBrowser("the page of a group", (browser) => {
  test("says under whom it came, since when and by which decision, and what it brought along", async () => {
    const page = await browser().newPage();
    expect(await open(page, `/groups/contact-group?book=${book}`)).toEqual([]);
    expect(await textOf(page, ".headline")).toContain(
      "Under NATO from 1 January 2025, by the decision \u201cText of bring-in\u201d.",
    );
    expect(
      await page.locator(".headline").getByRole("link", { name: "Text of bring-in" }).getAttribute("href"),
    ).toMatch(/^\/decisions\/bring-in\?/);
    const brought = page.locator(".figure").filter({ hasText: "What it brought under NATO" });
    expect((await brought.locator("tbody tr").nth(1).locator("td").allTextContents()).slice(0, 5)).toEqual([
      "bound",
      "2",
      "1,660,000,000.00",
      "1",
      "90,000,000.00",
    ]);
    expect(await brought.locator("tbody tr").first().textContent()).toBe(`said${"not known".repeat(6)}`);
    const roles = await textOf(page, "section:has(h2:text('Roles that continue'))");
    expect(roles).toContain("United Kingdom lead, from 12 February 2025");
    expect(roles).not.toContain("Ukraine");
    expect(await textOf(page, "section:has(h2:text('History'))")).toContain("1 January 2025It comes under NATO.");
    await page.close();
  });

  test("as of a day before, it is as it was; as known before the decision too", async () => {
    const page = await browser().newPage();
    for (const frame of ["as_of=2024-12-31", "known_at=2025-01-05"]) {
      expect(await open(page, `/groups/contact-group?book=${book}&${frame}`)).toEqual([]);
      expect(await textOf(page, "main")).not.toMatch(/NATO from|brought under NATO|Roles that continue|comes under/);
    }
    expect(await open(page, "/groups/contact-group")).toEqual([]);
    expect(await textOf(page, "main")).not.toContain("brought under NATO");
    await page.close();
  });

  test("the alliance's page names what came under it, and leads to what both give", async () => {
    const page = await browser().newPage();
    await open(page, `/groups/nato?book=${book}`);
    expect(await textOf(page, "section:has(h2:text('Brought under it'))")).toContain(
      "Ukraine Defense Contact Group from 1 January 2025",
    );
    await page.getByRole("link", { name: "By NATO with what was brought under it" }).click();
    await page.waitForURL(/boundary=under(:|%3A)nato/);
    // Norway's 1 250 million, and of Australia the 90 million of the day itself.
    await expect
      .poll(async () => textOf(page, "h1"), { timeout: 10_000 })
      .toMatch(/^2 givers \(NATO with what was brought under it\).* EUR 1\.3 bn/);
    await page.close();
  });

  test("a nation's memberships lead to it", async () => {
    const page = await browser().newPage();
    await open(page, `/nations/nor?book=${book}`);
    await page.getByRole("link", { name: "Ukraine Defense Contact Group" }).click();
    await page.waitForURL(new RegExp(`/groups/contact-group\\?book=${book}`));
    await expect.poll(async () => textOf(page, "h1"), { timeout: 10_000 }).toBe("Ukraine Defense Contact Group");
    await page.close();
  });

  describe("what figures are drawn with", () => {
    const choices = async (page: Page) => {
      await page
        .getByRole("button", { name: /^Given by/ })
        .first()
        .click();
      const select = page.locator('select[name="boundary"]');
      return { chosen: await select.inputValue(), words: await select.locator("option").allTextContents() };
    };
    test.each([
      [book, ["NATO with what was brought under it"], true],
      ["worked-case", [], false],
    ] as const)("offers in %s what has something under it: %o", async (inBook, offered, madeUp) => {
      const page = await browser().newPage();
      await open(page, `/nations?book=${inBook}`);
      const { words } = await choices(page);
      await expect.poll(async () => page.locator('select[name="boundary"] option').count()).toBeGreaterThan(10);
      const now = await page.locator('select[name="boundary"] option').allTextContents();
      expect(now.filter((word) => word.includes("brought under"))).toEqual(offered);
      expect(now.includes("Circle")).toBe(madeUp);
      expect(words.slice(0, 3)).toEqual(["All givers", "Nations only", "Organisations only"]);
      await page.close();
    });
    test("keeps a boundary that somebody typed", async () => {
      const page = await browser().newPage();
      await open(page, `/?book=${book}&boundary=under:eu`);
      const { chosen } = await choices(page);
      expect(chosen).toBe("under:eu");
      expect(await page.locator('select[name="boundary"] option:checked').textContent()).toBe(
        "European Union with what was brought under it",
      );
      await page.close();
    });
  });

  test.each(["/groups/circle", "/nations/utopia", `/groups/circle?book=${book}`])(
    "%s says that it is made up",
    async (path) => {
      const page = await browser().newPage();
      await open(page, path);
      expect(await page.locator(".headline .synthetic").textContent()).toBe("Made up");
      await open(page, path.startsWith("/groups") ? "/groups/nato" : "/nations/nor");
      expect(await page.locator(".headline .synthetic").count()).toBe(0);
      await page.close();
    },
  );

  test.each([
    ["light", 1280],
    ["dark", 1280],
    ["light", 390],
  ] as const)("axe finds nothing in %s, %i wide, and nothing is wider than the screen", async (colorScheme, width) => {
    const context = await browser().newContext({ colorScheme, bypassCSP: true, viewport: { width, height: 900 } });
    const page = await context.newPage();
    for (const path of [`/groups/contact-group?book=${book}`, `/groups/nato?book=${book}`, "/groups/circle"]) {
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
