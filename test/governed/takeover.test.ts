import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { book as bookOf, openBook } from "#app/books.ts";
import { broughtAlong } from "#app/brought.ts";
import { openProposal, proposalView } from "#app/decisions.ts";
import { group, groups, parties, party } from "#app/parties.ts";
import { postSteps } from "#app/post.ts";
import { promises } from "#app/promises.ts";
import { totals } from "#app/totals.ts";
import { rowsOf, sql, type Database } from "#store/database.ts";
import { seedPromises, stepOf } from "../support/promises.ts";
import { openRecord } from "../support/record.ts";
import { openDesk, type Desk } from "./desk.ts";

let db: Database;
let close: () => Promise<void>;
let desk: Desk;

const book = "practice";
/** Who promises whom what, in euro, on which day; Norway is in both groups, Sweden in the alliance since 7 March 2024, Australia never. */
const steps: readonly (readonly [giver: string, to: string, on: string | null, euro: bigint])[] = [
  ["nor", "ukr", "2024-06-01", 1n],
  ["nor", "ukr", "2025-06-01", 2n],
  ["aus", "ukr", "2024-06-01", 10n],
  ["aus", "ukr", "2024-12-31", 20n],
  ["aus", "ukr", "2025-01-01", 40n],
  ["aus", "ukr", null, 80n],
  ["swe", "ukr", "2024-01-15", 100n],
  ["swe", "ukr", "2025-06-01", 200n],
  ["che", "ukr", "2025-02-01", 1000n],
  ["che", "ukr", "2025-06-01", 2000n],
  // From one giver to another: inside the alliance's boundary only while Australia's group is under it.
  ["nor", "aus", "2024-06-01", 10_000n],
  ["nor", "aus", "2025-06-01", 20_000n],
  ["aus", "nor", "2024-06-01", 100_000n],
  ["aus", "nor", "2025-06-01", 200_000n],
];

beforeAll(async () => {
  ({ db, close } = await openRecord());
  desk = await openDesk(db, book);
  await enter(book, steps);
  await rowsOf(
    db,
    sql`with made as (insert into party_group (slug, name, kind, synthetic) values ('circle', 'Circle of one', 'coalition', true) returning no)
        insert into membership (group_no, party_no, role, valid) select made.no, p.no, 'lead', daterange('2020-01-01', null) from made, party p where p.id = 'che'`,
  );
  await rowsOf(db, sql`insert into party (id, name, kind, synthetic) values ('utopia', 'Utopia', 'nation', true)`);
  await desk.decide("bring-in", takeOver("contact-group", "nato", "2025-01-01"));
});
afterAll(() => close());

const takeOver = (format: string, by: string, from: string) =>
  ({ kind: "take-over-format", format, by, from }) as const;

async function enter(into: string, rows: typeof steps): Promise<void> {
  const id = (index: number) => `${into}-${index}`;
  await seedPromises(
    db,
    rows.map(([donor, recipient], index) => ({ id: id(index), donor, recipient, book: into })),
  );
  const posted = rows.map(([, , on, euro], index) =>
    stepOf({
      promise: id(index),
      quantity: euro * 100n,
      effective: { on, precision: on === null ? "none" : "day" },
      knownAt: "2024-12-01T00:00:00Z",
      source: "nato-members",
    }),
  );
  await postSteps(db, posted, "test");
}

type When = Readonly<{ asOf?: string; knownAt?: string; book?: string }>;

/** What has been bound inside a boundary, in whole euro. */
async function bound(boundary: string, when: When = {}): Promise<string | null> {
  const { total } = await totals(db, { book, boundary, class: "bound", by: ["donor"], ...when });
  return total?.replace(/\.00$/, "") ?? null;
}

