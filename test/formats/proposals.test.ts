import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { eventWords, instantWords, outcomeWords } from "#core/decisions/words.ts";
import { termsWords } from "#core/decisions/terms-words.ts";
import type { ProposalEvent } from "#core/decisions/events.ts";
import { positionKinds } from "#core/decisions/procedure.ts";
import { proposalObjects, type Terms } from "#core/decisions/terms.ts";
import { MainstayError } from "#core/errors.ts";
import { inZone } from "#core/decisions/zones.ts";
import { draftFromJson, eventFromJson, toJson } from "#formats/proposals/events.ts";
import { readTerms } from "#formats/proposals/terms.ts";
import { read } from "../architecture/sources.ts";
import { state, voted, procedure, seated } from "../decisions/support.ts";

const words = fc.string({ minLength: 1, maxLength: 40, unit: "grapheme" }).map((text) => `x${text}`);
const instant = fc
  .date({ min: new Date("2000-01-01"), max: new Date("2100-01-01"), noInvalidDate: true })
  .map((date) => date.toISOString());
const party = fc.constantFrom("nor", "dnk", "fin");
const reason = fc.option(fc.record({ text: words, restricted: fc.boolean() }));
const onRecord = { at: instant, actor: words };
const version = {
  version: fc.integer({ min: 1, max: 99 }),
  title: words,
  reference: fc.option(words),
  body: fc.string(),
};
const amount = fc.bigInt({ min: 0n, max: 10n ** 20n }).map((parts) => `${parts}.00`);
const day = instant.map((text) => text.slice(0, 10));
const grant = fc.record({
  kind: fc.constantFrom("call", "spend"),
  line: fc.option(fc.constantFrom("one", "two")),
  amount,
  from: day,
  until: day,
  purpose: words,
});
const terms = fc.oneof(
  fc.record({ kind: fc.constant("spend"), fund: party, grants: fc.array(grant, { maxLength: 3 }) }),
  fc.record({ kind: fc.constant("adopt-report"), report: words, address: fc.constant(null) }),
  fc.record({ kind: fc.constant("take-over-format"), format: party, by: party, from: day }),
  fc.constant(null),
);
const text = { ...version, terms };

const events = fc.oneof(
  fc.record({
    type: fc.constant("opened"),
    ...onRecord,
    procedure: words,
    procedureFrom: day,
    title: words,
    object: fc.record({ kind: fc.constantFrom(...proposalObjects), reference: fc.option(words) }),
    participants: fc.array(
      fc.record({
        id: party,
        name: words,
        takesPart: fc.boolean(),
        roles: fc.array(words, { maxLength: 2 }),
        weights: fc.record({ population: fc.bigInt({ min: 0n, max: 10n ** 39n }) }),
      }),
      { maxLength: 4 },
    ),
  }),
  fc.record({ type: fc.constant("text-issued"), ...text, ...onRecord }),
  fc.record({ type: fc.constant("re-issued"), ...text, expiresAt: instant, ...onRecord }),
  fc.record({ type: fc.constantFrom("silence-started", "silence-extended"), expiresAt: instant, ...onRecord }),
  fc.record({
    type: fc.constant("position-stated"),
    participant: party,
    position: fc.constantFrom(...positionKinds),
    reason,
    declaration: fc.option(words),
    ...onRecord,
  }),
  fc.record({
    type: fc.constant("objection"),
    participant: party,
    form: fc.constantFrom("objection", "amendment"),
    text: words,
    reason,
    ...onRecord,
  }),
  fc.record({ type: fc.constant("reservation-placed"), participant: party, note: words, ...onRecord }),
  fc.record({ type: fc.constant("reservation-lifted"), participant: party, ...onRecord }),
  fc.record({ type: fc.constant("issued"), number: words, ...onRecord }),
  fc.record({
    type: fc.constantFrom("taken-to-meeting", "put-to-vote", "adopted", "rejected"),
    note: fc.string(),
    ...onRecord,
  }),
  fc.record({ type: fc.constantFrom("withdrawn", "annulled", "expired"), reason: words, ...onRecord }),
) as fc.Arbitrary<ProposalEvent>;

test("an event comes back from its JSON as it went, weights to the last digit", () => {
  fc.assert(
    fc.property(events, (event) => {
      expect(eventFromJson(JSON.parse(toJson(event)))).toEqual(event);
    }),
  );
});

