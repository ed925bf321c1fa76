import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Command } from "commander";
import { errorsPage } from "./errors-page.ts";
import { filesBelow, importsOf, isSource, packageOf, read, root } from "../architecture/sources.ts";
import { buildProgram } from "../../src/cli/program.ts";
import { runProgram } from "../../src/cli/run.ts";
import { collecting, openConsole, withOutput, wordsOf, type Opened } from "./console.ts";

// `npm test -- test/docs -u` writes what these tests compare with: the output on the pages, and docs/errors.md.

const pages = ["README.md", "CHANGELOG.md", ...filesBelow("docs").filter((path) => path.endsWith(".md"))];

describe("what the pages show is what is printed", () => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await openConsole();
  });
  afterAll(() => opened.close());

  const shown = pages.filter((page) => read(page).includes("```console\n"));
  // What these pages show is what a reader finds on a record of their own: no other page has played on it before.
  const alone = ["docs/forecast.md", "docs/funds.md", "docs/milestones.md", "docs/predictability.md", "docs/report.md"];
  const longest = 120_000; // plans are solved on some

  test("there are such pages", () => {
    expect(shown).toEqual(
      expect.arrayContaining(["README.md", "docs/command-line.md", "docs/figures.md", "docs/api.md"]),
    );
  });

  test.each(shown.filter((page) => !alone.includes(page)))(
    "%s",
    async (page) => {
      opened.begin();
      await expect(await withOutput(read(page), opened.run)).toMatchFileSnapshot(join(root, page));
    },
    longest,
  );

  test.each(alone)(
    "%s, on a record of its own",
    async (page) => {
      const own = await openConsole();
      try {
        await expect(await withOutput(read(page), own.run)).toMatchFileSnapshot(join(root, page));
      } finally {
        await own.close();
      }
    },
    longest,
  );

  test.each(["README.md", "docs/api.md"])("addresses of the API on %s answer", async (page) => {
    const addresses = [...read(page).matchAll(/`(\/(?:api\/v1\/|healthz|metrics)[^`]*)`/g)].map(
      (found) => found[1] ?? "",
    );
    expect(addresses.length).toBeGreaterThan(0);
    for (const address of addresses) expect([address, await opened.status(address)]).toEqual([address, 200]);
    expect(await opened.status("/api/v1/nothing")).toBe(404);
  });

  test("another output would be noticed", async () => {
    const page = "```console\n$ npx mainstay groups\nold\n$ npx mainstay books\nold\n```\n";
    expect(await withOutput(page, async (line) => line.toUpperCase())).toBe(
      "```console\n$ npx mainstay groups\nNPX MAINSTAY GROUPS\n$ npx mainstay books\nNPX MAINSTAY BOOKS\n```\n",
    );
    expect(await withOutput(page, async () => undefined)).toBe(page);
  });
});

test("docs/errors.md is the catalogue of the code", async () => {
  await expect(errorsPage()).toMatchFileSnapshot(join(root, "docs/errors.md"));
});

const program = () =>
  buildProgram(
    collecting(
      async () => Promise.reject(new Error("parsed")),
      () => {},
    ),
  );
const leavesOf = (command: Command): string[] =>
  command.commands.length === 0
    ? [command.name()]
    : command.commands
        .filter((inner) => inner.name() !== "help")
        .flatMap((inner) =>
          leavesOf(inner).map((leaf) => (command.parent === null ? leaf : `${command.name()} ${leaf}`)),
        );

test.each(leavesOf(program()))("docs/command-line.md explains and shows %s", (leaf) => {
  const page = read("docs/command-line.md");
  expect(page).toContain(`\n$ npx mainstay ${leaf} --help\n`);
  const used = page.matchAll(/^(?:\$ | {4})npx mainstay (.*)$/gm);
  expect(
    [...used].filter(([, words = ""]) => `${words} `.startsWith(`${leaf} `) && !words.endsWith("--help")),
  ).not.toEqual([]);
});

/** The commands written on a page, in blocks and in running text. */
const commandsOn = (text: string): string[] =>
  [...text.matchAll(/(?:`|^(?:\$ | {4}))((?:npx mainstay|npm) [^`\n]+)/gm)].map((found) =>
    (found[1] ?? "").replace(/ +#.*$/, "").trim(),
  );

/** Why a command would not be understood; undefined when it would. */
async function misunderstood(line: string): Promise<string | undefined> {
  const words = wordsOf(line);
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  if (words[0] === "npm") {
    const script = words[1] === "run" ? words[2] : words[1];
    return ["ci", "install"].includes(script ?? "") || Object.hasOwn(scripts, script ?? "")
      ? undefined
      : `no script ${script}`;
  }
  let printed = "";
  const stop = async (): Promise<never> => Promise.reject(new Error("parsed"));
  const print = (text: string) => {
    printed += text;
  };
  const environment = { ...collecting(stop, print), readFile: stop, readMapping: stop };
  const code = await runProgram(buildProgram(environment), words.slice(2), environment);
  // A group of commands, named alone, explains itself.
  return code === 2 && !printed.startsWith("Usage:") ? printed : undefined;
}

describe("commands on the pages are understood", () => {
  test.each(pages)("%s", async (page) => {
    for (const line of commandsOn(read(page))) expect([line, await misunderstood(line)]).toEqual([line, undefined]);
  });

  test.each(["npx mainstay total --by donor", "npx mainstay totals --knownat 2022-10-31", "npm run begin"])(
    "%s would be noticed",
    async (line) => {
      expect(commandsOn(`\`${line}\``)).toEqual([line]);
      expect(await misunderstood(line)).toBeDefined();
    },
  );
});

