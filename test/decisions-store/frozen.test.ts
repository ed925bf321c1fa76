import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openProposal, proposalView } from "#app/decisions.ts";
import { filedProcedures, type FiledProcedure } from "#app/procedures.ts";
import { fundView } from "#app/funds/view.ts";
import { playRehearsal } from "#app/rehearsal.ts";
import { readProcedure } from "#formats/procedures/read.ts";
import { rowsOf, sql } from "#store/database.ts";
import { read } from "../architecture/sources.ts";
import { openRecord } from "../support/record.ts";
import { minutes, objection, openDesk, refusal, silence, stated, text, usual, type Desk } from "./support.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => desk.close());

/** The shipped consensus under silence with something else about it, as if its file were edited. */
async function edited(change: (text: string) => string): Promise<FiledProcedure[]> {
  const [filed] = (await filedProcedures()).filter((one) => one.procedure.id === "consensus-silence");
  const changed = change(filed?.text ?? "");
  expect(changed).not.toBe(filed?.text);
  return [{ text: changed, procedure: readProcedure(changed, "consensus-silence.json") }];
}

test("a proposal is judged by the procedure as it was at its opening, whatever becomes of the file", async () => {
  const lax = await edited((json) =>
    json.replace('"count": 0', '"count": 1').replace("Consensus under silence", "One may object"),
  );
  await desk.at(0).open({ id: "lax" }, lax);
  await desk.at(0).open({ id: "strict" });
  for (const id of ["lax", "strict"]) {
    await desk.at(1).enter(text(), id);
    await desk.enter({ type: "taken-to-meeting", note: "" }, id);
    await desk.enter(stated("n1", "against"), id);
  }
  expect(await desk.view("lax")).toMatchObject({ procedureTitle: "One may object", rule: { met: true } });
  expect(await desk.view("strict")).toMatchObject({ procedureTitle: "Consensus under silence", rule: { met: false } });
  expect(await refusal(desk.enter({ type: "adopted", note: "" }, "lax"))).toBe("accepted");
  expect(await refusal(desk.enter({ type: "adopted", note: "" }, "strict"))).toBe("proposal_rule_not_met");
});

test("a procedure that is no longer in force today still judges what was opened under it", async () => {
  const ending = await edited((json) => json.replace('"validTo": null', '"validTo": "2025-03-03"'));
  await desk.at(0).open({ id: "ending" }, ending);
  await desk.at(minutes(60 * 48)).enter(text(), "ending");
  expect(await desk.view("ending")).toMatchObject({ step: "prepared", texts: [{ version: 1 }] });
  expect(await refusal(desk.open({ id: "ended" }, ending))).toBe("procedure_not_in_force");
});

test("participants, roles and weights stay as they were on the day", async () => {
  await desk.at(0).open({ id: "seats", procedure: "eu-qualified-majority" });
  const before = (await desk.view("seats")).participants;
  await rowsOf(
    desk.db,
    sql`insert into membership (group_no, party_no, role, valid) select g.no, p.no, 'member', daterange('2025-03-04', null)
        from party_group g, party p where g.slug = 'ring' and p.id = 'bbb'`,
  );
  await rowsOf(
    desk.db,
    sql`insert into indicator_value (party_no, indicator, year, value, unit, source_no)
        select p.no, 'population', 2025, 1, 'persons', s.no from party p, source s where p.id = 'bbb' and s.id = 'made-up'`,
  );
  expect((await desk.at(minutes(60 * 48)).view("seats")).participants).toEqual(before);
  expect(before.map((one) => one.id)).not.toContain("bbb");
  await desk.open({ id: "seats-later", procedure: "eu-qualified-majority" });
  expect((await desk.view("seats-later")).participants.map((one) => one.id)).toContain("bbb");
  expect(await refusal(desk.enter(stated("bbb", "for"), "seats"))).toBe("not_a_participant");
});

describe("who takes part", () => {
  test("the recipient never, whatever else it is to the group", async () => {
    await desk.at(0).open({ id: "recipient" });
    expect((await desk.view("recipient")).participants.map((one) => one.id)).not.toContain("rrr");
    await desk.enter(text(), "recipient");
    await desk.enter(silence(minutes(60)), "recipient");
    expect(await refusal(desk.enter(objection("rrr"), "recipient"))).toBe("not_a_participant");
  });

  test.each([
    ["a group that is not there", { group: "circle" }, "unknown_group"],
    ["a book that is not there", { book: "nowhere" }, "unknown_book"],
    ["a procedure that is not there", { procedure: "dice" }, "unknown_procedure"],
    ["a party nobody knows", { without: ["Atlantis"] }, "unknown_party"],
    ["a party that is no member", { without: ["aaa"] }, "participants_invalid"],
    ["a role for one that is no member", { roles: { lead: ["Aland"] } }, "participants_invalid"],
    ["the recipient in a role", { roles: { lead: ["rrr"] } }, "participants_invalid"],
    ["everybody left out", { without: ["n1", "n2", "n3", "n4", "n5", "n6"] }, "participants_invalid"],
    ["fifteen seats for six", { procedure: "un-security-council" }, "participants_invalid"],
    ["no contributions to weigh by", { procedure: "weighted-by-contribution" }, "participant_weight_missing"],
    ["no population of a member", { procedure: "eu-qualified-majority", group: "pact" }, "participant_weight_missing"],
    ["an id with capitals", { id: "Fund" }, "proposal_invalid"],
    ["no title", { title: " " }, "proposal_invalid"],
    ["a procedure not in force yet", { procedure: "consensus-silence-constructive" }, "procedure_not_in_force", 1999],
  ])("%s is refused", async (_, opening, code, year = 2025) => {
    const clock = () => `${year}-03-03T12:00:00Z`;
    expect(await refusal(openProposal(desk.db, clock, { ...usual, id: "refused", ...opening }, "secretariat"))).toBe(
      code,
    );
  });

  test("the same id twice: proposal_exists_already, at once too", async () => {
    const codes = await Promise.all([1, 2, 3, 4].map(async () => refusal(desk.open({ id: "same" }))));
    expect(codes.toSorted()).toEqual(["accepted", ...Array.from({ length: 3 }, () => "proposal_exists_already")]);
  });

  test("weights by contribution are what each has paid into the fund by the day", async () => {
    const { db, close } = await openRecord();
    await playRehearsal(db, { name: "harbour-fund.json", text: read("reference/rehearsal/harbour-fund.json") });
    const found = await proposalView(db, () => "2025-07-12T09:00:00Z", "winter-shift");
    const fund = await fundView(db, () => "2025-07-12T09:00:00Z", "harbour-fund", "2025-07-07");
    const paid = fund.members.map(({ party, received, voluntaryReceived }) => [
      party,
      String(BigInt(received.replace(".", "")) + BigInt(voluntaryReceived.replace(".", ""))),
    ]);
    const weighed = found.participants.map((one) => [one.id, one.weights["contribution"]]);
    expect(Object.fromEntries(weighed)).toEqual(Object.fromEntries(paid));
    expect(paid.filter(([, amount]) => amount !== "0").length).toBeGreaterThan(3);
    await close();
  });
});
