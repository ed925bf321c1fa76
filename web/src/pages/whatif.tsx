import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { scenarioText } from "../../../src/core/burden/scenario.ts";
import type { WhatIf } from "../../../src/core/views-governed.ts";
import { api } from "../api/client.ts";
import { Figure } from "../figure/figure.tsx";
import { lengthOf } from "../format/amounts.ts";
import { useAppSearch, useChangeSearch, useFrame, useGroups, useParties, useTitle } from "../frame/hooks.ts";
import { Answered } from "../parts/states.tsx";
import { Keep } from "../whatif/keep.tsx";
import { BillsChart, colours, type Measure, type Row } from "../whatif/chart.tsx";
import { ScenarioForm } from "../whatif/form.tsx";
import { Steps } from "../whatif/steps.tsx";
import { scenarioName, scenarioWords, summary } from "../whatif/words.ts";

const slots = ["today", "a", "b", "c", "d"] as const;
const usual = "nato-by-gdp amount-40000000000 year-2025";
const measures: readonly (readonly [Measure, string])[] = [
  ["money", "EUR"],
  ["gdp", "% of GDP"],
  ["head", "per head"],
];

/** Everyone's bill under a key, and what it would be under others. The whole state is in the address. */
export function WhatIfPage() {
  useTitle("What if");
  const search = useAppSearch();
  const frame = useFrame();
  const { today = usual, a, b, c, d } = search;
  const texts = [today, a, b, c, d].filter((text) => text !== undefined);
  const answer = useQuery({
    queryKey: ["what if", texts, frame],
    queryFn: ({ signal }) => api.whatIf(texts, frame, signal),
    placeholderData: (previous) => previous,
  });
  return (
    <>
      <header className="headline">
        <h1>What if</h1>
        <p className="standfirst">
          Who would pay what if the burden were shared by another key, among others, or without someone &ndash; beside
          today&rsquo;s bill and beside what each gives already.
        </p>
      </header>
      <Editor texts={texts} />
      <Keep />
      <Answered query={answer} what="the bills" tall>
        {(view) => <Bills view={view} />}
      </Answered>
    </>
  );
}

function Editor({ texts }: Readonly<{ texts: readonly string[] }>) {
  const change = useChangeSearch();
  const keys = useQuery({ queryKey: ["keys"], queryFn: ({ signal }) => api.keys(signal) });
  const groups = useGroups();
  const parties = useParties();
  const write = (all: readonly string[]) => {
    change(Object.fromEntries(slots.map((slot, index) => [slot, all[index]])), true);
  };
  if (keys.data === undefined || groups.data === undefined || parties.data === undefined) return null;
  const choices = { keys: keys.data, groups: groups.data, parties: parties.data };
  return (
    <section className="whatif-editor" aria-label="What is compared">
      {texts.map((text, index) => (
        <ScenarioForm
          key={index}
          name={scenarioName(index)}
          note={index > 0 ? "" : texts.length > 1 ? "what the others are compared with" : "the bill as it stands"}
          text={text}
          choices={choices}
          onChange={(next) => write(texts.with(index, scenarioText(next)))}
          onRemove={index === 0 ? null : () => write(texts.toSpliced(index, 1))}
        />
      ))}
      {texts.length < slots.length && (
        <button type="button" onClick={() => write([...texts, texts.at(-1) ?? usual])}>
          Compare another
        </button>
      )}
      {texts.length === slots.length && <p className="hint">Four what-ifs are compared with today, no more.</p>}
    </section>
  );
}

function Bills({ view }: Readonly<{ view: WhatIf }>) {
  const { measure = "money" } = useAppSearch();
  const change = useChangeSearch();
  const rows = useMemo(() => inOrder(view.rows), [view]);
  const title = "Bills";
  const text = summary(view);
  return (
    <div className="grid">
      <Figure
        title={title}
        className="span-12"
        text={text}
        frame={view.frame}
        bindingClass={view.class}
        sources={view.sources}
        json={view}
        table={tableOf(view, rows)}
        controls={
          <div className="switch" role="group" aria-label="Measured in">
            {measures.map(([name, words]) => (
              <button
                key={name}
                type="button"
                aria-pressed={measure === name}
                onClick={() => change({ measure: name === "money" ? undefined : name }, true)}
              >
                {words}
              </button>
            ))}
          </div>
        }
        note={
          <ul className="plain-list">
            {view.scenarios.map((scenario, index) => (
              <li key={index}>
                <i className={`whatif-mark ${colours[index] ?? ""}`} aria-hidden="true" /> <b>{scenarioName(index)}</b>,{" "}
                {scenario.title}: {scenarioWords(view, index)}
              </li>
            ))}
            <li>
              What each gives already is of all years on record, in the class and the frame named below; a bill is of
              one year. % of GDP and per head are by the newest GDP and population on record up to the year.
            </li>
            {view.partial.map((reason) => (
              <li key={reason}>In part: {reason}</li>
            ))}
          </ul>
        }
      >
        <BillsChart view={view} rows={rows} measure={measure} title={`${title}. ${text}`} />
      </Figure>
      <Steps view={view} rows={rows} />
    </div>
  );
}

function inOrder(rows: readonly Row[]): readonly Row[] {
  const size = (row: Row) => Math.max(...row.bills.map((bill) => lengthOf(bill?.amount)));
  return rows.toSorted(
    (left, right) => lengthOf(right.bills[0]?.amount) - lengthOf(left.bills[0]?.amount) || size(right) - size(left),
  );
}

function tableOf(view: WhatIf, rows: readonly Row[]) {
  const several = view.scenarios.length > 1;
  const columns = view.scenarios.flatMap((_, index) => {
    const name = several ? `${scenarioName(index)}: ` : "";
    return [
      { key: `amount_${index}`, label: `${name}bill`, kind: "amount" as const },
      { key: `percent_${index}`, label: `${name}share, %`, kind: "decimal" as const },
      ...(index === 0 ? [] : [{ key: `difference_${index}`, label: `${name}beside today`, kind: "amount" as const }]),
      { key: `pct_gdp_${index}`, label: `${name}% of GDP`, kind: "decimal" as const },
      { key: `per_head_${index}`, label: `${name}per head, ${view.currency}`, kind: "decimal" as const },
    ];
  });
  return {
    columns: [
      { key: "party", label: "Party", kind: "text" as const },
      { key: "gives", label: `Gives already (${view.class})`, kind: "amount" as const },
      { key: "gives_pct_gdp", label: "Gives, % of GDP", kind: "decimal" as const },
      { key: "gives_per_head", label: `Gives per head, ${view.currency}`, kind: "decimal" as const },
      ...columns,
    ],
    rows: rows.map((row) => [
      row.name,
      row.gives,
      row.givesPctGdp,
      row.givesPerHead,
      ...row.bills.flatMap((bill, index) =>
        bill === null
          ? Array.from({ length: index === 0 ? 4 : 5 }, () => "no member")
          : [bill.amount, bill.percent, ...(index === 0 ? [] : [bill.difference ?? "new"]), bill.pctGdp, bill.perHead],
      ),
    ]),
  };
}
