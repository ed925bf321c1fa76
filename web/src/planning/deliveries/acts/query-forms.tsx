import { useState } from "react";
import type { QueryView } from "../../../../../src/core/views-delivery.ts";
import { deliveriesApi } from "../../../api/deliveries.ts";
import { formatDay } from "../../../format/days.ts";
import { Choice, useFields, Written } from "../../../funds/acts/fields.tsx";
import { readable } from "../../../funds/words.ts";
import { EntryForm } from "../../../parts/entry-form.tsx";
import { touched } from "../queries.ts";
import { sideWords } from "../words.ts";
import { filled } from "./event.tsx";

type Props = Readonly<{ book: string; query: QueryView }>;

/** What a side says to a query. */
export function AnswerForm({ book, query }: Props) {
  const [fields, set] = useFields({ side: "donor", says: "" });
  return (
    <EntryForm
      title="Answer"
      level={4}
      intro="Both sides see it. It changes no figure."
      button="Send it"
      asked={`Answer of ${fields.side} to query ${query.id}: ${fields.says}`}
      touches={touched}
      words={readable}
      send={() => deliveriesApi.answer(book, query.id, fields)}
      done={() => <h3>On record.</h3>}
    >
      <Choice
        label="For"
        value={fields.side}
        onChange={set("side")}
        options={[
          ["donor", sideWords.donor],
          ["recipient", sideWords.recipient],
        ]}
      />
      <Written label="What is said" wide value={fields.says} onChange={set("says")} />
    </EntryForm>
  );
}

/** Settles a query by whose figure stands, or by one between. */
export function SettleForm({ book, query }: Props) {
  const { about, donor, recipient } = query;
  const [fields, set] = useFields({ outcome: "recipient", pieces: "", on: "", rest: "on-the-way", reason: "" });
  const [whole] = useState(() => outcomeOptions(query));
  const split = fields.outcome === "split";
  const quantity = about === "quantity";
  const less = quantity && fields.outcome !== "donor" && recipient.pieces < donor.pieces;
  const pieces = fields.pieces.replaceAll(/[,\s]/g, "");
  return (
    <EntryForm
      title="Settle it"
      level={4}
      intro="What stands on record otherwise is put right by further events; nothing is erased."
      button="Settle it"
      asked={`Settle query ${query.id}: ${whole.find(([value]) => value === fields.outcome)?.[1] ?? ""}. ${fields.reason}`}
      touches={touched}
      words={readable}
      send={() =>
        deliveriesApi.settle(book, query.id, {
          outcome: fields.outcome,
          reason: fields.reason,
          ...(split && quantity ? { pieces: /^\d{1,15}$/.test(pieces) ? Number(pieces) : fields.pieces } : {}),
          ...(split && !quantity ? filled({ on: fields.on }) : {}),
          ...(less ? { rest: fields.rest } : {}),
        })
      }
      done={(after) => (
        <>
          <h3>Settled.</h3>
          <p>{readable(after.settled?.says ?? "")}</p>
        </>
      )}
    >
      <Choice label="What stands" wide value={fields.outcome} onChange={set("outcome")} options={whole} />
      {split && quantity && (
        <Written label="Both agree on" value={fields.pieces} onChange={set("pieces")} pattern="[0-9, ]+" />
      )}
      {split && !quantity && <Written label="Both agree on" type="date" value={fields.on} onChange={set("on")} />}
      {less && (
        <Choice
          label="What is not there"
          value={fields.rest}
          onChange={set("rest")}
          options={[
            ["on-the-way", "is on its way still"],
            ["lost", "is lost"],
            ["returned", "went back to its giver"],
          ]}
        />
      )}
      <Written label="Reason" wide value={fields.reason} onChange={set("reason")} hint="Counted again at the hub" />
    </EntryForm>
  );
}

function outcomeOptions({ about, donor, recipient }: QueryView): readonly (readonly [string, string])[] {
  const days = about === "day";
  return [
    ["recipient", `what the recipient says: ${days ? formatDay(recipient.on) : recipient.pieces}`],
    ["donor", `what the donor side says: ${days ? formatDay(donor.on ?? "a day not said") : donor.pieces}`],
    ["split", days ? "another day" : "another number"],
  ];
}
