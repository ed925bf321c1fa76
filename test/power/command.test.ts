import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../architecture/sources.ts";

// Run as a person runs it, with a data folder that cannot be: voting power needs no record.
function run(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "src/main.ts"), "power", ...words], {
    encoding: "utf8",
    env: { ...process.env, MAINSTAY_DATA: "/dev/null/nowhere" },
  });
  return { status, stdout, stderr };
}

test("without words it lists the rules", () => {
  const { status, stdout } = run();
  expect(status).toBe(0);
  expect(stdout).toMatch(/^eu-qmv +27 {2}Council of the European Union: qualified majority$/m);
  expect(stdout).toMatch(/^nato-by-gdp .*\(modelled\)$/m);
  expect(JSON.parse(run("--json").stdout)).toContainEqual(expect.objectContaining({ id: "unsc", members: 15 }));
});

test("a rule as a table and as JSON with exact fractions", () => {
  const { stdout } = run("unsc");
  expect(stdout).toContain(
    "Needed: 9 of 15 members and every member with a veto.\nWinning: 848 of 32,768 coalitions (2.5879 %).\n",
  );
  expect(stdout).toMatch(/^China \(veto\) +848 +16\.6929 +5\.1758 +19\.6270$/m);
  expect(stdout).toContain("Rule: Charter of the United Nations, Article 27(3), https://");
  const { members } = JSON.parse(run("unsc", "--json").stdout) as { members: object[] };
  expect(members[0]).toMatchObject({
    id: "chn",
    veto: true,
    swings: "848",
    shapley: { exact: "421/2145", decimal: "0.19627040" },
  });
});

test("weights and a quota", () => {
  const { stdout } = run("--weights", "29x4,27x2,14,13,12x5,10x3,7x5,4x5,3", "--quota", "255");
  expect(stdout).toContain("Needed: 255 of 345 votes.\nWinning: 2,718,774 of 134,217,728 coalitions");
  expect(stdout).toMatch(/^Member 27 +3 +0\.8696 /m);
});

test("refusals end with 1 and say what to do, in JSON where that was asked", () => {
  const { status, stderr } = run("nowhere");
  expect([status, stderr]).toEqual([
    1,
    expect.stringContaining('no voting rule of that name. Found: "nowhere". Where: field rule. List the rules'),
  ]);
  expect(JSON.parse(run("--weights", "1,2", "--json").stderr)).toMatchObject({
    error: { code: "voting_game_invalid", place: { field: "quota" } },
  });
});
