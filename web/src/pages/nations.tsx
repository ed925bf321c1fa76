import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { bindingClasses } from "../../../src/core/bindingness.ts";
import type { DonorLine, Overview, Totals } from "../../../src/core/views.ts";
import { api } from "../api/client.ts";
import { Spark } from "../charts/spark.tsx";
import { Figure } from "../figure/figure.tsx";
import { formatAmount, lengthOf, moneyWords, scaleFor, unitHead, type Scale } from "../format/amounts.ts";
import { useAppSearch, useChangeSearch, useFrame, useOverview, useTitle } from "../frame/hooks.ts";
import { keepFrame } from "../frame/search.ts";
import { Answered, Empty } from "../parts/states.tsx";
import { byName } from "../format/order.ts";

type Order = "amount" | "name" | "gdp" | "head";

/** All givers: ranked in a table, or side by side over time. */
export function NationsPage() {
  useTitle("Nations");
  const frame = useFrame();
  const overview = useOverview();
  const classed = { ...frame, class: overview.data?.class };
  const byYear = useQuery({
    queryKey: ["totals", "donor,year", classed],
    queryFn: ({ signal }) => api.totals("donor,year", classed, signal),
    enabled: overview.data !== undefined,
  });
  return (
    <>
      <header className="headline">
        <h1>Nations and other givers</h1>
        <p className="standfirst">
          Each giver in every class that its sources state. What a source does not state is not known; it is not zero.
        </p>
      </header>
      <Answered query={overview} what="the givers" tall>
        {(view) => (view.donors.length === 0 ? <NoGivers /> : <Givers view={view} years={byYear.data} />)}
      </Answered>
    </>
  );
}

function NoGivers() {
  return (
    <Empty title="No giver is on record in this frame.">
      <p>Set “known at” to a later day or “given by” to all givers above.</p>
    </Empty>
  );
}

function Givers({ view, years }: Readonly<{ view: Overview; years: Totals | undefined }>) {
  const { view: shown = "table" } = useAppSearch();
  const change = useChangeSearch();
  const [order, setOrder] = useState<Order>("amount");
  const donors = useMemo(() => ordered(view.donors, order, view), [view, order]);
  const series = useMemo(() => seriesOf(years), [years]);
  const unit = view.frame.unit;
  const first = donors[0];
  const inPart = view.classes.filter((entry) => entry.amount !== null && entry.partial !== null);
  const stated = bindingClasses.filter((name) => view.donors.some((line) => line.byClass[name] !== null));
  return (
    <Figure
      title="Givers"
      text={
        first === undefined
          ? ""
          : `${view.donors.filter((line) => line.kind === "nation").length} nations and ${view.donors.filter((line) => line.kind === "organisation").length} organisations; stated classes: ${stated.join(", ")}.`
      }
      frame={view.frame}
      bindingClass={view.class}
      sources={view.sources}
      rows={{}}
      json={view.donors}
      drawing={false}
      note={
        inPart.length > 0 && (
          <p>In part: {inPart.map((entry) => `${entry.class} covers ${entry.partial ?? ""}`).join("; ")}.</p>
        )
      }
      atOnce
      table={{
        columns: [
          { key: "giver", label: "Giver", kind: "text" },
          ...bindingClasses.map((name) => ({ key: name, label: name, kind: "amount" as const })),
          { key: "pct_gdp", label: "% of GDP", kind: "decimal" },
          { key: "per_head", label: `Per head, ${unit}`, kind: "decimal" },
        ],
        rows: donors.map((line) => [
          line.name,
          ...bindingClasses.map((name) => line.byClass[name]),
          line.pctGdp,
          line.perHead,
        ]),
      }}
      controls={
        <div className="switch" role="group" aria-label="Shown as">
          {(["table", "over time"] as const).map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={shown === name}
              onClick={() => change({ view: name === "table" ? undefined : name }, true)}
            >
              {name === "table" ? "Ranked" : "Over time"}
            </button>
          ))}
        </div>
      }
    >
      {shown === "table" ? (
        <GiverTable donors={donors} view={view} order={order} onOrder={setOrder} series={series} />
      ) : (
        <SmallMultiples donors={donors} series={series} view={view} />
      )}
    </Figure>
  );
}

function ordered(donors: readonly DonorLine[], order: Order, view: Overview): readonly DonorLine[] {
  if (order === "name") return donors.toSorted((a, b) => byName(a.name, b.name));
  const size = (line: DonorLine) => {
    const text = order === "gdp" ? line.pctGdp : order === "head" ? line.perHead : line.byClass[view.class];
    return text === null ? -Infinity : lengthOf(text);
  };
  return donors.toSorted((a, b) => size(b) - size(a));
}

