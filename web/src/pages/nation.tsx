import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { memo, useDeferredValue, useMemo } from "react";
import { bindingClasses } from "../../../src/core/bindingness.ts";
import type { Overview, Party, PostingView, SourceRef, Totals } from "../../../src/core/views.ts";
import { api, type FrameParams, type Narrowing } from "../api/client.ts";
import { Bars } from "../charts/bars.tsx";
import { categoryColours } from "../charts/colours.ts";
import { Columns, type Cell } from "../charts/columns.tsx";
import { Stair } from "../charts/stair.tsx";
import { Figure } from "../figure/figure.tsx";
import { counted, grouped, lengthOf, moneyWords, shareOf, sumOf } from "../format/amounts.ts";
import { formatDay, formatPeriod } from "../format/days.ts";
import { useFrame, useOverview, useTitle } from "../frame/hooks.ts";
import { keepFrame } from "../frame/search.ts";
import { PromiseList } from "../parts/promise-list.tsx";
import { SourceLine } from "../parts/source-line.tsx";
import { Answered, Empty, Waiting } from "../parts/states.tsx";
import { inOrder } from "../format/order.ts";

/** One giver: how far, what for, when, in which groups, with which promises and sources. */
export function NationPage() {
  const { id = "" } = useParams({ strict: false });
  const party = useQuery({ queryKey: ["party", id], queryFn: ({ signal }) => api.party(id, signal) });
  useTitle(party.data?.name ?? "Nation");
  return (
    <Answered query={party} what="the giver" tall alone>
      {(data) => <Nation party={data} />}
    </Answered>
  );
}

function useTotals(by: string, narrowed: FrameParams & Narrowing, enabled: boolean) {
  return useQuery({
    queryKey: ["totals", by, narrowed],
    queryFn: ({ signal }) => api.totals(by, narrowed, signal),
    enabled,
  });
}

// What arrives later draws only what shows it.
const ClassFigure = memo(Classes);
const CategoryFigure = memo(Categories);
const SeriesFigure = memo(Series);

function Nation({ party }: Readonly<{ party: Party }>) {
  const frame = useFrame();
  const overview = useOverview();
  const standing = overview.data;
  const unclassed = useMemo(() => ({ ...frame, class: undefined, donor: party.id }), [frame, party.id]);
  const own = { ...unclassed, class: standing?.class };
  const ready = standing !== undefined;
  const [classes, categories, series] = [
    useTotals("class", unclassed, true),
    useTotals("category", own, ready),
    useTotals(`${standing?.seriesGrain ?? "month"},category`, own, ready),
  ];
  const promises = useQuery({
    queryKey: ["promises-of", unclassed],
    queryFn: ({ signal }) => api.promises(unclassed, 20, signal),
  });
  const postings = useQuery({
    queryKey: ["postings-of", own],
    queryFn: ({ signal }) => api.postings(own, 500, signal),
    enabled: ready,
  });
  const answered =
    classes.data === undefined || categories.data === undefined || series.data === undefined
      ? undefined
      : { classes: classes.data, categories: categories.data, series: series.data };
  const isDrawn = useDeferredValue(answered !== undefined);
  const awaited = [overview, classes, categories, series].find((query) => query.data === undefined);
  return (
    <>
      <header className="headline">
        <p className="kicker">
          <Link to="/nations" search={keepFrame()}>
            Nations
          </Link>{" "}
          {party.synthetic && <strong className="synthetic">Made up</strong>}
        </p>
        <h1>{party.name}</h1>
        <p className="standfirst standfirst-kept">
          {categories.data === undefined ? "\u00a0" : standfirst(party, categories.data)}
        </p>
      </header>
      {answered === undefined || !isDrawn ? (
        <Answered query={awaited ?? { ...classes, data: undefined, isPending: true }} what="the figures" tall>
          {() => null}
        </Answered>
      ) : (
        <div className="grid">
          <ClassFigure totals={answered.classes} standing={standing} party={party} />
          <CategoryFigure totals={answered.categories} party={party} />
          <SeriesFigure totals={answered.series} party={party} />
          <section className="figure span-8">
            <h2>Largest promises</h2>
            <Answered query={promises} what="the promises">
              {(page) =>
                page.items.length === 0 ? (
                  <Empty title="No promise of this giver is on record in this frame.">
                    <p>Set “known at” to a later day above.</p>
                  </Empty>
                ) : (
                  <>
                    <PromiseList
                      rows={page.items}
                      unit={page.frame.unit}
                      bindingClass={answered.categories.class ?? null}
                    />
                    <p className="after">
                      <Link to="/promises" search={keepFrame({ donor: party.id })}>
                        {page.total > page.items.length
                          ? `All ${counted(page.total, "promise")}`
                          : "In the table of promises"}
                      </Link>
                    </p>
                  </>
                )
              }
            </Answered>
          </section>
          <aside className="span-4 stack">
            <Groups party={party} />
            <Indicators party={party} />
            <Sources postings={postings.data?.items} />
          </aside>
        </div>
      )}
    </>
  );
}

