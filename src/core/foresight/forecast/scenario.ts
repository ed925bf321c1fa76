import type { Stream } from "../../bindingness.ts";
import { monthNumber } from "./months.ts";

/** A month as a scenario names it: YYYY-MM, or MM for the next such month after the day that the forecast is known at. */
export type ScenarioMonth = string;

export type ScenarioChange =
  | Readonly<{ kind: "giver-leaves"; giver: string; from: ScenarioMonth }>
  | Readonly<{ kind: "decision-slips"; decision: string; to: ScenarioMonth; odds: number | null }>
  | Readonly<{ kind: "shares-by-key"; key: string; from: ScenarioMonth }>
  | Readonly<{
      kind: "fund";
      id: string;
      title: string;
      replaces: string | null; // the decision that it stands in for, where that is open
      key: string;
      stream: Stream;
      odds: number;
      expected: ScenarioMonth;
      additional: number;
      from: ScenarioMonth;
      years: number;
      yearly: number; // in major units
    }>;

/** What is otherwise than in the standing forecast. */
export type ForecastScenario = Readonly<{
  id: string;
  title: string;
  description: string;
  changes: readonly ScenarioChange[];
}>;

export const mostChanges = 20;

/** The number of a scenario's month, seen from a month. */
export function scenarioMonth(text: ScenarioMonth, now: number): number {
  if (text.length > 2) return monthNumber(text);
  const ahead = (Number(text) - 1 - (now % 12) + 12) % 12;
  return now + (ahead === 0 ? 12 : ahead);
}