describe("what is given under an alliance", () => {
  test.each([
    // Before the day the group is its own: 1 + 100 000s never, 10 000 leaves the alliance; Sweden's 100 is from before it joined.
    ["the day before", { asOf: "2024-12-31" }, "10001"],
    // From the day on: Norway 1 + 2, Australia 40, Sweden 200, 10 000 from before; what Norway and Australia give each other nets out.
    ["from the day on", { asOf: "2025-06-01" }, "10243"],
    ["on the day itself", { asOf: "2025-01-01" }, "10041"],
    // Undated steps count as of no day, but where none is asked, as by who belongs to the group now: 80 more.
    ["with what has no day", {}, "10323"],
    // Adopted on 6 January 2025, and not known before.
    ["as known before the decision", { knownAt: "2025-01-05" }, "30203"],
    ["as known on the day of the decision", { knownAt: "2025-01-06" }, "10323"],
  ] satisfies [string, When, string][])("%s", async (_, when, expected) => {
    expect(await bound("under:nato", when)).toBe(expected);
  });

  test.each([{ asOf: "2024-12-31" }, { asOf: "2024-06-01" }, { knownAt: "2025-01-05" }] satisfies When[])(
    "is what the alliance itself gives before the day, and before it is known: %o",
    async (when) => {
      expect(await bound("under:nato", when)).toBe(await bound("group:nato", when));
      expect(await bound("under:contact-group", when)).toBe(await bound("group:contact-group", when));
    },
  );

  test("what each group gives by itself stays exactly as it was", async () => {
    for (const when of [{}, { asOf: "2025-12-31" }]) {
      expect(await bound("group:nato", when)).toBe("30203");
      expect(await bound("under:contact-group", when)).toBe(await bound("group:contact-group", when));
    }
    expect(await bound("group:contact-group")).toBe("453");
    expect(await bound("group:contact-group", { asOf: "2025-12-31" })).toBe("373");
  });

  test("each giver has one row, and the rows are the total", async () => {
    const { rows, total, boundary } = await totals(db, { book, boundary: "under:nato", class: "bound", by: ["donor"] });
    expect(rows.map((row) => [row.donor, row.amount])).toEqual([
      ["Australia", "120.00"],
      ["Norway", "10003.00"],
      ["Sweden", "200.00"],
    ]);
    expect(total).toBe("10323.00");
    expect(boundary).toContain("of nato or of a group that a decision had brought under it by then, each counted once");
  });

  test("the list of promises holds the promises of the figure, and no others", async () => {
    const listed = async (boundary: string) =>
      (await promises(db, { book, boundary, limit: 100 })).items.map((row) => Number(row.id.split("-")[1]));
    expect((await listed("under:nato")).toSorted((a, b) => a - b)).toEqual([0, 1, 4, 5, 7, 10]);
    expect((await listed("group:nato")).toSorted((a, b) => a - b)).toEqual([0, 1, 7, 10, 11]);
  });

  test("promises of things, which no figure in euro counts, are listed of whoever was ever inside", async () => {
    await rowsOf(db, sql`insert into unit (code, kind, scale, name) values ('item:tent', 'item', 0, 'tent')`);
    for (const donor of ["aus", "che"]) {
      const tents = { id: `tents-${donor}`, donor, book, unit: "item:tent", stream: "materiel" };
      await seedPromises(db, [{ ...tents, recipient: "ukr" }]);
      const step = stepOf({ promise: tents.id, unit: "item:tent", to: "materiel.committed", source: "nato-members" });
      await postSteps(db, [step], "test");
    }
    const listed = async (boundary: string) =>
      (await promises(db, { book, boundary, stream: "materiel" })).items.map((row) => row.id);
    expect(await listed("under:nato")).toEqual(["tents-aus"]);
    expect(await listed("group:nato")).toEqual([]);
    expect(await listed("under:circle")).toEqual(["tents-che"]);
  });

  test("what a publisher prints otherwise stands beside it only of who was ever inside", async () => {
    const differing = async (boundary: string) => {
      const question = { book: "worked-case", class: "placed", by: ["donor"] } as const;
      return (await totals(db, { ...question, boundary })).differences.map((row) => row.donor);
    };
    expect(await differing("under:contact-group")).toEqual(["Slovenia"]);
    expect(await differing("under:g7")).toEqual([]);
  });

  test("the decision is knowledge of the book: a figure cited as of its last day is the same again", async () => {
    const knownAt = (await bookOf(db, book)).knownTo ?? "";
    expect(knownAt).toBe("2025-01-06");
    expect(await bound("under:nato", { asOf: "2025-12-31", knownAt })).toBe("10243");
  });

  test("a decision of one book is nothing to another", async () => {
    await openBook(db, { slug: "elsewhere", title: "Elsewhere", recipient: "ukr", synthetic: true });
    await enter("elsewhere", steps);
    expect(await bound("under:nato", { book: "elsewhere" })).toBe("30203");
    expect((await group(db, "contact-group", { book: "worked-case" })).under).toEqual([]);
  });

  test("an unknown group is refused, and so is a boundary that is none", async () => {
    await expect(bound("under:nowhere")).rejects.toMatchObject({ code: "unknown_group" });
    await expect(bound("beneath:nato")).rejects.toMatchObject({ code: "unknown_boundary" });
  });
});

