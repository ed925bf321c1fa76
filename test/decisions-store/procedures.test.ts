import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { EventDraft } from "#core/decisions/events.ts";
import {
  instant,
  minutes,
  objection,
  openDesk,
  refusal,
  reissued,
  silence,
  stated,
  stored,
  text,
  type Desk,
} from "./support.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => desk.close());

/** Opened under a procedure, with a text, at the first minute. */
async function begun(
  id: string,
  procedure: string,
  more: object = {},
): Promise<(event: EventDraft) => Promise<unknown>> {
  await desk.at(0).open({ id, procedure, ...more });
  await desk.at(minutes(1)).enter(text(), id);
  desk.at(minutes(2));
  return async (event) => desk.enter(event, id);
}

test("silence broken once, the text amended, adopted on the second round", async () => {
  const opened = await desk.at(0).open();
  expect(opened).toMatchObject({
    step: "prepared",
    title: "A fund for the ring",
    groupName: "The Ring",
    procedureTitle: "Consensus under silence",
    synthetic: true,
    outcome: null,
  });
  expect(opened.participants.map((one) => [one.name, one.takesPart, one.roles])).toEqual([
    ["Norland", true, ["member"]],
    ["Ostland", true, ["member"]],
    ["Pomeria", true, ["member"]],
    ["Quisland", true, ["member"]],
    ["Rhonia", true, ["member"]],
    ["Sudmark", true, ["lead", "member"]],
  ]);
  await desk.at(minutes(1)).enter(text());
  const quiet = await desk.at(minutes(2)).enter(silence(minutes(60)));
  expect(quiet).toMatchObject({ step: "silence", expiresAt: instant(minutes(60)), now: instant(minutes(2)) });
  expect(quiet.missing).toMatchObject({ decided: false, ruleMet: true, until: instant(minutes(60)) });
  expect(quiet.blocking.alone).toHaveLength(6);
  const broken = await desk.at(minutes(10)).enter(objection("n2"), "fund", "Delegation of Ostland");
  expect(broken).toMatchObject({ step: "broken", expiresAt: null, blocking: { blocked: true, holding: ["n2"] } });
  expect(broken.events.at(-1)).toMatchObject({
    seq: 4,
    party: "n2",
    partyName: "Ostland",
    actor: "Delegation of Ostland",
    says: "Ostland objects: Not so.",
  });
  await desk.at(minutes(20)).enter(reissued(minutes(90)));
  const adopted = await desk.at(minutes(91)).view();
  expect(adopted).toMatchObject({
    title: "The text, amended",
    step: "adopted",
    result: "adopted",
    decidedAt: instant(minutes(90)),
    texts: [{ version: 1 }, { version: 2, actor: "secretariat" }],
  });
  expect(adopted.outcome?.says).toBe(
    "Adopted by silence on 3 March 2025 at 13:30 UTC under Consensus under silence: nobody objected; 6 took part",
  );
  expect(adopted.events.map(({ kind, at, actor }) => [kind, at, actor])).toEqual([
    ["opened", instant(0), "secretariat"],
    ["text-issued", instant(minutes(1)), "secretariat"],
    ["silence-started", instant(minutes(2)), "secretariat"],
    ["objection", instant(minutes(10)), "Delegation of Ostland"],
    ["re-issued", instant(minutes(20)), "secretariat"],
    ["silence-expired", instant(minutes(90)), "the clock"],
  ]);
  expect(adopted.unity.map(({ on, met, counts }) => [on, met, counts.against, counts.silent])).toEqual([
    ["opened", true, 0, 6],
    ["text-issued", true, 0, 6],
    ["silence-started", true, 0, 6],
    ["objection", false, 1, 5],
    ["re-issued", true, 0, 6],
    ["silence-expired", true, 0, 6],
  ]);
  expect(await stored(desk.db)).toMatchObject([{ result: "adopted", at: "2025-03-03T13:30:00.000Z", effect: "" }]);
});

test("one constructive abstention among six, who need not pay", async () => {
  const enter = await begun("abstained", "consensus-silence-constructive");
  await enter(silence(minutes(60)));
  await enter(stated("n4", "constructive-abstain", "Quisland accepts that the Ring decides and will not pay."));
  await enter({ type: "reservation-placed", participant: "n1", note: "Until the committee has met." });
  const { outcome, participants } = await desk.at(minutes(60)).view("abstained");
  expect(outcome).toMatchObject({
    result: "adopted",
    by: "silence",
    says: "Adopted by silence on 3 March 2025 at 13:00 UTC under Consensus under silence with constructive abstention: nobody objected; 6 took part, 1 abstained constructively",
    constructiveAbstainers: [
      {
        party: "n4",
        partyName: "Quisland",
        declaration: "Quisland accepts that the Ring decides and will not pay.",
        exemptFrom: ["paying for it"],
      },
    ],
    reservations: [{ party: "n1", partyName: "Norland", note: "Until the committee has met." }],
  });
  expect(participants.find((one) => one.id === "n1")?.reservation?.placedAt).toBe(instant(minutes(2)));
});