function standfirst(party: Party, totals: Totals): string {
  const people = party.indicators
    .filter((entry) => entry.indicator === "population")
    .toSorted((a, b) => b.year - a.year)[0];
  const given =
    totals.total === null
      ? `What it has given in the class ${totals.class ?? "asked for"} is not known.`
      : `${moneyWords(totals.frame.unit, totals.total)} ${totals.class ?? ""}${partialOf(totals)}.`;
  return people === undefined
    ? given
    : `${given} Population ${grouped(people.value.replace(/\.0+$/, ""))} (${people.year}).`;
}

/** ", in part: deliveries in kind only" where the sources state no more of the class. */
function partialOf(totals: Totals): string {
  const partial = totals.partial.find((entry) => entry.class === totals.class);
  return partial === undefined ? "" : `, in part (${partial.reason})`;
}

type OfParty = Readonly<{ totals: Totals; party: Party }>;

function Classes({ totals, standing, party }: OfParty & Readonly<{ standing: Overview | undefined }>) {
  const steps = bindingClasses.map((name) => {
    const amount = totals.rows.find((row) => row.class === name)?.amount ?? null;
    const inAll = standing?.classes.find((entry) => entry.class === name);
    const reason =
      totals.unknown.find((entry) => entry.class === name)?.reason ??
      inAll?.reason ??
      "no source on record states it for this giver";
    return {
      class: name,
      amount,
      reason: amount === null ? reason : null,
      partial: amount === null ? null : (totals.partial.find((entry) => entry.class === name)?.reason ?? null),
    };
  });
  const stated = steps.filter((step) => step.amount !== null);
  return (
    <Figure
      title="How far its promises have got"
      className="span-8"
      atOnce
      text={
        stated.length === 0
          ? "No class is stated in figures."
          : `${stated.map((step) => `${step.class} ${moneyWords(totals.frame.unit, step.amount)}`).join(", ")}.`
      }
      frame={totals.frame}
      sources={totals.sources}
      rows={{ donor: party.id }}
      table={{
        columns: [
          { key: "class", label: "Class", kind: "text" },
          { key: "amount", label: "Amount", kind: "amount" },
          { key: "reason", label: "Why not known, or in part", kind: "text" },
        ],
        rows: steps.map((step) => [step.class, step.amount, step.reason ?? step.partial ?? ""]),
      }}
    >
      <Stair steps={steps} unit={totals.frame.unit} chosen={standing?.class ?? "bound"} />
    </Figure>
  );
}

function Categories({ totals, party }: OfParty) {
  const rows = totals.rows
    .filter((row) => row.amount !== null)
    .toSorted((a, b) => lengthOf(b.amount) - lengthOf(a.amount));
  const colours = categoryColours(rows.map((row) => row.category ?? ""));
  const [most] = rows;
  return (
    <Figure
      title="What it is for"
      className="span-4"
      text={
        most === undefined
          ? "Nothing in this class."
          : `Mostly ${(most.category ?? "").toLowerCase()}: ${shareOf(most.amount, totals.total) ?? "all of it"}.`
      }
      frame={totals.frame}
      bindingClass={totals.class ?? undefined}
      sources={totals.sources}
      rows={{ donor: party.id }}
      table={{
        columns: [
          { key: "category", label: "Category", kind: "text" },
          { key: "amount", label: "Amount", kind: "amount" },
        ],
        rows: rows.map((row) => [row.category ?? "", row.amount]),
      }}
    >
      <Bars
        bars={rows.map((row) => ({
          label: row.category ?? "",
          amount: row.amount,
          note: shareOf(row.amount, totals.total) ?? "",
          colour: colours.get(row.category ?? "") ?? "k7",
        }))}
        unit={totals.frame.unit}
        title="Amounts by category"
        labelWidth={112}
      />
    </Figure>
  );
}

