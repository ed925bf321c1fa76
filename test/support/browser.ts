import { chromium, type Browser } from "@playwright/test";
import { afterAll, beforeAll, describe } from "vitest";
import { installedBrowsers, unpackedChromium, type FoundBrowser } from "./chromium.ts";

// `--no-sandbox`: the run may be root's, for whom Chromium has no sandbox; only our own pages are opened.
const flags = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--font-render-hinting=none"];

/** `port`: open the debugging port there, for a tool that connects by itself (Lighthouse). */
type LaunchOptions = Readonly<{ port?: number }>;

async function launch({ program, env }: FoundBrowser, options: LaunchOptions): Promise<Browser> {
  const args = options.port === undefined ? flags : [...flags, `--remote-debugging-port=${options.port}`];
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  return chromium.launch({ executablePath: program, args, env: { ...inherited, ...env } });
}

async function firstThatStarts(): Promise<FoundBrowser | undefined> {
  const fromNpm = unpackedChromium();
  const complaints: string[] = [];
  for (const candidate of [...(fromNpm === undefined ? [] : [fromNpm]), ...installedBrowsers()]) {
    try {
      await (await launch(candidate, {})).close();
      return candidate;
    } catch (error) {
      complaints.push(`${candidate.program}: ${(error as Error).message}`);
    }
  }
  process.stderr.write(
    [
      "",
      "############################################################",
      "NO BROWSER: the pages are NOT tested in this run.",
      "Install Chrome, Chromium or Edge; on Linux x64 npm brings one.",
      ...complaints,
      "############################################################",
      "",
    ].join("\n"),
  );
  return undefined;
}

// The Chromium from npm, else an installed Chrome, Chromium or Edge; undefined when none starts.
const found = await firstThatStarts();

/** Starts the browser; close it when done. Errors: when there is none. */
export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  if (found === undefined) throw new Error("There is no browser on this machine; see the message above.");
  return launch(found, options);
}

const isContinuousIntegration = (process.env["CI"] ?? "") !== "" && process.env["CI"] !== "false";
const wanted = found !== undefined || isContinuousIntegration;

/**
 * A suite with a browser of its own. Where none can be had it is skipped, loudly; in CI it fails.
 * The browser is there once the tests run: `describeInBrowser("overview", (browser) => { test("…", async () => { await browser().newPage() }) })`.
 */
export function describeInBrowser(title: string, suite: (browser: () => Browser) => void): void {
  describe.runIf(wanted)(title, () => {
    let browser: Browser | undefined;
    beforeAll(async () => {
      browser = await launchBrowser();
    }, 120_000);
    afterAll(async () => {
      await browser?.close();
    });
    suite(() => {
      if (browser === undefined) throw new Error("The browser is there only while tests run.");
      return browser;
    });
  });
}
