import { useState } from "react";
import type { FundView, ReceiptsReport } from "../../../../src/core/views-funds.ts";
import { fundApi } from "../../api/funds.ts";
import { counted, grouped, sumOf } from "../../format/amounts.ts";
import { Listing } from "../../parts/listing.tsx";
import { brief } from "../words.ts";
import { ActForm } from "./form.tsx";

/** Imports a bank statement and says what of it was matched. */
export function ReceiptsForm({ fund }: Readonly<{ fund: FundView }>) {
  const [file, choose] = useState<File | null>(null);
  return (
    <ActForm
      fund={fund}
      title="Import a bank statement"
      intro="ISO 20022 camt.053 (XML), or CSV with the columns booked_on, amount, currency, reference, counterparty, remittance and bank_reference. Entries are matched with calls and pledges by their reference; nothing is entered twice."
      button="Import"
      asked={`Import ${file?.name ?? "a bank statement"}.`}
      send={async () => {
        if (file === null) throw new Error("Choose a file first.");
        return fundApi.importReceipts(fund.id, file);
      }}
      done={(report) => <Report fund={fund} report={report} />}
    >
      <label className="wide-field drop">
        <span>Statement</span>
        <input
          type="file"
          accept=".xml,.csv,.txt,text/csv,application/xml,text/xml"
          onChange={(event) => choose(event.target.files?.[0] ?? null)}
        />
        <small>
          {file === null
            ? "or drop the file here"
            : `${file.name}, ${counted(Math.ceil(file.size / 1024), "kilobyte")}`}
        </small>
      </label>
    </ActForm>
  );
}

function Report({ fund, report }: Readonly<{ fund: FundView; report: ReceiptsReport }>) {
  const sum = sumOf(report.matched.map((one) => one.amount)) ?? "0.00";
  const known = report.statements.filter((statement) => statement.already);
  return (
    <>
      <h3>
        {known.length === report.statements.length && known.length > 0
          ? "On record already. Nothing was entered twice."
          : `Imported: ${brief(fund.currency, sum)} matched, ${counted(report.unmatched.length, "entry", "entries")} not.`}
      </h3>
      <p className="hint">
        {report.statements
          .map(
            (one) =>
              `${one.id}: ${counted(one.entries, "entry", "entries")}${one.already ? ", on record already" : ""}${one.otherThan === null ? "" : `, of ${one.account}, which is not the fund's account ${one.otherThan}`}`,
          )
          .join("; ")}
      </p>
      {report.matched.length > 0 && (
        <Listing
          caption="Matched entries"
          rows={report.matched}
          rowKey={(one) => `${one.entry} ${one.reference}`}
          columns={[
            { key: "name", label: "From", value: (one) => one.name },
            {
              key: "reference",
              label: "Reference",
              value: (one) => one.reference,
              cell: (one) => <code>{one.reference}</code>,
            },
            {
              key: "amount",
              label: "Amount",
              small: fund.currency,
              number: true,
              value: (one) => one.amount,
              cell: (one) => grouped(one.amount),
            },
          ]}
        />
      )}
      {report.unmatched.length > 0 && (
        <>
          <h4>Not matched</h4>
          <ul className="plain-list">
            {report.unmatched.map((entry) => (
              <li key={`${entry.statement} ${entry.entry}`}>
                {entry.direction === "debit" && "\u2212"}
                {entry.currency} {grouped(entry.left)}, {entry.counterparty ?? "not named"}, <q>{entry.remittance}</q>:
                it {entry.why.replace(/^It /, "")}.
              </li>
            ))}
          </ul>
          <p className="hint">They can be matched by hand under Bank, below.</p>
        </>
      )}
    </>
  );
}
