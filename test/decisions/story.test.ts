import { expect, test } from "vitest";
import type { ProposalEvent } from "#core/decisions/events.ts";
import { positionsOverTime } from "#core/decisions/timeline.ts";
import { whoCanStillBlock } from "#core/decisions/outlook.ts";
import { at, event, opening, procedure, seated, state, stated } from "./support.ts";

// A fund proposed, silence broken once, the text amended, adopted on the second round with one constructive abstention.
const rules = procedure("eu-unanimity");
const members = seated([
  { id: "deu", weight: 83n },
  { id: "fra", weight: 68n },
  { id: "hun", weight: 10n },
  { id: "pol", weight: 37n },
]);
const events: readonly ProposalEvent[] = [
  opening(rules, members),
  event(60, { type: "text-issued" }),
  event(120, { type: "silence-started", expiresAt: at(3600) }),
  event(180, { type: "reservation-placed", participant: "deu", note: "Bundestag" }),
  stated(240, "pol", "for"),
  event(3599, { type: "objection", participant: "hun", form: "amendment", text: "No call on those who declare" }),
  event(3700, { type: "re-issued", version: 2, title: "Text, revised", reference: null, expiresAt: at(7200) }),
  stated(3800, "hun", "constructive-abstain"),
  event(3900, { type: "reservation-lifted", participant: "deu" }),
  event(4000, { type: "silence-extended", expiresAt: at(9000) }),
  event(9100, { type: "issued", number: "2024/1470" }),
  event(99_000, { type: "annulled", reason: "Replaced" }),
];

test("the story, as it reads", () => {
  const found = positionsOverTime(rules, events, at(100_000));
  if (!found.ok) throw new Error(found.refusal.message);
  const letters: Readonly<Record<string, string>> = {
    silent: ".",
    for: "+",
    against: "-",
    "constructive-abstain": "c",
  };
  const lines = found.value.map((one) =>
    [
      one.at.slice(11, 19),
      one.on.padEnd(18),
      one.step.padEnd(8),
      `text ${one.textVersion ?? 0}`,
      Object.values(one.standing)
        .map((standing) => letters[standing] ?? standing)
        .join(""),
      whoCanStillBlock(rules, state(rules, events, (Date.parse(one.at) - Date.parse(at(0))) / 1000)).alone.length,
    ].join(" "),
  );
  expect(lines).toEqual([
    "12:00:00 opened             prepared text 0 .... 4",
    "12:01:00 text-issued        prepared text 1 .... 4",
    "12:02:00 silence-started    silence  text 1 .... 4",
    "12:03:00 reservation-placed silence  text 1 .... 4",
    "12:04:00 position-stated    silence  text 1 ...+ 4",
    "12:59:59 objection          broken   text 1 ..-+ 4",
    "13:01:40 re-issued          silence  text 2 .... 4",
    "13:03:20 position-stated    silence  text 2 ..c. 4",
    "13:05:00 reservation-lifted silence  text 2 ..c. 4",
    "13:06:40 silence-extended   silence  text 2 ..c. 4",
    "14:30:00 silence-expired    adopted  text 2 ..c. 0",
    "14:31:40 issued             issued   text 2 ..c. 0",
    "15:30:00 annulled           annulled text 2 ..c. 0",
  ]);
});

test("what was decided names the rule, the counts, who took part, and who need not pay", () => {
  const { outcome, ending, round } = state(rules, events, 100_000);
  expect({ round, ending }).toEqual({ round: 2, ending: { kind: "annulled", at: at(99_000), reason: "Replaced" } });
  expect(outcome).toMatchObject({
    result: "adopted",
    at: at(9000),
    by: "silence",
    rule: { procedure: "eu-unanimity", validFrom: "2009-12-01" },
    text: { version: 2, title: "Text, revised" },
    participants: ["deu", "fra", "hun", "pol"],
    reservations: [],
    constructiveAbstainers: [{ participant: "hun", exemptFrom: ["applying the decision", "paying for it"] }],
  });
  expect(outcome?.rule.passages).toContain("Treaty on European Union, Article 31(1)");
  expect(outcome?.counts).toEqual([
    { standing: "for", weights: { members: 0n, population: 0n } },
    { standing: "against", weights: { members: 0n, population: 0n } },
    { standing: "abstain", weights: { members: 0n, population: 0n } },
    { standing: "constructive-abstain", weights: { members: 1n, population: 10n } },
    { standing: "silent", weights: { members: 3n, population: 188n } },
  ]);
  expect(outcome?.report.conditions.map((one) => [one.id, one.met, one.have, one.threshold])).toEqual([
    ["nobody-against", true, 0n, { numerator: 0n, denominator: 1n }],
    ["constructive-members", true, 1n, { numerator: 4n, denominator: 3n }],
    ["constructive-population", true, 10n, { numerator: 198n, denominator: 3n }],
  ]);
});
