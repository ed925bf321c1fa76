import { describe, expect, test } from "vitest";
import type { ProposalEvent } from "#core/decisions/events.ts";
import { missingForAdoption, nextTransitions, whoCanStillBlock } from "#core/decisions/outlook.ts";
import { appendEvent, stateAt } from "#core/decisions/state.ts";
import { positionsOverTime } from "#core/decisions/timeline.ts";
import { at, codeOf, event, opening, procedure, seated, shipped, state, stated } from "./support.ts";

const rules = procedure("consensus-silence");
const allies = seated(["bel", "fra", "hun", "nor"].map((id) => ({ id })));
const expiry = 3600;
const silent = (...more: ProposalEvent[]): ProposalEvent[] => [
  opening(rules, allies),
  event(1, { type: "text-issued" }),
  event(10, { type: "silence-started", expiresAt: at(expiry) }),
  ...more,
];
const objection = (seconds: number, more: object = {}): ProposalEvent =>
  event(seconds, { type: "objection", participant: "hun", ...more });

describe("expiry to the second", () => {
  test.each([
    [expiry - 1, "accepted", "broken"],
    [expiry, "silence_already_expired", "adopted"],
    [expiry + 1, "silence_already_expired", "adopted"],
  ])("an objection at %i s", (seconds, code, step) => {
    expect(codeOf(appendEvent(rules, silent(), objection(seconds)))).toBe(code);
    expect(state(rules, code === "accepted" ? silent(objection(seconds)) : silent(), expiry + 60).step.id).toBe(step);
  });

  test("a fraction of a second before counts", () => {
    const late = { ...objection(0), at: at(expiry - 1).replace("Z", ".999Z") };
    expect(codeOf(appendEvent(rules, silent(), late))).toBe("accepted");
  });

  test.each([
    [expiry - 1, "silence"],
    [expiry, "adopted"],
  ])("unbroken, at %i s it is %s", (seconds, step) => {
    expect(state(rules, silent(), seconds).step.id).toBe(step);
  });

  test("the expiry is applied at its right time, however late the state is asked for", () => {
    const now = state(rules, silent(), expiry * 1000);
    expect(now.outcome).toMatchObject({
      result: "adopted",
      at: at(expiry),
      by: "silence",
      participants: ["bel", "fra", "hun", "nor"],
    });
    expect(now.trail.at(-1)).toMatchObject({ on: "silence-expired", at: at(expiry) });
  });

  test("an objection received in time and recorded late counts", () => {
    const broken = appendEvent(rules, silent(), objection(expiry - 5));
    expect(broken.ok && state(rules, broken.value, expiry * 10).step.id).toBe("broken");
  });
});

