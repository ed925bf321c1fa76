import { useQuery } from "@tanstack/react-query";
import { deliveriesApi } from "../../../api/deliveries.ts";
import { Choice, useFields, Written } from "../../../funds/acts/fields.tsx";
import { readable } from "../../../funds/words.ts";
import { EntryForm } from "../../../parts/entry-form.tsx";
import { deliveredQuery, touched } from "../queries.ts";
import { filled } from "./event.tsx";

/** Decides which event counts as delivered, of the book or of a fund. */
export function PolicyForm({ book }: Readonly<{ book: string }>) {
  const [fields, set] = useFields({ counts: "confirmed", fund: "", from: "" });
  const now = useQuery(deliveredQuery(book, undefined)).data?.now ?? [];
  return (
    <EntryForm
      title="Say what counts as delivered"
      intro="It changes what reports count and name, from a day on, and nothing that happened. A fund may have a policy of its own."
      button="Put it on record"
      asked={`Delivered is ${fields.counts}${fields.fund === "" ? " in the book" : ` for ${fields.fund}`}.`}
      touches={touched}
      words={readable}
      send={() =>
        deliveriesApi.setDelivered(book, { counts: fields.counts, ...filled({ fund: fields.fund, from: fields.from }) })
      }
      done={(after) => (
        <>
          <h3>On record.</h3>
          {after.now.map(({ says }) => (
            <p key={says}>{readable(says)}</p>
          ))}
        </>
      )}
      aside={
        <div className="act-standing">
          <h4>Now</h4>
          {now.map(({ says }) => (
            <p key={says}>{readable(says)}</p>
          ))}
        </div>
      }
    >
      <Choice
        label="Delivered is"
        wide
        value={fields.counts}
        onChange={set("counts")}
        options={[
          ["confirmed", "what the recipient has signed for"],
          ["handed-over", "what the donor side reports as handed over"],
          ["dispatched", "what has been dispatched"],
        ]}
      />
      <Written label="Of the fund (else of the book)" required={false} value={fields.fund} onChange={set("fund")} />
      <Written label="From (else today)" type="date" required={false} value={fields.from} onChange={set("from")} />
    </EntryForm>
  );
}
