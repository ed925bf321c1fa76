import { Link } from "@tanstack/react-router";
import type { BindingClass } from "../../../src/core/bindingness.ts";
import type { ClassFan, ForecastView } from "../../../src/core/views-forecast.ts";
import { Figure } from "../figure/figure.tsx";
import { formatCount } from "../format/amounts.ts";
import { formatDay, formatPeriod } from "../format/days.ts";
import { keepFrame } from "../frame/search.ts";
import { chanceWords, drawnFrom, percentWords } from "./words.ts";

type Props = Readonly<{ view: ForecastView }>;

function lastOf(classes: readonly ClassFan[], name: BindingClass) {
  const fan = classes.find((one) => one.class === name);
  return { onRecord: fan?.onRecord ?? null, last: fan?.fan.at(-1) };
}

/** Whom it hangs on: each giver at the last month, and its part of the spread. */
export function GiversTable({ view, shown }: Props & Readonly<{ shown: BindingClass }>) {
  const rows = view.givers.flatMap((giver) => {
    const { onRecord, last } = lastOf(giver.classes, shown);
    return last === undefined ? [] : [{ giver, onRecord, last }];
  });
  const [first] = rows;
  if (first === undefined) return null;
  const isDriven = shown === view.driverClass;
  const [largest] = view.givers;
  const text =
    isDriven && largest !== undefined
      ? `${largest.name} is answerable for ${percentWords(largest.shareOfSpread)} of the spread.`
      : `Of the spread is told only what is ${view.driverClass ?? "on record"}.`;
  return (
    <Figure
      title={`Giver by giver: ${shown} by the end of ${formatPeriod(first.last.month)}`}
      text={text}
      {...drawnFrom(view)}
      json={view.givers}
      table={{
        columns: [
          { key: "giver", label: "Giver", kind: "text" },
          { key: "record", label: "On record", kind: "amount" },
          { key: "p10", label: "P10", kind: "amount" },
          { key: "p50", label: "P50", kind: "amount" },
          { key: "p90", label: "P90", kind: "amount" },
          ...(isDriven ? [{ key: "share", label: "Of the spread", kind: "decimal" as const }] : []),
          { key: "weight", label: "Own history counts", kind: "decimal" },
        ],
        rows: rows.map(({ giver, onRecord, last }) => [
          giver.name,
          onRecord,
          last.p10,
          last.p50,
          last.p90,
          ...(isDriven ? [percentWords(giver.shareOfSpread)] : []),
          percentWords(giver.ownWeight),
        ]),
      }}
    />
  );
}

/** Streams, and the lines of funds, at the last month. */
export function PartsTable({ view, shown }: Props & Readonly<{ shown: BindingClass }>) {
  const streams = view.streams.map(({ stream, classes }) => ({
    name: `${stream.charAt(0).toUpperCase()}${stream.slice(1)}`,
    ...lastOf(classes, shown),
  }));
  const lines = view.lines.map(({ title, fund, classes }) => ({
    name: `${title} (${fund}): paid in`,
    ...lastOf(classes, "moved"),
  }));
  const rows = [...streams, ...lines].filter(({ last }) => last !== undefined);
  if (rows.length === 0) return null;
  return (
    <Figure
      title="By stream and line of a fund"
      text={`What will be ${shown} of each stream by the last month${lines.length === 0 ? "" : ", and what will be paid into each line"}.`}
      {...drawnFrom(view)}
      json={{ streams: view.streams, lines: view.lines }}
      table={{
        columns: [
          { key: "part", label: "Stream or line", kind: "text" },
          { key: "record", label: "On record", kind: "amount" },
          { key: "p10", label: "P10", kind: "amount" },
          { key: "p50", label: "P50", kind: "amount" },
          { key: "p90", label: "P90", kind: "amount" },
        ],
        rows: rows.map(({ name, onRecord, last }) => [
          name,
          onRecord,
          last?.p10 ?? null,
          last?.p50 ?? null,
          last?.p90 ?? null,
        ]),
      }}
    />
  );
}

