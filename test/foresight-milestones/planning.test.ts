import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ChangeList, MilestoneList, MilestoneView } from "#core/views-milestones.ts";
import type { ConsignmentView, ConsignmentList } from "#core/views-delivery.ts";
import type { NeedList } from "#core/views-planning.ts";
import { openStory, type Story } from "../planning-story/support.ts";

const now = "2026-11-26T09:00:00Z";
const today = "2026-11-26";
const long = 240_000; // of a busy machine

let story: Story;
beforeAll(async () => {
  story = await openStory(now);
  await story.json("plan practice S --played");
}, long);
afterAll(() => story.close());

const json = async <T>(line: string): Promise<T> => story.json<T>(`${line} --book practice-s`);

describe("what follows from needs and deliveries", () => {
  test("a need is a milestone by the day it is wanted: met once all of it is handed over, late when it is not by then", async () => {
    const { items: needs } = await json<NeedList>("need list --all");
    const { items } = await json<MilestoneList>("milestone list --origin need");
    expect(items.length).toBe(needs.length);
    for (const { id, until, state, coverage } of needs) {
      const found = items.find((one) => one.id === `need:${id}`);
      const met = coverage.handedOver >= coverage.needed;
      const expected = met ? "met" : state === "withdrawn" ? "cancelled" : until < today ? "late" : "expected";
      expect([id, found?.on, found?.state, found?.precision]).toEqual([id, until, expected, "by"]);
      expect(found?.condition?.text).toBe(`need ${id} 1/1`);
    }
    expect(new Set(items.map((one) => one.state)).size).toBeGreaterThan(2);
  });

  test("a consignment is one by the day its last line is due: met once no piece of it is awaited", async () => {
    const { items: consignments } = await json<ConsignmentList>("deliver list");
    const { items } = await json<MilestoneList>("milestone list --origin consignment");
    expect(items.length).toBe(consignments.length);
    for (const { id } of consignments) {
      const { linesCarried, states } = await json<ConsignmentView>(`deliver show ${id}`);
      const inIt = linesCarried.filter((line) => line.pieces > 0);
      const found = items.find((one) => one.id === `consignment:${id}`);
      const due = inIt.map((line) => line.dueUntil).reduce((last, one) => (one > last ? one : last));
      const done = states.every((state) => state.done);
      expect([id, found?.on, found?.state]).toEqual([id, due, done ? "met" : due < today ? "late" : "expected"]);
      expect(new Set(found?.parties)).toEqual(new Set(inIt.map((line) => line.giver)));
    }
  });

  test("a window that is changed is a shift of it, told among what moved; as known before, it stays", async () => {
    const { items } = await json<MilestoneList>("milestone list --origin need --state open");
    const [one] = items;
    const id = one?.id.replace("need:", "") ?? "";
    await json(`need change ${id} --until 2027-06-30 --reason "The season is over"`);
    const shown = await json<MilestoneView>(`milestone show need:${id}`);
    expect(shown).toMatchObject({ on: "2027-06-30", firstOn: one?.on, shifts: 1, state: "late" });
    expect(shown.days[1]).toMatchObject({ reason: "The season is over" });
    expect(shown.history).toEqual([]);
    const before = await json<MilestoneView>(`milestone show need:${id} --known-at 2026-11-25`);
    expect(before).toMatchObject({ on: one?.on, shifts: 0 });
    const { items: moved } = await json<ChangeList>("milestone changes 2026-11-25");
    expect(moved.find((change) => change.milestone === one?.id)).toMatchObject({
      kind: "milestone-shifted",
      days: shown.shiftedDays,
      address: `/needs/${id}`,
    });
  });

  test("every signature is told once, with where it leads", async () => {
    const { items } = await json<ChangeList>("milestone changes 2026-01-01 --limit 1000");
    const signed = items.filter((one) => one.kind === "delivery-signed");
    expect(signed.length).toBeGreaterThan(3);
    for (const one of signed) expect(one.address).toBe(`/deliveries/${one.milestone?.replace("consignment:", "")}`);
    expect(items.filter((one) => one.kind === "milestone-met" && one.milestone?.startsWith("consignment:"))).toEqual(
      [],
    );
  });

  test("a milestone may lean on what follows from the record", async () => {
    const { items } = await json<MilestoneList>("milestone list --origin consignment --state late");
    const late = items[0]?.id ?? "";
    const made = await json<MilestoneView>(
      `milestone add opening --title "The winter line opens" --on 2027-01-15 --depends-on ${late}`,
    );
    expect(made).toMatchObject({ state: "at-risk", needs: [{ id: late, state: "late" }] });
  });
});
