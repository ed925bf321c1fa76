import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { milestoneKinds } from "../../../../src/core/foresight/milestones/milestone.ts";
import type { MilestoneView } from "../../../../src/core/views-milestones.ts";
import { milestonesApi } from "../../api/milestones.ts";
import { formatDated } from "../../format/days.ts";
import { byName } from "../../format/order.ts";
import { slugOf } from "../../format/written.ts";
import { useChangeSearch, useGroups, useParties } from "../../frame/hooks.ts";
import { Choice, useFields, Written } from "../../funds/acts/fields.tsx";
import { fundsQuery } from "../../funds/queries.ts";
import { readable } from "../../funds/words.ts";
import { EntryForm } from "../../parts/entry-form.tsx";
import { noSource, SourceOf, sourceOf } from "../../planning/acts/source.tsx";
import { allQuery, touched } from "../queries.ts";
import { kindWords } from "../words.ts";
import { expectedWords, inWords, milestoneDraft, milestoneOf, precisionWords } from "./draft.ts";
import { ChosenRows, EvidenceField } from "./evidence.tsx";

/** States a milestone, or changes one: then a further version with a reason. */
export function MilestoneForm({ book, milestone }: Readonly<{ book: string; milestone?: MilestoneView }>) {
  const [start] = useState(() => milestoneDraft(milestone));
  const [fields, set] = useFields({ ...start.fields, ...noSource });
  const [parties, setParties] = useState(start.parties);
  const [dependsOn, setDependsOn] = useState(start.dependsOn);
  const [evidence, setEvidence] = useState(start.evidence);
  // The version that the fields were filled from: one that came in meanwhile was not seen.
  const [seen, setSeen] = useState(milestone?.version ?? undefined);
  const field = (name: keyof typeof fields) => ({ value: fields[name], onChange: set(name) });
  const nations = (useParties().data ?? [])
    .map(({ id, name }) => [id, name] as const)
    .toSorted(([, one], [, other]) => byName(one, other));
  const groups = (useGroups().data ?? []).map(({ slug, name }) => [slug, name] as const);
  const funds = useQuery(fundsQuery(book, undefined)).data?.funds ?? [];
  const change = useChangeSearch();
  const isNew = milestone === undefined;
  const id = milestone?.id ?? (fields.id.trim() || slugOf(fields.title));
  return (
    <EntryForm
      level={isNew ? 2 : 4}
      title={isNew ? "State a milestone" : "Change the milestone"}
      intro={
        isNew
          ? "What is expected, when, and who answers for it. What is due to funds, before groups and on its way in deliveries comes in by itself."
          : "The change becomes a further version with your reason; what was said before stays on record."
      }
      button={isNew ? "State it" : "Change it"}
      asked={`${isNew ? "State" : "Change"} \u201c${fields.title}\u201d, expected ${expectedWords(fields)}.`}
      touches={touched}
      words={readable}
      send={async () => {
        const body = { ...milestoneOf(fields, { parties, dependsOn, evidence }), ...sourceOf(fields) };
        if (isNew) return milestonesApi.state(book, { id, ...body });
        const saved = await milestonesApi.change(book, id, { ...body, reason: fields.reason, version: seen });
        setSeen(saved.version ?? undefined);
        return saved;
      }}
      done={(saved) => (
        <>
          <h3>{isNew ? "On record." : "Changed."}</h3>
          <p>
            {isNew ? (
              <button
                type="button"
                className="plain"
                onClick={() => change({ milestone: saved.id, known_at: undefined }, true)}
              >
                {`Open \u201c${saved.title}\u201d below`}
              </button>
            ) : (
              `Expected ${formatDated(saved.on, saved.precision)}. The version before it stays on record.`
            )}
          </p>
        </>
      )}
    >
      <Written label="Title" wide {...field("title")} hint="Half-yearly report of the fund" />
      {isNew && (
        <Written
          label="Name in the address"
          required={false}
          {...field("id")}
          pattern="[A-Za-z0-9][A-Za-z0-9._\-]{0,99}"
          hint={slugOf(fields.title) || "half-yearly-report"}
        />
      )}
      <Choice
        label="Kind"
        {...field("kind")}
        options={milestoneKinds.map((kind) => [kind, kindWords[kind]] as const)}
      />
      <Written label="Expected" type="date" {...field("on")} />
      <Choice label="How exactly" {...field("precision")} options={precisionWords} />
      {!isNew && (
        <Written
          label="Reason for the change"
          wide
          {...field("reason")}
          hint="The call before it has still to be closed"
        />
      )}
      <Choice
        label="Who answers for it"
        {...field("owner")}
        options={[["", "nobody is named"], [inWords, "somebody else, in words"], ...nations]}
      />
      {fields.owner === inWords && (
        <Written label="Who, in words" {...field("ownerWords")} hint="The fund\u2019s secretariat" />
      )}
      <Choice label="Group" {...field("group")} options={[["", "none"], ...groups]} />
      {(funds.length > 0 || fields.fund !== "") && (
        <Choice
          label="Fund"
          {...field("fund")}
          options={[["", "none"], ...funds.map((fund) => [fund.id, fund.title] as const)]}
        />
      )}
      <Written label="Known from" type="date" required={false} {...field("known")} />
      <Written label="Note" wide required={false} {...field("note")} />
      <ChosenRows
        caption="Whom it concerns"
        label="Nation or organisation"
        add="Add a nation or organisation"
        options={nations}
        rows={parties}
        onChange={setParties}
      />
      <DependsOn book={book} itself={milestone} rows={dependsOn} onChange={setDependsOn} />
      <EvidenceField book={book} rows={evidence} onChange={setEvidence} />
      <SourceOf fields={fields} set={set} />
    </EntryForm>
  );
}

/** Other milestones of the book, what is still to come first. */
function DependsOn({
  book,
  itself,
  ...field
}: Readonly<{ book: string; itself: MilestoneView | undefined }> &
  Pick<Parameters<typeof ChosenRows>[0], "rows" | "onChange">) {
  const all = useQuery(allQuery(book)).data?.items ?? [];
  const named = (itself?.needs ?? []).filter(({ id }) => !all.some((one) => one.id === id));
  const options = [...all, ...named]
    .filter(({ id }) => id !== itself?.id)
    .map(({ id, title, on, precision }) => [id, `${title}, ${formatDated(on, precision)}`] as const);
  return (
    <ChosenRows
      caption="What it depends on"
      label="Milestone"
      add="Add a milestone it depends on"
      options={options}
      {...field}
    />
  );
}
