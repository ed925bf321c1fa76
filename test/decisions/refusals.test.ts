import { describe, expect, test } from "vitest";
import type { ProposalEvent } from "#core/decisions/events.ts";
import { publicEvents } from "#core/decisions/events.ts";
import { procedureOn } from "#core/decisions/opening.ts";
import { valueOf } from "#core/decisions/result.ts";
import { appendEvent, stateAt } from "#core/decisions/state.ts";
import { positionsOverTime } from "#core/decisions/timeline.ts";
import { MainstayError } from "#core/errors.ts";
import { at, codeOf, event, opening, procedure, seated, shipped, state, stated, voted } from "./support.ts";

const silence = procedure("consensus-silence");
const council = procedure("un-security-council");
const unanimity = procedure("eu-unanimity");
const three = seated([{ id: "bel" }, { id: "fra" }, { id: "out", takesPart: false }]);
const opened = [opening(silence, three)];
const texted = [...opened, event(1, { type: "text-issued" })];
const silent = [...texted, event(2, { type: "silence-started", expiresAt: at(100) })];
const objection = (seconds: number, more: object = {}): ProposalEvent =>
  event(seconds, { type: "objection", participant: "bel", ...more });
const reserved = [...silent, event(3, { type: "reservation-placed", participant: "bel" })];
const withdrawn = [...silent, event(3, { type: "withdrawn" })];

const rows: readonly (readonly [code: string, says: string, events: readonly ProposalEvent[], next: ProposalEvent])[] =
  [
    ["proposal_not_opened", "a text before the opening", [], event(0, { type: "text-issued" })],
    ["invalid_instant", "no zone", [], { ...opening(silence, three), at: "2024-07-01T12:00:00" }],
    ["invalid_instant", "no such day", [], { ...opening(silence, three), at: "2023-02-29T12:00:00Z" }],
    [
      "invalid_instant",
      "an expiry that is no instant",
      texted,
      event(2, { type: "silence-started", expiresAt: "tomorrow" }),
    ],
    ["procedure_mismatch", "another procedure's opening", [], opening(council, three)],
    [
      "procedure_mismatch",
      "another version's opening",
      [],
      { ...opening(silence, three), procedureFrom: "1999-01-01" } as ProposalEvent,
    ],
    ["procedure_not_in_force", "before the procedure", [], { ...opening(silence, three), at: "2006-10-31T23:59:59Z" }],
    ["participants_invalid", "nobody takes part", [], opening(silence, seated([{ id: "out", takesPart: false }]))],
    ["participants_invalid", "one named twice", [], opening(silence, seated([{ id: "bel" }, { id: "bel" }]))],
    ["proposal_transition_not_allowed", "opened again", opened, opening(silence, three, 5)],
    ["proposal_transition_not_allowed", "an objection before the silence", texted, objection(2)],
    [
      "proposal_transition_not_allowed",
      "an extension of a broken silence",
      [...silent, objection(3)],
      event(4, { type: "silence-extended", expiresAt: at(200) }),
    ],
    [
      "proposal_transition_not_allowed",
      "a vote under a procedure that has none",
      texted,
      event(2, { type: "put-to-vote" }),
    ],
    ["proposal_event_out_of_order", "a second earlier", silent, event(1, { type: "withdrawn" })],
    [
      "proposal_text_missing",
      "a silence without a text",
      opened,
      event(1, { type: "silence-started", expiresAt: at(9) }),
    ],
    [
      "silence_expiry_not_later",
      "an expiry at the start",
      texted,
      event(2, { type: "silence-started", expiresAt: at(2) }),
    ],
    [
      "silence_expiry_not_later",
      "an extension to the same expiry",
      silent,
      event(3, { type: "silence-extended", expiresAt: at(100) }),
    ],
    [
      "silence_expiry_not_later",
      "an extension to an earlier expiry",
      silent,
      event(3, { type: "silence-extended", expiresAt: at(99) }),
    ],
    ["silence_already_expired", "an objection at the expiry", silent, objection(100)],
    [
      "silence_already_expired",
      "an extension at the expiry",
      silent,
      event(100, { type: "silence-extended", expiresAt: at(200) }),
    ],
    ["silence_already_expired", "a position after the expiry", silent, stated(101, "fra", "for")],
    ["proposal_closed", "a meeting after adoption", silent, event(101, { type: "taken-to-meeting" })],
    ["proposal_closed", "a position on what was withdrawn", withdrawn, stated(4, "fra", "for")],
    ["objection_must_be_written", "a bare position against under silence", silent, stated(3, "bel", "against")],
    ["objection_must_be_written", "an objection without words", silent, objection(3, { text: "  " })],
    ["not_a_participant", "an objection of a stranger", silent, objection(3, { participant: "xxx" })],
    ["not_a_participant", "a position of who does not take part", silent, stated(3, "out", "for")],
    [
      "not_a_participant",
      "a reservation of a stranger",
      silent,
      event(3, { type: "reservation-placed", participant: "xxx" }),
    ],
    ["position_not_in_procedure", "constructive abstention at NATO", silent, stated(3, "bel", "constructive-abstain")],
    [
      "reservation_stands_already",
      "a second reservation",
      reserved,
      event(4, { type: "reservation-placed", participant: "bel" }),
    ],
    [
      "reservation_not_standing",
      "lifting another's",
      reserved,
      event(4, { type: "reservation-lifted", participant: "fra" }),
    ],
    [
      "text_version_not_next",
      "version 3 after 1",
      [...silent, objection(3)],
      event(4, { type: "re-issued", version: 3, title: "", reference: null, expiresAt: at(200) }),
    ],
    ["text_version_not_next", "version 1 again", texted, event(4, { type: "text-issued" })],
  ];

