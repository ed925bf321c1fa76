import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { bindingClasses } from "../../../src/core/bindingness.ts";
import type { Diff, DiffRow, Release } from "../../../src/core/views.ts";
import { api } from "../api/client.ts";
import { Bars } from "../charts/bars.tsx";
import { Figure } from "../figure/figure.tsx";
import { csvOf, saveFile } from "../figure/save.ts";
import {
  counted,
  formatAmount,
  formatCount,
  type Scale,
  grouped,
  lengthOf,
  moneyWords,
  sumOf,
} from "../format/amounts.ts";
import { formatDay } from "../format/days.ts";
import { ownQuantity } from "../format/quantity.ts";
import { releaseWords } from "../format/units.ts";
import { useAppSearch, useChangeSearch, useReleases, useTitle } from "../frame/hooks.ts";
import { defaultBook } from "../frame/search.ts";
import { Pager, pageOf } from "../parts/paged.tsx";
import { Answered, Empty } from "../parts/states.tsx";
import { inOrder } from "../format/order.ts";

const shownAtOnce = 100;
const millions: Scale = { power: 6, word: "m", digits: 2 };
const kindWords = {
  added: ["Added", "not listed before"],
  dropped: ["Dropped", "no longer listed"],
  "new-money": ["New money", "more or less in its own unit"],
  "re-conversion": ["Re-converted", "same money, other rate"],
  "re-coding": ["Re-coded", "same money, other place"],
} as const satisfies Readonly<Record<DiffRow["kind"], readonly [string, string]>>;

/** Two releases of one series side by side: what was added, dropped and revalued, by kind, by giver and row by row. */
export function ReleasesPage() {
  useTitle("Releases compared");
  const releases = useReleases();
  return (
    <>
      <header className="headline">
        <h1>Releases compared</h1>
        <p className="standfirst">
          What a later release says differently from an earlier one. New money is kept apart from the same money
          converted at another rate or counted in another place.
        </p>
      </header>
      <Answered query={releases} what="the releases" tall>
        {(all) => <Comparison pairs={comparable(all)} />}
      </Answered>
    </>
  );
}

/** The releases that have another of their series to be compared with, the longest series first, the latest release first. */
function comparable(all: readonly Release[]): readonly Release[] {
  return [...Map.groupBy(all, (release) => release.series).values()]
    .filter((series) => series.length > 1)
    .sort((a, b) => b.length - a.length)
    .flatMap((series) => series.toSorted((a, b) => inOrder(b.publishedOn, a.publishedOn)));
}

