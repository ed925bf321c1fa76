import { planningApi } from "../../api/planning.ts";
import { useFields, Written } from "../../funds/acts/fields.tsx";
import { readable } from "../../funds/words.ts";
import { EntryForm } from "../../parts/entry-form.tsx";
import { touched } from "../queries.ts";
import { noSource, SourceOf, sourceOf } from "./source.tsx";

/** Withdraws a need or an offer, with a reason; it stays on record as withdrawn. */
export function WithdrawForm({
  book,
  what,
  id,
  title,
}: Readonly<{ book: string; what: "need" | "offer"; id: string; title: string }>) {
  const [fields, set] = useFields({ reason: "", ...noSource });
  return (
    <EntryForm
      title={`Withdraw the ${what}`}
      intro={
        what === "need"
          ? "It stays on record as withdrawn, and is planned with no longer. What is placed with it stays placed."
          : "It stays on record as withdrawn, and goes out of the ledger. What is placed of it cannot be withdrawn."
      }
      button="Withdraw it"
      asked={`Withdraw \u201c${title === "" ? id : title}\u201d: ${fields.reason}.`}
      touches={touched}
      words={readable}
      send={(): Promise<unknown> =>
        what === "need"
          ? planningApi.withdrawNeed(book, id, { reason: fields.reason, ...sourceOf(fields) })
          : planningApi.withdrawOffer(book, id, { reason: fields.reason, ...sourceOf(fields) })
      }
      done={() => (
        <>
          <h3>Withdrawn.</h3>
          <p>{fields.reason}</p>
        </>
      )}
    >
      <Written
        label="Reason"
        wide
        value={fields.reason}
        onChange={set("reason")}
        hint={what === "need" ? "Met by other means" : "The budget was cut"}
      />
      <SourceOf fields={fields} set={set} />
    </EntryForm>
  );
}
