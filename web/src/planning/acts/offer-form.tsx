import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { ItemList, OfferView } from "../../../../src/core/views-planning.ts";
import { planningApi } from "../../api/planning.ts";
import { amountPattern, slugOf } from "../../format/written.ts";
import { useGroups, useParties } from "../../frame/hooks.ts";
import { keepFrame } from "../../frame/search.ts";
import { Amount, Choice, useFields, Written } from "../../funds/acts/fields.tsx";
import { readable } from "../../funds/words.ts";
import { EntryForm } from "../../parts/entry-form.tsx";
import { RowsField } from "../../parts/rows-field.tsx";
import { Answered } from "../../parts/states.tsx";
import { itemsQuery, touched } from "../queries.ts";
import { conditionWords } from "../words.ts";
import { offerDraft, offerOf, type OfferFields, type Rows } from "./draft.ts";
import { KindField } from "./kind-field.tsx";
import { noSource, SourceOf, sourceOf } from "./source.tsx";

/** Enters an offer, or changes one: then a further version with a reason. Whose it is and of which kind stays. */
export function OfferForm({ book, offer }: Readonly<{ book: string; offer?: OfferView }>) {
  const query = useQuery(itemsQuery);
  return (
    <Answered query={query} what="the kinds of items">
      {(items) => <Form book={book} offer={offer} items={items} />}
    </Answered>
  );
}

function Form({ book, offer, items }: Readonly<{ book: string; offer: OfferView | undefined; items: ItemList }>) {
  const [start] = useState(() => offerDraft(offer));
  const [fields, set] = useFields({ ...start.fields, ...noSource });
  const [years, setYears] = useState<Rows>(start.years);
  const parties = useParties().data ?? [];
  const kind = items.kinds.find((one) => one.id === fields.item);
  const money = kind?.counted === "currency";
  const giver = parties.find((party) => party.id === fields.giver)?.name ?? offer?.giverName ?? fields.giver;
  const id = offer?.id ?? slugOf(`${fields.giver} ${fields.title}`);
  const field = (name: keyof OfferFields) => ({ value: fields[name], onChange: set(name) });
  return (
    <EntryForm
      title={offer === undefined ? "Enter an offer" : "Change the offer"}
      intro={
        offer === undefined
          ? "What a party says it can give, and on which conditions. It stands as said in the ledger until it is placed."
          : "The change becomes a further version with your reason; what was said before stays on record."
      }
      button={offer === undefined ? "Enter it" : "Change it"}
      asked={`${offer === undefined ? "Offer" : "Change the offer"} \u201c${fields.title}\u201d of ${giver}: ${fields.quantity} of ${kind?.name ?? fields.item}.`}
      touches={touched}
      words={readable}
      send={() => {
        const body = { ...offerOf(fields, money ? years : []), ...sourceOf(fields) };
        const consent = { state: fields.consent, of: fields.consentOf.trim() || null };
        return offer === undefined
          ? planningApi.makeOffer(book, { id, giver: fields.giver, item: fields.item, ...body, consent })
          : planningApi.changeOffer(book, offer.id, { ...body, reason: fields.reason });
      }}
      done={() => (
        <>
          <h3>{offer === undefined ? "On record." : "Changed."}</h3>
          <p>
            {offer === undefined ? (
              <Link to="/offers/$id" params={{ id }} search={keepFrame()} preload={false}>
                {fields.title}
              </Link>
            ) : (
              "The version before it stays in the history below."
            )}
          </p>
        </>
      )}
    >
      {offer === undefined && (
        <>
          <Choice
            label="Giver"
            {...field("giver")}
            options={[["", "choose\u2026"], ...parties.map((party) => [party.id, party.name] as const)]}
          />
          <KindField label="Kind" {...field("item")} items={items} />
        </>
      )}
      <Written label="Title" wide {...field("title")} hint="Twelve howitzers from stock" />
      <Written
        label={kind === undefined ? "How many" : money ? `How much, ${kind.id}` : `How many ${kind.counted}`}
        {...field("quantity")}
        pattern={amountPattern}
        hint="12"
      />
      <Written label="Can leave from" type="date" {...field("from")} />
      <Written label="Until" type="date" {...field("until")} />
      {money ? (
        <RowsField
          caption="How much of it can be used from which year on"
          add="Add a year"
          columns={[
            { key: "year", label: "Year", kind: "year", required: true },
            { key: "amount", label: "Amount", kind: "amount", required: true },
          ]}
          rows={years}
          fresh={() => ({ year: fields.from.slice(0, 4), amount: "" })}
          onChange={setYears}
        />
      ) : (
        <>
          <Choice label="Condition" {...field("condition")} options={Object.entries(conditionWords)} />
          {fields.condition === "repair" && (
            <Written label="Days in repair" {...field("repairDays")} pattern="\d{1,4}" />
          )}
        </>
      )}
      <Conditions fields={fields} set={set} isNew={offer === undefined} />
      <SourceOf fields={fields} set={set} />
      {offer !== undefined && (
        <Written label="Reason for the change" wide {...field("reason")} hint="Two more were found" />
      )}
    </EntryForm>
  );
}

/** What limits the use of the offer: folded away, as most offers have none. */
function Conditions({
  fields,
  set,
  isNew,
}: Readonly<{ fields: OfferFields; set: (name: keyof OfferFields) => (value: string) => void; isNew: boolean }>) {
  const items = useQuery(itemsQuery).data;
  const coalitions = (useGroups().data ?? []).filter((group) => group.kind === "coalition");
  const field = (name: keyof OfferFields) => ({ value: fields[name], onChange: set(name) });
  const free = (label: string, name: keyof OfferFields, hint?: string, wide = false) => (
    <Written label={label} required={false} wide={wide} {...(hint === undefined ? {} : { hint })} {...field(name)} />
  );
  return (
    <details className="wide-field more-fields" open={!isNew}>
      <summary>Conditions, value and note</summary>
      <div className="act-fields">
        {isNew && (
          <>
            <Choice
              label="A third party's consent"
              {...field("consent")}
              options={[
                ["none", "not needed"],
                ["pending", "pending"],
                ["given", "given"],
                ["refused", "refused"],
              ]}
            />
            {fields.consent !== "none" && free("Whose consent", "consentOf")}
          </>
        )}
        <Choice
          label="May it be divided"
          {...field("divided")}
          options={[
            ["parts", "yes"],
            ["whole", "no: all of it or nothing"],
          ]}
        />
        {free("Only for the capabilities", "earmarkCapabilities", items?.capabilities[0]?.id)}
        {free("Only for the needs", "earmarkNeeds")}
        {free("Not for these needs and hubs", "excludes")}
        {free("Reaches only the hubs", "hubs")}
        {free("Caveat, in the giver's words", "caveat", undefined, true)}
        <Amount label="Value of one" required={false} {...field("value")} />
        {fields.value !== "" && (
          <>
            {free("Currency", "currency")}
            {free("How it is valued", "method", "replacement price")}
            {free("Source of the value", "valueSource")}
          </>
        )}
        <Choice
          label="Coalition"
          {...field("coalition")}
          options={[["", "none"], ...coalitions.map(({ slug, name }) => [slug, name] as const)]}
        />
        {free("Through the fund", "fund")}
        {free("Note", "note", undefined, true)}
      </div>
    </details>
  );
}
