import fc from "fast-check";
import { expect, test } from "vitest";
import type { ProposalEvent } from "#core/decisions/events.ts";
import { nextTransitions, whoCanStillBlock } from "#core/decisions/outlook.ts";
import { eventTypes, type PositionKind, type Procedure, type Standing } from "#core/decisions/procedure.ts";
import { appendEvent, stateAt } from "#core/decisions/state.ts";
import { positionsOverTime } from "#core/decisions/timeline.ts";
import { at, codeOf, event, opening, procedure, seated, shipped } from "./support.ts";

// A proposal as a person would keep it on a sheet of paper: written without a look at the procedures' files, in whole seconds.
type Sheet = {
  where:
    | "draft"
    | "silence"
    | "broken"
    | "meeting"
    | "vote"
    | "adopted"
    | "issued"
    | "rejected"
    | "withdrawn"
    | "annulled"
    | "expired";
  text: number;
  expiry: number;
  said: Map<string, Standing>;
  reserved: Set<string>;
  adoptedAt: number | null;
};

const members = ["m1", "m2", "m3", "m4", "m5", "m6"];
const weight = new Map(members.map((id, index) => [id, [40, 25, 15, 10, 6, 4][index] ?? 0]));
const leads = new Set(["m1", "m2"]);
const permanent = new Set(["m1", "m2", "m3"]);

const who = (sheet: Sheet, ...standings: Standing[]): string[] =>
  members.filter((id) => standings.includes(sheet.said.get(id) ?? "silent"));
const kilos = (ids: readonly string[]): number => ids.reduce((sum, id) => sum + (weight.get(id) ?? 0), 0);

/** The rules in plain words, for six members who weigh 100 together. */
const adopts: Readonly<Record<string, (sheet: Sheet) => boolean>> = {
  "consensus-silence": (sheet) => who(sheet, "against").length === 0,
  "consensus-silence-constructive": (sheet) =>
    who(sheet, "against").length === 0 && who(sheet, "constructive-abstain").length < 2,
  "eu-unanimity": (sheet) => {
    const out = who(sheet, "constructive-abstain");
    const present = sheet.where === "silence" || who(sheet, "silent").length === 0;
    return who(sheet, "against").length === 0 && present && !(out.length >= 2 && kilos(out) > 33);
  },
  "eu-qualified-majority": (sheet) => {
    const yes = who(sheet, "for");
    return (yes.length >= 4 && kilos(yes) >= 65) || yes.length > 2;
  },
  "eu-qualified-majority-reinforced": (sheet) => who(sheet, "for").length >= 5 && kilos(who(sheet, "for")) >= 65,
  "un-security-council": (sheet) =>
    who(sheet, "for").length >= 4 && !who(sheet, "against").some((id) => permanent.has(id)),
  "un-general-assembly": (sheet) =>
    who(sheet, "for").length > who(sheet, "against").length && who(sheet, "silent").length < 3,
  "un-general-assembly-two-thirds": (sheet) => {
    const yes = who(sheet, "for").length;
    return yes > 0 && yes >= 2 * who(sheet, "against").length && who(sheet, "silent").length < 3;
  },
  "weighted-by-contribution": (sheet) =>
    kilos(who(sheet, "for")) > kilos(who(sheet, "against")) &&
    who(sheet, "silent").length < 3 &&
    kilos(who(sheet, "silent")) <= 33,
  "simple-majority": (sheet) => who(sheet, "for").length > 3,
  "lead-nation": (sheet) => [...leads].every((id) => sheet.said.get(id) === "for"),
};
const withoutVote = new Set(["consensus-silence", "consensus-silence-constructive"]);
const underSilence = new Set([...withoutVote, "eu-unanimity"]);
const votesAnew = new Set([
  "un-security-council",
  "un-general-assembly",
  "un-general-assembly-two-thirds",
  "weighted-by-contribution",
]);

/** What the clock has done by a second. */
function ticked(id: string, sheet: Sheet, second: number): Sheet {
  if (sheet.where !== "silence" || second < sheet.expiry) return sheet;
  return adopts[id]?.(sheet) ? { ...sheet, where: "adopted", adoptedAt: sheet.expiry } : { ...sheet, where: "broken" };
}

type Step = Readonly<{
  type: ProposalEvent["type"];
  wait: number;
  who: number;
  position: number;
  ahead: number;
  next: boolean;
}>;

