import { describe, expect, test } from "vitest";
import type { ProposalEvent } from "#core/decisions/events.ts";
import { missingForAdoption, whoCanStillBlock } from "#core/decisions/outlook.ts";
import { appendEvent } from "#core/decisions/state.ts";
import { at, codeOf, event, opening, procedure, seated, state, stated } from "./support.ts";

const rules = procedure("consensus-silence-constructive");
const expiry = 3600;
const members = (count: number, heavy = 0) =>
  seated(
    Array.from({ length: count }, (_, index) => ({ id: `m${index + 1}`, weight: index < heavy ? 1_000_000n : 1n })),
  );

/** Under silence among so many, the first so many abstaining constructively, and so many more plainly. */
function quiet(count: number, constructive: number, plain = 0, heavy = 0): ProposalEvent[] {
  const ids = Array.from({ length: count }, (_, index) => `m${index + 1}`);
  const positions = [
    ...ids.slice(0, constructive).map((id) => [id, "constructive-abstain"] as const),
    ...ids.slice(constructive, constructive + plain).map((id) => [id, "abstain"] as const),
  ];
  return [
    opening(rules, members(count, heavy)),
    event(1, { type: "text-issued" }),
    event(2, { type: "silence-started", expiresAt: at(expiry) }),
    ...positions.map(([id, position], index) => stated(3 + index, id, position)),
  ];
}

describe("consensus under silence with constructive abstention", () => {
  test.each([
    ["nobody says anything", 32, 0, 0, "adopted"],
    ["one of thirty-two abstains constructively", 32, 1, 0, "adopted"],
    ["ten of thirty-two, fewer than a third", 32, 10, 0, "adopted"],
    ["eleven of thirty-two, more than a third", 32, 11, 0, "broken"],
    ["one below exactly a third of nine", 9, 2, 0, "adopted"],
    ["exactly a third of nine", 9, 3, 0, "broken"],
    ["exactly a third of three", 3, 1, 0, "broken"],
    ["plain abstentions are not counted to the third", 9, 2, 7, "adopted"],
    ["everybody abstains plainly", 9, 0, 9, "adopted"],
  ])("%s", (_, count, constructive, plain, step) => {
    const events = quiet(count, constructive, plain);
    expect(state(rules, events, expiry - 1).step.id).toBe("silence");
    const now = state(rules, events, expiry);
    expect(now.step.id).toBe(step);
    expect(now.trail.at(-1)).toMatchObject({ on: "silence-expired", at: at(expiry) });
    expect(now.outcome?.constructiveAbstainers.length ?? 0).toBe(step === "adopted" ? constructive : 0);
  });

  test("members are counted, whatever they weigh", () => {
    expect(state(rules, quiet(9, 2, 0, 2), expiry).step.id).toBe("adopted");
  });

  test("it frees from paying and from nothing else", () => {
    expect(state(rules, quiet(4, 1), expiry).outcome?.constructiveAbstainers).toEqual([
      { participant: "m1", declaration: "We shall not be bound.", exemptFrom: ["paying for it"] },
    ]);
  });

  test("an objection breaks it as ever, one at the expiry comes too late", () => {
    const objection = (second: number) => event(second, { type: "objection", participant: "m4" });
    expect(state(rules, [...quiet(4, 1), objection(expiry - 1)], expiry).step.id).toBe("broken");
    expect(codeOf(appendEvent(rules, quiet(4, 1), objection(expiry)))).toBe("silence_already_expired");
  });

  test.each([
    ["without a declaration", { declaration: " " }, "declaration_missing"],
    ["with one", {}, "accepted"],
  ])("a constructive abstention %s", (_, more, code) => {
    expect(codeOf(appendEvent(rules, quiet(4, 0), stated(9, "m2", "constructive-abstain", more)))).toBe(code);
  });

  test.each([
    [2, "accepted"],
    [3, "proposal_rule_not_met"],
  ])("at a meeting of nine with %i constructive abstainers", (constructive, code) => {
    const meeting = [...quiet(9, constructive), event(60, { type: "taken-to-meeting" })];
    expect(codeOf(appendEvent(rules, meeting, event(61, { type: "adopted" })))).toBe(code);
  });

  test("says what is missing, and that a third can block together", () => {
    const now = state(rules, quiet(9, 3), 60);
    expect(missingForAdoption(rules, now).ways).toMatchObject([[{ id: "constructive-members", gap: 1n }]]);
    expect(whoCanStillBlock(rules, state(rules, quiet(9, 2), 60)).alone).toHaveLength(9); // each can still object
  });
});
