import type { ConsignmentView } from "../../../../../src/core/views-delivery.ts";
import { deliveriesApi } from "../../../api/deliveries.ts";
import { useFields, Written } from "../../../funds/acts/fields.tsx";
import { readable } from "../../../funds/words.ts";
import { EntryForm } from "../../../parts/entry-form.tsx";
import { ConsignmentLink } from "../list.tsx";
import { touched } from "../queries.ts";
import { statesWords } from "../words.ts";
import { draftWords, sentLines, useDraftLines, type DraftLine } from "./draft-lines.ts";
import { filled } from "./event.tsx";
import { LinesField } from "./lines-field.tsx";

type Props = Readonly<{ consignment: ConsignmentView }>;

/** What of each line is on its way: not handed over, not lost. */
function underWay({ linesCarried, possible }: ConsignmentView): readonly DraftLine[] {
  const movable = new Map(
    possible
      .filter(({ event }) => event === "return")
      .flatMap(({ lines }) => lines)
      .map(({ line, most }) => [line, most]),
  );
  return linesCarried.flatMap(({ line, pieces }) => {
    const most = movable.get(line) ?? pieces;
    return most > 0 ? [{ line, most, chosen: false, pieces: String(most) }] : [];
  });
}

/** Puts a part of a consignment into a new one. */
export function SplitForm({ consignment }: Props) {
  const { head, id } = consignment;
  const [fields, set] = useFields({ into: `${id}-2`, title: "", hub: "", carrier: "", on: "", reason: "" });
  const [lines, setLines] = useDraftLines(underWay(consignment));
  return (
    <EntryForm
      title="Split"
      intro="A part that is not handed over goes on as a consignment of its own. Choose of what, and how many."
      button="Split it"
      asked={`Split of ${id} into ${fields.into}: ${draftWords(consignment, lines)}.`}
      touches={touched}
      words={readable}
      send={() =>
        deliveriesApi.split(head.book, id, {
          into: fields.into,
          lines: sentLines(lines),
          ...filled({ ...fields, into: "" }),
        })
      }
      done={(made) => (
        <>
          <h3>Split.</h3>
          <p>
            <ConsignmentLink id={made.id} title={made.title} />: {statesWords(made.states)}.
          </p>
        </>
      )}
    >
      <LinesField consignment={consignment} legend="What goes into the new one" drafts={lines} onChange={setLines} />
      <Written label="Its id" value={fields.into} onChange={set("into")} />
      <Written label="Its title" required={false} value={fields.title} onChange={set("title")} />
      <Written
        label="Through the hub"
        required={false}
        value={fields.hub}
        onChange={set("hub")}
        hint={consignment.hub}
      />
      <Written
        label="Carrier"
        required={false}
        value={fields.carrier}
        onChange={set("carrier")}
        hint={consignment.carrier ?? ""}
      />
      <Written label="On (else today)" type="date" required={false} value={fields.on} onChange={set("on")} />
      <Written label="Reason" wide required={false} value={fields.reason} onChange={set("reason")} />
    </EntryForm>
  );
}

/** Puts what is on its way in others into this one. */
export function MergeForm({ consignment }: Props) {
  const { head, id } = consignment;
  const [fields, set] = useFields({ others: "", on: "", reason: "" });
  const others = fields.others.split(/[\s,]+/).filter((one) => one !== "");
  return (
    <EntryForm
      title="Merge others into it"
      intro="All that is on its way in the others goes on in this consignment. They must be of the same stream."
      button="Merge them"
      asked={`Merge of ${others.join(", ")} into ${id}.`}
      touches={touched}
      words={readable}
      send={() =>
        deliveriesApi.merge(head.book, id, {
          consignments: others,
          ...filled({ on: fields.on, reason: fields.reason }),
        })
      }
      done={(after) => (
        <>
          <h3>Merged.</h3>
          <p>Now {statesWords(after.states)}.</p>
        </>
      )}
    >
      <Written label="Ids of the others" wide value={fields.others} onChange={set("others")} hint="C-2, C-3" />
      <Written label="On (else today)" type="date" required={false} value={fields.on} onChange={set("on")} />
      <Written label="Reason" wide required={false} value={fields.reason} onChange={set("reason")} />
    </EntryForm>
  );
}