export function NeedsTable({ view }: Props) {
  const [first] = view.needs;
  if (first === undefined) return null;
  const sure = view.needs.filter((need) => (need.probability ?? 0) >= 0.8).length;
  return (
    <Figure
      title="How sure it is that needs are covered"
      text={`${sure} of ${view.needs.length} needs are covered in full by their day in eight paths of ten or more.`}
      {...drawnFrom(view)}
      json={view.needs}
      table={{
        columns: [
          { key: "need", label: "Need", kind: "text" },
          { key: "until", label: "Wanted by", kind: "day" },
          { key: "quantity", label: "Quantity", kind: "decimal" },
          { key: "received", label: "Handed over", kind: "decimal" },
          { key: "expected", label: "Expected by then", kind: "decimal" },
          { key: "chance", label: "Covered in full", kind: "decimal" },
          { key: "why", label: "Why", kind: "text" },
        ],
        rows: view.needs.map((need) => [
          need.title,
          need.until,
          formatCount(need.quantity),
          need.received === null ? null : formatCount(need.received),
          need.expected === null ? null : formatCount(need.expected),
          need.probability === null ? null : chanceWords(need.probability),
          need.reason ?? "",
        ]),
      }}
    />
  );
}

export function Decisions({ view }: Props) {
  if (view.decisions.length === 0) return null;
  return (
    <section className="forecast-part" aria-labelledby="forecast-open">
      <h2 id="forecast-open">Decisions still open</h2>
      <ul>
        {view.decisions.map((one) => (
          <li key={one.id}>
            <b>{one.title}</b>, expected {formatDay(one.expectedOn)}, odds {Math.round(one.odds * 100)}&nbsp;%.{" "}
            {one.effect} <span className="muted">{one.source}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function DriversTable({ view }: Props) {
  const [first] = view.drivers;
  if (first === undefined || view.driverClass === null) return null;
  const alone = view.drivers.reduce((sum, one) => sum + one.share, 0);
  return (
    <Figure
      title="What drives the spread"
      text={`${first.title}: ${percentWords(first.share)} of the variance of what will be ${view.driverClass}. All of them alone come to ${percentWords(Math.min(1, alone))}; the rest is their acting together.`}
      {...drawnFrom(view)}
      json={view.drivers}
      table={{
        columns: [
          { key: "driver", label: "Driver", kind: "text" },
          { key: "share", label: "Of the variance, alone", kind: "decimal" },
        ],
        rows: view.drivers.map((one) => [one.title, percentWords(one.share)]),
      }}
    />
  );
}

/** What the forecast assumes, each figure with where it is from; and what it leaves out. */
export function Assumed({ view }: Props) {
  return (
    <section className="forecast-part" aria-labelledby="forecast-assumed">
      <h2 id="forecast-assumed">What it assumes, and its limits</h2>
      <ul>
        {view.limits.map((limit) => (
          <li key={limit}>{limit}</li>
        ))}
      </ul>
      <details>
        <summary>Every parameter with its source</summary>
        <div className="table-scroll" tabIndex={0} role="region" aria-label="Parameters">
          <table>
            <thead>
              <tr>
                <th scope="col">Parameter</th>
                <th scope="col" className="number">
                  Value
                </th>
                <th scope="col">From</th>
              </tr>
            </thead>
            <tbody>
              {view.parameters.map((one) => (
                <tr key={one.name}>
                  <td>{one.title}</td>
                  <td className="number">{one.value}</td>
                  <td>{one.source}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  );
}

export function ScenariosWay() {
  return (
    <p>
      What if a giver leaves, a decision slips or a key changes?{" "}
      <Link to="/forecast/scenarios" search={keepFrame()}>
        Compare scenarios with this forecast
      </Link>
      .
    </p>
  );
}
