import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import axe from "axe-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeInBrowser } from "../support/browser.ts";
import { builtPages } from "./stub/pages.ts";
import { promises, slug } from "./stub/world.ts";

const addresses = [
  "/",
  "/nations",
  "/nations?view=over+time",
  "/nations/deu",
  "/groups/alliance",
  "/groups/drone-coalition",
  "/promises",
  "/promises?group=donor",
  "/promises/p12",
  "/postings?donor=deu",
  "/releases",
  "/needs",
  "/needs?act=need",
  "/needs/howitzers",
  "/offers",
  "/offers/offer-1",
  "/offers/offer-3?act=change",
  "/sources",
  "/sources/src-2",
  "/procedures",
  "/procedures/eu-unanimity?on=2024-07-01",
  "/power",
  "/power?rule=unsc",
  "/power?rule=own&weights=10x4,8,5x4,4x2,3x3,2&quota=62",
  "/whatif",
  "/whatif?today=nato-by-gdp&a=nato-by-gdp+out-pol+ceiling-22%25&b=un-scale-kind",
  "/decisions",
  "/decisions?q=nothing+like+it",
  "/decisions/new",
  "/decisions/support-fund",
  "/decisions/support-fund?act=position-stated",
  "/decisions/support-fund?act=silence-extended",
  "/decisions/second-call",
  "/decisions/second-call?act=re-issued",
  "/decisions/new-fund?act=text-issued",
  "/decisions/open-long-haul-fund",
  "/decisions/drone-lot",
  "/decisions/monitoring-report",
  "/decisions/contact-group?act=text-issued",
  "/funds",
  "/funds/long-haul-fund",
  "/funds/long-haul-fund?act=reallocate&as_of=2026-08-15",
  "/funds/long-haul-fund?act=call",
  "/funds/long-haul-fund?act=match+NTRY-0417",
  "/funds/long-haul-fund/calls/2026-2",
  "/why/31-1",
  "/about",
  "/api",
  "/nowhere",
  "/?as_of=2001-01-01",
  "/?book=synthetic-empty",
  "/decisions?book=synthetic-empty",
  "/needs?book=synthetic-empty",
  "/offers?book=synthetic-empty",
];

type Finding = {
  id: string;
  nodes: {
    html: string;
    any: { data?: { fgColor?: string; bgColor?: string; contrastRatio?: number; messageKey?: string } }[];
  }[];
};

let served: Awaited<ReturnType<typeof builtPages>>;
beforeAll(async () => {
  served = await builtPages();
}, 120_000);
afterAll(async () => served.close());

function addressOf(path: string): string {
  const address = new URL(path, served.url);
  if (!address.searchParams.has("book")) address.searchParams.set("book", slug);
  return address.href;
}

/** Opens a page and waits until nothing is awaited any more. What the browser complains of is collected. */
async function open(page: Page, path: string): Promise<string[]> {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().includes("status of 400")) complaints.push(message.text());
  });
  await page.goto(addressOf(path));
  await page.waitForSelector("main h1, main h2");
  await becomes(page, "document.querySelector('.waiting, .stale') === null");
  return complaints;
}

/** Asks again and again, as `waitForFunction` would: that one needs `eval`, which the pages' policy forbids. */
async function becomes(page: Page, expression: string): Promise<void> {
  await expect.poll(async () => page.evaluate(expression), { interval: 25, timeout: 10_000 }).toBe(true);
}

/**
 * Down the page screen by screen, so that all that waits for the reader to come near is drawn; in fifty steps where a table of thousands of lines makes it
 * hundreds of screens long.
 */
async function scrollThrough(page: Page): Promise<void> {
  await page.evaluate(`(async () => {
    const frame = () => new Promise(requestAnimationFrame);
    const step = Math.max(innerHeight, document.documentElement.scrollHeight / 50);
    for (let y = 0; y < document.documentElement.scrollHeight; y += step) {
      scrollTo(0, y);
      await frame();
      await frame();
    }
  })()`);
}

