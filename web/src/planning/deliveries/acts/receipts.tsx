import { useState } from "react";
import type { ConfirmationOutcome } from "../../../../../src/core/views-delivery.ts";
import { deliveriesApi, receiptsFile } from "../../../api/deliveries.ts";
import { counted, formatCount } from "../../../format/amounts.ts";
import { useFields, Written } from "../../../funds/acts/fields.tsx";
import { readable } from "../../../funds/words.ts";
import { EntryForm } from "../../../parts/entry-form.tsx";
import { ConsignmentLink } from "../list.tsx";
import { touched } from "../queries.ts";
import { filled } from "./event.tsx";

/** Signs for what a file of receipts says, all of it or nothing. */
export function ReceiptsForm({ book }: Readonly<{ book: string }>) {
  const [file, choose] = useState<File | null>(null);
  const [fields, set] = useFields({ on: "" });
  return (
    <EntryForm
      title="Import receipts"
      intro={
        <>
          What the recipient can sign for, filled in:{" "}
          <a href={receiptsFile(book, "xlsx")} download>
            xlsx
          </a>
          ,{" "}
          <a href={receiptsFile(book, "csv")} download>
            CSV
          </a>
          . Rows left empty are passed over. Where a number is not what the donor side reports, a query opens.
        </>
      }
      button="Import"
      asked={`Sign for what ${file?.name ?? "a file of receipts"} says.`}
      touches={touched}
      words={readable}
      send={async () => {
        if (file === null) throw new Error("Choose a file first.");
        return deliveriesApi.receipts(book, file, filled({ on: fields.on }));
      }}
      done={(outcome) => <Outcome outcome={outcome} />}
    >
      <label className="wide-field drop">
        <span>File</span>
        <input
          type="file"
          accept=".xlsx,.csv,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
          onChange={(event) => choose(event.target.files?.[0] ?? null)}
        />
        <small>
          {file === null
            ? "or drop the file here"
            : `${file.name}, ${counted(Math.ceil(file.size / 1024), "kilobyte")}`}
        </small>
      </label>
      <Written
        label="Received on, where a row has no day"
        type="date"
        required={false}
        value={fields.on}
        onChange={set("on")}
      />
    </EntryForm>
  );
}

function Outcome({ outcome }: Readonly<{ outcome: ConfirmationOutcome }>) {
  const { file, rows, consignments, confirmed, queries } = outcome;
  return (
    <>
      <h3>{confirmed === 0 ? "Nothing was signed for." : `Signed for ${formatCount(confirmed)}.`}</h3>
      <p className="hint">
        {file}: {counted(rows, "row")}, {counted(consignments.length, "consignment")}.
      </p>
      {queries.map((query) => (
        <p key={query.id}>
          A query opened with <ConsignmentLink id={query.consignment} />: {readable(query.says)}
        </p>
      ))}
    </>
  );
}
