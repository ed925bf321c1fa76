import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { formatCount } from "../format/amounts.ts";
import { useAppSearch, useChangeSearch, useGroups } from "../frame/hooks.ts";
import type { AppSearch } from "../frame/search.ts";
import { itemsQuery, pageSize } from "./queries.ts";
import { byName } from "../format/order.ts";

type Name = Exclude<(typeof names)[number], "q">;
type Option = readonly [value: string, words: string];

/** What narrows a list of the page, kept in the address. */
export function Filters({
  of,
  hint,
  count,
  children,
}: Readonly<{ of: string; hint: string; count: string; children: ReactNode }>) {
  return (
    <form className="filters" role="search" aria-label={of} onSubmit={(event) => event.preventDefault()}>
      <WordsFilter hint={hint} />
      {children}
      <Clear />
      <p className="filter-count" role="status">
        {count}
      </p>
    </form>
  );
}

/** Words, asked for once the reader pauses. */
function WordsFilter({ hint }: Readonly<{ hint: string }>) {
  const { q = "" } = useAppSearch();
  const change = useChangeSearch();
  const [typed, setTyped] = useState(q);
  const [last, setLast] = useState(q);
  if (q !== last) {
    // The address changed by another way, such as back.
    setLast(q);
    setTyped(q);
  }
  useEffect(() => {
    if (typed.trim() === q) return undefined;
    const pause = setTimeout(() => {
      setLast(typed.trim());
      change({ q: typed.trim() || undefined }, true);
    }, 300);
    return () => clearTimeout(pause);
  }, [typed, q, change]);
  return (
    <label className="filter-words">
      <span>Words</span>
      <input type="search" value={typed} placeholder={hint} onChange={(event) => setTyped(event.target.value)} />
    </label>
  );
}

/** One of a few values of a part of the address, or all. */
export function ChoiceFilter({
  name,
  label,
  options,
  all = "all",
}: Readonly<{ name: Name; label: string; options: readonly Option[]; all?: string }>) {
  const chosen = useAppSearch()[name];
  const change = useChangeSearch();
  const known = chosen === undefined || options.some(([value]) => value === chosen);
  return (
    <label>
      <span>{label}</span>
      <select value={chosen ?? ""} onChange={(event) => change({ [name]: event.target.value || undefined }, true)}>
        <option value="">{all}</option>
        {!known && <option value={chosen}>{chosen}</option>}
        {options.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

/** By capability, and by kind: of the capability's own kinds where one is chosen. */
export function CapabilityFilter() {
  const { capability } = useAppSearch();
  const items = useQuery(itemsQuery).data;
  const kinds = (items?.kinds ?? []).filter((kind) => capability === undefined || kind.capability === capability);
  return (
    <>
      <ChoiceFilter
        name="capability"
        label="Capability"
        options={(items?.capabilities ?? []).map(({ id, title }) => [id, title] as const)}
      />
      <ChoiceFilter
        name="kind"
        label="Kind"
        options={kinds.map(({ id, name }) => [id, name] as const).toSorted(([, one], [, other]) => byName(one, other))}
      />
    </>
  );
}

export function CoalitionFilter() {
  const groups = useGroups().data ?? [];
  const coalitions = groups.filter((group) => group.kind === "coalition");
  if (coalitions.length === 0) return null;
  return (
    <ChoiceFilter
      name="coalition"
      label="Coalition"
      options={coalitions.map(({ slug, name }) => [slug, name] as const)}
    />
  );
}

const names = [
  ...(["q", "kind", "priority", "capability", "coalition", "giver", "state", "only"] as const),
  ...(["stream", "hub", "need", "fund", "nation"] as const),
] as const;

/** Whether the address narrows the list. */
export function isNarrowed(search: AppSearch): boolean {
  return names.some((name) => search[name] !== undefined);
}

function Clear() {
  const search = useAppSearch();
  const change = useChangeSearch();
  if (!isNarrowed(search)) return null;
  return (
    <button
      type="button"
      className="plain"
      onClick={() => change(Object.fromEntries(names.map((name) => [name, undefined])), true)}
    >
      Show all
    </button>
  );
}

/** The way to the rest of a long list. */
export function More({
  shown,
  total,
  what,
  onMore,
  waiting,
  step = pageSize,
}: Readonly<{
  shown: number;
  total: number;
  what: string;
  onMore: () => void;
  waiting: boolean;
  step?: number;
}>) {
  if (shown >= total) return null;
  return (
    <p className="more tools">
      <button type="button" disabled={waiting} onClick={onMore}>
        {waiting ? "Loading\u2026" : `Show ${Math.min(step, total - shown)} more`}
      </button>
      <span className="muted" role="status">
        {formatCount(shown)} of {formatCount(total)} {what} shown
      </span>
    </p>
  );
}
