import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ItemList, NeedView } from "../../../../src/core/views-planning.ts";
import { planningApi } from "../../api/planning.ts";
import { amountPattern, slugOf } from "../../format/written.ts";
import { useGroups } from "../../frame/hooks.ts";
import { Choice, useFields, Written } from "../../funds/acts/fields.tsx";
import { readable } from "../../funds/words.ts";
import { EntryForm } from "../../parts/entry-form.tsx";
import { RowsField, type RowColumn } from "../../parts/rows-field.tsx";
import { Answered } from "../../parts/states.tsx";
import { NeedLink } from "../needs/list.tsx";
import { itemsQuery, touched } from "../queries.ts";
import { priorityWords } from "../words.ts";
import { needDraft, needOf, type Rows } from "./draft.ts";
import { KindField } from "./kind-field.tsx";
import { kindOptions, type KindOption } from "./kinds.ts";
import { noSource, SourceOf, sourceOf } from "./source.tsx";

/** States a need, or changes one: then a further version with a reason. */
export function NeedForm({ book, need }: Readonly<{ book: string; need?: NeedView }>) {
  const query = useQuery(itemsQuery);
  return (
    <Answered query={query} what="the kinds of items">
      {(items) => <Form book={book} need={need} items={items} />}
    </Answered>
  );
}

function Form({ book, need, items }: Readonly<{ book: string; need: NeedView | undefined; items: ItemList }>) {
  const [start] = useState(() => needDraft(need));
  const [fields, set] = useFields({ ...start.fields, ...noSource });
  const [substitutes, setSubstitutes] = useState<Rows>(start.substitutes);
  const [parts, setParts] = useState<Rows>(start.parts);
  const coalitions = (useGroups().data ?? []).filter((group) => group.kind === "coalition");
  const options = kindOptions(items);
  const kind = items.kinds.find((one) => one.id === fields.item);
  const field = (name: keyof typeof fields) => ({ value: fields[name], onChange: set(name) });
  const id = need?.id ?? slugOf(fields.title);
  return (
    <EntryForm
      title={need === undefined ? "State a need" : "Change the need"}
      intro={
        need === undefined
          ? "What is wanted, how much of it, how urgently, and by when. What a system needs to be of use comes as its package."
          : "The change becomes a further version with your reason; what was said before stays on record."
      }
      button={need === undefined ? "State it" : "Change it"}
      asked={`${need === undefined ? "State" : "Change"} \u201c${fields.title}\u201d: ${fields.quantity} of ${kind?.name ?? fields.item}, priority ${fields.priority}.`}
      touches={touched}
      words={readable}
      send={() => {
        const body = { ...needOf(fields, substitutes, parts), ...sourceOf(fields) };
        return need === undefined
          ? planningApi.stateNeed(book, { id, ...body })
          : planningApi.changeNeed(book, need.id, { ...body, reason: fields.reason });
      }}
      done={() => (
        <>
          <h3>{need === undefined ? "On record." : "Changed."}</h3>
          <p>
            {need === undefined ? (
              <NeedLink id={id} title={fields.title} />
            ) : (
              "The version before it stays in the history below."
            )}
          </p>
        </>
      )}
    >
      <Written label="Title" wide {...field("title")} hint="Howitzers for three brigades" />
      <KindField label="Kind" {...field("item")} items={items} />
      <Written
        label={
          kind === undefined
            ? "How many"
            : kind.counted === "currency"
              ? `How much, ${kind.id}`
              : `How many ${kind.counted}`
        }
        {...field("quantity")}
        pattern={amountPattern}
        hint="120"
      />
      <Choice label="Priority" {...field("priority")} options={Object.entries(priorityWords)} />
      <Written label="Can be taken from" type="date" {...field("from")} />
      <Written label="Wanted by" type="date" {...field("until")} />
      <Written label="At the hub" required={false} {...field("place")} />
      <Choice
        label="Coalition"
        {...field("coalition")}
        options={[["", "none"], ...coalitions.map(({ slug, name }) => [slug, name] as const)]}
      />
      <Written label="Note" wide required={false} {...field("note")} />
      <RowsField
        caption="What would do instead"
        add="Add a substitute"
        columns={substituteColumns(options)}
        rows={substitutes}
        fresh={() => ({ item: options[0]?.[0] ?? "", worth: "1" })}
        onChange={setSubstitutes}
      />
      <RowsField
        caption="What has to come with it"
        add="Add a part of the package"
        columns={partColumns(options)}
        rows={parts}
        fresh={() => ({ item: options[0]?.[0] ?? "", pieces: "1", systems: "1", when: "with", days: "0" })}
        onChange={setParts}
      />
      {need !== undefined && (
        <Written label="Reason for the change" wide {...field("reason")} hint="Losses of the autumn" />
      )}
      <SourceOf fields={fields} set={set} />
    </EntryForm>
  );
}

function substituteColumns(options: readonly KindOption[]): readonly RowColumn[] {
  return [
    { key: "item", label: "Kind", kind: "choice", options, required: true },
    { key: "worth", label: "Worth of one", kind: "amount", required: true },
  ];
}

function partColumns(options: readonly KindOption[]): readonly RowColumn[] {
  return [
    { key: "item", label: "Kind", kind: "choice", options, required: true },
    { key: "pieces", label: "So many", kind: "amount", required: true },
    { key: "systems", label: "for systems", kind: "amount", required: true },
    {
      key: "when",
      label: "There",
      kind: "choice",
      options: [
        ["before", "days before it"],
        ["with", "with it"],
        ["monthly", "each month, for months"],
      ],
    },
    { key: "days", label: "Days, or months", kind: "amount", required: true },
  ];
}