function isPeriod(text: string | undefined): boolean {
  return text !== undefined && /^\d{4}(-\d{2})?$/.test(text);
}

function Series({ totals, party }: OfParty) {
  const cells = useMemo(
    () =>
      totals.rows.flatMap((row): Cell[] =>
        isPeriod(row.month ?? row.year)
          ? [{ period: row.month ?? row.year ?? "", category: row.category ?? "", amount: row.amount }]
          : [],
      ),
    [totals],
  );
  const categories = useMemo(() => [...new Set(cells.map((cell) => cell.category))], [cells]);
  const undated = sumOf(totals.rows.filter((row) => !isPeriod(row.month ?? row.year)).map((row) => row.amount));
  const grain = totals.by.includes("year") ? "year" : "month";
  const periods = [...new Set(cells.map((cell) => cell.period))].sort();
  const text =
    periods.length === 0
      ? "Nothing in this class has a date."
      : `From ${formatPeriod(periods[0] ?? "")} to ${formatPeriod(periods.at(-1) ?? "")}.${undated === null ? "" : ` ${moneyWords(totals.frame.unit, undated)} more has no date.`}`;
  return (
    <Figure
      title={`What was ${totals.class ?? "given"}, by ${grain}`}
      className="span-12"
      text={text}
      frame={totals.frame}
      bindingClass={totals.class ?? undefined}
      sources={totals.sources}
      rows={{ donor: party.id }}
      table={{
        columns: [
          { key: grain, label: grain === "year" ? "Year" : "Month", kind: "period" },
          { key: "category", label: "Category", kind: "text" },
          { key: "amount", label: "Amount", kind: "amount" },
        ],
        rows: cells
          .toSorted((a, b) => inOrder(a.period, b.period))
          .map((cell) => [cell.period, cell.category, cell.amount]),
      }}
    >
      {cells.length > 0 ? (
        <Columns cells={cells} categories={categories} unit={totals.frame.unit} title={text} height={220} />
      ) : (
        <p className="muted">No dated amounts.</p>
      )}
    </Figure>
  );
}

function Groups({ party }: Readonly<{ party: Party }>) {
  return (
    <section className="figure">
      <h2>Groups</h2>
      {party.groups.length === 0 ? (
        <p className="muted">No membership is on record.</p>
      ) : (
        <ul className="plain-list">
          {party.groups.map((entry) => (
            <li key={`${entry.group}${entry.role}${entry.from ?? ""}`}>
              <Link to="/groups/$slug" params={{ slug: entry.group }} search={keepFrame()} preload={false}>
                {entry.groupName}
              </Link>{" "}
              <span className="muted">
                {entry.role}
                {entry.from !== null && `, from ${formatDay(entry.from)}`}
                {entry.to !== null && ` to ${formatDay(entry.to)}`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const indicatorNames: Readonly<Record<string, string>> = { gdp: "GDP", population: "Population" };

function Indicators({ party }: Readonly<{ party: Party }>) {
  if (party.indicators.length === 0) return null;
  const latest = [...Map.groupBy(party.indicators, (entry) => entry.indicator)]
    .map(([, entries]) => entries.toSorted((a, b) => b.year - a.year)[0])
    .filter((entry) => entry !== undefined);
  return (
    <section className="figure">
      <h2>Measures</h2>
      <dl className="pairs">
        {latest.map((entry) => (
          <div key={entry.indicator}>
            <dt>
              {indicatorNames[entry.indicator] ?? entry.indicator}, {entry.year}
            </dt>
            <dd>
              {/^[A-Z]{3}$/.test(entry.unit)
                ? moneyWords(entry.unit, entry.value)
                : `${grouped(entry.value.replace(/\.0+$/, ""))} ${entry.unit}`}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Sources({ postings }: Readonly<{ postings: readonly PostingView[] | undefined }>) {
  const sources = [
    ...new Map((postings ?? []).map((posting): [string, SourceRef] => [posting.source.id, posting.source])).values(),
  ];
  return (
    <section className="figure">
      <h2>Sources</h2>
      {postings === undefined ? (
        <Waiting what="the sources" />
      ) : sources.length === 0 ? (
        <p className="muted">No posting of this giver stands in this frame.</p>
      ) : (
        <ul className="plain-list">
          {sources.map((source) => (
            <li key={source.id}>
              <SourceLine source={source} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
