import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Accepted, PlanAssignments, PlanCheck, PlanComparison, PlanList, PlanView } from "#core/views-plan.ts";
import type { ProposalView } from "#core/views-decisions.ts";
import { rowsOf, sql, type Database } from "#store/database.ts";
import { buildProgram } from "../../src/cli/program.ts";
import { runProgram } from "../../src/cli/run.ts";
import { wordsOf } from "../docs/console.ts";
import { openRecord } from "../support/record.ts";

// From needs and offers to what is placed under a decision, as it is typed.

let db: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openRecord());
});
afterAll(() => close());

const written = new Map<string, string>();
let now = "2026-12-01T09:00:00Z";

type Ran = Readonly<{ code: number; out: string; err: string }>;

async function run(line: string, stopOnProgress?: AbortController): Promise<Ran> {
  const [out, err]: [string[], string[]] = [[], []];
  const signal = stopOnProgress?.signal ?? new AbortController().signal;
  const environment: Parameters<typeof buildProgram>[0] = {
    terminal: {
      out: (text) => void out.push(text),
      err: (text) => {
        err.push(text);
        stopOnProgress?.abort();
      },
      errIsTerminal: stopOnProgress !== undefined,
      signal,
    },
    now: () => 0,
    clock: () => now,
    actor: "planner",
    version: "0.0.0",
    openSession: async () => ({ db, close: async () => {} }),
    fileExists: async () => false,
    readFile: async () => new Uint8Array(),
    checkOutput: async () => {},
    writeFile: async (path, content) => void written.set(path, String(content)),
    readMapping: async (name) => ({ name, text: "" }),
    serve: async () => {},
  };
  const code = await runProgram(buildProgram(environment), wordsOf(line), environment);
  return { code, out: out.join(""), err: err.join("") };
}

async function json<T>(line: string): Promise<T> {
  const { code, out, err } = await run(`${line} --json`);
  expect(`${code} ${err.replaceAll(/^[A-Z].*\n/gm, "")}`).toBe("0 ");
  return JSON.parse(out) as T;
}

const days = "--from 2027-01-04 --until 2027-12-31 --preview";

