import { useQuery } from "@tanstack/react-query";
import type { ForecastRecord, RecordGroup, RuleScore } from "../../../src/core/views-forecast.ts";
import { forecastApi } from "../api/forecast.ts";
import { Figure } from "../figure/figure.tsx";
import { moneyWords } from "../format/amounts.ts";
import { formatDay } from "../format/days.ts";
import { byName } from "../format/order.ts";
import { Answered } from "../parts/states.tsx";
import { percentWords } from "./words.ts";

/** How the forecast's own past did, beside the naive rules. */
export function OwnRecord({ book }: Readonly<{ book: string }>) {
  const query = useQuery({
    queryKey: ["forecast-record", book],
    queryFn: ({ signal }) => forecastApi.record(book, signal),
  });
  return (
    <section className="forecast-part forecast-own" aria-labelledby="forecast-record">
      <h2 id="forecast-record">How its own past did</h2>
      <Answered query={query} what="the forecast's record">
        {(record) => <Looked record={record} />}
      </Answered>
    </section>
  );
}

function Looked({ record }: Readonly<{ record: ForecastRecord }>) {
  const { summary, hindsight, unit } = record;
  if (summary.rules.length === 0) return <p>{summary.says}</p>;
  return (
    <>
      <p className="standfirst">{summary.says}</p>
      <Rules title="As known then" rules={summary.rules} unit={unit} />
      <p>With hindsight, which is easier: {hindsight.says}</p>
      <div className="forecast-stack">
        <Groups record={record} groups={record.origins} what="Release" />
        <Groups
          record={record}
          groups={record.givers.toSorted((one, other) => byName(one.name, other.name))}
          what="Giver"
        />
      </div>
      <ul className="muted">
        {record.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </>
  );
}

function Rules({ title, rules, unit }: Readonly<{ title: string; rules: readonly RuleScore[]; unit: string }>) {
  return (
    <div className="table-scroll forecast-scroll" tabIndex={0} role="region" aria-label={`Losses: ${title}`}>
      <table className="forecast-rules">
        <caption>{title}: mean loss over P10, P50 and P90</caption>
        <thead>
          <tr>
            <th scope="col">Rule</th>
            <th scope="col" className="number">
              Pinball loss
            </th>
            <th scope="col" className="number">
              Of what stood, each giver alike
            </th>
            <th scope="col" className="number">
              Bias
            </th>
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => (
            <tr key={rule.rule}>
              <th scope="row">{rule.title}</th>
              <td className="number">{moneyWords(unit, rule.pinball)}</td>
              <td className="number">{percentWords(rule.relative)}</td>
              <td className="number">{moneyWords(unit, rule.bias)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Groups({
  record,
  groups,
  what,
}: Readonly<{ record: ForecastRecord; groups: readonly RecordGroup[]; what: "Release" | "Giver" }>) {
  const worse = groups.filter((group) => !group.beats);
  const loss = (group: RecordGroup, rule: RuleScore["rule"]) =>
    group.rules.find((one) => one.rule === rule)?.pinball ?? null;
  return (
    <Figure
      title={what === "Giver" ? "Giver by giver, as known then" : "Release by release"}
      text={`In ${worse.length} of ${groups.length} it does no better than a naive rule.`}
      frame={{
        book: record.book,
        asOf: null,
        knownAt: record.summary.knownAt,
        boundary: "all",
        basis: "as-reported",
        unit: record.unit,
      }}
      drawnWith={[
        `outcomes as known at ${record.summary.knownAt === null ? "the latest" : formatDay(record.summary.knownAt)}`,
        `${record.paths.toLocaleString("en")} paths a case, seed ${record.seed}`,
      ]}
      json={groups}
      table={{
        columns: [
          { key: "what", label: what, kind: "text" },
          { key: "cases", label: "Cases", kind: "count" },
          { key: "coverage", label: "In the 80 % band", kind: "decimal" },
          { key: "model", label: "Loss: forecast", kind: "amount" },
          { key: "promised", label: "All on time", kind: "amount" },
          { key: "pace", label: "Last year's pace", kind: "amount" },
          { key: "beats", label: "Better than both", kind: "text" },
        ],
        rows: groups.map((group) => [
          group.name,
          String(group.cases),
          percentWords(group.coverage),
          loss(group, "model"),
          loss(group, "promised"),
          loss(group, "pace"),
          group.beats ? "yes" : "no",
        ]),
      }}
    />
  );
}