describe("by vote", () => {
  test("a qualified majority counts the population of the newest year up to the day", async () => {
    const enter = await begun("majority", "eu-qualified-majority");
    await enter({ type: "put-to-vote", note: "" });
    for (const party of ["n1", "n2", "n3", "n4"]) await enter(stated(party, "for"));
    const voted = await desk.view("majority");
    // 7000 + 2 of 2025 (not of 2026) and so on down: 22,008 of 27,012, in favour.
    expect(voted.participants.map((one) => one.weights["population"])).toEqual([
      "7002",
      "6002",
      "5002",
      "4002",
      "3002",
      "2002",
    ]);
    expect(voted.counts.find((one) => one.standing === "for")?.weights).toEqual({ members: "4", population: "22008" });
    await enter({ type: "adopted", note: "" });
    const { outcome } = await desk.view("majority");
    expect(outcome?.says).toBe(
      "Adopted by vote on 3 March 2025 at 12:02 UTC under EU qualified majority: 4 for, 0 against, 2 said nothing; 6 took part, 81.47 % of the population in favour",
    );
    expect(await stored(desk.db, "majority")).toMatchObject([{ result: "adopted" }]);
  });

  test("not met, it can be rejected and not adopted, and what is rejected is decided", async () => {
    const enter = await begun("rejected", "simple-majority");
    await enter({ type: "put-to-vote", note: "" });
    for (const party of ["n1", "n2", "n3"]) await enter(stated(party, "for"));
    expect(await refusal(enter({ type: "adopted", note: "" }))).toBe("proposal_rule_not_met");
    await enter({ type: "rejected", note: "Three of six." });
    expect(await desk.view("rejected")).toMatchObject({ step: "rejected", result: "rejected" });
    expect(await stored(desk.db, "rejected")).toMatchObject([{ result: "rejected", effect: "" }]);
    expect(await refusal(enter({ type: "adopted", note: "" }))).toBe("proposal_closed");
  });

  test("leads decide, those of the membership and those named at the opening", async () => {
    const enter = await begun("leads", "lead-nation", { roles: { lead: ["Norland"] }, without: ["n2"] });
    const seats = (await desk.view("leads")).participants;
    expect(seats.filter((one) => one.roles.includes("lead")).map((one) => one.id)).toEqual(["n1", "n6"]);
    expect(seats.filter((one) => !one.takesPart).map((one) => one.id)).toEqual(["n2"]);
    await enter({ type: "put-to-vote", note: "" });
    await enter(stated("n6", "for"));
    expect(await refusal(enter({ type: "adopted", note: "" }))).toBe("proposal_rule_not_met");
    await enter(stated("Norland", "for"));
    await enter({ type: "adopted", note: "" });
    expect(await desk.view("leads")).toMatchObject({ result: "adopted" });
    expect(await refusal(enter(stated("n2", "for")))).toBe("proposal_closed");
  });
});

describe("after adoption", () => {
  test("statements are attached until it is issued; annulled, it keeps its outcome and is ended once", async () => {
    const enter = await begun("annulled", "consensus-silence");
    await enter(silence(minutes(60)));
    desk.at(minutes(70));
    const statement = { participant: "n3", kind: "interpretative-statement", text: "As Pomeria reads it." } as const;
    await enter({ type: "statement-made", ...statement });
    await enter({ type: "issued", number: "RING/1" });
    expect(await refusal(enter({ type: "statement-made", ...statement }))).toBe("proposal_closed");
    const issued = await desk.view("annulled");
    expect(issued).toMatchObject({
      number: "RING/1",
      outcome: { statements: [{ party: "n3", text: "As Pomeria reads it." }] },
    });
    await desk.at(minutes(80)).enter({ type: "annulled", reason: "Taken without a quorum." }, "annulled");
    const ended = await desk.view("annulled");
    expect(ended).toMatchObject({
      step: "annulled",
      result: "adopted",
      ending: "annulled",
      outcome: { ending: { kind: "annulled", at: instant(minutes(80)), reason: "Taken without a quorum." } },
    });
    expect(await refusal(enter({ type: "expired", reason: "" }))).toBe("proposal_closed");
  });

  test("what was withdrawn is never decided", async () => {
    const enter = await begun("withdrawn", "consensus-silence");
    await enter(silence(minutes(60)));
    await enter({ type: "withdrawn", reason: "" });
    expect(await desk.at(minutes(90)).view("withdrawn")).toMatchObject({ step: "withdrawn", result: null });
    expect(await stored(desk.db, "withdrawn")).toEqual([]);
  });
});
