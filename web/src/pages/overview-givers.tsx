import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import type { DonorLine, Overview } from "../../../src/core/views.ts";
import { categoryColours } from "../charts/colours.ts";
import { Figure } from "../figure/figure.tsx";
import {
  formatAmount,
  lengthOf,
  moneyWords,
  plainScale,
  scaleFor,
  shareOf,
  sumOf,
  unitHead,
} from "../format/amounts.ts";
import { useAppSearch, useChangeSearch } from "../frame/hooks.ts";
import { keepFrame } from "../frame/search.ts";
import { WhenNear } from "../parts/when-near.tsx";

const GiverMap = lazy(() => import("../map/giver-map.tsx").then((module) => ({ default: module.GiverMap })));
const measures = { money: "Money", gdp: "% of GDP", head: "Per head" } as const;
/** As many ranks as stand beside the maps. */
const shownFirst = 28;
type Measure = keyof typeof measures;

/** The decimal string a giver is ranked by; null when unknown. */
function measured(line: DonorLine, measure: Measure, bindingClass: Overview["class"]): string | null {
  return measure === "gdp" ? line.pctGdp : measure === "head" ? line.perHead : line.byClass[bindingClass];
}

/** Who gave: a map and a ranked table, in money, per cent of GDP or per head. */
export function GiverFigure({ view }: Readonly<{ view: Overview }>) {
  const { measure = "money" } = useAppSearch();
  const change = useChangeSearch();
  const [all, setAll] = useState(false);
  const ranked = view.donors
    .filter((line) => measured(line, measure, view.class) !== null)
    .toSorted((a, b) => lengthOf(measured(b, measure, view.class)) - lengthOf(measured(a, measure, view.class)));
  const unit = view.frame.unit;
  const scale =
    measure === "money"
      ? { ...scaleFor(ranked.map((line) => line.byClass[view.class])), digits: 2 }
      : { ...plainScale, digits: measure === "gdp" ? 2 : 0 };
  const head = measure === "money" ? unitHead(unit, scale) : measure === "gdp" ? "% of GDP" : `${unit} per head`;
  const say = (line: DonorLine) => `${formatAmount(measured(line, measure, view.class), scale)} ${head}`;
  const [first, second, third] = ranked;
  const total = sumOf(view.donors.map((line) => line.byClass[view.class]));
  const top = sumOf(ranked.slice(0, 5).map((line) => line.byClass[view.class]));
  const text =
    first === undefined
      ? `No giver has an amount in ${measures[measure].toLowerCase()}.`
      : `${[first, second, third]
          .filter((line) => line !== undefined)
          .map((line) => `${line.name} (${formatAmount(measured(line, measure, view.class), scale)})`)
          .join(
            ", ",
          )} lead in ${head}.${measure === "money" && ranked.length > 5 ? ` The first five gave ${shareOf(top, total) ?? ""} of ${moneyWords(unit, total)}.` : ""}`;
  const most = Math.max(...ranked.map((line) => lengthOf(measured(line, measure, view.class))), 0);
  const colours = categoryColours(view.categories.map((entry) => entry.category));
  const years = [
    ...new Set(
      ranked.map((line) => (measure === "gdp" ? line.gdpYear : line.populationYear)).filter((year) => year !== null),
    ),
  ].sort((a, b) => a - b);
  return (
    <Figure
      title="Who gave"
      className="span-12 givers"
      text={text}
      frame={view.frame}
      bindingClass={view.class}
      sources={view.sources}
      rows={{}}
      reserve={1000}
      json={view.donors}
      controls={
        <div className="switch" role="group" aria-label="Measured in">
          {(Object.keys(measures) as Measure[]).map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={measure === name}
              onClick={() => change({ measure: name === "money" ? undefined : name }, true)}
            >
              {measures[name]}
            </button>
          ))}
        </div>
      }
      note={
        measure !== "money" && (
          <p>
            {measure === "gdp" ? "GDP" : "Population"} of {years.join(", ")}. Organisations have neither and are left
            out.
          </p>
        )
      }
      table={{
        columns: [
          { key: "giver", label: "Giver", kind: "text" },
          { key: "class_amount", label: "Amount", kind: "amount" },
          { key: "pct_gdp", label: "% of GDP", kind: "decimal" },
          { key: "per_head", label: `Per head, ${unit}`, kind: "decimal" },
        ],
        rows: ranked.map((line) => [line.name, line.byClass[view.class], line.pctGdp, line.perHead]),
      }}
    >
      <div className="givers-row">
        <WhenNear placeholder={<div className="map map-waiting" />}>
          <Suspense fallback={<div className="map map-waiting" />}>
            <GiverMap
              shades={ranked.map((line) => ({
                line,
                size: lengthOf(measured(line, measure, view.class)),
                text: say(line),
              }))}
              recipient={view.book.recipient}
              title={`Map of givers. ${text}`}
              sayLimit={(size) =>
                measure === "money" ? compact(size) : formatAmount(size.toFixed(6), { ...plainScale, digits: 2 })
              }
            />
          </Suspense>
        </WhenNear>
        <div className="ranks">
          <table>
            <caption className="out-of-sight">Givers ranked by {head}</caption>
            <thead>
              <tr>
                <th scope="col" className="number">
                  <span className="out-of-sight">Rank</span>
                </th>
                <th scope="col">Giver</th>
                <th scope="col" className="bar-head">
                  <span className="out-of-sight">By category</span>
                </th>
                <th scope="col" className="number">
                  {head}
                </th>
              </tr>
            </thead>
            <tbody>
              {ranked.slice(0, all ? undefined : shownFirst).map((line, index) => (
                <tr key={line.donor}>
                  <td className="number rank">{index + 1}</td>
                  <th scope="row">
                    <Link to="/nations/$id" params={{ id: line.donor }} search={keepFrame()}>
                      {line.name}
                    </Link>
                  </th>
                  <td className="bar-cell">
                    <RankBar
                      line={line}
                      share={lengthOf(measured(line, measure, view.class)) / (most || 1)}
                      colours={colours}
                    />
                  </td>
                  <td className="number">{formatAmount(measured(line, measure, view.class), scale)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {ranked.length > shownFirst && (
            <button type="button" className="plain more" onClick={() => setAll(!all)}>
              {all ? `Show the first ${shownFirst}` : `Show all ${ranked.length} givers`}
            </button>
          )}
        </div>
      </div>
    </Figure>
  );
}

/** A bound of the map's shades: "420 m". */
function compact(size: number): string {
  const amount = size.toFixed(2);
  const scale = scaleFor([amount]);
  return `${formatAmount(amount, scale, scale.power === 9 ? 1 : 0)} ${scale.word}`;
}

/** A bar as long as the giver's measure, divided by category. */
function RankBar({
  line,
  share,
  colours,
}: Readonly<{ line: DonorLine; share: number; colours: ReadonlyMap<string, string> }>) {
  const parts = line.byCategory.filter((part) => lengthOf(part.amount) > 0);
  const whole = parts.reduce((sum, part) => sum + lengthOf(part.amount), 0) || 1;
  const places = parts.map((part, index) => ({
    category: part.category,
    from: parts.slice(0, index).reduce((sum, before) => sum + lengthOf(before.amount), 0) / whole,
    size: lengthOf(part.amount) / whole,
  }));
  return (
    <svg className="rank-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      {places.map(({ category, from, size }) => (
        <rect
          key={category}
          x={from * share * 100}
          y={0}
          width={size * share * 100}
          height={10}
          className={colours.get(category) ?? "k7"}
        />
      ))}
      {parts.length === 0 && <rect x={0} y={0} width={share * 100} height={10} className="k1" />}
    </svg>
  );
}