const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");

/** The relative links of a page that lead nowhere. */
function broken(page: string, text: string): string[] {
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map((found) => found[1] ?? "")
    .filter((link) => !/^[a-z]+:/.test(link));
  return links.filter((link) => {
    const [file = "", anchor] = link.split("#");
    const target = file === "" ? page : posix.join(posix.dirname(page), file);
    if (!existsSync(join(root, target))) return true;
    if (anchor === undefined) return false;
    return ![...read(target).matchAll(/^#+ (.*)$/gm)].some((heading) => anchorOf(heading[1] ?? "") === anchor);
  });
}

describe("links lead somewhere", () => {
  test.each(pages)("%s", (page) => {
    expect(broken(page, read(page))).toEqual([]);
  });

  test("a broken one would be noticed", () => {
    expect(
      broken("docs/a.md", "[a](nowhere.md) [b](errors.md#nothing) [c](errors.md) [d](https://example.org/)"),
    ).toEqual(["nowhere.md", "errors.md#nothing"]);
  });
});

test("the files that docs/importing.md shows are those in docs/examples", () => {
  const page = read("docs/importing.md");
  expect(page).toContain(`\`\`\`json\n${read("docs/examples/fund-payments.json")}\`\`\``);
  expect(page).toContain(`\`\`\`csv\n${read("docs/examples/fund-payments.csv")}\`\`\``);
});

test("docs/decisions/0009-dependencies.md gives a reason for every package that is used, and for no other", () => {
  const page = read("docs/decisions/0009-dependencies.md");
  const sources = [...filesBelow("src"), ...filesBelow("web"), ...filesBelow("test")].filter(isSource);
  const manifest = JSON.parse(read("package.json")) as Readonly<Record<string, Readonly<Record<string, string>>>>;
  const known = ["dependencies", "devDependencies", "optionalDependencies"].flatMap((kind) =>
    Object.keys(manifest[kind] ?? {}),
  );
  const used = new Set(sources.flatMap((path) => importsOf(read(path))).map(packageOf));
  const named = [...page.matchAll(/`((?:@[a-z-]+\/)?[a-z][a-z0-9-]*)`/g)].map((found) => found[1] ?? "");
  expect(known.filter((name) => used.has(name) && !named.includes(name))).toEqual([]);
  expect(named.filter((name) => !known.includes(name))).toEqual([]);
});

test("the index of decisions lists each with its title", () => {
  const index = read("docs/decisions/0000-index.md");
  for (const path of filesBelow("docs/decisions").filter((file) => !file.endsWith("0000-index.md"))) {
    const [, number = "", title = ""] = /^# (\d{4}) (.*)$/m.exec(read(path)) ?? [];
    expect(index).toContain(`| [${number}](${posix.basename(path)}) | ${title} |`);
  }
});
