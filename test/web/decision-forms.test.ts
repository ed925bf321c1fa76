import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { streams } from "#core/bindingness.ts";
import { proposalObjects, type Terms } from "#core/decisions/terms.ts";
import { inZone as coreZone } from "#core/decisions/zones.ts";
import { changesOf, termLines } from "../../web/src/decisions/term-lines.ts";
import { draftOfTerms, freshDraft, termsOfDraft } from "../../web/src/decisions/term-draft.ts";
import { coarseWords, cutUp, formatInstant, inZone, isInstant } from "../../web/src/format/instants.ts";
import { amountPattern, readAmount, slugOf, writtenAmount } from "../../web/src/format/written.ts";

describe("amounts as they are written", () => {
  test.each([
    ["40 bn", "40000000000"],
    ["1.25 bn", "1250000000"],
    ["300m", "300000000"],
    ["1,250,000.50", "1250000.50"],
    ["1 250 000", "1250000"],
    ["7", "7"],
    ["0.1 m", "100000"],
  ])("%s is %s", (text, amount) => {
    expect(readAmount(text)).toBe(amount);
    expect(new RegExp(`^(?:${amountPattern})$`, "v").test(text)).toBe(true);
  });
  test.each(["", "1,5", "1.250.000,50", "-5", "ten", "1,25,000", "1e9", "5 k"])("%j is no amount", (text) => {
    expect(readAmount(text)).toBeNull();
  });
  test("any amount reads back as it was written out", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.integer({ min: 0, max: 99 }), (whole, cents) => {
        const amount = `${whole}.${String(cents).padStart(2, "0")}`;
        expect(readAmount(writtenAmount(amount))).toBe(amount.replace(/\.00$/, ""));
      }),
    );
  });
  test.each([
    ["Opening of a five-year fund", "opening-of-a-five-year-fund"],
    ["Türkiye’s offer: 2nd part!", "turkiye-s-offer-2nd-part"],
    ["  –  ", ""],
  ])("the title %j makes the name %j", (title, name) => {
    expect(slugOf(title)).toBe(name);
  });
});

