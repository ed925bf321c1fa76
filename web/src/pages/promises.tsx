import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useMemo, useState } from "react";
import type { BindingClass } from "../../../src/core/bindingness.ts";
import type { FramedPage, PromiseRow } from "../../../src/core/views.ts";
import { api, apiAddress } from "../api/client.ts";
import { csvOf, saveFile } from "../figure/save.ts";
import { counted, formatCount, moneyWords } from "../format/amounts.ts";
import { isMoney, unitWords } from "../format/units.ts";
import { useAppSearch, useChangeSearch, useFrame, useOverview, useTitle } from "../frame/hooks.ts";
import { Answered, Empty } from "../parts/states.tsx";
import {
  filterRows,
  groupKeys,
  groupRows,
  itemsUnit,
  readSort,
  sortRows,
  totalOf,
  writeSort,
} from "../promises/arrange.ts";
import { PromiseGrid } from "../promises/grid.tsx";
import { byName } from "../format/order.ts";

const pageSize = 20_000;

/** Every page of the promises in the frame, one after the other; the table then filters and orders in memory. */
async function allPromises(
  frame: Parameters<typeof api.promises>[0],
  signal: AbortSignal,
): Promise<FramedPage<PromiseRow>> {
  let page = await api.promises(frame, pageSize, signal);
  const items = [...page.items];
  while (page.next !== null) {
    page = await api.promises(frame, pageSize, signal, page.next);
    items.push(...page.items);
  }
  return { ...page, items, next: null };
}

/** All promises of the book in the frame: filter, order, group, sum, take along. */
export function PromisesPage() {
  useTitle("Promises");
  const { class: bindingClass, ...frame } = useFrame();
  const unclassed = JSON.stringify(frame);
  const overview = useOverview();
  const query = useQuery({
    queryKey: ["promises", unclassed],
    queryFn: ({ signal }) => allPromises(frame, signal),
    placeholderData: (previous) => previous,
  });
  const classKnown = bindingClass !== undefined || !overview.isPending;
  return (
    <>
      <header className="headline">
        <h1>Promises</h1>
        <p className="standfirst">
          Every undertaking on record in this frame, one line for each giver and unit. Open one to see its steps,
          sources and readings.
        </p>
      </header>
      <Answered query={classKnown ? query : { ...query, data: undefined, isPending: true }} what="the promises" tall>
        {(page) => (
          <Promises
            rows={page.items}
            unitOfFigures={page.frame.unit}
            bindingClass={bindingClass ?? overview.data?.class ?? "bound"}
          />
        )}
      </Answered>
    </>
  );
}

