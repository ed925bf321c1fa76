import { formatDecimal } from "#core/money.ts";
import type {
  GroupRecord,
  IndicatorRecord,
  MembershipRecord,
  PartyRecord,
  RateRecord,
  SourceRecord,
} from "./records.ts";
import { groupKinds } from "./records.ts";
import { amount, day, oneOf, optional, optionalDay, readRows, refuse, refuseDoubles, text, type Row } from "./table.ts";

type Files = ReadonlyMap<string, string>;

/** Sources with their passages. @throws MainstayError reference_invalid */
export function readSources(files: Files): readonly SourceRecord[] {
  const rows = readRows(files, "sources.csv", [
    "id",
    "title",
    "publisher",
    "published_on",
    "retrieved_on",
    "url",
    "note",
  ]);
  const passages = readRows(files, "passages.csv", ["source", "id", "locator", "quote"]);
  refuseDoubles(rows, ["id"]);
  refuseDoubles(passages, ["source", "id"]);
  for (const passage of passages) known(passage, "source", new Set(rows.map((row) => row.cells["id"] ?? "")));
  return rows.map((row) => {
    const id = text(row, "id");
    const url = optional(row, "url");
    if (url !== null && !url.startsWith("https://")) throw refuse(row, "url", url);
    return {
      id,
      title: text(row, "title"),
      publisher: text(row, "publisher"),
      publishedOn: optionalDay(row, "published_on"),
      retrievedOn: optionalDay(row, "retrieved_on"),
      url,
      note: optional(row, "note") ?? "",
      passages: passages
        .filter((passage) => passage.cells["source"] === id)
        .map((passage) => ({
          id: text(passage, "id"),
          locator: text(passage, "locator"),
          quote: text(passage, "quote"),
        })),
    };
  });
}

/** Parties with their dated names and aliases. @throws MainstayError reference_invalid */
export function readParties(files: Files, sources: ReadonlySet<string>): readonly PartyRecord[] {
  const rows = readRows(files, "parties.csv", ["id", "kind", "iso2", "iso3", "m49", "name", "source"]);
  const names = readRows(files, "party_names.csv", ["party", "name", "from", "until", "source"]);
  const aliases = readRows(files, "aliases.csv", ["alias", "party", "source"]);
  refuseDoubles(rows, ["id"]);
  refuseDoubles(rows, ["name"]);
  refuseDoubles(aliases, ["alias"]);
  const ids = new Set(rows.map((row) => row.cells["id"] ?? ""));
  for (const row of [...names, ...aliases]) known(row, "party", ids);
  return rows.map((row) => {
    const id = text(row, "id");
    const kind = oneOf(row, "kind", ["nation", "organisation"]);
    const iso3 = optional(row, "iso3");
    if (kind === "nation" && iso3?.toLowerCase() !== id) throw refuse(row, "iso3", iso3 ?? "nothing");
    return {
      id,
      kind,
      iso2: matching(row, "iso2", /^[A-Z]{2}$/),
      iso3: matching(row, "iso3", /^[A-Z]{3}$/),
      m49: matching(row, "m49", /^\d{3}$/),
      name: text(row, "name"),
      source: known(row, "source", sources),
      names: names
        .filter((name) => name.cells["party"] === id)
        .map((name) => ({ name: text(name, "name"), ...span(name), source: known(name, "source", sources) })),
      aliases: aliases
        .filter((alias) => alias.cells["party"] === id)
        .map((alias) => ({ alias: text(alias, "alias"), source: known(alias, "source", sources) })),
    };
  });
}