test.each(rows)("%s: %s", (code, _says, events, next) => {
  expect(codeOf(appendEvent(silence, [], opening(silence, three)))).toBe("accepted");
  if (events.length > 0) expect(codeOf(stateAt(silence, events, at(3)))).toBe("accepted");
  const refusal = appendEvent(silence, events, next);
  expect(codeOf(refusal)).toBe(code);
  expect(codeOf(stateAt(silence, [...events, next], at(86_400)))).toBe(code);
  expect(codeOf(positionsOverTime(silence, [...events, next], at(86_400)))).toBe(code);
  expect(() => valueOf(refusal)).toThrow(MainstayError);
});

describe("refused by other procedures", () => {
  const fifteen = (permanent: number) =>
    seated(
      Array.from({ length: 15 }, (_, index) => ({ id: `m${index}`, roles: index < permanent ? ["permanent"] : [] })),
    );

  test.each([
    ["participants_invalid", "fourteen in the Security Council", council, fifteen(5).slice(0, 14)],
    ["participants_invalid", "four permanent members", council, fifteen(4)],
    ["participants_invalid", "a coalition without a lead", procedure("lead-nation"), fifteen(5)],
    [
      "participants_invalid",
      "a board to which nobody has contributed",
      procedure("weighted-by-contribution"),
      seated([{ id: "bel", weight: 0n }]),
    ],
    [
      "participant_weight_missing",
      "a population not known",
      unanimity,
      [{ ...seated([{ id: "bel" }])[0]!, weights: {} }],
    ],
    ["participant_weight_missing", "a population below zero", unanimity, seated([{ id: "bel", weight: -1n }])],
  ] as const)("%s: %s", (code, _says, rules, participants) => {
    expect(codeOf(appendEvent(rules, [], opening(rules, participants)))).toBe(code);
  });

  test("declaration_missing: constructive abstention without its declaration", () => {
    const events = voted(unanimity, seated([{ id: "bel" }, { id: "fra" }]), {});
    expect(codeOf(appendEvent(unanimity, events, stated(5, "bel", "constructive-abstain", { declaration: " " })))).toBe(
      "declaration_missing",
    );
  });

  test("unknown_procedure and procedure_not_in_force when one is looked up", () => {
    expect(codeOf(procedureOn(shipped, "lottery", "2024-01-01"))).toBe("unknown_procedure");
    expect(codeOf(procedureOn(shipped, "eu-qualified-majority", "2014-10-31"))).toBe("procedure_not_in_force");
    expect(procedureOn(shipped, "eu-qualified-majority", "2014-11-01")).toMatchObject({
      value: { id: "eu-qualified-majority" },
    });
    const versions = [
      { ...silence, validTo: "2020-12-31" },
      { ...silence, validFrom: "2021-01-01" },
    ];
    expect(["2020-12-31", "2021-01-01"].map((day) => procedureOn(versions, silence.id, day))).toMatchObject([
      { value: { validFrom: "2006-11-01" } },
      { value: { validFrom: "2021-01-01" } },
    ]);
  });

  test("proposal_rule_not_met and proposal_rule_met: the count decides, not the recorder", () => {
    const rules = procedure("simple-majority");
    const members = seated([{ id: "a" }, { id: "b" }, { id: "c" }]);
    const two = voted(rules, members, { a: "for", b: "for" });
    expect(codeOf(appendEvent(rules, two, event(9, { type: "rejected" })))).toBe("proposal_rule_met");
    expect(codeOf(appendEvent(rules, two.slice(0, -1), event(9, { type: "adopted" })))).toBe("proposal_rule_not_met");
  });
});

test("a refusal says what was found and what to do", () => {
  const refusal = appendEvent(silence, silent, objection(100));
  expect(refusal).toMatchObject({
    refusal: {
      found: `objection; the silence expired at ${at(100)}`,
      message: expect.stringMatching(
        /^The silence has expired unbroken.* Found: objection; .* Give the time at which it was received/,
      ),
    },
  });
});

test("restricted reasons are left out for the public, nothing else is", () => {
  const reason = (restricted: boolean) => ({ reason: { text: "Coalition talks", restricted } });
  const events = [
    ...silent,
    stated(3, "fra", "for", reason(false)),
    objection(4, reason(true)),
    event(5, { type: "withdrawn", reason: "By the chair" }),
  ];
  const shown = publicEvents(events);
  expect(
    JSON.stringify(shown[4], (_, value: unknown) => (typeof value === "bigint" ? `${value}` : value)),
  ).not.toContain("Coalition");
  expect(shown[4]).toEqual({ ...events[4], reason: { text: "", restricted: true } });
  expect(shown.filter((_, index) => index !== 4)).toEqual(events.filter((_, index) => index !== 4));
  expect(state(silence, shown, 5).step).toEqual(state(silence, events, 5).step);
});

test("a vote's positions on an earlier text, or before a vote taken anew, do not count", () => {
  const rules = procedure("un-general-assembly");
  const members = seated([{ id: "a" }, { id: "b" }, { id: "c" }]);
  const early = [
    opening(rules, members),
    event(1, { type: "text-issued" }),
    stated(2, "a", "for"),
    event(3, { type: "put-to-vote" }),
  ];
  expect(state(rules, early.slice(0, 3), 3).standing[0]?.standing).toBe("for");
  expect(state(rules, early, 3).standing[0]?.standing).toBe("silent");
  const revised = [...early.slice(0, 3), event(3, { type: "text-issued", version: 2 })];
  expect(state(rules, revised, 3).standing[0]?.standing).toBe("silent");
});