describe("a plan on the command line", () => {
  test("is solved, and kept under its name", async () => {
    await run("plan practice S --book tour");
    const { code, out, err } = await run(`plan solve --book tour --id first ${days}`);
    expect(code).toBe(0);
    expect(out).toContain("(first), synthetic: made up to try the program out");
    expect(out).toContain("Checked: it keeps every limit.");
    expect(err).toContain("Solving\n");
    const again = await run(`plan solve --book tour --id first ${days}`);
    expect([again.code, again.err]).toEqual([
      1,
      expect.stringContaining('There is a plan of that name already. Found: "first"'),
    ]);
  });

  test("is listed, shown, exported and checked", async () => {
    const { plans } = await json<PlanList>("plan list --book tour");
    expect(plans).toMatchObject([{ id: "first", state: "preview", acceptance: { state: "open" } }]);
    expect((await run("plan list --book tour")).out).toContain("none proven");
    const { assignments } = await json<PlanAssignments>("plan show first --book tour --assignments");
    expect(assignments.length).toBe(plans[0]?.assignments);
    await run("plan export first first.csv --book tour");
    expect(written.get("first.csv")?.split("\r\n").length).toBe(assignments.length + 2);
    await run("plan export first first.json --book tour");
    expect(JSON.parse(written.get("first.json") ?? "")).toMatchObject({ plan: "first", total: assignments.length });
    expect(await json<PlanCheck>("plan check first --book tour")).toMatchObject({ problems: [] });
    expect((await run("plan check first --book tour")).out).toContain("Checked: it keeps every limit.");
  });

  test("is solved anew after an offer is withdrawn, beside the one that stands, and the two are compared", async () => {
    const { assignments } = await json<PlanAssignments>("plan show first --book tour --assignments");
    const gone = assignments[0]!.offer;
    now = "2026-12-01T10:00:00Z";
    const withdrawn = await run(`offer withdraw ${gone} --book tour --reason "Needed at home"`);
    expect(withdrawn.err).toBe("");
    const second = await json<PlanView>("plan solve --book tour --id second --standing first --preview");
    expect(second).toMatchObject({ id: "second", standing: "first", from: "2027-01-04", until: "2027-12-31" });
    const lines = await json<PlanAssignments>("plan show second --book tour --assignments");
    expect(lines.assignments.filter((line) => line.offer === gone)).toEqual([]);
    const compared = await json<PlanComparison>("plan compare first second --book tour");
    expect(compared.changes.filter((change) => change.offer === gone).every((change) => change.after === 0)).toBe(true);
    expect(compared.changes.some((change) => change.offer === gone)).toBe(true);
    const { out } = await run("plan compare first second --book tour --changes 1");
    expect(out).toContain("From first to second: score ");
    expect(out).toContain("more changes: --changes");
  });

  test("a plan with what was withdrawn is refused by the offer's name", async () => {
    const { assignments } = await json<PlanAssignments>("plan show first --book tour --assignments");
    const [{ offer, giver }] = assignments as [PlanAssignments["assignments"][number]];
    const { code, err } = await run(`plan accept first --book tour --giver ${giver} --source "Letter"`);
    expect(code).toBe(1);
    expect(err).toContain(`The offer has been withdrawn. Found: ${offer}.`);
  });

  test("a giver accepts its part, and the rest is adopted by a decision", async () => {
    const { assignments } = await json<PlanAssignments>("plan show second --book tour --assignments");
    const { giver } = assignments[0]!;
    const done = await json<Accepted>(
      `plan accept second --book tour --giver ${giver} --source "Letter of 1 December"`,
    );
    expect(done).toMatchObject({ giver, placements: assignments.filter((line) => line.giver === giver).length });
    const group = "--group nordic-baltic-eight --procedure consensus-silence";
    const proposal = await json<ProposalView>(`plan propose second --book tour ${group}`);
    expect(proposal).toMatchObject({ id: "adopt-second", object: "adopt-plan", stepTitle: "Draft" });
    expect((await run("decision silence adopt-second --in 1h")).code).toBe(0);
    now = "2026-12-01T11:00:01Z"; // nobody looked at the proposal: the list takes the decision that is due
    const { plans } = await json<PlanList>("plan list --book tour");
    const shown = plans.find((plan) => plan.id === "second");
    expect(shown?.acceptance).toMatchObject({
      state: "accepted",
      placed: shown?.assignments,
      proposals: [
        {
          id: "adopt-second",
          state: "adopted",
        },
      ],
    });
    const [sum] = await rowsOf<{ pieces: number; posted: number }>(
      db,
      sql`select sum(pieces)::int as pieces, count(distinct posting_no)::int as posted from placement`,
    );
    expect(sum).toEqual({
      pieces: assignments.reduce((all, line) => all + line.quantity, 0),
      posted: assignments.length,
    });
  });

  test("what is placed is not planned again", async () => {
    const third = await json<PlanView>(
      "plan solve --book tour --id third --preview --from 2027-01-04 --until 2027-12-31",
    );
    const second = await json<PlanView>("plan show second --book tour");
    const left = new Map(third.needsCovered.map((need) => [need.need, need.needed]));
    expect(third.needs).toBeLessThan(second.needs);
    for (const { need, needed } of second.needsCovered) expect(left.get(need) ?? 0).toBeLessThanOrEqual(needed);
    const lines = await json<PlanAssignments>("plan show third --book tour --assignments");
    const before = await json<PlanAssignments>("plan show second --book tour --assignments");
    const sum = (all: PlanAssignments, offer: string) =>
      all.assignments.filter((line) => line.offer === offer).reduce((pieces, line) => pieces + line.quantity, 0);
    const offers = await rowsOf<{ id: string; quantity: number }>(
      db,
      sql`select o.id, (v.body ->> 'quantity')::float as quantity from offer o join offer_version v on v.offer_no = o.no where v.body ->> 'item' <> 'EUR'`,
    );
    for (const { id, quantity } of offers) expect(sum(lines, id) + sum(before, id)).toBeLessThanOrEqual(quantity);
  });
});

describe("told by name", () => {
  test.each([
    ["plan show none --book tour", "There is no plan of that name in the book."],
    ["plan solve --book nowhere", "There is no book"],
    [`plan solve --book tour --pin offer-00001 ${days}`, "not OFFER=NEED or OFFER=NEED:QUANTITY"],
    [`plan solve --book tour --pin offer-00001=need-9999 ${days}`, "pin of 1 of offer-00001 to need-9999: "],
    [`plan solve --book tour --without offer-99999 ${days}`, "There is no offer"],
    ["plan solve --book tour --from 2027-12-31 --until 2027-01-04", "2027-12-31 to 2027-01-04"],
    ["plan accept second --book tour --giver atlantis --source x", "atlantis"],
  ])("%s", async (line, says) => {
    const { code, err } = await run(line);
    expect(code).toBe(1);
    expect(err).toContain(says);
  });

  test.each(["plan solve --seconds 0", "plan solve --gap x", "plan solve --goal win", "plan compare a b --changes x"])(
    "%s is wrong usage",
    async (line) => {
      expect((await run(line)).code).toBe(2);
    },
  );

  test("Ctrl-C: nothing is kept", async () => {
    const before = await json<PlanList>("plan list --book tour");
    const { code, err } = await run(
      "plan solve --book tour --gap 0.0001 --from 2027-01-04 --until 2027-12-31",
      new AbortController(),
    );
    expect(code).toBe(1);
    expect(err).toContain("The solving was cancelled; nothing was kept.");
    expect((await json<PlanList>("plan list --book tour")).plans).toHaveLength(before.plans.length);
  });
});
