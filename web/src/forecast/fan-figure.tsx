import type { ClassFan, ForecastView } from "../../../src/core/views-forecast.ts";
import { Fan } from "../charts/fan.tsx";
import { Figure } from "../figure/figure.tsx";
import { moneyWords } from "../format/amounts.ts";
import { formatPeriod } from "../format/days.ts";
import { drawnFrom } from "./words.ts";

/** The fan of one class, of all or of one part of them. */
export function FanFigure({
  view,
  fan,
  of,
  controls,
}: Readonly<{ view: ForecastView; fan: ClassFan; of: string; controls: React.ReactNode }>) {
  const { unit, nowMonth } = view;
  const last = fan.fan.at(-1);
  const months = fan.fan.map((point) => point.month);
  const text =
    last === undefined
      ? `What is ${fan.class} is not known. ${fan.reason ?? ""}`
      : `By the end of ${formatPeriod(last.month)} ${moneyWords(unit, last.p50)} will be ${fan.class} at P50; eight paths of ten lie between ${moneyWords(unit, last.p10)} and ${moneyWords(unit, last.p90)}. On record: ${moneyWords(unit, fan.onRecord)}${fan.recordTo === null ? "" : `, to ${formatPeriod(fan.recordTo)}`}.`;
  return (
    <Figure
      title={`What will be ${fan.class}: ${of}`}
      text={text}
      {...drawnFrom(view)}
      controls={controls}
      atOnce
      json={fan}
      table={{
        columns: [
          { key: "month", label: "By the end of", kind: "period" },
          { key: "p10", label: "P10", kind: "amount" },
          { key: "p50", label: "P50", kind: "amount" },
          { key: "p90", label: "P90", kind: "amount" },
          { key: "mean", label: "Mean", kind: "amount" },
        ],
        rows: fan.fan.map(({ month, p10, p50, p90, mean }) => [month, p10, p50, p90, mean]),
      }}
    >
      {fan.fan.length > 0 && (
        <Fan
          months={months}
          now={nowMonth}
          unit={unit}
          title={text}
          series={[{ name: fan.class, colour: fan.class, band: true, points: fan.fan }]}
        />
      )}
    </Figure>
  );
}
