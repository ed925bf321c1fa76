import { bindingClasses } from "../../../src/core/bindingness.ts";
import type { BroughtAlong, PromiseSum } from "../../../src/core/views.ts";
import { Figure } from "../figure/figure.tsx";
import { counted, grouped, moneyWords } from "../format/amounts.ts";
import { formatDay } from "../format/days.ts";

type Line = BroughtAlong["takeovers"][number];

/** What a group brought under another: its members' promises by class, from before the day and since. */
export function Brought({ takeover, view }: Readonly<{ takeover: Line; view: BroughtAlong }>) {
  const { name, from, until, classes } = takeover;
  const periods: readonly (readonly [
    key: string,
    label: string,
    of: (line: Line["classes"][number]) => PromiseSum | null,
  ])[] = [
    ["before", `Before ${formatDay(from)}`, (line) => line.before],
    [
      "under",
      until === null ? `Since ${formatDay(from)}` : `${formatDay(from)} to ${formatDay(until)}`,
      (line) => line.under,
    ],
    ...(until === null ? [] : [["after", "After that", (line: Line["classes"][number]) => line.after] as const]),
    ["undated", "Without a day", (line) => line.undated],
  ];
  return (
    <Figure
      title={`What it brought under ${name}`}
      text={wordsOf(takeover, view.frame.unit)}
      frame={view.frame}
      sources={view.sources}
      rows={{ boundary: view.frame.boundary }}
      json={view}
      note={<Notes view={view} classes={classes} />}
      table={{
        columns: [
          { key: "class", label: "Class", kind: "text" },
          ...periods.flatMap(([key, label]) => [
            { key: `promises_${key}`, label: `${label}: promises`, kind: "count" } as const,
            { key: `amount_${key}`, label: "Amount", kind: "amount" } as const,
          ]),
        ],
        rows: classes.map((line) => [
          line.class,
          ...periods.flatMap(([, , of]) => {
            const sum = of(line);
            return [sum?.promises?.toString() ?? null, sum?.amount ?? null];
          }),
        ]),
      }}
    />
  );
}

/** The least binding class that is known and has something in it, in a sentence. */
function wordsOf({ name, from, classes }: Line, unit: string): string {
  const line = ["bound", "placed", "moved", "received", "said"]
    .map((wanted) => classes.find((one) => one.class === wanted))
    .find((one) => one !== undefined && (one.before.promises ?? 0) + (one.under.promises ?? 0) > 0);
  if (line === undefined) return `No promise of its members with a day is on record.`;
  return `Its members had ${counted(line.before.promises ?? 0, "promise")} ${line.class} before ${formatDay(from)}, ${moneyWords(unit, line.before.amount)}; under ${name}, ${line.under.promises ?? 0} so far, ${moneyWords(unit, line.under.amount)}.`;
}

function Notes({ view, classes }: Readonly<{ view: BroughtAlong; classes: Line["classes"] }>) {
  const notes = [
    ...bindingClasses.flatMap((name) => {
      const line = classes.find((one) => one.class === name);
      if (line?.reason != null) return [`Not known (${name}): ${line.reason}`];
      return line?.partial != null ? [`In part (${name}): ${line.partial}.`] : [];
    }),
    ...view.notConverted.map(
      (row) => `Not converted (${row.class}): ${row.unit} ${grouped(row.amount)}, ${row.reason}.`,
    ),
  ];
  return (
    <>
      <p>
        Of the group&rsquo;s own members on the day of each step, whoever else is chosen above; a promise with steps
        before the day and after it is counted in both. Classes are never added up.
      </p>
      {notes.length > 0 && (
        <ul className="plain-list">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </>
  );
}
