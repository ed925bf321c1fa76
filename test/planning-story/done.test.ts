import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadStated } from "#app/planning/stated.ts";
import type { ProposalView } from "#core/views-decisions.ts";
import type { ConfirmationOutcome, ConsignmentList, ConsignmentView, QueryView } from "#core/views-delivery.ts";
import type {
  Explanation,
  PlanAssignment,
  PlanAssignments,
  PlanCheck,
  PlanComparison,
  PlanList,
  PlanView,
} from "#core/views-plan.ts";
import type { NeedList, NeedView, OfferList } from "#core/views-planning.ts";
import { statedText } from "../support/record.ts";
import { openStory, type Story } from "./support.ts";

// From what is needed and offered to what the recipient has signed for, as it is typed: on what was stated and committed in 2022, and on the largest
// practice set, which is solved quickly here.

const long = 240_000; // of a busy machine; a few seconds each on one that is not

type Case = Readonly<{ book: string; group: string; solve: string; needs: number; offers: number }>;
const cases: readonly Case[] = [
  { book: "needs-2022", group: "contact-group", solve: "", needs: 4, offers: 176 },
  { book: "practice-l", group: "practice-group", solve: "--preview", needs: 2000, offers: 10_000 },
];

describe.each(cases)("the whole story of $book", ({ book, group, solve, needs, offers }) => {
  let story: Story;
  beforeAll(async () => {
    story = await openStory("2026-11-02T09:00:00Z");
    if (book === "needs-2022") await loadStated(story.db, statedText());
    else await story.json("plan practice L");
  }, long);
  afterAll(() => story.close());

  const json = async <T>(line: string): Promise<T> => story.json<T>(`${line} --book ${book}`);
  const linesOf = async (plan: string, of = "") =>
    (await json<PlanAssignments>(`plan show ${plan} --assignments ${of}`)).assignments;
  let urgent: PlanAssignment; // what the first plan gives to the first need
  let carried: PlanAssignment; // what of the second plan is delivered

  test("needs and offers are there, and nothing is signed for", async () => {
    const stated = await json<NeedList>("need list");
    expect(stated.total).toBe(needs);
    expect(stated.items.filter(({ coverage }) => coverage.placed + coverage.confirmed > 0)).toEqual([]);
    expect((await json<OfferList>("offer list")).total).toBe(offers);
  });

  test(
    "what is exported is imported again as it is",
    async () => {
      for (const [what, count] of [
        ["need", needs],
        ["offer", offers],
      ] as const) {
        expect((await story.run(`${what} export ${what}s.csv --book ${book}`)).code).toBe(0);
        expect(await json(`${what} import ${what}s.csv`)).toMatchObject({ entered: 0, changed: 0, unchanged: count });
      }
    },
    long,
  );

  test(
    "a plan is solved, keeps every limit, and is explained",
    async () => {
      const plan = await json<PlanView>(`plan solve --id first ${solve}`);
      expect(plan).toMatchObject({ id: "first", problems: [] });
      expect(plan.assignments).toBeGreaterThan(0);
      expect(await json<PlanCheck>("plan check first")).toMatchObject({ problems: [] });
      urgent = (await linesOf("first")).find((line) => line.kind === "given" && line.quantity > 1)!;
      const need = await json<Explanation>(`plan explain first --need ${urgent.need}`);
      expect(need.about).toMatchObject({ kind: "need", id: urgent.need });
      expect(need.says.length).toBeGreaterThan(0);
      const offer = await json<Explanation>(`plan explain first --offer ${urgent.offer}`);
      expect(offer.says.join(" ")).toContain(urgent.need);
    },
    long,
  );

  test(
    "an offer is withdrawn, and a second plan does without it",
    async () => {
      story.set("2026-11-02T10:00:00Z");
      const withdrawn = await story.run(
        `offer withdraw ${urgent.offer} --book ${book} --reason "Needed at home" --no-replan`,
      );
      expect(withdrawn.code).toBe(0);
      await json<PlanView>(`plan solve --id second --standing first ${solve}`);
      expect(await linesOf("second", `--offer ${urgent.offer}`)).toEqual([]);
      const compared = await json<PlanComparison>("plan compare first second --changes 1000000");
      const gone = compared.changes.filter((change) => change.offer === urgent.offer);
      expect(gone.length).toBeGreaterThan(0);
      expect(gone.every(({ before, after }) => before > 0 && after === 0)).toBe(true);
    },
    long,
  );

  test(
    "the second plan is adopted by a decision, and placed whole",
    async () => {
      const proposal = await json<ProposalView>(
        `plan propose second --group ${group} --procedure consensus-silence --id adoption`,
      );
      expect(proposal.object).toBe("adopt-plan");
      expect((await story.run("decision silence adoption --in 1h")).code).toBe(0);
      story.set("2026-11-02T12:00:00Z");
      const { plans } = await json<PlanList>("plan list");
      expect(plans.find(({ id }) => id === "second")?.acceptance).toMatchObject({
        state: "accepted",
        proposals: [{ id: "adoption", state: "adopted" }],
      });
      const stated = await json<NeedList>("need list");
      expect(stated.items.filter(({ coverage }) => coverage.confirmed > 0)).toEqual([]);
      expect(stated.items.some(({ coverage }) => coverage.placed > 0)).toBe(true);
    },
    long,
  );

  test(
    "it is delivered in parts, one of them disputed and settled",
    async () => {
      const lines = await linesOf("second");
      const things = lines.filter(({ kind, part, item }) => kind === "given" && !part && !item.startsWith("staff-"));
      carried = things.find((line) => line.quantity > 4)!;
      const { placements } = await json<NeedView>(`need show ${carried.need}`);
      const { id, pieces } = placements.find((one) => one.offer === carried.offer && one.pieces === carried.quantity)!;
      story.set("2026-11-03T09:00:00Z");
      for (const [name, part] of [
        ["part-1", 2],
        ["part-2", 2],
        ["part-3", pieces - 4],
      ] as const) {
        const made = await json<ConsignmentView>(`deliver new ${name} --title ${name} --placement ${id}=${part}`);
        expect(made.pieces).toBe(part);
      }
      for (const event of ["dispatch", "hand-over"])
        for (const name of ["part-1", "part-2"]) await json(`deliver event ${name} ${event}`);
      await json("deliver event part-3 dispatch");
      story.set("2026-11-04T09:00:00Z");
      await json("deliver template --out receipts.csv"); // a CSV by its name alone
      expect(story.files.get("receipts.csv")).toMatch(/^consignment,line,.*received/);
      story.files.set("receipts.csv", "consignment,line,received\npart-1,1,2\npart-2,1,1\n");
      const signed = await json<ConfirmationOutcome>("deliver confirm receipts.csv");
      expect(signed).toMatchObject({ confirmed: 3, queries: [{ consignment: "part-2" }] });
      const query = signed.queries[0]!.id;
      await json(`deliver query answer ${query} --says "Two left."`);
      const settled = await json<QueryView>(
        `deliver query settle ${query} --outcome recipient --reason "Counted together"`,
      );
      expect(settled).toMatchObject({ state: "settled", settled: { outcome: "recipient", pieces: 1 } });
    },
    long,
  );

  test(
    "the list of needs shows exactly what the recipient has signed for",
    async () => {
      const { items } = await json<ConsignmentList>("deliver list");
      const confirmed = items.flatMap(({ states }) => states).filter(({ state }) => state === "confirmed");
      expect(confirmed.reduce((sum, { pieces }) => sum + pieces, 0)).toBe(3);
      const need = await json<NeedView>(`need show ${carried.need}`);
      const worth = need.accepts.find(({ item }) => item === carried.item)!.worthPpm;
      const counted = Math.floor((3 * worth) / 1_000_000);
      const stated = await json<NeedList>("need list");
      expect(
        stated.items.map(({ id, coverage }) => [id, coverage.confirmed]).filter(([, count]) => count !== 0),
      ).toEqual([[carried.need, counted]]);
      const sum = stated.byPriority.find(({ priority }) => priority === need.priority)!;
      expect(sum.confirmedPpm).toBe(Math.floor((counted * 1_000_000) / need.quantity / sum.needs));
    },
    long,
  );
});