function Comparison({ pairs }: Readonly<{ pairs: readonly Release[] }>) {
  const search = useAppSearch();
  const change = useChangeSearch();
  const book = search.book ?? defaultBook;
  const to = pairs.find((release) => release.name === search.to) ?? (search.to === undefined ? pairs[0] : undefined);
  const earlier = pairs.filter((release) => release.series === to?.series && release.name !== to.name);
  const from =
    earlier.find((release) => release.name === search.from) ??
    (search.from === undefined
      ? earlier.find((release) => release.publishedOn < (to?.publishedOn ?? ""))
      : undefined) ??
    (search.from === undefined ? earlier[0] : undefined);
  const names = [search.from ?? from?.name ?? "", search.to ?? to?.name ?? ""] as const;
  const query = useQuery({
    queryKey: ["diff", book, ...names, search.class],
    queryFn: ({ signal }) => api.diff(book, ...names, search.class, signal),
    enabled: names.every((name) => name !== ""),
    placeholderData: (previous) => previous,
  });
  if (pairs.length === 0 && search.to === undefined) {
    return (
      <Empty title="This book has no two releases of one series to compare.">
        <p>Choose another book above, or import a further release into this one.</p>
      </Empty>
    );
  }
  const choose = (name: "from" | "to", value: string) =>
    change({ [name]: value, ...(name === "to" ? { from: undefined } : {}), page: undefined, kind: undefined });
  return (
    <>
      <form className="filters" aria-label="Releases to compare" onSubmit={(event) => event.preventDefault()}>
        <ReleaseChoice
          name="Earlier release"
          value={names[0]}
          options={earlier}
          onChoice={(value) => choose("from", value)}
        />
        <ReleaseChoice
          name="Later release"
          value={names[1]}
          options={pairs}
          onChoice={(value) => choose("to", value)}
        />
        <label>
          <span>Class</span>
          <select
            value={search.class ?? "bound"}
            onChange={(event) =>
              change({ class: bindingClasses.find((name) => name === event.target.value), page: undefined })
            }
          >
            {bindingClasses.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      </form>
      <Answered query={query} what="the comparison" tall>
        {(diff) => (
          <div className={query.isPlaceholderData ? "grid stale" : "grid"} aria-busy={query.isPlaceholderData}>
            <Sums diff={diff} knownAt={to?.publishedOn ?? null} />
            <Rows diff={diff} />
          </div>
        )}
      </Answered>
    </>
  );
}

function ReleaseChoice({
  name,
  value,
  options,
  onChoice,
}: Readonly<{ name: string; value: string; options: readonly Release[]; onChoice: (value: string) => void }>) {
  return (
    <label className="release-choice">
      <span>{name}</span>
      <select value={value} onChange={(event) => onChoice(event.target.value)}>
        {!options.some((release) => release.name === value) && <option value={value}>{value}</option>}
        {options.map((release) => (
          <option key={release.id} value={release.name}>
            {release.name}, {formatDay(release.publishedOn)}
          </option>
        ))}
      </select>
    </label>
  );
}

function Sums({ diff, knownAt }: Readonly<{ diff: Diff; knownAt: string | null }>) {
  const frame = { book: diff.book, asOf: null, knownAt, boundary: "all", basis: "as-reported", unit: "EUR" };
  const { unit } = frame;
  const { summary } = diff;
  const kinds = [
    ["added", summary.added],
    ["dropped", summary.dropped],
    ["new-money", summary.newMoney],
    ["re-conversion", summary.reconverted],
    ["re-coding", summary.recoded],
  ] as const;
  const net = sumOf(kinds.map(([, sum]) => sum.amount));
  const givers = summary.byDonor.toSorted((a, b) => Math.abs(lengthOf(b.change)) - Math.abs(lengthOf(a.change)));
  const kindText = `From ${releaseWords(diff.from)} to ${releaseWords(diff.to)} what is ${diff.class} changed by ${moneyWords(unit, net)}.`;
  return (
    <>
      <Figure
        title="What changed, by kind"
        className="span-6"
        text={kindText}
        frame={frame}
        bindingClass={diff.class}
        rows={null}
        atOnce
        json={summary}
        table={{
          columns: [
            { key: "kind", label: "Change", kind: "text" },
            { key: "meaning", label: "Meaning", kind: "text" },
            { key: "promises", label: "Promises", kind: "count" },
            { key: "amount", label: "Amount", kind: "amount" },
          ],
          rows: kinds.map(([kind, sum]) => [...kindWords[kind], String(sum.promises), sum.amount]),
        }}
      >
        <Bars
          bars={kinds.map(([kind, sum]) => ({
            label: kindWords[kind][0],
            amount: sum.amount,
            note: counted(sum.promises, "promise"),
          }))}
          unit={unit}
          title={kindText}
          labelWidth={120}
          signed
        />
      </Figure>
      <Figure
        title="By giver"
        className="span-6"
        text={
          givers[0] === undefined
            ? "No giver's total changed."
            : `${counted(givers.length, "giver")} changed, most of all ${givers[0].name}: ${moneyWords(unit, givers[0].change)}.`
        }
        frame={frame}
        bindingClass={diff.class}
        rows={null}
        table={{
          columns: [
            { key: "giver", label: "Giver", kind: "text" },
            { key: "before", label: "Before", kind: "amount" },
            { key: "after", label: "After", kind: "amount" },
            { key: "change", label: "Change", kind: "amount" },
          ],
          rows: givers.map((line) => [line.name, line.before, line.after, line.change]),
        }}
      />
    </>
  );
}

function Rows({ diff }: Readonly<{ diff: Diff }>) {
  const search = useAppSearch();
  const change = useChangeSearch();
  const rows = useMemo(
    () =>
      diff.rows
        .filter((row) => search.kind === undefined || row.kind === search.kind)
        .toSorted((a, b) => Math.abs(lengthOf(b.change)) - Math.abs(lengthOf(a.change))),
    [diff, search.kind],
  );
  const at = pageOf(search.page, rows.length, shownAtOnce);
  return (
    <section className="figure span-12" aria-labelledby="diff-rows">
      <h2 id="diff-rows">Row by row</h2>
      <div className="sum-line">
        <label className="inline-choice">
          Show{" "}
          <select
            value={search.kind ?? ""}
            onChange={(event) => change({ kind: event.target.value || undefined, page: undefined }, true)}
          >
            <option value="">all {formatCount(diff.rows.length)} changes</option>
            {(Object.keys(kindWords) as DiffRow["kind"][]).map((kind) => (
              <option key={kind} value={kind}>
                {kindWords[kind][0].toLowerCase()}
              </option>
            ))}
          </select>{" "}
          <span className="muted" aria-live="polite">
            {counted(rows.length, "row")}, largest change first
          </span>
        </label>
        <p className="tools">
          <button
            type="button"
            className="plain"
            onClick={() => saveFile(`${diff.book}-changes.csv`, "text/csv", diffCsv(rows))}
          >
            Save these rows as CSV
          </button>
        </p>
      </div>
      {rows.length === 0 ? (
        <p className="muted">No row of this kind.</p>
      ) : (
        <DiffTable rows={rows.slice((at - 1) * shownAtOnce, at * shownAtOnce)} />
      )}
      <Pager
        page={at}
        size={shownAtOnce}
        total={rows.length}
        what="the changes"
        onPage={(to) => change({ page: to === 1 ? undefined : String(to) })}
      />
    </section>
  );
}

function DiffTable({ rows }: Readonly<{ rows: readonly DiffRow[] }>) {
  const own = (unit: string | null, amount: string | null) =>
    unit === null ? "\u2013" : ownQuantity(unit, amount?.replace(/\.00$/, "") ?? null);
  return (
    <div className="table-scroll tall" tabIndex={0} role="region" aria-label="Table of changes">
      <table>
        <caption className="out-of-sight">Changes, row by row</caption>
        <thead>
          <tr>
            <th scope="col">Promise</th>
            <th scope="col">Giver</th>
            <th scope="col">Change</th>
            <th scope="col" className="optional">
              Category
            </th>
            <th scope="col" className="number optional">
              Before
            </th>
            <th scope="col" className="number optional">
              After
            </th>
            <th scope="col" className="number">
              By <small>EUR m</small>
            </th>
            <th scope="col" className="optional">
              Note
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={`${row.code}${row.donor}${index}`}>
              <th scope="row">{row.code}</th>
              <td>{row.donor}</td>
              <td>{kindWords[row.kind][0]}</td>
              <td className="optional">{row.category}</td>
              <td className="number optional">{own(row.unitBefore, row.originalBefore)}</td>
              <td className="number optional">{own(row.unitAfter, row.originalAfter)}</td>
              <td
                className="number"
                data-unknown={row.change === null}
                title={row.change === null ? undefined : `EUR ${grouped(row.change)}`}
              >
                {formatAmount(row.change, millions)}
              </td>
              <td className="optional">{row.note}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function diffCsv(rows: readonly DiffRow[]): string {
  return csvOf(
    [
      "kind",
      "code",
      "donor",
      "category",
      "unit_before",
      "unit_after",
      "original_before",
      "original_after",
      "reported_before",
      "reported_after",
      "change",
      "note",
    ],
    rows.map((row) => [
      row.kind,
      row.code,
      row.donor,
      row.category,
      row.unitBefore,
      row.unitAfter,
      row.originalBefore,
      row.originalAfter,
      row.reportedBefore,
      row.reportedAfter,
      row.change,
      row.note,
    ]),
  );
}
