import type { OfferView } from "../../../../src/core/views-planning.ts";
import { planningApi } from "../../api/planning.ts";
import { Choice, useFields, Written } from "../../funds/acts/fields.tsx";
import { readable } from "../../funds/words.ts";
import { EntryForm } from "../../parts/entry-form.tsx";
import { touched } from "../queries.ts";
import { Replanned } from "./replanned.tsx";
import { noSource, SourceOf, sourceOf } from "./source.tsx";

/** Puts on record that the third party consents to an offer, or refuses. */
export function ConsentForm({ offer }: Readonly<{ offer: OfferView }>) {
  const of = offer.consent.of ?? "the third party";
  const [fields, set] = useFields({ state: "given", reason: "", ...noSource });
  return (
    <EntryForm
      title="Record the consent"
      intro="An offer whose consent is pending or refused is not planned with. Where the plan that stands counts on it, a refusal makes a plan without it by itself."
      button="Put it on record"
      asked={`Consent of ${of} to \u201c${offer.title}\u201d: ${fields.state}.`}
      touches={touched}
      words={readable}
      send={() =>
        planningApi.consent(offer.head.book, offer.id, {
          state: fields.state,
          ...(fields.reason === "" ? {} : { reason: fields.reason }),
          ...sourceOf(fields),
        })
      }
      done={({ replanning }) => (
        <>
          <h3>On record.</h3>
          <p>
            {of} {fields.state === "given" ? "consents" : "refused"}.
          </p>
          <Replanned book={offer.head.book} found={replanning} />
        </>
      )}
    >
      <Choice
        label={`${of.charAt(0).toUpperCase()}${of.slice(1)}`}
        value={fields.state}
        onChange={set("state")}
        options={[
          ["given", "consents"],
          ["refused", "refuses"],
        ]}
      />
      <Written label="Reason" wide required={false} value={fields.reason} onChange={set("reason")} />
      <SourceOf fields={fields} set={set} />
    </EntryForm>
  );
}
