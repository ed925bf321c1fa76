import type { BindingClass } from "../../bindingness.ts";
import type { ReleaseFact, Stated } from "./facts.ts";
import { amountLine, knownShare, numberLine, unknown, type Behind, type Drawn } from "./figure.ts";
import type { Scope } from "./scope.ts";
import { sumOfRows } from "./spans.ts";

/** What releases of the period took back of what the ones before them had stated: sum of decreases / sum stated before, by giver, category and class. */
export function revisions(scope: Scope): Drawn {
  const { facts, period, cutoff, stated } = scope;
  const pairs = [...Map.groupBy(facts.releases, (release) => release.series).values()].flatMap((own) =>
    inOrder(own).flatMap((release, index, all) => {
      const before = all[index - 1];
      const counts = before !== undefined && release.publishedOn >= period.from && release.publishedOn <= cutoff;
      return counts ? [changeOf(stated, before, release, all.slice(0, index))] : [];
    }),
  );
  const compared = pairs.filter((pair) => pair.before > 0n);
  if (compared.length === 0)
    return unknown(
      "revisions",
      "No release that follows an earlier one of its series was published in the period with something of it to compare.",
    );
  const before = compared.reduce((sum, pair) => sum + pair.before, 0n);
  const less = compared.reduce((sum, pair) => sum + pair.less, 0n);
  const lines = [
    numberLine("Releases compared with the one before", compared.length),
    amountLine("Stated before", before, facts.scale),
    amountLine("Taken back", less, facts.scale),
    amountLine(
      "Added, new or corrected upwards",
      compared.reduce((sum, pair) => sum + pair.more, 0n),
      facts.scale,
    ),
  ];
  return knownShare(
    "revisions",
    { top: less, bottom: before },
    { lines, behind: compared.flatMap((pair) => pair.behind) },
  );
}

type Change = Readonly<{ before: bigint; less: bigint; more: bigint; behind: readonly Behind[] }>;

function changeOf(
  stated: readonly Stated[],
  before: ReleaseFact,
  release: ReleaseFact,
  earlier: readonly ReleaseFact[],
): Change {
  const names = new Set(earlier.map((one) => one.name));
  const both = [...before.states, ...before.partly].filter((name) =>
    [...release.states, ...release.partly].includes(name),
  );
  const own = stated.filter((row) => row.series === release.series && both.includes(row.class));
  const cells = Map.groupBy(own, (row) =>
    [row.giver, row.stream, row.category, row.class satisfies BindingClass].join("\u0000"),
  );
  const change = { before: 0n, less: 0n, more: 0n, behind: [] as Behind[] };
  for (const rows of cells.values()) {
    const was = sumOfRows(rows.filter((row) => names.has(row.release)));
    const difference = sumOfRows(rows.filter((row) => row.release === release.name));
    const giver = rows[0]?.giver ?? "";
    change.before += was;
    if (difference < 0n) change.less -= difference;
    else change.more += difference;
    if (was > 0n)
      change.behind.push({
        kind: "release",
        series: release.series,
        release: release.name,
        giver,
        amount: difference,
        says: `${rows[0]?.category ?? ""}, ${rows[0]?.class ?? ""}: beside ${before.name}`,
      });
  }
  return change;
}

function inOrder(releases: readonly ReleaseFact[]): ReleaseFact[] {
  return releases.toSorted((one, other) => (one.publishedOn < other.publishedOn ? -1 : 1));
}
