import { useState } from "react";
import type { FundRow } from "../../../src/core/views-funds.ts";
import type { Group } from "../../../src/core/views.ts";
import { useAppSearch, useChangeSearch } from "../frame/hooks.ts";
import { KnownAt } from "../planning/known-at.tsx";

/** What is asked: whose report, of which period, as known on which day. Each applies as it is chosen. */
export function Asked({
  whose,
  period,
  funds,
  groups,
}: Readonly<{ whose: string; period: string; funds: readonly FundRow[]; groups: readonly Group[] }>) {
  const { known_at } = useAppSearch();
  const change = useChangeSearch();
  const [text, setText] = useState(period);
  const choose = (value: string) => {
    const [, kind, id] = /^(fund|group):(.*)$/.exec(value) ?? [];
    change({
      fund: kind === "fund" ? id : undefined,
      group: kind === "group" ? id : kind === undefined ? "all" : undefined,
    });
  };
  return (
    <form
      className="filters report-asked"
      aria-label="Which report"
      onSubmit={(event) => {
        event.preventDefault();
        change({ period: text.trim() || undefined });
      }}
    >
      <label>
        <span>Of whom</span>
        <select value={whose} onChange={(event) => choose(event.target.value)}>
          {funds.map((fund) => (
            <option key={fund.id} value={`fund:${fund.id}`}>
              {fund.title}: {fund.membersName}
            </option>
          ))}
          {groups.map((group) => (
            <option key={group.slug} value={`group:${group.slug}`}>
              {group.name}, without a fund
            </option>
          ))}
          <option value="all">every giver of the book, without a key</option>
        </select>
      </label>
      <label>
        <span>Period: 2024, 2024H2, 2024Q3</span>
        <input
          type="text"
          name="period"
          value={text}
          size={12}
          list="report-periods"
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <datalist id="report-periods">
        {periodsUpTo(known_at?.slice(0, 4) ?? period.slice(0, 4)).map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      <button type="submit">Show</button>
      <KnownAt />
    </form>
  );
}

function periodsUpTo(year: string): readonly string[] {
  const last = Number(year);
  return [0, 1, 2, 3].flatMap((back) => [`${last - back}`, `${last - back}H2`, `${last - back}H1`]);
}

/** The last half-year that was over on a day, for a fund; the last year, where givers' records are yearly. */
export function usualPeriod(day: string, fund: boolean): string {
  const year = Number(day.slice(0, 4));
  if (!fund) return String(year - 1);
  return day.slice(5) > "06-30" ? `${year}H1` : `${year - 1}H2`;
}