/** Amounts by year for each giver, keyed by id and by name. */
function seriesOf(
  totals: Totals | undefined,
): ReadonlyMap<string, readonly Readonly<{ period: string; amount: string | null }>[]> {
  const found = new Map<string, { period: string; amount: string | null }[]>();
  const years = [
    ...new Set((totals?.rows ?? []).map((row) => row.year ?? "").filter((year) => /^\d{4}$/.test(year))),
  ].sort();
  for (const row of totals?.rows ?? []) {
    for (const key of new Set([row.donorId, row.donor])) {
      if (key === undefined) continue;
      const list = found.get(key) ?? years.map((period) => ({ period, amount: "0.00" }));
      found.set(key, list);
      const cell = list.find((entry) => entry.period === row.year);
      if (cell !== undefined) cell.amount = row.amount;
    }
  }
  return found;
}

type Series = ReturnType<typeof seriesOf>;

function GiverTable({
  donors,
  view,
  order,
  onOrder,
  series,
}: Readonly<{
  donors: readonly DonorLine[];
  view: Overview;
  order: Order;
  onOrder: (order: Order) => void;
  series: Series;
}>) {
  const unit = view.frame.unit;
  const classes = bindingClasses.filter((name) => donors.some((line) => line.byClass[name] !== null));
  const scale: Scale = { ...scaleFor(donors.flatMap((line) => classes.map((name) => line.byClass[name]))), digits: 2 };
  const sorter = (name: Order, text: string, small?: string) => (
    <button type="button" className="sorter" onClick={() => onOrder(name)}>
      {text}
      {small !== undefined && <small> {small}</small>}
      <span aria-hidden="true">{order === name ? (name === "name" ? " \u2191" : " \u2193") : ""}</span>
    </button>
  );
  const sorted = (name: Order) => (order === name ? (name === "name" ? "ascending" : "descending") : undefined);
  return (
    <div className="table-scroll tall" tabIndex={0} role="region" aria-label="Table of givers">
      <table>
        <caption className="out-of-sight">Givers by class</caption>
        <thead>
          <tr>
            <th scope="col" className="number rank optional">
              <span className="out-of-sight">Rank</span>
            </th>
            <th scope="col" aria-sort={sorted("name")}>
              {sorter("name", "Giver")}
            </th>
            <th scope="col" className="optional">
              By year
            </th>
            {classes.map((name) => (
              <th
                key={name}
                scope="col"
                className={name === view.class ? "number" : "number optional"}
                aria-sort={name === view.class ? sorted("amount") : undefined}
              >
                {name === view.class ? sorter("amount", name, unitHead(unit, scale)) : `${name} `}
                {name !== view.class && <small>{unitHead(unit, scale)}</small>}
                {view.classes.some((entry) => entry.class === name && entry.partial !== null) && (
                  <small className="in-part">in part</small>
                )}
              </th>
            ))}
            <th scope="col" className="number" aria-sort={sorted("gdp")}>
              {sorter("gdp", "% of GDP")}
            </th>
            <th scope="col" className="number" aria-sort={sorted("head")}>
              {sorter("head", "Per head", unit)}
            </th>
          </tr>
        </thead>
        <tbody>
          {donors.map((line, index) => (
            <tr key={line.donor}>
              <td className="number rank optional">{index + 1}</td>
              <th scope="row">
                <Link to="/nations/$id" params={{ id: line.donor }} search={keepFrame()}>
                  {line.name}
                </Link>
              </th>
              <td className="optional">
                <Spark
                  points={series.get(line.donor) ?? series.get(line.name) ?? []}
                  width={84}
                  height={20}
                  title={`${line.name} by year`}
                />
              </td>
              {classes.map((name) => (
                <td
                  key={name}
                  className={name === view.class ? "number" : "number optional"}
                  data-unknown={line.byClass[name] === null}
                >
                  {formatAmount(line.byClass[name], scale)}
                </td>
              ))}
              <td className="number" data-unknown={line.pctGdp === null}>
                {line.pctGdp === null ? "\u2013" : formatAmount(line.pctGdp, { power: 0, word: "", digits: 3 })}
              </td>
              <td className="number" data-unknown={line.perHead === null}>
                {line.perHead === null ? "\u2013" : formatAmount(line.perHead, { power: 0, word: "", digits: 0 })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** One small chart a giver, each to its own height: the shape in time, with the total written. */
function SmallMultiples({
  donors,
  series,
  view,
}: Readonly<{ donors: readonly DonorLine[]; series: Series; view: Overview }>) {
  return (
    <ul className="multiples">
      {donors.map((line) => {
        const points = series.get(line.donor) ?? series.get(line.name) ?? [];
        return (
          <li key={line.donor}>
            <Link to="/nations/$id" params={{ id: line.donor }} search={keepFrame()}>
              {line.name}
            </Link>
            <Spark points={points} width={150} height={54} title={`${line.name} by year`} years />
            <span className="muted">{moneyWords(view.frame.unit, line.byClass[view.class])}</span>
          </li>
        );
      })}
    </ul>
  );
}
