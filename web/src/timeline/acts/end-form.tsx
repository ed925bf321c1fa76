import { useState } from "react";
import type { MilestoneAct } from "../../../../src/core/foresight/milestones/edit.ts";
import type { MilestoneView } from "../../../../src/core/views-milestones.ts";
import { milestonesApi } from "../../api/milestones.ts";
import { formatDay } from "../../format/days.ts";
import { Choice, useFields, Written } from "../../funds/acts/fields.tsx";
import { readable } from "../../funds/words.ts";
import { EntryForm } from "../../parts/entry-form.tsx";
import { noSource, SourceOf, sourceOf } from "../../planning/acts/source.tsx";
import { touched } from "../queries.ts";
import { stateWords } from "../words.ts";
import { idsOf, type Rows } from "./draft.ts";
import { EvidenceField } from "./evidence.tsx";

type Ending = Exclude<MilestoneAct, "reopen">;
const endings: readonly (readonly [Ending, string])[] = [
  ["meet", "it was met"],
  ["miss", "it can no longer be met"],
  ["cancel", "it was dropped: nobody wants it any more"],
];

/** Says how a milestone ended, and on which day. */
export function EndForm({ milestone }: Readonly<{ milestone: MilestoneView }>) {
  const [fields, set] = useFields({ act: "meet", on: "", reason: "", ...noSource });
  const [evidence, setEvidence] = useState<Rows>([]);
  const { id, title, version, head, today } = milestone;
  const met = fields.act === "meet";
  const words = endings.find(([act]) => act === fields.act)?.[1] ?? "";
  return (
    <EntryForm
      level={4}
      title="Say what became of it"
      intro="It stays on record with every day it was expected on."
      button="Put it on record"
      asked={`Say of \u201c${title}\u201d that ${words}.`}
      touches={touched}
      words={readable}
      send={() =>
        milestonesApi.act(head.book, id, {
          act: fields.act,
          on: fields.on === "" ? undefined : fields.on,
          reason: fields.reason,
          evidence: met ? idsOf(evidence) : [],
          version: version ?? undefined,
          ...sourceOf(fields),
        })
      }
      done={(saved) => (
        <>
          <h3>On record.</h3>
          <p>
            {`\u201c${saved.title}\u201d: ${stateWords[saved.state]}${saved.happenedOn === null ? "" : ` on ${formatDay(saved.happenedOn)}`}.`}
          </p>
        </>
      )}
    >
      <Choice label="What became of it" wide value={fields.act} onChange={set("act")} options={endings} />
      <Written
        label={`On, if not on ${formatDay(today)}`}
        type="date"
        required={false}
        value={fields.on}
        onChange={set("on")}
      />
      <Written
        label={met ? "In words" : "Reason"}
        wide
        required={!met}
        value={fields.reason}
        onChange={set("reason")}
      />
      {met && <EvidenceField book={head.book} rows={evidence} onChange={setEvidence} />}
      <SourceOf fields={fields} set={set} />
    </EntryForm>
  );
}

/** Says that what was over is expected after all. */
export function ReopenForm({ milestone }: Readonly<{ milestone: MilestoneView }>) {
  const [fields, set] = useFields({ reason: "", ...noSource });
  const { id, title, version, head } = milestone;
  return (
    <EntryForm
      level={4}
      title="It is expected after all"
      intro="It stands again as it was expected last; a new day is said by a further change."
      button="Put it on record"
      asked={`Say of \u201c${title}\u201d that it is expected after all: ${fields.reason}.`}
      touches={touched}
      words={readable}
      send={() =>
        milestonesApi.act(head.book, id, {
          act: "reopen",
          reason: fields.reason,
          version: version ?? undefined,
          ...sourceOf(fields),
        })
      }
      done={() => <h3>Expected again.</h3>}
    >
      <Written label="Reason" wide value={fields.reason} onChange={set("reason")} hint="It was entered by mistake" />
      <SourceOf fields={fields} set={set} />
    </EntryForm>
  );
}
