import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "#store/database.ts";
import { instanceOf } from "#app/planning/instance.ts";
import { placeAssignments } from "#app/planning/place.ts";
import { requireBook } from "#app/books.ts";
import { inTransaction } from "#store/database.ts";
import { buildProgram } from "../../src/cli/program.ts";
import { runProgram } from "../../src/cli/run.ts";
import type { Environment } from "../../src/cli/session.ts";
import { placingOf } from "../support/placements.ts";
import { openRecord } from "../support/record.ts";

const now = "2026-11-26T10:00:00Z";

describe("practice sets and frames on the command line", () => {
  let db: Database;
  let close: () => Promise<void>;
  const files = new Map<string, string>();

  beforeAll(async () => {
    ({ db, close } = await openRecord());
  });
  afterAll(() => close());

  async function run(words: string): Promise<{ code: number; out: string; err: string }> {
    let out = "";
    let err = "";
    const environment = {
      terminal: {
        out: (text: string) => void (out += text),
        err: (text: string) => void (err += text),
        errIsTerminal: false,
        signal: new AbortController().signal,
      },
      now: () => 0,
      clock: () => now,
      actor: "planner",
      version: "0.0.0",
      openSession: async () => ({ db, close: async () => {} }),
      readFile: async (path: string) => new TextEncoder().encode(files.get(path) ?? ""),
    } as unknown as Environment;
    const code = await runProgram(buildProgram(environment), ["plan", ...words.split(" ")], environment);
    return { code, out, err };
  }

  test("a practice set goes into a synthetic book of its own, once", async () => {
    const ran = await run("practice s");
    expect(ran).toMatchObject({ code: 0, err: "" });
    expect(ran.out).toContain("Book practice-s, synthetic: 20 needs and 100 offers of 50 givers, made up.");
    expect(await run("practice S")).toMatchObject({ code: 1, err: expect.stringContaining('"practice-s"') });
    const other = await run("practice S --seed 9 --book tryout --json");
    expect(JSON.parse(other.out)).toMatchObject({ book: "tryout", size: "S", seed: 9, needs: 20, from: "2027-01-04" });
  });

  test.each([
    ["practice XL", "not S, M or L"],
    ["practice S --seed many --book another", "not a whole number"],
    ["frame show --book nowhere", '"nowhere"'],
  ])("%s is refused: %s", async (words, found) => {
    expect(await run(words)).toMatchObject({ code: 1, out: "", err: expect.stringContaining(found) });
  });

  test("a frame is shown, taken out as a file, changed and taken in", async () => {
    expect((await run("frame show --book practice-s")).out).toContain("Practice training centre 1");
    const taken = JSON.parse((await run("frame show --book practice-s --json")).out) as { wayDays: number };
    files.set("frame.json", JSON.stringify({ ...taken, wayDays: 21 }));
    const ran = await run("frame import frame.json --book practice-s --source Talks --publisher Ministry");
    expect(ran).toMatchObject({ code: 0, out: expect.stringContaining("Entered as version 2.") });
    files.set("frame.json", "{");
    const refused = await run("frame import frame.json --book practice-s");
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining("file frame.json") });
    expect((await run("frame show --book needs-nobody")).code).toBe(1);
    expect((await run("frame show --book worked-case")).out).toContain("No capacities or prices are on record");
  });

  test("what is placed is no longer offered, nor asked for where it is whole", async () => {
    const { no: bookNo } = await requireBook(db, "tryout");
    const asked = { from: "2027-01-04", until: "2027-12-31", knownAt: now };
    const before = await instanceOf(db, "tryout", asked);
    const need = before.needs.find((one) => one.package.length === 0 && one.quantity > 1);
    const offer = before.offers.find((one) => one.item === need?.accepts[0]?.item && one.quantity > 1);
    if (need === undefined || offer === undefined)
      throw new Error("the set has a need without a package, and an offer for it");
    const placing = placingOf({
      id: "P-1",
      offer: offer.id,
      need: need.id,
      item: offer.item,
      hub: "hub-1",
      pieces: 1,
    });
    await inTransaction(db, (trx) =>
      placeAssignments(trx, {
        bookNo,
        planNo: null,
        assignments: [placing],
        proposalNo: null,
        source: "made-up-for-practice",
        knownAt: now,
        actor: "tester",
      }),
    );
    const after = await instanceOf(db, "tryout", asked);
    expect(after.needs.find((one) => one.id === need.id)?.quantity).toBe(need.quantity - 1);
    expect(after.offers.find((one) => one.id === offer.id)?.quantity).toBe(offer.quantity - 1);
    const then = await instanceOf(db, "tryout", { ...asked, knownAt: "2026-11-26T09:59:59Z" });
    expect(then.needs).toEqual([]);
  });
});
