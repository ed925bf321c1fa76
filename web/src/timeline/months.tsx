import { type PointerEvent, useState } from "react";
import type { MilestoneList, MilestoneMonth } from "../../../src/core/views-milestones.ts";
import { Grid, MonthMarks } from "../charts/axes.tsx";
import { allPeriods } from "../charts/columns.tsx";
import { linearScale } from "../charts/scale.ts";
import { useWidth } from "../charts/use-width.ts";
import { Figure } from "../figure/figure.tsx";
import { counted } from "../format/amounts.ts";
import { formatDay, formatPeriod } from "../format/days.ts";

const height = 190;
const [top, bottom] = [24, 26];
const parts = [
  ["met", "met", "class-received"],
  ["over", "missed or cancelled", "flow-open"],
  ["late", "late", "flow-late"],
  ["noWord", "day passed, no word yet", "milestone-no-word"],
  ["open", "to come", "class-placed"],
] as const;

/** How many milestones stand in each month, how they stand, and where today is among them. */
export function Months({ list }: Readonly<{ list: MilestoneList }>) {
  const { months, head, today } = list;
  const text = textOf(list);
  return (
    <Figure
      title="Past, today and to come"
      className="span-12"
      text={text}
      frame={{
        book: head.book,
        asOf: null,
        knownAt: head.knownAt,
        boundary: "all",
        basis: "as-reported",
        unit: "milestones",
      }}
      drawnWith={[
        `Known at ${head.knownAt === null ? "latest" : formatDay(head.knownAt)}`,
        `today ${formatDay(today)}`,
      ]}
      rows={null}
      json={months}
      atOnce
      reserve={height}
      table={{
        columns: [
          { key: "month", label: "Month", kind: "period" },
          ...parts.map(([key, label]) => ({
            key,
            label: label[0]?.toUpperCase() + label.slice(1),
            kind: "count" as const,
          })),
        ],
        rows: months.map((month) => [month.month, ...parts.map(([key]) => String(month[key]))]),
      }}
      note="By the month in which each is last expected, or was met, missed or cancelled."
    >
      <Columns months={months} today={today} title={text} />
    </Figure>
  );
}

function textOf({ states, today }: MilestoneList): string {
  const { late, expected, met, missed, cancelled } = states;
  const risky = states["at-risk"];
  const unheard = states["no-word"];
  const said = [
    counted(met, "milestone is met", "milestones are met"),
    ...(missed + cancelled > 0 ? [`${missed + cancelled} missed or cancelled`] : []),
    ...(late > 0 ? [`${late} late`] : []),
    ...(unheard > 0 ? [`of ${unheard} whose day passed there is no word yet`] : []),
    `${expected + risky} to come${risky > 0 ? `, ${risky} of them at risk` : ""}`,
  ];
  return `As of ${formatDay(today)} ${said.join(", ")}.`;
}

function Columns({
  months,
  today,
  title,
}: Readonly<{ months: readonly MilestoneMonth[]; today: string; title: string }>) {
  const [box, width] = useWidth<HTMLDivElement>();
  const [at, setAt] = useState<number | null>(null);
  const found = new Map(months.map((month) => [month.month, month]));
  const all = [...months.map((one) => one.month), today.slice(0, 7)];
  const periods = allPeriods(all.map((period) => ({ period, category: "", amount: "0" })));
  const sum = (month: MilestoneMonth) => month.late + month.noWord + month.open + month.met + month.over;
  const high = Math.max(...months.map(sum), 1);
  const { at: y, ticks } = linearScale(0, high, [height - bottom, top], Math.min(high, 4));
  const step = Math.max(width - 60, 10) / Math.max(periods.length, 1);
  const thick = Math.max(Math.min(step * 0.78, 26), 1.5);
  const pick = (event: PointerEvent<SVGSVGElement>) => {
    const index = Math.floor((event.clientX - event.currentTarget.getBoundingClientRect().left) / step);
    setAt(index >= 0 && index < periods.length ? index : null);
  };
  const seen = at === null ? undefined : found.get(periods[at] ?? "");
  const todayAt = (periods.indexOf(today.slice(0, 7)) + (Number(today.slice(8, 10)) - 1) / 31) * step;
  return (
    <div className="chart-box">
      <p className="legend" aria-hidden="true">
        {parts.map(([key, words, name]) => (
          <span key={key}>
            <i className={name.startsWith("class") ? `swatch-${name}` : name} /> {words}
          </span>
        ))}
        {seen !== undefined && (
          <span className="readout">
            <b>{formatPeriod(seen.month)}</b> {wordsOf(seen)}
          </span>
        )}
      </p>
      <div ref={box}>
        {width > 0 && (
          <svg
            width={width}
            height={height}
            role="img"
            aria-label={title}
            onPointerMove={pick}
            onPointerLeave={() => setAt(null)}
          >
            <Grid ticks={ticks} y={y} width={width} words={(tick) => String(tick)} />
            {periods.map((period, index) => {
              const month = found.get(period);
              if (month === undefined) return null;
              return (
                <Stack
                  key={period}
                  month={month}
                  x={index * step + (step - thick) / 2}
                  thick={thick}
                  y={y}
                  faded={at !== null && at !== index}
                />
              );
            })}
            <line x1={todayAt} x2={todayAt} y1={top - 8} y2={height - bottom} className="today-line" />
            <text
              x={todayAt + (todayAt > width / 2 ? -4 : 4)}
              y={top - 10}
              textAnchor={todayAt > width / 2 ? "end" : "start"}
              className="tick"
            >
              today
            </text>
            <MonthMarks periods={periods} step={step} y={height - bottom} />
          </svg>
        )}
      </div>
    </div>
  );
}

function Stack({
  month,
  x,
  thick,
  y,
  faded,
}: Readonly<{ month: MilestoneMonth; x: number; thick: number; y: (value: number) => number; faded: boolean }>) {
  const stacked = parts.map(([key, , name], index) => {
    const from = parts.slice(0, index).reduce((sum, [before]) => sum + month[before], 0);
    return { key, name, from, to: from + month[key] };
  });
  return (
    <g opacity={faded ? 0.5 : 1}>
      {stacked
        .filter(({ from, to }) => to > from)
        .map(({ key, name, from, to }) => (
          <rect key={key} x={x} width={thick} y={y(to)} height={Math.max(y(from) - y(to), 0)} className={name} />
        ))}
    </g>
  );
}

function wordsOf(month: MilestoneMonth): string {
  return parts
    .filter(([key]) => month[key] > 0)
    .map(([key, words]) => `${month[key]} ${words}`)
    .join(", ");
}