/** The sheet after a step, or null when it is not allowed. */
function played(id: string, rules: Procedure, before: Sheet, step: Step, second: number): Sheet | null {
  const sheet = ticked(id, before, second);
  const { where } = sheet;
  const silently = underSilence.has(id);
  const person = members[step.who % members.length] ?? "";
  const open = ["draft", "silence", "broken", "meeting", "vote"].includes(where);
  const clean = new Map<string, Standing>();
  switch (step.type) {
    case "text-issued":
      return (where === "draft" || where === "meeting") && step.next
        ? { ...sheet, text: sheet.text + 1, said: clean }
        : null;
    case "silence-started":
      return silently && where === "draft" && sheet.text > 0 && step.ahead > 0
        ? { ...sheet, where: "silence", expiry: second + step.ahead, said: clean }
        : null;
    case "silence-extended":
      return where === "silence" && second + step.ahead > sheet.expiry
        ? { ...sheet, expiry: second + step.ahead }
        : null;
    case "objection":
      return where === "silence"
        ? { ...sheet, where: "broken", said: new Map(sheet.said).set(person, "against") }
        : null;
    case "re-issued":
      return silently && (where === "broken" || where === "meeting") && step.next && step.ahead > 0
        ? { ...sheet, where: "silence", text: sheet.text + 1, expiry: second + step.ahead, said: clean }
        : null;
    case "position-stated": {
      const position = positions[step.position % positions.length] ?? "for";
      const known = rules.positions.includes(position);
      return open && known && !(where === "silence" && position === "against")
        ? { ...sheet, said: new Map(sheet.said).set(person, position) }
        : null;
    }
    case "reservation-placed":
      return open && !sheet.reserved.has(person) ? { ...sheet, reserved: new Set([...sheet.reserved, person]) } : null;
    case "reservation-lifted":
      return (open || where === "adopted") && sheet.reserved.has(person)
        ? { ...sheet, reserved: new Set([...sheet.reserved].filter((one) => one !== person)) }
        : null;
    case "taken-to-meeting":
      return ["draft", "silence", "broken"].includes(where) && sheet.text > 0 ? { ...sheet, where: "meeting" } : null;
    case "put-to-vote": {
      const possible = !withoutVote.has(id) && ["draft", "broken", "meeting"].includes(where) && sheet.text > 0;
      return possible ? { ...sheet, where: "vote", said: votesAnew.has(id) ? clean : sheet.said } : null;
    }
    case "adopted":
      return where === (withoutVote.has(id) ? "meeting" : "vote") && adopts[id]?.(sheet)
        ? { ...sheet, where: "adopted", adoptedAt: second }
        : null;
    case "rejected":
      return where === "vote" && !adopts[id]?.(sheet) ? { ...sheet, where: "rejected" } : null;
    case "withdrawn":
      return open ? { ...sheet, where: "withdrawn" } : null;
    case "issued":
      return where === "adopted" ? { ...sheet, where: "issued" } : null;
    case "annulled":
    case "expired":
      return where === "adopted" || where === "issued" ? { ...sheet, where: step.type } : null;
    case "opened":
    case "statement-made":
      return null;
  }
}

const positions: readonly PositionKind[] = [
  "for",
  "against",
  "for",
  "for",
  "abstain",
  "for",
  "constructive-abstain",
  "for",
  "for",
  "for",
];
const walked = eventTypes.filter((type) => !["opened", "statement-made", "withdrawn"].includes(type));
// What moves a proposal on is drawn more often than what ends it.
const drawnType = (silently: boolean) =>
  fc.oneof(
    { weight: 30, arbitrary: fc.constant("position-stated" as const) },
    { weight: 6, arbitrary: fc.constant("text-issued" as const) },
    {
      weight: 8,
      arbitrary: silently
        ? fc.constantFrom("silence-started" as const, "re-issued" as const)
        : fc.constant("put-to-vote" as const),
    },
    { weight: 4, arbitrary: fc.constant(silently ? ("objection" as const) : ("rejected" as const)) },
    {
      weight: 8,
      arbitrary: fc.constantFrom("adopted" as const, "issued" as const, "annulled" as const, "expired" as const),
    },
    { weight: 18, arbitrary: fc.constantFrom(...walked) },
    { weight: 1, arbitrary: fc.constant("withdrawn" as const) },
  );