describe("groups under groups under groups", () => {
  const inBook = "nested";
  const circle = async (boundary: string, asOf?: string) =>
    bound(boundary, { book: inBook, ...(asOf === undefined ? {} : { asOf }) });
  let nested: Desk;
  beforeAll(async () => {
    nested = await openDesk(db, inBook);
    await enter(inBook, steps);
    await nested.decide("nested-1", takeOver("contact-group", "nato", "2025-01-01"));
    await nested.decide("nested-2", takeOver("circle", "contact-group", "2025-03-01"));
  });

  test("who is under one that is under another counts from the day on which both hold", async () => {
    expect(await circle("under:contact-group", "2025-02-28")).toBe(await circle("group:contact-group", "2025-02-28"));
    // Switzerland's 2 000 of June, not its 1 000 of February.
    expect(await circle("under:nato", "2025-12-31")).toBe("12243");
    expect(await circle("under:contact-group", "2025-12-31")).toBe("2373");
    expect(await circle("under:circle", "2025-12-31")).toBe("3000");
  });

  test("no group comes under itself, neither straight nor by way of others", async () => {
    const refusal = { code: "group_would_be_under_itself" };
    await expect(nested.decide("nested-3", takeOver("nato", "circle", "2025-05-01"))).rejects.toMatchObject(refusal);
    // Nor from an earlier day on: the circle would close when the others begin.
    await expect(nested.decide("nested-4", takeOver("nato", "contact-group", "2024-01-01"))).rejects.toMatchObject(
      refusal,
    );
    // Nor can the database be made to hold it.
    await nested.decide("nested-report", { kind: "adopt-report", report: "Report", address: null });
    await expect(
      rowsOf(
        db,
        sql`insert into takeover (format_no, by_no, valid, proposal_no)
            select f.no, b.no, daterange('2026-01-01', null), p.no from party_group f, party_group b, proposal p
            where f.slug = 'nato' and b.slug = 'circle' and p.id = 'nested-report'`,
      ),
    ).rejects.toMatchObject({ code: "23P01" });
  });

  test("of two decisions that would close a circle together, the second is adopted without effect", async () => {
    const desk = await openDesk(db, "circles");
    const [opening, doing] = [
      { book: "circles", group: "nordic-baltic-eight", procedure: "consensus-silence" },
      "desk",
    ];
    const expiresAt = "2025-01-06T11:00:00Z";
    for (const [id, terms] of [
      ["circle-1", takeOver("contact-group", "nato", "2025-02-01")],
      ["circle-2", takeOver("nato", "contact-group", "2025-03-01")],
    ] as const) {
      await openProposal(db, desk.clock, { ...opening, id, title: id, object: terms.kind }, doing);
      const text = { type: "text-issued", title: id, reference: null, body: "", terms } as const;
      await desk.happens(id, text as Parameters<Desk["happens"]>[1]);
      await desk.happens(id, { type: "silence-started", expiresAt });
    }
    desk.set("2025-01-06T12:00:00Z");
    const effects = ["circle-1", "circle-2"].map(
      async (id) => (await proposalView(db, desk.clock, id)).outcome?.effect ?? "",
    );
    // Both run out at one instant, and either may come first.
    expect((await Promise.all(effects)).toSorted()).toEqual(["", expect.stringMatching(/under itself/)]);
  });

  test("a group can be brought under one that was under it until that decision ended", async () => {
    const desk = await openDesk(db, "turned");
    await desk.decide("turned-1", takeOver("contact-group", "nato", "2025-02-01"));
    await desk.happens("turned-1", { type: "annulled", reason: "No room" } as Parameters<Desk["happens"]>[1]);
    await desk.decide("turned-2", takeOver("nato", "contact-group", "2025-03-01"));
    expect((await group(db, "nato", { book: "turned" })).under.map((one) => one.slug)).toEqual(["contact-group"]);
  });
});