describe("what is asked to be put on record", () => {
  test("is filled in where it says nothing", () => {
    expect(draftFromJson({ type: "objection", participant: "nor", text: "No.", actor: "x" })).toEqual({
      type: "objection",
      participant: "nor",
      form: "objection",
      text: "No.",
      reason: null,
    });
    expect(draftFromJson({ type: "withdrawn" })).toEqual({ type: "withdrawn", reason: "" });
  });

  test.each([
    ["nothing", null, "the file as a whole"],
    ["no type", {}, "type"],
    ["an annulment without a reason", { type: "annulled", reason: " " }, "reason"],
    [
      "a restricted reason without words",
      { type: "position-stated", participant: "nor", position: "for", reason: { text: "", restricted: true } },
      "reason.text",
    ],
    ["a field too many", { type: "adopted", note: "", by: "me" }, "by"],
  ])("%s is refused: proposal_invalid", (_, json, field) => {
    let refused: unknown;
    try {
      draftFromJson(json);
    } catch (error) {
      refused = error;
    }
    expect(refused).toBeInstanceOf(MainstayError);
    expect(refused).toMatchObject({ code: "proposal_invalid", place: { field } });
  });
});

const fund = {
  id: "harbour",
  title: "Harbour fund",
  currency: "EUR",
  members: "ring",
  from: "2025-01-01",
  until: "2026-12-31",
  years: [{ year: 2025, amount: "1000000.00" }],
  lines: [{ id: "air", title: "Air defence", stream: "materiel", purpose: "Systems" }],
  earmarks: [{ id: "no-budget", title: "Not for budgets", lines: ["air"] }],
  key: '{"id": "ring-key"}',
  decides: { call: "consensus-silence" },
  gap: "open",
  inKind: null,
  account: null,
  modelled: "A model.",
};
const spending = {
  kind: "spend",
  line: "air",
  amount: "1000000.50",
  from: "2025-01-01",
  until: "2025-12-31",
  purpose: "Launchers",
};
const samples: readonly (readonly [object, readonly string[]])[] = [
  [
    { kind: "open-fund", fund, grants: [spending] },
    [
      "Open the fund harbour, Harbour fund, of ring from 2025-01-01 to 2026-12-31, shared by the key ring-key",
      "Its envelope in EUR: 2025: 1,000,000.00",
      "Line air: Air defence",
      "Earmark no-budget: Not for budgets, for air",
      "Decides call by consensus-silence",
      "The part of who abstains constructively stays open",
      "Modelled: A model.",
      "Allow to spend up to EUR 1,000,000.50, line air, from 2025-01-01 to 2025-12-31: Launchers",
    ],
  ],
  [
    { kind: "adopt-key", fund: "harbour", key: "un-scale-kind", from: "2026-01-01" },
    ["Bring the key un-scale-kind into force for the fund harbour from 2026-01-01"],
  ],
  [
    {
      kind: "call",
      fund: "harbour",
      year: 2025,
      instalment: 1,
      instalments: 2,
      lines: [{ line: "air", amount: "5000.00" }],
      dueOn: "2025-06-30",
    },
    [
      "Call on the members of the fund harbour for 2025, instalment 1 of 2, due on 2025-06-30",
      "For the line air: 5,000.00",
    ],
  ],
  [
    { kind: "spend", fund: "harbour", grants: [{ ...spending, line: null }] },
    ["Allow to spend up to 1,000,000.50, any line, from 2025-01-01 to 2025-12-31: Launchers of the fund harbour"],
  ],
  [
    {
      kind: "reallocate",
      from: { fund: "harbour", line: "air" },
      to: { fund: "harbour", line: "sea" },
      amount: "7.00",
      until: "2025-12-31",
      reason: "Winter",
    },
    ["Move 7.00 from harbour/air to harbour/sea until 2025-12-31: Winter"],
  ],
  [
    { kind: "take-over-format", format: "ring", by: "pact", from: "2025-01-01" },
    ["Bring the group ring under pact from 2025-01-01"],
  ],
  [
    { kind: "appoint", post: "Chair", holder: "A. Person", party: "nor", from: "2025-01-01", until: null },
    ["Appoint A. Person (nor) as Chair from 2025-01-01"],
  ],
  [
    { kind: "adopt-report", report: "the report", address: "https://example.org/r" },
    ["Adopt the report, https://example.org/r"],
  ],
  [{ kind: "adopt-plan", plan: "winter" }, ["Adopt the plan winter: all of it that is not placed yet is placed"]],
];

