import type { ConsignmentView, PossibleEvent, QueryView } from "../../../../../src/core/views-delivery.ts";
import { deliveriesApi } from "../../../api/deliveries.ts";
import { Choice, useFields, Written } from "../../../funds/acts/fields.tsx";
import { readable } from "../../../funds/words.ts";
import { EntryForm } from "../../../parts/entry-form.tsx";
import { touched } from "../queries.ts";
import { sideWords, statesWords } from "../words.ts";
import { allOf, draftWords, sentLines, useDraftLines } from "./draft-lines.ts";
import { LinesField } from "./lines-field.tsx";

/** Reports one event of a consignment: of which pieces, on which day, where, on what evidence. */
export function EventForm({ consignment, event }: Readonly<{ consignment: ConsignmentView; event: PossibleEvent }>) {
  const { head, id } = consignment;
  const signing = event.event === "confirm";
  const [fields, set] = useFields({ side: "donor", on: "", place: "", evidence: "", reason: "" });
  const [lines, setLines] = useDraftLines(allOf(event.lines));
  const side = event.side === "either" ? (fields.side === "recipient" ? "recipient" : "donor") : event.side;
  const before = consignment.queries.map((query) => query.id);
  return (
    <EntryForm
      title={event.name}
      intro={
        signing
          ? "As the recipient counted it. Where that is not what the donor side reports, a query opens that both sides see; nothing is lost by it."
          : `As ${sideWords[side]} reports it. Pieces move to the next stage, and the ledger follows.`
      }
      button="Put it on record"
      asked={`${event.name}, ${id}: ${draftWords(consignment, lines)}${fields.on === "" ? "" : `, on ${fields.on}`}.`}
      touches={touched}
      words={readable}
      send={async () => ({
        before,
        after: await deliveriesApi.event(head.book, id, {
          event: event.event,
          side,
          lines: sentLines(lines),
          ...filled({ on: fields.on, place: fields.place, evidence: fields.evidence, reason: fields.reason }),
        }),
      })}
      done={({ before: known, after }) => (
        <>
          <h3>On record.</h3>
          <p>{after.states.length === 0 ? "It carries nothing any more." : `Now ${statesWords(after.states)}.`}</p>
          <Opened queries={after.queries.filter((query) => !known.includes(query.id))} />
        </>
      )}
    >
      <LinesField
        consignment={consignment}
        legend={signing ? "What was received" : "What it is about"}
        drafts={lines}
        onChange={setLines}
      />
      {event.side === "either" && (
        <Choice
          label="Who reports it"
          value={fields.side}
          onChange={set("side")}
          options={[
            ["donor", sideWords.donor],
            ["recipient", sideWords.recipient],
          ]}
        />
      )}
      <Written
        label={signing ? "Received on (else the day handed over)" : "On (else today)"}
        type="date"
        required={false}
        value={fields.on}
        onChange={set("on")}
      />
      <Written label="Place" required={false} value={fields.place} onChange={set("place")} hint={consignment.hubName} />
      <Written
        label="Evidence"
        required={false}
        value={fields.evidence}
        onChange={set("evidence")}
        hint="Waybill 4711"
      />
      <Written label="Reason" wide required={event.reason} value={fields.reason} onChange={set("reason")} />
    </EntryForm>
  );
}

function Opened({ queries }: Readonly<{ queries: readonly QueryView[] }>) {
  return queries.map((query) => (
    <p key={query.id}>
      A query opened: {readable(query.says)} <a href={`#query-${query.id}`}>To the query</a>
    </p>
  ));
}

/** What was written; what was left empty is not sent. */
export function filled(fields: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(fields).filter(([, text]) => text.trim() !== ""));
}