function Promises({
  rows,
  unitOfFigures,
  bindingClass,
}: Readonly<{ rows: readonly PromiseRow[]; unitOfFigures: string; bindingClass: BindingClass }>) {
  const search = useAppSearch();
  const change = useChangeSearch();
  const frame = useFrame();
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [typed, setTyped] = useState(search.q ?? "");
  const q = useDeferredValue(typed);
  const sort = useMemo(() => readSort(search.sort), [search.sort]);
  const group = groupKeys.find((key) => key === search.group);
  const { donor, category, stream, unit } = search;
  const filtered = useMemo(
    () => filterRows(rows, { q, donor, category, stream, unit }),
    [rows, q, donor, category, stream, unit],
  );
  const sorted = useMemo(() => sortRows(filtered, sort, bindingClass), [filtered, sort, bindingClass]);
  const lines = useMemo(() => groupRows(sorted, group, bindingClass, closed), [sorted, group, bindingClass, closed]);
  const total = useMemo(() => totalOf(filtered, bindingClass), [filtered, bindingClass]);
  const choices = useMemo(() => choicesOf(rows), [rows]);
  const narrowed =
    q !== "" || donor !== undefined || category !== undefined || stream !== undefined || unit !== undefined;
  const clear = () => {
    setTyped("");
    change({ q: undefined, donor: undefined, category: undefined, stream: undefined, unit: undefined }, true);
  };
  if (rows.length === 0) {
    return (
      <Empty title="No promise is on record in this frame.">
        <p>Set “known at” to a later day or “given by” to all givers above, or import a release into this book.</p>
      </Empty>
    );
  }
  return (
    <>
      <form className="filters" role="search" aria-label="Promises" onSubmit={(event) => event.preventDefault()}>
        <label className="filter-words">
          <span>Words</span>
          <input
            type="search"
            value={typed}
            placeholder="Title, code or giver"
            onChange={(event) => setTyped(event.target.value)}
            onBlur={() => change({ q: typed === "" ? undefined : typed }, true)}
          />
        </label>
        <Choice
          name="Giver"
          value={donor}
          options={choices.donors}
          onChoice={(value) => change({ donor: value }, true)}
        />
        <Choice
          name="Category"
          value={category}
          options={choices.categories}
          onChoice={(value) => change({ category: value }, true)}
        />
        <Choice
          name="Stream"
          value={stream}
          options={choices.streams}
          onChoice={(value) => change({ stream: value }, true)}
        />
        <Choice name="Unit" value={unit} options={choices.units} onChoice={(value) => change({ unit: value }, true)} />
        <Choice
          name="Group by"
          value={group}
          options={groupKeys.map((key) => [key, key === "donor" ? "giver" : key] as const)}
          none="nothing"
          onChoice={(value) => change({ group: value }, true)}
        />
      </form>
      <div className="sum-line">
        <p aria-live="polite">
          <b>{formatCount(filtered.length)}</b>{" "}
          {narrowed ? `of ${formatCount(rows.length)} promises` : filtered.length === 1 ? "promise" : "promises"}:{" "}
          <b>{moneyWords(unitOfFigures, total.amount)}</b> {bindingClass}
          {total.unknown > 0 && (
            <span className="muted">
              ; {counted(total.unknown, "promise")} with no amount in this class, not counted as zero
            </span>
          )}
        </p>
        <p className="tools">
          {narrowed && (
            <button type="button" className="plain" onClick={clear}>
              Clear filters
            </button>
          )}
          {group !== undefined && (
            <button
              type="button"
              className="plain"
              onClick={() =>
                setClosed(
                  closed.size > 0
                    ? new Set()
                    : new Set(lines.flatMap((line) => (line.kind === "group" ? [line.name] : []))),
                )
              }
            >
              {closed.size > 0 ? "Open all groups" : "Close all groups"}
            </button>
          )}
          <button type="button" className="plain" onClick={() => saveFile("promises.csv", "text/csv", rowsCsv(sorted))}>
            Save these rows as CSV
          </button>
          <a
            href={apiAddress("/promises", {
              ...frame,
              donor,
              category,
              stream,
              unit: unit === itemsUnit ? undefined : unit,
              format: "ndjson",
            })}
            download="promises.ndjson"
          >
            NDJSON from the API
          </a>
        </p>
      </div>
      {filtered.length === 0 ? (
        <Empty title="No promise passes these filters.">
          <p>
            <button type="button" onClick={clear}>
              Clear filters
            </button>
          </p>
        </Empty>
      ) : (
        <PromiseGrid
          lines={lines}
          sort={sort}
          bindingClass={bindingClass}
          unit={unitOfFigures}
          total={total.amount}
          onSort={(key) =>
            change(
              {
                sort: writeSort({
                  key,
                  down: sort.key === key ? !sort.down : key === "amount" || key === "original" || key === "announced",
                }),
              },
              true,
            )
          }
          onGroup={(name) =>
            setClosed(
              closed.has(name) ? new Set([...closed].filter((other) => other !== name)) : new Set([...closed, name]),
            )
          }
          closed={closed}
        />
      )}
    </>
  );
}

type Option = readonly [value: string, name: string];

function choicesOf(
  rows: readonly PromiseRow[],
): Readonly<Record<"donors" | "categories" | "streams" | "units", readonly Option[]>> {
  const some = (values: Iterable<string>) => [...new Set(values)].sort().map((value): Option => [value, value]);
  const donors = [...new Map(rows.map((row) => [row.donor, row.donorName]))].sort((a, b) => byName(a[1], b[1]));
  return {
    donors,
    categories: some(rows.map((row) => row.category)),
    streams: some(rows.map((row) => row.stream)),
    units: [...some(rows.map((row) => row.unit).filter(isMoney)), [itemsUnit, "pieces of items"]],
  };
}

function Choice({
  name,
  value,
  options,
  none = "all",
  onChoice,
}: Readonly<{
  name: string;
  value: string | undefined;
  options: readonly Option[];
  none?: string;
  onChoice: (value: string | undefined) => void;
}>) {
  return (
    <label>
      <span>{name}</span>
      <select
        value={value ?? ""}
        onChange={(event) => onChoice(event.target.value === "" ? undefined : event.target.value)}
      >
        <option value="">{none}</option>
        {value !== undefined && !options.some(([option]) => option === value) && (
          <option value={value}>{unitWords(value)}</option>
        )}
        {options.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The rows as filtered and ordered, every digit kept. */
function rowsCsv(rows: readonly PromiseRow[]): string {
  const heads = [
    "id",
    "code",
    "donor",
    "donor_name",
    "category",
    "stream",
    "title",
    "unit",
    "announced_on",
    "date_precision",
    "original",
    "said",
    "bound",
    "placed",
    "moved",
    "received",
    "furthest",
    "release",
  ];
  return csvOf(
    heads,
    rows.map((row) => [
      row.id,
      row.code,
      row.donor,
      row.donorName,
      row.category,
      row.stream,
      row.title,
      row.unit,
      row.announcedOn,
      row.datePrecision,
      row.original,
      row.byClass.said,
      row.byClass.bound,
      row.byClass.placed,
      row.byClass.moved,
      row.byClass.received,
      row.furthest,
      row.release,
    ]),
  );
}