describe("the end of a takeover", () => {
  const inBook = "ended";
  let ended: Desk;
  beforeAll(async () => {
    ended = await openDesk(db, inBook);
    await enter(inBook, steps);
    await ended.decide("ended-1", takeOver("contact-group", "nato", "2025-01-01"));
  });

  test("a group is under one other at a time", async () => {
    await expect(ended.decide("ended-2", takeOver("contact-group", "eu", "2026-01-01"))).rejects.toMatchObject({
      code: "group_taken_over_already",
    });
    await ended.decide("ended-report", { kind: "adopt-report", report: "Report", address: null });
    // Nor can the database be made to hold two at once.
    await expect(
      rowsOf(
        db,
        sql`insert into takeover (format_no, by_no, valid, proposal_no)
            select f.no, b.no, daterange('2026-01-01', null), p.no from party_group f, party_group b, proposal p
            where f.slug = 'contact-group' and b.slug = 'eu' and p.id = 'ended-report'`,
      ),
    ).rejects.toMatchObject({ code: "23P01" });
  });

  test("comes with the end of its decision, is known from then on, and leaves the days before as they were", async () => {
    ended.set("2025-04-01T12:00:00Z");
    await ended.happens("ended-1", { type: "annulled", reason: "No room" } as Parameters<Desk["happens"]>[1]);
    const when = { book: inBook, asOf: "2025-12-31" };
    // Of June only the alliance's own: Norway's 2 and its 20 000 for Australia, Sweden's 200; of before, Australia's 40 stays.
    expect(await bound("under:nato", when)).toBe("30243");
    expect(await bound("under:nato", { ...when, knownAt: "2025-03-31" })).toBe("10243");
    expect((await group(db, "contact-group", { book: inBook })).under).toMatchObject([
      { slug: "nato", from: "2025-01-01", until: "2025-03-31" },
    ]);
    const { takeovers } = await broughtAlong(db, "contact-group", { book: inBook });
    expect(takeovers[0]?.classes[1]).toMatchObject({
      before: { promises: 4, amount: "131.00" },
      under: { promises: 1, amount: "40.00" },
      after: { promises: 2, amount: "202.00" },
      undated: { promises: 1, amount: "80.00" },
    });
  });

  test("a group whose takeover has ended can be brought under another", async () => {
    await ended.decide("ended-3", takeOver("contact-group", "eu", "2025-04-01"));
    expect((await group(db, "contact-group", { book: inBook })).under.map((one) => [one.slug, one.from])).toEqual([
      ["nato", "2025-01-01"],
      ["eu", "2025-04-01"],
    ]);
    expect(await bound("under:eu", { book: inBook, asOf: "2025-12-31" })).toBe("302");
  });
});