describe("the ways out of a silence", () => {
  test("an amendment breaks it as an objection does, and says what it asks", () => {
    const now = state(rules, silent(objection(20, { form: "amendment", text: "Strike line 3" })), 21);
    expect(now.step.id).toBe("broken");
    expect(now.standing.find((one) => one.participant === "hun")?.position).toMatchObject({
      position: "against",
      objection: { form: "amendment", text: "Strike line 3" },
    });
    expect(now.deadline).toBeNull();
  });

  test("extended: the later expiry holds, and positions stay", () => {
    const events = silent(stated(20, "fra", "for"), event(30, { type: "silence-extended", expiresAt: at(expiry * 2) }));
    expect(state(rules, events, expiry).step.id).toBe("silence");
    expect(state(rules, events, expiry * 2 - 1).standing.map((one) => one.standing)).toEqual([
      "silent",
      "for",
      "silent",
      "silent",
    ]);
    expect(state(rules, events, expiry * 2).outcome?.at).toBe(at(expiry * 2));
  });

  test("a revised text under new silence: the old objection is not one to the new text", () => {
    const events = silent(
      objection(20),
      event(40, { type: "re-issued", version: 2, title: "Text 2", reference: null, expiresAt: at(7200) }),
    );
    const now = state(rules, events, 50);
    expect(now).toMatchObject({ round: 2, text: { version: 2 }, step: { id: "silence" } });
    expect(now.standing.every((one) => one.standing === "silent")).toBe(true);
    expect(state(rules, events, 7200).outcome).toMatchObject({ text: { version: 2 }, at: at(7200) });
  });

  test("at a meeting an objection in force holds it up until its author takes another position", () => {
    const meeting = silent(objection(20), event(40, { type: "taken-to-meeting" }));
    expect(codeOf(appendEvent(rules, meeting, event(50, { type: "adopted" })))).toBe("proposal_rule_not_met");
    const agreed = [...meeting, stated(51, "hun", "abstain")];
    const done = appendEvent(rules, agreed, event(52, { type: "adopted" }));
    expect(done.ok && state(rules, done.value, 53).outcome).toMatchObject({ by: "meeting", at: at(52) });
  });

  test("withdrawn under silence, it does not expire", () => {
    const now = state(rules, silent(event(20, { type: "withdrawn" })), expiry * 2);
    expect(now).toMatchObject({ step: { id: "withdrawn" }, open: false, outcome: null });
  });

  test("statements and reservations are attached until it is issued", () => {
    const statement = (seconds: number, kind: string): ProposalEvent =>
      event(seconds, { type: "statement-made", participant: "nor", kind, text: "As we read it" });
    const adopted = silent(
      statement(20, "interpretative-statement"),
      event(21, { type: "reservation-placed", participant: "bel", note: "Until the Chamber has voted" }),
      statement(expiry + 5, "formal-reservation"),
      event(expiry + 9, { type: "issued", number: "PO/2024/17" }),
    );
    const now = state(rules, adopted, expiry + 10);
    expect(now).toMatchObject({ number: "PO/2024/17", step: { id: "issued" } });
    expect(now.outcome?.statements.map((one) => one.kind)).toEqual(["interpretative-statement", "formal-reservation"]);
    expect(now.outcome?.reservations).toEqual([
      { participant: "bel", placedAt: at(21), note: "Until the Chamber has voted", liftedAt: null },
    ]);
    expect(codeOf(appendEvent(rules, adopted, statement(expiry + 11, "formal-reservation")))).toBe("proposal_closed");
  });

  test.each(["annulled", "expired"] as const)(
    "once adopted it can be %s, and what was adopted stays readable",
    (type) => {
      const now = state(rules, silent(event(expiry + 5, { type, reason: "Superseded" })), expiry + 6);
      expect(now).toMatchObject({
        ending: { kind: type, at: at(expiry + 5), reason: "Superseded" },
        outcome: { result: "adopted", at: at(expiry) },
      });
    },
  );
});

test("who can still block changes at every moment", () => {
  const asked = (events: readonly ProposalEvent[], seconds: number) =>
    whoCanStillBlock(rules, state(rules, events, seconds));
  const everyone = ["bel", "fra", "hun", "nor"];
  expect(asked(silent(), expiry - 1)).toMatchObject({ blocked: false, alone: everyone, fewest: 1 });
  expect(asked(silent(), expiry)).toMatchObject({ blocked: false, alone: [], fewest: null });
  expect(asked(silent(objection(20)), 21)).toMatchObject({ blocked: true, holding: ["hun"], alone: everyone });
});

test("what is missing, and what can come next with the reason why other steps cannot", () => {
  const now = state(rules, silent(), 100);
  expect(missingForAdoption(rules, now)).toMatchObject({
    ruleMet: true,
    ways: [[]],
    until: at(expiry),
    steps: ["The silence expires unbroken"],
  });
  const next = nextTransitions(rules, now);
  expect(next.filter((one) => one.allowed).map((one) => one.on)).toEqual([
    "silence-extended",
    "objection",
    "position-stated",
    "reservation-placed",
    "reservation-lifted",
    "statement-made",
    "taken-to-meeting",
    "withdrawn",
    "silence-expired",
  ]);
  expect(next.find((one) => one.on === "silence-expired")).toMatchObject({ to: "adopted", at: at(expiry) });
  expect(next.find((one) => one.on === "adopted")).toMatchObject({
    refusal: { code: "proposal_transition_not_allowed", found: 'adopted in the step "Under silence"' },
  });
  const bare = state(rules, [opening(rules, allies)], 1);
  expect(nextTransitions(rules, bare).find((one) => one.on === "silence-started")).toMatchObject({
    allowed: false,
    refusal: { code: "proposal_text_missing" },
  });
});