const steps = (silently: boolean) =>
  fc.array(
    fc.record({
      type: drawnType(silently),
      wait: fc.nat(2),
      who: fc.nat(5),
      position: fc.nat(9),
      ahead: fc.integer({ min: -1, max: 12 }),
      next: fc.integer({ min: 0, max: 3 }).map((one) => one > 0),
    }),
    { minLength: 15, maxLength: 40, size: "max" },
  );

/** The event a step stands for, at a second. */
function eventFor(step: Step, second: number, text: number): ProposalEvent {
  const position = positions[step.position % positions.length];
  return event(second, {
    type: step.type,
    participant: members[step.who % members.length],
    position,
    declaration: "We shall not be bound.",
    version: step.next ? text + 1 : text,
    expiresAt: at(second + step.ahead),
  });
}

/** The Security Council of six: four in favour, three permanent. Everything else is as shipped. */
const small = (rules: Procedure): Procedure => {
  if (rules.id !== "un-security-council" || rules.rule.kind !== "all") return rules;
  const [nine, veto] = rules.rule.rules;
  if (nine?.kind !== "condition" || veto === undefined) throw new Error("the council's rule has changed");
  return {
    ...rules,
    seats: { count: 6, roles: { permanent: 3 } },
    rule: { kind: "all", rules: [{ ...nine, bound: { kind: "count", count: 4n } }, veto] },
  };
};
const names: Readonly<Record<string, string>> = { prepared: "draft" };

const seen = new Set<string>();

test.each(shipped.map((one) => one.id))("random walks of %s end where a sheet of paper says", (id) => {
  const rules = small(procedure(id));
  const participants = seated(
    members.map((one) => ({
      id: one,
      weight: BigInt(weight.get(one) ?? 0),
      roles: [...(leads.has(one) ? ["lead"] : []), ...(permanent.has(one) ? ["permanent"] : [])],
    })),
  );
  fc.assert(
    fc.property(steps(underSilence.has(id)), (drawn) => {
      let events: readonly ProposalEvent[] = [opening(rules, participants)];
      let sheet: Sheet = { where: "draft", text: 0, expiry: 0, said: new Map(), reserved: new Set(), adoptedAt: null };
      let second = 0;
      for (const step of drawn) {
        second += step.wait;
        const next = played(id, rules, sheet, step, second);
        const happening = eventFor(step, second, sheet.text);
        const appended = appendEvent(rules, events, happening);
        expect([step.type, second, codeOf(appended) === "accepted"]).toEqual([step.type, second, next !== null]);
        if (appended.ok) events = appended.value;
        sheet = ticked(id, next ?? sheet, second);
        const now = stateAt(rules, events, at(second));
        if (!now.ok) throw new Error(now.refusal.message);
        seen.add(sheet.where);
        expect(names[now.value.step.id] ?? now.value.step.id).toBe(sheet.where);
        if (now.value.open) {
          expect(new Map(now.value.standing.map((one) => [one.participant, one.standing]))).toEqual(
            new Map(members.map((one) => [one, sheet.said.get(one) ?? "silent"])),
          );
          expect(now.value.report.met).toBe(adopts[id]?.(sheet));
        } else expect(whoCanStillBlock(rules, now.value).alone).toEqual([]);
        expect(now.value.outcome?.result === "adopted" ? now.value.outcome.at : null).toBe(
          sheet.adoptedAt === null ? null : at(sheet.adoptedAt),
        );
        // what is offered as next is what is taken
        const offered = nextTransitions(rules, now.value).find((one) => one.on === step.type);
        if (appended.ok && step.wait === 0 && offered === undefined)
          throw new Error(`${step.type} was taken and is not known`);
      }
      const timeline = positionsOverTime(rules, events, at(second));
      expect(timeline.ok && timeline.value.filter((one) => one.on !== "silence-expired")).toHaveLength(events.length);
    }),
    { numRuns: underSilence.has(id) ? 80 : 30 },
  );
});

test("the walks went wherever a proposal can be", () => {
  const places = ["draft", "silence", "broken", "meeting", "vote", "adopted", "rejected", "withdrawn"];
  expect(places.filter((place) => !seen.has(place))).toEqual([]);
  expect(["issued", "annulled", "expired"].some((place) => seen.has(place))).toBe(true);
});
