import { MainstayError } from "#core/errors.ts";
import type { ReleaseContent } from "#core/entries.ts";
import { budgetSupportContent, statementsContent, totalsContent } from "./content.ts";
import {
  readBudgetSupport,
  readMilestones,
  readNeeds,
  readPublishedTotals,
  readStatements,
  readTotals,
} from "./figures.ts";
import type { ReferenceData, ReferenceRelease, SourceRecord } from "./records.ts";
import { known, readGroups, readIndicators, readParties, readRates, readSources } from "./register.ts";
import { day, oneOf, optional, readRows, refuse, refuseDoubles, text } from "./table.ts";

/** The files the worked case is made of, all in one folder. */
export const referenceFiles = [
  "aliases.csv",
  "budget_support.csv",
  "groups.csv",
  "indicators.csv",
  "memberships.csv",
  "milestones.csv",
  "needs.csv",
  "parties.csv",
  "party_names.csv",
  "passages.csv",
  "published_totals.csv",
  "rates.csv",
  "releases.csv",
  "sources.csv",
  "statements.csv",
  "totals.csv",
] as const;

/**
 * The worked case from the text of its files by name: a register, and releases ready for the record to take in, by day of publication.
 * @throws MainstayError reference_invalid, invalid_amount, naming file, row and column
 */
export function readReference(files: ReadonlyMap<string, string>): ReferenceData {
  const sources = readSources(files);
  const sourceIds = new Set(sources.map((source) => source.id));
  const parties = readParties(files, sourceIds);
  const partyIds = new Set(parties.map((party) => party.id));
  const groups = readGroups(files, sourceIds, partyIds);
  const statements = readStatements(files, sourceIds, partyIds);
  const heads = readReleaseHeads(files, sourceIds);
  const ids = (series: string) => new Set(heads.filter((head) => head.series === series).map((head) => head.id));
  const totals = readTotals(files, sourceIds, partyIds, ids("totals"));
  const budgetSupport = readBudgetSupport(files, sourceIds, partyIds, ids("budget-support"));
  const publishedTotals = readPublishedTotals(files, sourceIds, partyIds, ids("totals"));
  const source = (id: string) => sourceOf(sources, id);

  const tracked = heads.map((head): ReferenceRelease => {
    const frame = { series: head.series, dataTo: head.dataTo, source: source(head.source) };
    const { series, ...rest } = head;
    if (series === "budget-support") {
      return release(
        rest,
        "budget_support.csv",
        budgetSupportContent(
          frame,
          budgetSupport.filter((row) => row.release === head.id),
        ),
      );
    }
    const printed = publishedTotals.filter(
      (total) => total.release === head.id && partyIds.has(total.donor) && total.category !== "all",
    );
    return release(
      rest,
      "totals.csv",
      totalsContent(
        frame,
        totals.filter((row) => row.release === head.id),
        printed,
      ),
    );
  });
  const said = [...new Set(statements.filter((row) => row.posted).map((row) => row.source))].map((id) =>
    statementRelease(
      source(id),
      statements.filter((row) => row.posted && row.source === id),
    ),
  );
  return {
    sources,
    parties,
    groups,
    indicators: readIndicators(files, sourceIds, partyIds),
    rates: readRates(files, sourceIds),
    releases: [...tracked, ...said].sort((left, right) =>
      left.publishedOn < right.publishedOn ? -1 : left.publishedOn > right.publishedOn ? 1 : 0,
    ),
    needs: readNeeds(files, sourceIds),
    statements,
    milestones: readMilestones(files, sourceIds, new Set(groups.map((group) => group.slug))),
    budgetSupport,
    publishedTotals,
  };
}

function sourceOf(sources: readonly SourceRecord[], id: string): SourceRecord {
  const source = sources.find((candidate) => candidate.id === id);
  if (source === undefined)
    throw new MainstayError("reference_invalid", `the source ${id}, which is not on record`, { file: "sources.csv" });
  return source;
}

type ReleaseHead = Omit<ReferenceRelease, "content" | "file"> & Readonly<{ series: "totals" | "budget-support" }>;

function readReleaseHeads(files: ReadonlyMap<string, string>, sources: ReadonlySet<string>): readonly ReleaseHead[] {
  const rows = readRows(files, "releases.csv", ["id", "series", "name", "published_on", "data_to", "source", "note"]);
  refuseDoubles(rows, ["id"]);
  refuseDoubles(rows, ["name"]);
  refuseDoubles(rows, ["series", "published_on"]);
  return rows.map((row) => {
    const publishedOn = day(row, "published_on");
    const dataTo = day(row, "data_to");
    if (dataTo > publishedOn) throw refuse(row, "data_to", `${dataTo}, after ${publishedOn}`);
    const series = oneOf(row, "series", ["totals", "budget-support"]);
    return {
      id: text(row, "id"),
      series,
      name: text(row, "name"),
      publishedOn,
      dataTo,
      source: known(row, "source", sources),
      note: optional(row, "note") ?? "",
    };
  });
}

function release(
  head: Omit<ReferenceRelease, "content" | "file">,
  file: string,
  content: ReleaseContent,
): ReferenceRelease {
  return { ...head, file, content };
}

/** A document is a series of its own: a later statement does not take an earlier one back. */
function statementRelease(source: SourceRecord, rows: Parameters<typeof statementsContent>[1]): ReferenceRelease {
  const publishedOn = source.publishedOn ?? rows[0]?.saidOn ?? "";
  const content = statementsContent({ series: `statement:${source.id}`, dataTo: publishedOn, source }, rows);
  const name = `${source.title} (${publishedOn})`;
  return {
    id: source.id,
    name,
    publishedOn,
    dataTo: publishedOn,
    source: source.id,
    note: "",
    file: "statements.csv",
    content,
  };
}
