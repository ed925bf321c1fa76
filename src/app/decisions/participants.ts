import type { Participant } from "#core/decisions/events.ts";
import { MainstayError } from "#core/errors.ts";
import type { Queries } from "#store/database.ts";
import { contributionsTo, membersOn } from "#store/decisions/members.ts";
import { groupExists, resolveParty } from "#store/register.ts";

/** Who takes part: the members of a group, without some of them, with roles beside those of their membership. Parties by id, name or code. */
export type Seating = Readonly<{
  group: string;
  without: readonly string[];
  roles: Readonly<Record<string, readonly string[]>>;
  fund: string | null; // the fund whose contributions weigh, where the proposal is about one
}>;

/** The role of a group's beneficiary, which decides nothing. */
const recipient = "recipient";

/**
 * The participants as they are on a day, for freezing: weights are the newest population on record, and what each has paid into the fund.
 * @throws MainstayError unknown_group, unknown_party, participants_invalid
 */
export async function participantsOn(db: Queries, seating: Seating, day: string): Promise<readonly Participant[]> {
  const { group, fund } = seating;
  if (!(await groupExists(db, group)))
    throw new MainstayError("unknown_group", JSON.stringify(group), { field: "group" });
  const members = (await membersOn(db, group, day)).filter((one) => !one.roles.includes(recipient));
  const ids = new Set(members.map((one) => one.id));
  const without = new Set(await memberIds(db, ids, seating.without, `no member of ${group} on ${day}`, "without"));
  const given = new Map<string, string[]>();
  for (const [role, parties] of Object.entries(seating.roles))
    for (const id of await memberIds(db, ids, parties, `no member of ${group} on ${day}`, `roles.${role}`))
      given.set(id, [...(given.get(id) ?? []), role]);
  const paid = fund === null ? undefined : await contributionsTo(db, fund);
  return members.map(({ id, name, roles, population }) => ({
    id,
    name,
    takesPart: !without.has(id),
    roles: [...new Set([...roles, ...(given.get(id) ?? [])])],
    weights: {
      ...(population === null ? {} : { population: BigInt(population) }),
      ...(paid === undefined ? {} : { contribution: paid.get(id) ?? 0n }),
    },
  }));
}

async function memberIds(
  db: Queries,
  members: ReadonlySet<string>,
  parties: readonly string[],
  otherwise: string,
  field: string,
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const party of parties) {
    const id = members.has(party) ? party : await resolveParty(db, party);
    if (id === undefined) throw new MainstayError("unknown_party", JSON.stringify(party), { field });
    if (!members.has(id)) throw new MainstayError("participants_invalid", `${party}, ${otherwise}`, { field });
    ids.push(id);
  }
  return ids;
}
