import { expect, test } from "vitest";
import { describeInBrowser } from "../support/browser.ts";

describeInBrowser("the browser of the tests", (browser) => {
  test("draws letters, also Ukrainian ones, each with its own shape", async () => {
    const page = await browser().newPage({ viewport: { width: 400, height: 120 } });
    const picture = async (words: string): Promise<Buffer> => {
      await page.setContent(`<body style="margin:0;font:40px sans-serif">${words}</body>`);
      return page.screenshot();
    };
    const [blank, latin, ukrainian, missing] = [
      await picture(""),
      await picture("Mainstay"),
      await picture("Україна"),
      await picture("\u{F0000}".repeat(7)),
    ];
    expect(latin.equals(blank)).toBe(false);
    expect(ukrainian.equals(blank)).toBe(false);
    expect(ukrainian.equals(missing)).toBe(false);
    await page.close();
  });

  test("runs scripts", async () => {
    const page = await browser().newPage();
    expect(await page.evaluate(() => [1, 2, 3].reduce((sum, each) => sum + each, 0))).toBe(6);
    await page.close();
  });
});