describe("terms", () => {
  test.each(samples)("are read and said in words: %j", (sample, said) => {
    const found = readTerms(JSON.stringify(sample), "terms.json");
    expect(found).toEqual(sample);
    expect(termsWords(found)).toEqual(said);
  });

  test("every object of a proposal has them", () => {
    expect(samples.map(([sample]) => (sample as Terms).kind).toSorted()).toEqual([...proposalObjects].toSorted());
  });

  const change = (more: object): object => ({ kind: "open-fund", fund: { ...fund, ...more }, grants: [] });
  test.each([
    ["no JSON", "{", undefined, /JSON/],
    ["another kind", { kind: "war" }, "kind", /"war"/],
    ["a field too many", { ...samples[5]?.[0], more: 1 }, "more", /more/],
    ["a number for an amount", change({ years: [{ year: 2025, amount: 5 }] }), "fund.years[0].amount", /^5 /],
    [
      "an amount with separators",
      change({ years: [{ year: 2025, amount: "1,000" }] }),
      "fund.years[0].amount",
      /"1,000"/,
    ],
    ["a negative amount", change({ years: [{ year: 2025, amount: "-1" }] }), "fund.years[0].amount", /"-1"/],
    ["a currency in small letters", change({ currency: "eur" }), "fund.currency", /"eur"/],
    ["no such day", change({ from: "2025-02-30" }), "fund.from", /2025-02-30/],
    [
      "a line with a space in its id",
      change({ lines: [{ ...fund.lines[0], id: "a b" }] }),
      "fund.lines[0].id",
      /"a b"/,
    ],
    ["an object nobody decides", change({ decides: { war: "dice" } }), "fund.decides.war", /war/],
    ["a gap nobody fills", change({ gap: "nobody" }), "fund.gap", /"nobody"/],
    ["a part above nothing", change({ inKind: { part: "1/0", most: "1/2", says: "" } }), "fund.inKind.part", /"1\/0"/],
    ["a character that cannot be stored", change({ title: "a\0b" }), "fund.title", /^a NUL character$/],
    ["half of a character", change({ title: "a\ud800" }), "fund.title", /^half of a character$/],
    ["lists in lists without end", `${"[".repeat(60_000)}${"]".repeat(60_000)}`, "[0]", /more than 64 deep/],
    ["nothing where a line is", change({ lines: [null] }), "fund.lines[0]", /null/],
  ])("with %s are refused: terms_invalid", (_, json, field, found) => {
    let refused: MainstayError | undefined;
    try {
      readTerms(typeof json === "string" ? json : JSON.stringify(json), "terms.json");
    } catch (error) {
      refused = error as MainstayError;
    }
    expect(refused).toMatchObject({
      code: "terms_invalid",
      place: { file: "terms.json", ...(field === undefined ? {} : { field }) },
    });
    expect(refused?.found).toMatch(found);
    expect(refused?.message).toContain("file terms.json");
  });
});

describe("in words", () => {
  test.each([
    ["2025-03-03T16:00:00Z", "3 March 2025 at 16:00 UTC"],
    ["2025-12-31T23:59:59Z", "31 December 2025 at 23:59:59 UTC"],
    ["2025-03-03T16:00:00.999Z", "3 March 2025 at 16:00 UTC"],
  ])("%s is %s", (at, said) => {
    expect(instantWords(at)).toBe(said);
  });

  test("a restricted reason is never quoted, whatever the event", () => {
    fc.assert(
      fc.property(events, (event) => {
        const held =
          "reason" in event && typeof event.reason === "object"
            ? { ...event, reason: { text: "SECRET", restricted: true } }
            : event;
        expect(eventWords(held as ProposalEvent, (id) => id, "Rule")).not.toContain("SECRET");
      }),
    );
  });

  test("an outcome by vote names its counts and the weight in favour", () => {
    const rules = procedure("eu-qualified-majority");
    const members = seated(
      Array.from({ length: 6 }, (_, index) => ({ id: `m${index + 1}`, weight: index === 0 ? 700n : 60n })),
    );
    const votes = { m1: "for", m2: "for", m3: "for", m4: "for", m5: "against", m6: "abstain" } as const;
    const adopted = { type: "adopted", at: "2024-07-01T12:05:00Z", actor: "chair", note: "" } as const;
    const { outcome } = state(rules, [...voted(rules, members, votes).slice(0, 9), adopted], 600);
    expect(outcome === null ? "" : outcomeWords(outcome)).toBe(
      "Adopted by vote on 1 July 2024 at 12:05 UTC under EU qualified majority: 4 for, 1 against, 1 abstained; 6 took part, 88.00 % of the population in favour",
    );
  });
});

test("every party of the register has the zone of its capital or seat, except those that have neither", () => {
  const { zones } = JSON.parse(read("policies/zones.json")) as {
    zones: Record<string, { place: string; zone: string }>;
  };
  const parties = read("reference/parties.csv")
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(",")[0] ?? "");
  expect(parties.filter((id) => zones[id] === undefined)).toEqual(["all-givers"]);
  expect(Object.keys(zones).filter((id) => !parties.includes(id))).toEqual([]);
  for (const { place, zone } of Object.values(zones)) {
    expect(place).toMatch(/\S/);
    expect([zone, inZone("2025-07-01T12:00:00Z", zone).ok]).toEqual([zone, true]);
  }
  expect(inZone("2025-07-01T12:00:00Z", zones["usa"]?.zone ?? "")).toMatchObject({ value: { offset: "-04:00" } });
  expect(inZone("2025-07-01T12:00:00Z", zones["jpn"]?.zone ?? "")).toMatchObject({ value: { offset: "+09:00" } });
});