describeInBrowser("the pages", (browser) => {
  for (const [colorScheme, width] of [
    ["light", 1280],
    ["dark", 1280],
    ["light", 390],
  ] as const) {
    test.each(addresses)(`axe finds nothing on %s in ${colorScheme}, ${width} wide`, async (path) => {
      const context = await browser().newContext({
        colorScheme,
        bypassCSP: true,
        viewport: { width, height: 900 },
      });
      const page = await context.newPage();
      const complaints = await open(page, path);
      await scrollThrough(page);
      if (path === "/") await page.waitForSelector(".map path.giver");
      await page.evaluate(axe.source);
      const found = (await page.evaluate("axe.run(document, { resultTypes: ['violations', 'incomplete'] })")) as {
        violations: Finding[];
        incomplete: Finding[];
      };
      expect(found.violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
      // Words on a picture or half hidden are left to a person; words the colour of their ground are not.
      const unreadable = found.incomplete
        .filter(({ id }) => id === "color-contrast")
        .flatMap(({ nodes }) => nodes)
        .filter((node) =>
          node.any.some(
            ({ data }) =>
              data?.messageKey === "equalRatio" ||
              ((data?.contrastRatio ?? 0) > 0 && (data?.contrastRatio ?? 21) < 4.5),
          ),
        );
      expect(unreadable.map((node) => node.html)).toEqual([]);
      expect(complaints).toEqual([]);
      await context.close();
    });
  }

  // axe takes `color` for the colour of words in a drawing, where it is `fill`: these are measured here.
  test.each(["light", "dark"] as const)("words in drawings stand out from the page in %s", async (colorScheme) => {
    const page = await browser().newPage({ colorScheme });
    for (const path of [
      "/",
      "/nations?view=over+time",
      "/nations/deu",
      "/needs",
      "/needs/howitzers",
      "/groups/drone-coalition",
      "/power",
      "/whatif",
      "/procedures/eu-unanimity",
      "/funds/long-haul-fund",
      "/decisions/support-fund",
    ]) {
      await open(page, path);
      await becomes(page, "document.querySelectorAll('svg text').length > 3");
      await scrollThrough(page);
      const faint = await page.evaluate(() => {
        const parts = (colour: string) => (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
        const luminance = (colour: string) => {
          const [red = 0, green = 0, blue = 0] = parts(colour).map((part) =>
            part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
          );
          return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
        };
        const paper = luminance(getComputedStyle(document.documentElement).backgroundColor);
        return [...document.querySelectorAll("svg text, svg tspan")]
          .filter((words) => {
            const ink = luminance(getComputedStyle(words).fill);
            return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05) < 4.5;
          })
          .map((words) => words.outerHTML);
      });
      expect(faint).toEqual([]);
    }
    await page.close();
  });

  test.each([390, 768, 1440])("nothing is wider than a screen of %i", async (width) => {
    const page = await browser().newPage({ viewport: { width, height: 800 } });
    for (const path of addresses.slice(0, addresses.indexOf("/nowhere"))) {
      expect(await open(page, path)).toEqual([]);
      expect([path, await page.evaluate("document.documentElement.scrollWidth")]).toEqual([path, width]);
    }
    await page.close();
  });

  test("by keyboard alone: skip link, the frame, a page", async () => {
    const page = await browser().newPage();
    await open(page, "/");
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.textContent")).toContain("Skip to the content");
    await page.keyboard.press("Enter");
    expect(await page.evaluate("document.activeElement.id")).toBe("main");
    await page
      .getByRole("button", { name: /^Known at/ })
      .first()
      .focus();
    await page.keyboard.press("Enter");
    await becomes(page, "document.activeElement.name === 'known_at'");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.waitForURL(/known_at=2025-06-30/);
    await becomes(page, "document.querySelector('.kicker').textContent.includes('30\u00a0June\u00a02025')");
    await page.keyboard.press("Escape");
    expect(await page.locator(".frame-panel").count()).toBe(0);
    await page.getByRole("link", { name: "Nations", exact: true }).focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/nations\?.*known_at=2025-06-30/);
    await becomes(page, "document.activeElement.id === 'main'");
    await page.close();
  });

  test("a link reproduces the figure: the address carries book, days, boundary, basis and class", async () => {
    const page = await browser().newPage();
    await open(page, "/?known_at=2024-06-30&as_of=2023-12-31&boundary=nations&basis=at-event&class=bound&measure=gdp");
    const [headline, meta] = [
      await page.locator("h1").textContent(),
      await page.locator(".meta").first().textContent(),
    ];
    expect(meta).toContain("As of 31\u00a0December\u00a02023");
    expect(meta).toContain("known at 30\u00a0June\u00a02024");
    expect(meta).toContain("nations only");
    const again = await browser().newPage();
    await again.goto(page.url());
    await again.waitForSelector("h1");
    expect(await again.locator("h1").textContent()).toBe(headline);
    await again.close();
    await page.close();
  });

  test("by keyboard alone: from a figure to the rows behind it, page by page", async () => {
    const page = await browser().newPage();
    await open(page, "/nations/deu");
    await page
      .getByRole("link", { name: /^Rows behind it/ })
      .nth(1)
      .focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/postings\?.*donor=deu/);
    await becomes(page, "document.querySelector('.pager') !== null && document.querySelector('.waiting') === null");
    const later = page.getByRole("button", { name: "Later rows" });
    await later.focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/page=2/);
    await expect.poll(async () => page.locator(".pager span").textContent()).toMatch(/^51 to /);
    await page.close();
  });

  test("the rows behind a figure add up to the figure, and say so", async () => {
    const page = await browser().newPage();
    await open(page, "/postings?donor=deu&class=placed");
    await becomes(page, "document.querySelector('.sum-line') !== null");
    const told = (await page.locator(".sum-line").textContent()) ?? "";
    const [sum] = /\d{1,3}(,\d{3})+\.\d{2}/.exec(told) ?? [""];
    const cents = promises
      .filter((row) => row.donor === "deu")
      .reduce((total, row) => total + BigInt((row.byClass.placed ?? "0.00").replace(".", "")), 0n);
    expect(sum.replaceAll(/[,.]/g, "")).toBe(String(cents));
    expect(told).toContain("That is the figure, to the cent.");
    await page.close();
  });

  test("by keyboard alone: two releases of a series, their sums and rows", async () => {
    const page = await browser().newPage();
    await open(page, "/releases");
    expect(await page.getByLabel("Later release").inputValue()).toBe("Edition 6");
    expect(await page.getByLabel("Earlier release").inputValue()).toBe("Edition 5");
    await page.getByLabel("Later release").focus();
    await page.keyboard.press("ArrowDown");
    await page.waitForURL(/to=Edition\+5/);
    await becomes(page, "document.querySelector('.stale') === null");
    expect(await page.getByLabel("Earlier release").inputValue()).toBe("Edition 4");
    const table = page.getByRole("region", { name: "Table of changes" });
    expect(await table.textContent()).not.toContain("item:");
    expect(await table.textContent()).toContain("12\u00a0pieces");
    await page.close();
  });

  test("each figure gives its table, a citation with the whole address, and CSV, JSON, SVG and PNG", async () => {
    const page = await browser().newPage({ acceptDownloads: true });
    await open(page, "/");
    const figure = page.locator(".figure").first();
    await figure.getByRole("button", { name: /^Table/ }).click();
    expect(await figure.locator("tbody tr").count()).toBe(5);
    expect(await figure.locator("tbody").textContent()).toContain("not known");
    expect(await figure.locator("tbody .number").allTextContents()).toContainEqual(
      expect.stringMatching(/^\d{1,3}(,\d{3}){3}\.\d{2}$/),
    );
    await figure.getByRole("button", { name: /^Table/ }).click();
    await figure.getByRole("button", { name: /^Cite and save/ }).click();
    const citation = await figure.locator(".citation").textContent();
    expect(citation).toContain("known_at=2026-04-22");
    expect(citation).toContain("synthetic");
    for (const [kind, least] of [
      ["CSV", 100],
      ["JSON", 100],
      ["SVG", 1000],
      ["PNG", 5000],
    ] as const) {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        figure.getByRole("button", { name: `Save ${kind}` }).click(),
      ]);
      expect(download.suggestedFilename()).toMatch(new RegExp(`\\.${kind.toLowerCase()}$`));
      expect(readFileSync(await download.path()).length).toBeGreaterThan(least);
    }
    await page.close();
  });

  test("unknown classes are said to be unknown with the reason, nowhere drawn as zero", async () => {
    const page = await browser().newPage();
    await open(page, "/");
    const stair = await page.locator(".stair").textContent();
    expect(stair).toContain("not known: no source has the recipient's confirmation");
    expect(await page.locator(".stair .class-received").count()).toBe(0);
    await page.close();
  });

  test("ten thousand promises filter, sort, group and scroll without a stutter", async () => {
    const page = await browser().newPage({ viewport: { width: 1440, height: 900 } });
    await open(page, "/promises");
    await page.waitForSelector(".promise-row");
    expect(await page.locator(".promise-row").count()).toBeLessThan(80);
    const longest = (await page.evaluate(`(async () => {
      const gaps = [];
      let last = performance.now();
      const step = (now) => { gaps.push(now - last); last = now; };
      for (let index = 0; index < 60; index++) {
        window.scrollBy(0, 2300);
        await new Promise((done) => requestAnimationFrame((now) => { step(now); done(); }));
      }
      return gaps.sort((a, b) => a - b)[Math.floor(gaps.length * 0.9)];
    })()`)) as number;
    expect(longest).toBeLessThan(120);
    expect(await page.locator(".promise-row").count()).toBeGreaterThan(10);
    await page.evaluate("window.scrollTo(0, 0)");
    const timed = async (act: () => Promise<unknown>, ready: string): Promise<number> => {
      const start = Date.now();
      await act();
      await becomes(page, ready);
      return Date.now() - start;
    };
    const search = page.getByRole("searchbox", { name: "Words" });
    expect(
      await timed(
        () => search.fill("germany interceptors"),
        "document.querySelector('.sum-line b').textContent.length < 4",
      ),
    ).toBeLessThan(1500);
    await search.fill("");
    expect(
      await timed(
        () => page.getByRole("button", { name: "Giver", exact: true }).click(),
        "document.querySelector('.promise-row .col-donor').textContent === 'Albania'",
      ),
    ).toBeLessThan(1500);
    expect(
      await timed(
        () => page.getByLabel("Group by").selectOption("category"),
        "document.querySelectorAll('.group-row').length > 0",
      ),
    ).toBeLessThan(1500);
    await page.close();
  });

  test("the chosen colours stay, without a flash of the others", async () => {
    const context = await browser().newContext({ colorScheme: "light" });
    const page = await context.newPage();
    await open(page, "/about");
    const paper = () => page.evaluate("getComputedStyle(document.documentElement).backgroundColor");
    const light = await paper();
    await page.getByRole("button", { name: /^Colours/ }).click();
    await page.getByRole("button", { name: /^Colours/ }).click();
    const dark = await paper();
    expect(dark).not.toBe(light);
    await page.reload({ waitUntil: "commit" });
    await becomes(page, "document.documentElement.dataset.theme === 'dark'");
    expect(await paper()).toBe(dark);
    await context.close();
  });

  test("a refusal is told in the server's own words with a way on", async () => {
    const page = await browser().newPage();
    await open(page, "/?as_of=2001-01-01");
    const told = await page.getByRole("alert").textContent();
    expect(told).toContain("A date could not be read.");
    expect(told).toContain("Write dates as YYYY-MM-DD");
    await page.close();
  });
});
