import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildProgram } from "../../src/cli/program.ts";
import { runProgram } from "../../src/cli/run.ts";
import type { Environment } from "../../src/cli/session.ts";
import type { ProposalRow, ProposalView } from "#core/views-decisions.ts";
import { instant, minutes, openDesk, type Desk } from "../decisions-store/support.ts";

let desk: Desk;
let folder: string;
beforeAll(async () => {
  desk = await openDesk();
  folder = mkdtempSync(join(tmpdir(), "mainstay-decisions-"));
});
afterAll(async () => {
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

type Ran = Readonly<{ code: number; out: string; err: string }>;

/** Runs `mainstay decision …` as a person types it, at so many minutes. */
async function run(minute: number, words: string): Promise<Ran> {
  desk.at(minutes(minute));
  let out = "";
  let err = "";
  const environment: Environment = {
    terminal: {
      out: (text) => void (out += text),
      err: (text) => void (err += text),
      errIsTerminal: false,
      signal: new AbortController().signal,
    },
    now: () => 0,
    clock: desk.clock,
    actor: "secretariat",
    version: "0.0.0",
    openSession: async () => ({ db: desk.db, close: async () => {} }),
    fileExists: async (path) => (await stat(path).catch(() => undefined))?.isFile() === true,
    readFile: (path) => readFile(path),
    checkOutput: async () => {},
    writeFile: (path, text) => writeFile(path, text),
    readMapping: async (name) => ({ name, text: "" }),
    serve: async () => {},
  };
  const split = words.match(/"[^"]*"|\S+/g)?.map((word) => word.replaceAll('"', "")) ?? [];
  const code = await runProgram(buildProgram(environment), ["decision", ...split], environment);
  return { code, out, err };
}

const done = async (minute: number, words: string): Promise<string> => {
  const ran = await run(minute, words);
  expect([words, ran.code, ran.err]).toEqual([words, 0, ""]);
  return ran.out;
};
const shown = async (minute: number, id: string): Promise<ProposalView> =>
  JSON.parse(await done(minute, `show ${id} --json`)) as ProposalView;

const open = (id: string, procedure: string, more = ""): string =>
  `open ${id} --book test --group ring --procedure ${procedure} --object adopt-report --title "A report" ${more}`.trim();

test("a whole story reads as it is played", async () => {
  writeFileSync(
    join(folder, "text.txt"),
    "The Ring takes note of the report.\n\nIt asks for the next in six months.\n",
  );
  const report = { kind: "adopt-report", report: "the report on the first half year", address: null };
  writeFileSync(join(folder, "terms.json"), JSON.stringify(report));
  const steps: readonly (readonly [minute: number, words: string])[] = [
    [0, open("story", "consensus-silence-constructive", "--without Rhonia --role lead=n1")],
    [1, `text story --body FOLDER/text.txt --terms FOLDER/terms.json --reference RING/1`],
    [2, "silence story --working-days 1"],
    [3, 'position story Norland for --as "Delegation of Norland"'],
    [
      4,
      'break story n2 "Paragraph 1 counts what was promised twice." --amendment --reason "Our own count." --restricted',
    ],
    [5, "show story"],
    [6, 'reissue story --title "A report, amended" --words "The Ring takes note." --in 2h --as "The chair"'],
    [7, 'position story n4 constructive-abstain --declaration "Quisland will not pay for it."'],
    [8, 'reserve story n3 "Until the committee has met."'],
    [9, 'state story n1 "Norland reads paragraph 1 as of today."'],
    [10, "show story"],
    [11, "extend story --in 3h"],
    [12, "list --book test"],
    [13, "calendar --book test"],
    [300, "lift story n3"],
    [301, "issue story RING/D/1"],
    [302, "show story"],
    [303, 'annul story "The count was wrong."'],
  ];
  let transcript = "";
  for (const [minute, words] of steps) {
    const printed = await done(minute, words.replaceAll("FOLDER", folder));
    transcript += `$ npx mainstay decision ${words}\n${printed}\n`;
  }
  await expect(transcript).toMatchFileSnapshot("golden/decision-story.txt");
});

test("by vote: adopted where the rule is met, rejected where it is not", async () => {
  for (const id of ["carried", "lost"]) {
    await done(0, open(id, "simple-majority"));
    await done(1, `text ${id} --words "Words."`);
    await done(2, `meeting ${id}`);
    await done(3, `vote ${id} "By Friday."`);
  }
  for (const party of ["n1", "n2", "n3", "n4"]) await done(4, `position carried ${party} for`);
  expect(await done(5, "adopt carried")).toBe(
    "Adopted.\nA report (carried): Adopted. Adopted by vote on 3 March 2025 at 12:05 UTC under Simple majority of the members: 4 for, 0 against, 2 said nothing; 6 took part.\n",
  );
  expect(await done(5, 'reject lost "Nobody came."')).toMatch(
    /^Rejected: Nobody came\.\nA report \(lost\): Rejected\. /,
  );
  await done(6, "expire carried");
  expect((await shown(7, "carried")).ending).toBe("expired");
});

test("withdrawn, it says why", async () => {
  await done(0, open("gone", "consensus-silence"));
  expect(await done(1, 'withdraw gone "No longer needed."')).toBe(
    "Withdrawn: No longer needed.\nA report (gone): Withdrawn.\n",
  );
});

describe("restricted reasons", () => {
  const secret = "Between ourselves";

  test("are shown to who asks for them here, and to nobody else", async () => {
    await done(0, open("held", "consensus-silence"));
    await done(1, 'text held --words "Words."');
    await done(2, `position held n1 abstain --reason "${secret}" --restricted`);
    await done(2, 'position held n2 abstain --reason "Said openly"');
    expect(await done(3, "show held")).not.toContain(secret);
    expect(await done(3, "show held")).toContain("reason restricted");
    expect(await done(3, "show held")).toContain("reason: Said openly");
    expect(await done(3, "show held --json")).not.toContain(secret);
    expect(await done(3, "show held --restricted")).toContain(`reason: ${secret}`);
    expect(JSON.parse(await done(3, "show held --restricted --json")).participants[0].reason).toBe(secret);
  });
});

const commands =
  "open text silence extend reissue position break reserve lift state meeting vote adopt reject issue withdraw annul expire show list calendar";
test.each(commands.split(" "))("%s explains itself, with an example, and has --json", async (command) => {
  const help = await done(0, `${command} --help`);
  expect(help).toContain(`Usage: mainstay decision ${command} `);
  expect(help).toContain(`\nExample: npx mainstay decision ${command} `);
  expect(help).toContain("--json");
  expect(help.includes("--as <name>")).toBe(!["show", "list", "calendar"].includes(command));
});

test("every command prints JSON: what it writes to as it then stands, lists as they are", async () => {
  const opened = JSON.parse(
    await done(0, `${open("as-json", "consensus-silence")} --json --as " The chair "`),
  ) as ProposalView;
  expect(opened).toMatchObject({ id: "as-json", events: [{ actor: "The chair" }] });
  const rows = JSON.parse(await done(1, "list --book test --json")) as ProposalRow[];
  expect(rows[0]).toMatchObject({ id: "as-json", stepTitle: "Draft" });
  const calendar = JSON.parse(await done(1, "calendar --book test --json")) as { now: string };
  expect(calendar.now).toBe(instant(minutes(1)));
});

test("the calendar goes to a file for a calendar program", async () => {
  const path = join(folder, "deadlines.ics");
  await done(0, open("dated", "consensus-silence"));
  await done(1, 'text dated --words "Words."');
  await done(2, "silence dated --expires 2025-04-01T15:00:00Z");
  await done(3, `calendar --book test --ics ${path} --site https://ring.example`);
  const file = await readFile(path, "utf8");
  expect(file).toContain("DTSTART:20250401T150000Z\r\n");
  expect(file).toContain("URL:https://ring.example/decisions/dated\r\n");
});

describe("is refused", () => {
  test.each([
    ["unknown_proposal", "show nothing"],
    ["unknown_proposal", "text nothing --words x"],
    ["unknown_proposal", "silence nothing --working-days 2"],
    ["proposal_exists_already", open("again", "consensus-silence")],
    ["unknown_procedure", open("x", "dice")],
    ["unknown_group", "open x --book test --group circle --procedure lead-nation --object appoint --title T"],
    ["unknown_book", "list --book nowhere"],
    ["invalid_instant", "silence again --expires tomorrow"],
    ["silence_expiry_not_later", "silence again --expires 2020-01-01T00:00:00Z"],
    ["position_not_in_procedure", "position again n1 constructive-abstain --declaration x"],
    ["unknown_party", "position again Atlantis for"],
    ["not_a_participant", "position again Aland for"],
    ["objection_must_be_written", 'state again n1 " "'],
  ])("%s: %s", async (code, words) => {
    await run(0, open("again", "consensus-silence"));
    if ((await shown(0, "again")).texts.length === 0) await done(0, 'text again --words "Words."');
    const ran = await run(1, `${words} --json`);
    expect([ran.code, ran.out, JSON.parse(ran.err).error.code]).toEqual([1, "", code]);
  });

  test("terms that cannot be read: terms_invalid names file, field and what stands there", async () => {
    const path = join(folder, "bad.json");
    await done(0, open("termed", "consensus-silence"));
    writeFileSync(
      path,
      JSON.stringify({ kind: "appoint", post: "Chair", holder: "Someone", party: null, from: "soon", until: null }),
    );
    const ran = await run(1, `text termed --terms ${path} --json`);
    expect(JSON.parse(ran.err).error).toMatchObject({
      code: "terms_invalid",
      found: '"soon" (a day, YYYY-MM-DD)',
      place: { file: path, field: "from" },
    });
    writeFileSync(path, "not JSON");
    expect(JSON.parse((await run(1, `text termed --terms ${path} --json`)).err).error.code).toBe("terms_invalid");
    writeFileSync(path, "");
    expect(JSON.parse((await run(1, `text termed --body ${path} --json`)).err).error.code).toBe("empty_file");
  });

  test.each([
    ["an object nobody knows", "open x --group ring --procedure lead-nation --object war --title T"],
    ["no title", "open x --group ring --procedure lead-nation --object appoint"],
    ["a position nobody knows", "position x n1 maybe"],
    ["two deadlines at once", "silence x --in 2h --working-days 2"],
    ["a time that is none", "silence x --in soon"],
    ["no time at all", "silence x --in 0h"],
    ["half a working day", "silence x --working-days 0.5"],
    ["two texts at once", "text x --body a.txt --words b"],
    ["a role of nobody", "open x --group ring --procedure lead-nation --object appoint --title T --role lead"],
    ["an actor without a name", 'withdraw x --as " "'],
    ["a word missing", "break x n1"],
    ["a command nobody knows", "veto x"],
  ])("%s is wrong usage: exit code 2", async (_, words) => {
    const ran = await run(0, words);
    expect([ran.code, ran.out]).toEqual([2, ""]);
  });
});
