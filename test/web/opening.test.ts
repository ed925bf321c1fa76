import type { Request } from "@playwright/test";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadStated } from "#app/planning/stated.ts";
import { describeInBrowser } from "../support/browser.ts";
import { statedText } from "../support/record.ts";
import { servedPages } from "./stub/pages.ts";

const link = /<link rel="(?:preload|modulepreload)"[^>]* href="(\/(?:api\/v1|assets)\/[^"]*)">/g;

let served: Awaited<ReturnType<typeof servedPages>>;
beforeAll(async () => {
  served = await servedPages(async (db) => void (await loadStated(db, statedText())));
}, 120_000);
afterAll(async () => served.close());

describeInBrowser("the links by which a page asks for its first answers", (browser) => {
  test.each([
    "/",
    "/?class=bound&known_at=2023-01-10&as_of=2022-12-31&book=worked-case&measure=gdp&class=bound",
    "/?boundary=group%3Anato&q=",
    "/nations?known_at=2023-01-10",
    "/nations/pol?class=bound",
    "/groups/contact-group",
    "/groups/nato?basis=at-event&as_of=2024-12-31&known_at=2023-01-10&boundary=under%3Anato&book=worked-case",
    "/decisions/new?book=worked-case",
    "/promises?class=bound&donor=pol&boundary=nations",
    "/postings?class=bound&donor=pol",
    "/releases",
    "/needs",
    "/needs?known_at=2026-01-01",
    "/needs?priority=1&q=",
    "/needs/howitzers-155?book=needs-2022",
    "/offers?book=needs-2022",
    "/offers?state=open",
    "/decisions",
    "/decisions/new",
    "/funds",
    "/funds?known_at=2023-01-10&as_of=2026-06-30",
    "/forecast",
    "/forecast?book=needs-2022&known_at=2024-04-04&period=12",
    "/forecast/scenarios?known_at=2024-04-04",
    "/timeline",
    "/timeline?q=&state=open&nation=pol&known_at=2024-04-04&kind=summit&book=worked-case",
    "/report",
    "/report?known_at=2024-04-04&period=2023&group=contact-group&basis=at-event",
    "/report?group=all&period=2023&book=worked-case",
    "/sources",
    "/api",
  ])("are what %s asks for by itself, and it asks no second time", async (path) => {
    const page = await browser().newPage();
    const open = async (): Promise<readonly string[]> => {
      const asked: string[] = [];
      const note = (request: Request) => asked.push(request.url().slice(served.url.length));
      page.on("request", note);
      await page.goto(served.url + path);
      await page.waitForSelector("main h1, main h2");
      await expect
        .poll(async () => page.evaluate("document.querySelector('main .waiting') === null"), { timeout: 60_000 })
        .toBe(true);
      page.off("request", note);
      return asked.filter((address) => /^\/(api\/v1|assets)\//.test(address));
    };
    const named = [...(await (await fetch(served.url + path)).text()).matchAll(link)].map(([, address = ""]) =>
      address.replaceAll("&amp;", "&"),
    );
    const asked = await open();
    expect(asked.filter((address, index) => asked.indexOf(address) !== index)).toEqual([]);
    await page.route("**", async (route) => {
      if (route.request().resourceType() !== "document") return route.continue();
      const response = await route.fetch();
      return route.fulfill({ response, body: (await response.text()).replaceAll(link, "") });
    });
    const askedByItself = await open();
    expect(named.length).toBeGreaterThan(1);
    expect(named.filter((address) => !askedByItself.includes(address))).toEqual([]);
    await page.close();
  });
});