describe("the groups of a book", () => {
  test("say what came under what, from which day and by which decision", async () => {
    const takeover = { from: "2025-01-01", until: null, decision: "bring-in", title: "Text of bring-in" };
    const [alliance, format] = [await group(db, "nato", { book }), await group(db, "contact-group", { book })];
    expect(alliance).toMatchObject({ synthetic: false, under: [] });
    expect(alliance.formats).toEqual([{ slug: "contact-group", name: "Ukraine Defense Contact Group", ...takeover }]);
    expect(format.formats).toEqual([]);
    expect(format.under).toEqual([{ slug: "nato", name: "NATO", ...takeover }]);
    expect((await groups(db, { book })).find((one) => one.slug === "nato")).toEqual(alliance);
  });

  test("are as they were as of a day before, and as known before the decision", async () => {
    const earlier = await group(db, "contact-group", { book, asOf: "2024-12-31" });
    expect(earlier.under).toEqual([]);
    expect((await group(db, "contact-group", { book, asOf: "2025-01-01" })).under).toHaveLength(1);
    expect((await group(db, "contact-group", { book, knownAt: "2025-01-05" })).under).toEqual([]);
    // The chair that ended in February 2025 had no end then, and who took it was a member.
    const roles = earlier.members.filter((member) => ["usa", "gbr"].includes(member.party));
    expect(roles.map(({ party: id, role, to }) => [id, role, to])).toEqual([
      ["gbr", "member", null],
      ["usa", "lead", null],
    ]);
    expect((await group(db, "contact-group", { book })).members.filter((one) => one.role === "lead")).toHaveLength(3);
    expect(earlier.members.length).toBeLessThan((await group(db, "contact-group", { book })).members.length);
  });

  test("made-up ones are listed in made-up books alone, and found by their id in each", async () => {
    for (const [inBook, listed] of [
      ["worked-case", false],
      [book, true],
    ] as const) {
      expect((await groups(db, { book: inBook })).some((one) => one.slug === "circle")).toBe(listed);
      expect((await parties(db, inBook)).some((one) => one.id === "utopia")).toBe(listed);
      expect((await parties(db, inBook, "utop")).some((one) => one.id === "utopia")).toBe(listed);
      expect((await parties(db, inBook, "utopia")).map((one) => one.id)).toEqual(["utopia"]);
      expect(await group(db, "circle", { book: inBook })).toMatchObject({ synthetic: true });
    }
    expect(await party(db, "utopia")).toMatchObject({ synthetic: true });
    expect(await party(db, "nor")).toMatchObject({ synthetic: false });
    const { rows } = await totals(db, { book, class: "bound", by: ["group"], donor: "che" });
    expect(rows.map((row) => row.group)).toContain("circle");
  });

  test("are refused where there is no such book or day", async () => {
    await expect(groups(db, { book: "nowhere" })).rejects.toMatchObject({ code: "unknown_book" });
    await expect(parties(db, "nowhere")).rejects.toMatchObject({ code: "unknown_book" });
    await expect(groups(db, { book, asOf: "soon" })).rejects.toMatchObject({ code: "invalid_date" });
  });
});

describe("what a group brought along", () => {
  test("is its members' promises from before the day and since, by class", async () => {
    const { takeovers, frame, boundary } = await broughtAlong(db, "contact-group", { book });
    expect(frame.boundary).toBe("group:contact-group");
    expect(boundary).toContain("members of contact-group on the day of each step");
    expect(takeovers).toMatchObject([{ slug: "nato", from: "2025-01-01", until: null, decision: "bring-in" }]);
    const bindings = takeovers[0]?.classes.map((line) => [line.class, line.reason !== null]);
    expect(bindings).toEqual([
      ["said", true],
      ["bound", false],
      ["placed", true],
      ["moved", true],
      ["received", true],
    ]);
    expect(takeovers[0]?.classes[1]).toMatchObject({
      before: { promises: 4, amount: "131.00" },
      under: { promises: 3, amount: "242.00" },
      after: null,
      undated: { promises: 1, amount: "80.00" },
    });
    expect(takeovers[0]?.classes[0]?.before).toEqual({ promises: null, amount: null });
  });

  test("adds up to what the group gives, as of any day", async () => {
    for (const asOf of ["2025-01-01", "2025-06-01"]) {
      const { takeovers } = await broughtAlong(db, "contact-group", { book, asOf });
      const { before, under } = takeovers[0]?.classes[1] ?? {};
      const sum = [before, under].reduce((total, part) => total + Number(part?.amount), 0);
      expect(String(sum)).toBe(await bound("group:contact-group", { asOf }));
    }
    expect((await broughtAlong(db, "contact-group", { book, asOf: "2024-12-31" })).takeovers).toEqual([]);
    expect((await broughtAlong(db, "nato", { book })).takeovers).toEqual([]);
  });
});