/** Groups with their members. @throws MainstayError reference_invalid, also when a party's times in one group overlap */
export function readGroups(
  files: Files,
  sources: ReadonlySet<string>,
  parties: ReadonlySet<string>,
): readonly GroupRecord[] {
  const rows = readRows(files, "groups.csv", ["slug", "name", "kind", "description", "source"]);
  const members = readRows(files, "memberships.csv", [
    "group",
    "party",
    "role",
    "from",
    "precision",
    "until",
    "source",
    "note",
  ]);
  refuseDoubles(rows, ["slug"]);
  const slugs = new Set(rows.map((row) => row.cells["slug"] ?? ""));
  const memberships = members.map((row) => readMembership(row, sources, parties, slugs));
  refuseOverlaps(members, memberships);
  return rows.map((row) => ({
    slug: text(row, "slug"),
    name: text(row, "name"),
    kind: oneOf(row, "kind", groupKinds),
    description: text(row, "description"),
    source: known(row, "source", sources),
    members: memberships.filter((member) => member.group === row.cells["slug"]),
  }));
}

function readMembership(
  row: Row,
  sources: ReadonlySet<string>,
  parties: ReadonlySet<string>,
  slugs: ReadonlySet<string>,
): MembershipRecord {
  const { from, until } = span(row);
  const precision = oneOf(row, "precision", ["day", "by", "month", "none"]);
  if ((from === null) !== (precision === "none"))
    throw refuse(row, "precision", `${precision} with ${from ?? "no"} start`);
  return {
    group: known(row, "group", slugs),
    party: known(row, "party", parties),
    role: oneOf(row, "role", ["member", "lead", "recipient"]),
    from,
    precision,
    until,
    source: known(row, "source", sources),
    note: optional(row, "note") ?? "",
  };
}

function refuseOverlaps(rows: readonly Row[], memberships: readonly MembershipRecord[]): void {
  memberships.forEach((one, index) => {
    const row = rows[index];
    const clash = memberships.findIndex(
      (other, at) =>
        at < index &&
        other.group === one.group &&
        other.party === one.party &&
        (other.from ?? "") <= (one.until ?? "9999") &&
        (one.from ?? "") <= (other.until ?? "9999"),
    );
    if (clash >= 0 && row !== undefined)
      throw refuse(row, "from", `${one.party} in ${one.group}, which row ${clash + 2} covers already`);
  });
}

/** GDP and population by party and year. @throws MainstayError reference_invalid */
export function readIndicators(
  files: Files,
  sources: ReadonlySet<string>,
  parties: ReadonlySet<string>,
): readonly IndicatorRecord[] {
  const rows = readRows(files, "indicators.csv", ["party", "indicator", "year", "value", "unit", "source"]);
  refuseDoubles(rows, ["party", "indicator", "year"]);
  return rows.map((row) => ({
    party: known(row, "party", parties),
    indicator: oneOf(row, "indicator", ["gdp", "population"]),
    year: Number(amount(row, "year", 0)),
    value: amount(row, "value", 0),
    unit: text(row, "unit"),
    source: known(row, "source", sources),
  }));
}

/** Reference rates of single days: units of the currency for one euro. @throws MainstayError reference_invalid */
export function readRates(files: Files, sources: ReadonlySet<string>): readonly RateRecord[] {
  const rows = readRows(files, "rates.csv", ["currency", "on", "rate", "source"]);
  refuseDoubles(rows, ["currency", "on"]);
  return rows.map((row) => ({
    currency: text(row, "currency"),
    on: day(row, "on"),
    rate: formatDecimal(amount(row, "rate", 6), 6),
    source: known(row, "source", sources),
  }));
}

/** The cell, which must be one of the known ids. @throws MainstayError reference_invalid */
export function known(row: Row, column: string, ids: ReadonlySet<string>): string {
  const found = text(row, column);
  if (!ids.has(found)) throw refuse(row, column, `${found}, which is not on record`);
  return found;
}

function span(row: Row): { from: string | null; until: string | null } {
  const from = optionalDay(row, "from");
  const until = optionalDay(row, "until");
  if (from !== null && until !== null && until < from) throw refuse(row, "until", `${until}, before ${from}`);
  return { from, until };
}

function matching(row: Row, column: string, pattern: RegExp): string | null {
  const found = optional(row, column);
  if (found !== null && !pattern.test(found)) throw refuse(row, column, found);
  return found;
}