test("positions over time show how unity broke and grew", () => {
  const events = silent(
    stated(20, "fra", "for"),
    objection(30),
    event(40, { type: "re-issued", version: 2, title: "Text 2", reference: null, expiresAt: at(7200) }),
    stated(50, "hun", "abstain"),
  );
  const found = positionsOverTime(rules, events, at(9000));
  expect(
    found.ok &&
      found.value.map((one) => [
        one.at,
        one.on,
        one.step,
        one.textVersion,
        Object.values(one.standing).join(" "),
        one.met,
      ]),
  ).toEqual([
    [at(0), "opened", "prepared", null, "silent silent silent silent", true],
    [at(1), "text-issued", "prepared", 1, "silent silent silent silent", true],
    [at(10), "silence-started", "silence", 1, "silent silent silent silent", true],
    [at(20), "position-stated", "silence", 1, "silent for silent silent", true],
    [at(30), "objection", "broken", 1, "silent for against silent", false],
    [at(40), "re-issued", "silence", 2, "silent silent silent silent", true],
    [at(50), "position-stated", "silence", 2, "silent silent abstain silent", true],
    [at(7200), "silence-expired", "adopted", 2, "silent silent abstain silent", true],
  ]);
});

describe("EU unanimity under silence", () => {
  const eu = procedure("eu-unanimity");
  const members = seated(Array.from({ length: 27 }, (_, index) => ({ id: `m${index + 1}`, weight: 100n })));
  const under = (constructive: number): ProposalEvent[] => [
    opening(eu, members),
    event(1, { type: "text-issued" }),
    event(2, { type: "silence-started", expiresAt: at(expiry) }),
    ...members.slice(0, constructive).map((one, index) => stated(3 + index, one.id, "constructive-abstain")),
  ];

  test("adopted with one constructive abstainer, which need not apply it or pay", () => {
    const now = state(eu, under(1), expiry);
    expect(now.report.met).toBe(true);
    expect(now.outcome?.constructiveAbstainers).toEqual([
      {
        participant: "m1",
        declaration: "We shall not be bound.",
        exemptFrom: ["applying the decision", "paying for it"],
      },
    ]);
  });

  test("not adopted when constructive abstainers are exactly a third with a third of the population", () => {
    expect(state(eu, under(8), expiry).step.id).toBe("adopted");
    const now = state(eu, under(9), expiry);
    expect(now).toMatchObject({ step: { id: "broken" }, outcome: null, open: true });
    expect(now.trail.at(-1)).toMatchObject({ on: "silence-expired", at: at(expiry) });
  });

  test("at a vote silence is not consent", () => {
    const vote = [...under(1).slice(0, 2), event(3, { type: "put-to-vote" })];
    expect(codeOf(appendEvent(eu, vote, event(4, { type: "adopted" })))).toBe("proposal_rule_not_met");
  });
});

test("every shipped procedure can be opened, and nothing is asked of events after the instant", () => {
  for (const one of shipped) {
    const roles = (index: number): string[] => [...(index < 5 ? ["permanent"] : []), ...(index === 0 ? ["lead"] : [])];
    const members = seated(Array.from({ length: 15 }, (_, index) => ({ id: `m${index}`, roles: roles(index) })));
    const events = [opening(one, members), event(60, { type: "issued" })];
    expect(state(one, events, 59).step.id).toBe(one.start);
    expect(codeOf(stateAt(one, events, at(60)))).toBe("proposal_transition_not_allowed");
  }
});
