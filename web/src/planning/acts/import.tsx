import { useState } from "react";
import type { ImportOutcome } from "../../../../src/core/views-planning.ts";
import { planningApi, planningFiles } from "../../api/planning.ts";
import { counted } from "../../format/amounts.ts";
import { useFields, Written } from "../../funds/acts/fields.tsx";
import { readable } from "../../funds/words.ts";
import { EntryForm } from "../../parts/entry-form.tsx";
import { Listing } from "../../parts/listing.tsx";
import { touched } from "../queries.ts";
import { noSource, SourceOf, sourceOf } from "./source.tsx";

/** Imports needs or offers from a file, all or none, and says row by row what can't be entered. */
export function ImportForm({ book, what }: Readonly<{ book: string; what: "needs" | "offers" }>) {
  const [file, choose] = useState<File | null>(null);
  const [skipBad, skip] = useState(false);
  const [fields, set] = useFields({ reason: "", ...noSource });
  return (
    <EntryForm
      title={`Import ${what}`}
      intro={
        <>
          A spreadsheet (xlsx) or CSV as it is exported, or the template filled in:{" "}
          <a href={planningFiles.template(what, "xlsx")} download>
            xlsx
          </a>
          ,{" "}
          <a href={planningFiles.template(what, "csv")} download>
            CSV
          </a>
          . New rows are entered, changed ones become a further version, the others stay as they are.
        </>
      }
      button="Import"
      asked={`Import ${file?.name ?? `a file of ${what}`}.`}
      touches={touched}
      words={readable}
      send={async () => {
        if (file === null) throw new Error("Choose a file first.");
        return planningApi.importFile(book, what, file, {
          skip_bad: String(skipBad),
          ...(fields.reason === "" ? {} : { reason: fields.reason }),
          ...sourceOf(fields),
        });
      }}
      done={(outcome) => <Outcome outcome={outcome} what={what} />}
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
      <label className="wide-field tick-field">
        <input type="checkbox" checked={skipBad} onChange={(event) => skip(event.target.checked)} />
        <span>Enter the good rows even if others are wrong</span>
      </label>
      <Written
        label="Reason for what changes"
        wide
        required={false}
        value={fields.reason}
        onChange={set("reason")}
        hint="Restated in March"
      />
      <SourceOf fields={fields} set={set} />
    </EntryForm>
  );
}

function Outcome({ outcome, what }: Readonly<{ outcome: ImportOutcome; what: string }>) {
  const { entered, changed, unchanged, skipped, problems, moreProblems } = outcome;
  const nothing = entered + changed === 0;
  return (
    <>
      <h3>
        {nothing
          ? problems.length > 0
            ? "Nothing was entered."
            : "On record already. Nothing was entered twice."
          : `Imported: ${entered} entered, ${changed} changed.`}
      </h3>
      <p className="hint">
        {outcome.file}: {unchanged} unchanged{skipped > 0 && `, ${skipped} left out`}.
      </p>
      {problems.length > 0 && (
        <>
          <p>
            {counted(problems.length + moreProblems, "thing is", "things are")} wrong with the {what} in it
            {moreProblems > 0 && `; the first ${problems.length}:`}
          </p>
          <Listing
            caption="What is wrong, row by row"
            file={`${outcome.file}-problems`}
            rows={problems}
            rowKey={(one) => `${one.sheet ?? ""} ${one.row ?? ""} ${one.column ?? ""} ${one.message}`}
            columns={[
              {
                key: "row",
                label: "Where",
                value: (one) =>
                  [one.sheet, one.row === null ? null : `row ${one.row}`, one.column].filter((part) => part).join(", "),
              },
              { key: "message", label: "What is wrong", value: (one) => one.message },
            ]}
          />
        </>
      )}
    </>
  );
}
