import { afterAll, beforeAll, expect, test } from "vitest";
import { instant, minutes, objection, openDesk, reissued, silence, stored, text, type Desk } from "./support.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => desk.close());

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
  expect(quiet).toMatchObject({ step: "silence", expiresAt: instant(minutes(60)) });
  const broken = await desk.at(minutes(10)).enter(objection("n2"), "fund", "Delegation of Ostland");
  expect(broken).toMatchObject({ step: "broken", expiresAt: null });
  expect(broken.events.at(-1)).toMatchObject({
    party: "n2",
    actor: "Delegation of Ostland",
    says: "Ostland objects: Not so.",
  });
  await desk.at(minutes(20)).enter(reissued(minutes(90)));
  const adopted = await desk.at(minutes(91)).view();
  expect(adopted).toMatchObject({ step: "adopted", result: "adopted", decidedAt: instant(minutes(90)) });
  expect(adopted.outcome?.says).toBe(
    "Adopted by silence on 3 March 2025 at 13:30 UTC under Consensus under silence: nobody objected; 6 took part",
  );
  expect(adopted.events.map((event) => event.kind)).toEqual([
    "opened",
    "text-issued",
    "silence-started",
    "objection",
    "re-issued",
    "silence-expired",
  ]);
  expect(await stored(desk.db)).toMatchObject([{ result: "adopted", at: "2025-03-03T13:30:00.000Z", effect: "" }]);
});
