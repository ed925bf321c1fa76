import type { ConsignmentView, DeliveryEventView, QueryView, StatePieces } from "#core/views-delivery.ts";
import { MainstayError } from "#core/errors.ts";
import { plural } from "./counted.ts";
import { groupDigits, tableText } from "./output.ts";
import { pairOf } from "./acting.ts";

/** `4 at the hub, 6 dispatched`. */
export function statesText(states: readonly StatePieces[]): string {
  return states.map(({ name, pieces }) => `${digits(pieces)} ${name.toLowerCase()}`).join(", ");
}

export function digits(count: number | null): string {
  return groupDigits(count === null ? null : String(count)) ?? "not reported";
}

/** Lines and pieces written as `LINE=PIECES`. @throws MainstayError parameter_invalid */
export function linesOf(texts: readonly string[] | undefined): readonly { line: number; pieces: number }[] | undefined {
  return texts?.map((text) => {
    const { name, value } = pairOf(text);
    if (!/^\d{1,9}$/.test(name) || !/^\d{1,15}$/.test(value))
      throw new MainstayError("parameter_invalid", `${JSON.stringify(text)}, not LINE=PIECES`, { field: "line" });
    return { line: Number(name), pieces: Number(value) };
  });
}

/** A whole number of an option. @throws MainstayError parameter_invalid */
export function wholeOf(text: string | undefined, field: string): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw new MainstayError("parameter_invalid", JSON.stringify(text), { field });
  return Number(text);
}

/** A consignment whole, as a person reads it. */
export function consignmentText(view: ConsignmentView): string {
  const { head, events, queries, lineage, possible, deliveredBy } = view;
  return [
    `${view.title} (${view.id})${head.synthetic ? ", synthetic: made up to try the program out" : ""}`,
    `${plural(view.pieces, "piece")} through ${view.hubName}${view.carrier === null ? "" : `, carried by ${view.carrier}`}. Due by ${view.dueUntil}. ${statesText(view.states)}.`,
    ...deliveredBy.map((one) => one.says),
    ...(view.watch.length === 0
      ? []
      : [`It is ${view.watch.join(" and ")}: npx mainstay deliver watch --book ${head.book}`]),
    ...lineage.map(
      ({ consignment, way, on }) =>
        `${way === "from" ? "With pieces of" : "Pieces went into"} ${consignment} on ${on}.`,
    ),
    "",
    linesText(view),
    eventsText(events),
    ...queries
      .filter((query) => query.settled === null)
      .map((query) => `Query ${query.id}, ${query.state}: ${query.says}\n`),
    ...(possible.length === 0 ? [] : [`Possible now: ${possible.map((one) => one.event).join(", ")}\n`]),
  ].join("\n");
}

function linesText({ linesCarried }: ConsignmentView): string {
  return tableText(
    [
      { title: "line", cell: (row) => String(row.line), right: true },
      { title: "item", cell: (row) => row.itemName },
      { title: "giver", cell: (row) => row.giverName },
      { title: "need", cell: (row) => row.need },
      { title: "pieces", cell: (row) => digits(row.pieces), right: true },
      { title: "donor reports", cell: (row) => digits(row.donorReported), right: true },
      { title: "recipient signed", cell: (row) => digits(row.recipientConfirmed), right: true },
      { title: "delivered", cell: (row) => digits(row.delivered), right: true },
      { title: "now", cell: (row) => statesText(row.states) },
    ],
    linesCarried,
  );
}

function eventsText(events: readonly DeliveryEventView[]): string {
  return tableText(
    [
      { title: "event", cell: (row) => row.id, right: true },
      { title: "on", cell: (row) => row.on },
      { title: "what", cell: (row) => `${row.name}${row.other === null ? "" : `, ${row.other}`}` },
      { title: "by", cell: (row) => row.side },
      {
        title: "lines",
        cell: (row) =>
          row.lines
            .map(
              ({ line, pieces, stated }) =>
                `${line}: ${stated === null ? pieces : `${stated} stated, ${pieces} moved`}`,
            )
            .join("; "),
      },
      { title: "remarks", cell: (row) => [row.place, row.evidence, row.reason].filter(Boolean).join("; ") },
    ],
    events,
  );
}

/** A query as a person reads it. */
export function queryText(query: QueryView): string {
  const { settled } = query;
  return [
    `Query ${query.id} on ${query.consignment}, line ${query.line}: ${query.itemName} of ${query.giverName} for ${query.need}. ${query.state}`,
    query.says,
    ...query.messages.map(({ side, says, actor, at }) => `  ${at.slice(0, 10)}, the ${side} side (${actor}): ${says}`),
    ...(settled === null ? [] : [`${settled.says} ${settled.reason} (${settled.actor}, ${settled.at.slice(0, 10)})`]),
    "",
  ].join("\n");
}
