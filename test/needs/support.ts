import { readFileSync } from "node:fs";
import { openSeeded } from "../support/seeded.ts";
import { connect, rowsOf, sql, type Database } from "#store/database.ts";
import type { Need, Offer } from "#core/planning/record.ts";
import type { Entering } from "#app/planning/needs.ts";
import { withoutConditions } from "../support/offers.ts";

type Streams = {
  streams: { id: string; name: string; stages: { id: string; name: string; class: string; leads: boolean }[] }[];
};
const classes = ["said", "bound", "placed", "moved", "received"];

/** A seeded database with the streams that the seed lacks and a coalition. */
export async function openPlanning(): Promise<{ db: Database; close: () => Promise<void> }> {
  const { database, db, close } = await openSeeded();
  const owner = connect(database.owner);
  const { streams } = JSON.parse(
    readFileSync(new URL("../../policies/streams.json", import.meta.url), "utf8"),
  ) as Streams;
  for (const stream of streams.filter((one) => ["training", "staff"].includes(one.id))) {
    await rowsOf(owner, sql`insert into stream (id, name) values (${stream.id}, ${stream.name})`);
    for (const [index, stage] of stream.stages.entries())
      await rowsOf(
        owner,
        sql`insert into stage (id, stream, name, ordinal, class, leads_class)
            values (${`${stream.id}.${stage.id}`}, ${stream.id}, ${stage.name}, ${index + 1}, ${classes.indexOf(stage.class) + 1}, ${stage.leads})`,
      );
  }
  await rowsOf(owner, sql`insert into party_group (slug, name, kind) values ('guns', 'Guns Coalition', 'coalition')`);
  await rowsOf(
    owner,
    sql`insert into membership (group_no, party_no, role, valid) select g.no, p.no, case p.id when 'aaa' then 'lead' else 'member' end, daterange('2024-01-01', null)
        from party_group g, party p where g.slug = 'guns' and p.id in ('aaa', 'bbb')`,
  );
  await owner.destroy();
  return { db, close };
}

export function need(rest: Partial<Need> = {}): Need {
  return {
    id: "N-1",
    title: "Guns for two brigades",
    accepts: [{ item: "howitzer-155", worthPpm: 1_000_000 }],
    quantity: 10,
    priority: 1,
    from: "2026-01-01",
    until: "2026-06-30",
    place: null,
    package: [],
    coalition: null,
    note: "",
    ...rest,
  };
}

export function offer(rest: Partial<Offer> = {}): Offer {
  return {
    id: "O-1",
    giver: "aaa",
    title: "Six guns",
    item: "howitzer-155",
    quantity: 6,
    from: "2026-02-01",
    until: "2026-12-31",
    ...withoutConditions,
    ...rest,
  };
}

export function said(knownAt: string, reason?: string): Entering {
  return {
    source: {
      id: `said-${knownAt}`,
      title: "Said at the table",
      publisher: "Nobody",
      publishedOn: knownAt.slice(0, 10),
      retrievedOn: null,
      url: null,
      note: "",
    },
    knownAt,
    actor: "tester",
    reason,
  };
}