describe("times for reading", () => {
  test("the clocks of a zone are those of the core, across both changes of a year", () => {
    const at = fc.date({ min: new Date("2020-01-01"), max: new Date("2035-01-01"), noInvalidDate: true });
    const zone = fc.constantFrom("Europe/Oslo", "America/New_York", "Asia/Kathmandu", "Pacific/Apia", "UTC");
    fc.assert(
      fc.property(at, zone, (date, name) => {
        const instant = date.toISOString();
        const core = coreZone(instant, name);
        expect(core.ok && { day: core.value.day, time: core.value.time }).toEqual(inZone(instant, name));
      }),
    );
  });
  test.each([
    ["2026-03-29T00:59:59Z", "Europe/Oslo", "29\u00a0March\u00a02026, 01:59:59"],
    ["2026-03-29T01:00:00Z", "Europe/Oslo", "29\u00a0March\u00a02026, 03:00"],
    ["2026-11-27T00:08:00Z", "UTC", "27\u00a0November\u00a02026, 00:08"],
    ["2026-11-27T00:08:00.500Z", "America/New_York", "26\u00a0November\u00a02026, 19:08"],
  ])("%s in %s is %s", (instant, zone, words) => {
    expect(formatInstant(instant, zone)).toBe(words);
  });
  test.each([
    [1, [0, 0, 0, 1]],
    [1000, [0, 0, 0, 1]],
    [1001, [0, 0, 0, 2]],
    [86_400_000, [1, 0, 0, 0]],
    [-5, [0, 0, 0, 0]],
    [95_049_000, [1, 2, 24, 9]],
  ])("%i ms are %j", (milliseconds, parts) => {
    expect(cutUp(milliseconds)).toEqual(parts);
  });
  test.each([
    [3 * 86_400_000, "more than 3 days left"],
    [30 * 3_600_000, "more than a day left"],
    [5 * 3_600_000, "more than 5 hours left"],
    [61 * 60_000, "more than an hour left"],
    [31 * 60_000, "half an hour to an hour left"],
    [11 * 60_000, "ten to thirty minutes left"],
    [6 * 60_000, "five to ten minutes left"],
    [90_000, "a few minutes left"],
    [59_000, "less than a minute left"],
    [0, "the silence has run out"],
  ])("a voice says of %i ms: %s", (milliseconds, words) => {
    expect(coarseWords(milliseconds)).toBe(words);
  });
  test("a day is no instant", () => {
    expect([isInstant("2026-11-27"), isInstant("2026-11-27T00:08:00Z")]).toEqual([false, true]);
  });
});

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,12}$/);
const words = fc.stringMatching(/^[A-Za-z][A-Za-z ]{0,20}[a-z]$/);
const day = fc
  .date({ min: new Date("2024-01-01"), max: new Date("2040-01-01"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
// Without cents where they are nothing: a form shows no noughts.
const amount = fc.bigInt({ min: 1n, max: 10n ** 13n }).map((number) => String(number));
const year = fc.integer({ min: 2024, max: 2060 });
const some = <T>(item: fc.Arbitrary<T>) => fc.array(item, { maxLength: 4 });
const grant = fc.record({
  kind: fc.constantFrom("call" as const, "spend" as const),
  line: fc.option(name),
  amount,
  from: day,
  until: day,
  purpose: words,
});
const fund = fc.record({
  id: name,
  title: words,
  currency: fc.constantFrom("EUR", "NOK"),
  members: name,
  from: day,
  until: day,
  years: some(fc.record({ year, amount })),
  lines: some(fc.record({ id: name, title: words, stream: fc.constantFrom(...streams), purpose: words })),
  earmarks: some(fc.record({ id: name, title: words, lines: fc.array(name, { minLength: 1, maxLength: 3 }) })),
  key: name,
  decides: fc.dictionary(fc.constantFrom(...proposalObjects), name),
  gap: fc.constantFrom("others" as const, "open" as const),
  inKind: fc.option(fc.record({ part: fc.constant("1/2"), most: fc.constant("1/4"), says: words })),
  account: fc.option(fc.record({ holder: words, number: words, bank: words })),
  modelled: fc.option(words),
});
const line = fc.record({ fund: name, line: name });
const terms: fc.Arbitrary<Terms> = fc.oneof(
  fc.record({ kind: fc.constant("open-fund" as const), fund, grants: some(grant) }),
  fc.record({ kind: fc.constant("adopt-key" as const), fund: name, key: name, from: day }),
  fc.record({
    kind: fc.constant("call" as const),
    fund: name,
    year,
    instalment: fc.integer({ min: 1, max: 12 }),
    instalments: fc.integer({ min: 1, max: 12 }),
    lines: some(fc.record({ line: name, amount })),
    dueOn: day,
  }),
  fc.record({ kind: fc.constant("spend" as const), fund: name, grants: some(grant) }),
  fc.record({ kind: fc.constant("reallocate" as const), from: line, to: line, amount, until: day, reason: words }),
  fc.record({ kind: fc.constant("take-over-format" as const), format: name, by: name, from: day }),
  fc.record({
    kind: fc.constant("appoint" as const),
    post: words,
    holder: words,
    party: fc.option(name),
    from: day,
    until: fc.option(day),
  }),
  fc.record({ kind: fc.constant("adopt-report" as const), report: words, address: fc.option(fc.webUrl()) }),
  fc.record({ kind: fc.constant("adopt-plan" as const), plan: name }),
);

describe("terms in a form", () => {
  test("any terms read back from the form as they were put into it", () => {
    fc.assert(
      fc.property(terms, (all) => {
        expect(termsOfDraft(all.kind, draftOfTerms(all))).toEqual(all);
      }),
    );
  });
  test("two texts whose terms differ differ in a line", () => {
    fc.assert(
      fc.property(terms, terms, (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));
        expect(termLines(one)).not.toEqual(termLines(other));
      }),
    );
  });
  test.each(proposalObjects)("a form for %s can begin with nothing", (kind) => {
    expect(termsOfDraft(kind, freshDraft(kind, "long-haul-fund", "2026-11-25")).kind).toBe(kind);
  });
  test("names are made from titles where none is written", () => {
    const fresh = freshDraft("open-fund", "", "2026-11-25");
    const draft = { ...fresh, fields: { ...fresh.fields, title: "Long haul" }, lines: [{ title: "Air defence" }] };
    const found = termsOfDraft("open-fund", draft);
    expect(found.kind === "open-fund" && [found.fund.id, found.fund.lines[0]?.id]).toEqual([
      "long-haul",
      "air-defence",
    ]);
  });
  test("what differs is told line by line, a name that comes twice too", () => {
    const grant = { kind: "spend", line: null, from: "2026-01-01", until: "2026-12-31", purpose: "lots" } as const;
    const of = (...amounts: readonly string[]) =>
      termLines({ kind: "spend", fund: "f", grants: amounts.map((amount) => ({ ...grant, amount })) });
    const says = (amount: string) => `${amount}, any line, 1\u00a0January\u00a02026 to 31\u00a0December\u00a02026`;
    expect(changesOf(of("1", "2"), of("1", "2"))).toEqual([]);
    expect(changesOf(of("1", "2"), of("1", "3"))).toEqual([["May spend for lots (2)", says("2"), says("3")]]);
    expect(changesOf(of("1", "2"), of("1"))).toEqual([["May spend for lots (2)", says("2"), null]]);
  });
});
