import { planningApi } from "../../api/planning.ts";
import { useFields, Written } from "../../funds/acts/fields.tsx";
import { readable } from "../../funds/words.ts";
import { EntryForm } from "../../parts/entry-form.tsx";
import { touched } from "../queries.ts";
import { Replanned } from "./replanned.tsx";
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
          : "It stays on record as withdrawn, and goes out of the ledger. What is placed of it cannot be withdrawn. Where the plan that stands counts on it, one without it is made by itself."
      }
      button="Withdraw it"
      asked={`Withdraw \u201c${title === "" ? id : title}\u201d: ${fields.reason}.`}
      touches={touched}
      words={readable}
      send={async () => {
        const body = { reason: fields.reason, ...sourceOf(fields) };
        if (what === "offer") return (await planningApi.withdrawOffer(book, id, body)).replanning;
        await planningApi.withdrawNeed(book, id, body);
        return null;
      }}
      done={(replanning) => (
        <>
          <h3>Withdrawn.</h3>
          <p>{fields.reason}</p>
          <Replanned book={book} found={replanning} />
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
