import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildProgram } from "../../src/cli/program.ts";
import { runProgram } from "../../src/cli/run.ts";
import { buildServer } from "../../src/http/server.ts";
import { postSteps } from "#app/post.ts";
import type { BroughtAlong, Group, Party, Totals } from "#core/views.ts";
import { rowsOf, sql, type Database } from "#store/database.ts";
import { collecting } from "../docs/console.ts";
import { openDesk } from "../governed/desk.ts";
import { seedPromises, stepOf } from "../support/promises.ts";
import { openRecord } from "../support/record.ts";
import { get } from "./support.ts";

let db: Database;
let app: FastifyInstance;
let close: () => Promise<void>;

/** Norway is in both groups, Australia in the contact group alone, which a made-up decision brings under the alliance on 1 January 2025. */
beforeAll(async () => {
  ({ db, close } = await openRecord());
  const desk = await openDesk(db, "practice");
  const steps = [
    ["nor", "2024-06-01", 100n],
    ["aus", "2024-12-31", 2_000n],
    ["aus", "2025-01-01", 30_000n],
  ] as const;
  const promises = steps.map(([donor], index) => ({ id: `p-${index}`, donor, recipient: "ukr", book: "practice" }));
  await seedPromises(db, promises);
  const posted = steps.map(([, on, quantity], index) =>
    stepOf({ promise: `p-${index}`, quantity, effective: { on, precision: "day" }, source: "nato-members" }),
  );
  await postSteps(db, posted, "test");
  await rowsOf(db, sql`insert into party (id, name, kind, synthetic) values ('utopia', 'Utopia', 'nation', true)`);
  await rowsOf(
    db,
    sql`insert into party_group (slug, name, kind, synthetic) values ('circle', 'Circle', 'coalition', true)`,
  );
  await desk.decide("bring-in", { kind: "take-over-format", format: "contact-group", by: "nato", from: "2025-01-01" });
  app = await buildServer({ db, pagesFolder: "/nowhere", version: "0.0.0-test" });
});
afterAll(async () => {
  await app.close();
  await close();
});

const api = async <T>(address: string) => (await get<T>(app, `/api/v1${address}`)).body;

async function command(words: string): Promise<string> {
  let printed = "";
  const environment = collecting(
    async () => ({ db, close: async () => {} }),
    (text) => {
      printed += text;
    },
  );
  await runProgram(buildProgram(environment), words.split(" "), environment);
  return printed;
}

const takeover = {
  slug: "nato",
  name: "NATO",
  from: "2025-01-01",
  until: null,
  decision: "bring-in",
  title: "Text of bring-in",
};

test("groups say under whom they came, in the book of the decision and from its day on", async () => {
  const under = async (query: string) => (await api<Group>(`/groups/contact-group?${query}`)).under;
  expect(await under("book=practice")).toEqual([takeover]);
  for (const query of ["", "book=practice&as_of=2024-12-31", "book=practice&known_at=2025-01-05"])
    expect(await under(query)).toEqual([]);
  const all = await api<Group[]>("/groups?book=practice");
  const inList = (slug: string) => all.find((one) => one.slug === slug);
  expect(inList("contact-group")?.under).toEqual([takeover]);
  expect(inList("nato")?.formats).toMatchObject([{ slug: "contact-group", decision: "bring-in" }]);
});

test("a figure under the alliance is the same over the API and on the command line", async () => {
  for (const [boundary, total] of [
    ["under:nato", "301.00"],
    ["group:nato", "1.00"],
    ["group:contact-group", "321.00"],
  ] as const) {
    const answered = await api<Totals>(`/totals?book=practice&by=donor&class=bound&boundary=${boundary}`);
    expect([answered.frame.boundary, answered.total]).toEqual([boundary, total]);
    const said = await command(`totals --book practice --by donor --class bound --boundary ${boundary}`);
    expect(said).toContain(`Total ${total} EUR`);
  }
});

test("what the group brought along is told by both", async () => {
  const { takeovers } = await api<BroughtAlong>("/groups/contact-group/brought-along?book=practice");
  expect(takeovers).toMatchObject([takeover]);
  expect(takeovers[0]?.classes.find((line) => line.class === "bound")).toMatchObject({
    before: { promises: 2, amount: "21.00" },
    under: { promises: 1, amount: "300.00" },
  });
  const said = await command("groups contact-group --book practice");
  expect(said).toContain("Under NATO (nato) from 2025-01-01, by the decision bring-in: Text of bring-in\n");
  expect(said).toMatch(/^bound +2 +21\.00 +1 +300\.00 +0 +0\.00$/m);
  expect(said).toMatch(/^said +not known/m);
  expect(said).toContain("Not known (said): No release on record says what was said.");
  const before = await command("groups contact-group --book practice --as-of 2024-12-31");
  expect(before).not.toMatch(/Under NATO|brought under/);
  expect(await command("groups --book practice")).toMatch(/^nato .* contact-group from 2025-01-01$/m);
});

test("made-up ones are listed in made-up books alone, and say what they are", async () => {
  for (const [book, listed] of [
    ["", false],
    ["?book=practice", true],
  ] as const) {
    expect((await api<Group[]>(`/groups${book}`)).some((one) => one.slug === "circle")).toBe(listed);
    expect((await api<Party[]>(`/parties${book}`)).some((one) => one.id === "utopia")).toBe(listed);
    expect(await api<Group>(`/groups/circle${book}`)).toMatchObject({ synthetic: true });
  }
  expect(await api<Party>("/parties/utopia")).toMatchObject({ synthetic: true });
  expect(await command("parties")).not.toContain("Utopia");
  expect(await command("parties --book practice")).toMatch(/^utopia +Utopia +nation, made up/m);
  expect(await command("groups")).not.toContain("circle");
  expect(await command("groups circle")).toContain("Circle (circle), coalition, made up to try the program out");
});
