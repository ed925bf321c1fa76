import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { streams } from "../../../src/core/bindingness.ts";
import { proposalObjects, type Terms } from "../../../src/core/decisions/terms.ts";
import type { FundModel } from "../../../src/core/views-funds.ts";
import { moneyWords, sumOf } from "../format/amounts.ts";
import { readAmount, slugOf } from "../format/written.ts";
import { useAppSearch, useGroups } from "../frame/hooks.ts";
import { fundsQuery } from "../funds/queries.ts";
import { AreaField, CheckField, RadioField, SelectField, TextField } from "../parts/fields.tsx";
import { RowsField } from "../parts/rows-field.tsx";
import { GrantRows } from "./grant-rows.tsx";
import { KeyField } from "./key-field.tsx";
import { proceduresQuery } from "./names.ts";
import { draftOfTerms, fieldsOf, grantRow, type TermsProps } from "./term-draft.ts";
import { objectWords } from "./words.ts";

// What is decided on a fund once it is open.
const later = proposalObjects.filter((object) => ["call", "spend", "reallocate", "adopt-key"].includes(object));

/** A fund as a text proposes it. */
export function FundForm(props: TermsProps) {
  const { draft, onChange } = props;
  const field = fieldsOf(props);
  const groups = useGroups().data ?? [];
  const { title = "", currency = "", from = "", until = "", gap = "" } = draft.fields;
  const lines = draft.lines
    .map((row) => [row["id"] || slugOf(row["title"] ?? ""), row["title"] ?? ""] as const)
    .filter(([id]) => id !== "");
  const whole = sumOf(draft.years.map((row) => readAmount(row["amount"] ?? "")));
  return (
    <>
      <Models {...props} />
      <TextField label="Name of the fund" required {...field("title")} />
      <TextField
        label="Name in addresses"
        max={60}
        pattern="[a-z0-9][a-z0-9\-]*"
        placeholder={slugOf(title) || "small-letters-and-dashes"}
        {...field("id")}
      />
      <TextField label="Currency" max={3} pattern="[A-Za-z]{3}" required {...field("currency")} />
      <SelectField
        label="Who contributes"
        required
        options={groups.map((group) => [group.slug, group.name] as const)}
        {...field("members")}
      />
      <TextField label="From" type="date" required {...field("from")} />
      <TextField label="Last day" type="date" required {...field("until")} />
      <KeyField {...field("key")} />
      <RowsField
        caption="Envelope by year"
        add="Add a year"
        columns={[
          { key: "year", label: "Year", kind: "year", required: true },
          { key: "amount", label: `Amount, ${currency}`, kind: "amount", required: true },
        ]}
        rows={draft.years}
        fresh={() => {
          const last = draft.years.at(-1);
          return {
            year: last === undefined ? from.slice(0, 4) : String(Number(last["year"]) + 1),
            amount: last?.["amount"] ?? "",
          };
        }}
        onChange={(years) => onChange({ ...draft, years })}
      />
      {whole !== null && <p className="hint form-wide">In all: {moneyWords(currency, whole, 2)}.</p>}
      <RowsField
        caption="Lines"
        add="Add a line"
        columns={[
          { key: "title", label: "Line", kind: "text", required: true },
          {
            key: "stream",
            label: "Stream",
            kind: "choice",
            options: streams.map((stream) => [stream, stream] as const),
          },
          { key: "purpose", label: "What it is for", kind: "text" },
        ]}
        rows={draft.lines}
        fresh={() => ({ id: "", title: "", stream: "materiel", purpose: "" })}
        onChange={(next) => onChange({ ...draft, lines: next })}
      />
      <RowsField
        caption="Earmarks: money that may be used on some lines alone"
        add="Add an earmark"
        columns={[
          { key: "title", label: "Earmark", kind: "text", required: true },
          {
            key: "lines",
            label: "Lines",
            kind: "text",
            required: true,
            placeholder: lines.map(([id]) => id).join(", "),
          },
        ]}
        rows={draft.earmarks}
        fresh={() => ({ id: "", title: "", lines: lines[0]?.[0] ?? "" })}
        onChange={(earmarks) => onChange({ ...draft, earmarks })}
      />
      <GrantRows
        rows={draft.grants}
        lines={lines}
        currency={currency}
        calls
        fresh={() => grantRow("call", { from, until })}
        onChange={(grants) => onChange({ ...draft, grants })}
      />
      <Decides {...props} />
      <RadioField
        legend="The part of those who abstain constructively"
        name="gap"
        value={gap}
        options={[
          ["others", "is borne by the others"],
          ["open", "stays open"],
        ]}
        onChange={(value) => onChange({ ...draft, fields: { ...draft.fields, gap: value } })}
      />
      <InKind {...props} />
      <Account {...props} />
      <AreaField
        label="What about it is a model, and in force nowhere"
        rows={2}
        hint="Left empty where nothing is."
        {...field("modelled")}
      />
    </>
  );
}

/** Starts from a fund modelled on a public proposal. */
function Models({ book, draft, onChange }: TermsProps) {
  const { model: asked } = useAppSearch();
  const models = (useQuery(fundsQuery(book, undefined)).data?.models ?? []).filter((model) => model.proposal !== null);
  const take = (model: FundModel | undefined) => {
    const terms = termsOf(model?.proposal ?? null);
    if (terms !== null) onChange(draftOfTerms(terms));
  };
  const begun = useRef((draft.fields["title"] ?? "") !== "");
  useEffect(() => {
    // The model that was to be proposed fills the form once, and only while nothing is written in it.
    const model = models.find((one) => one.id === asked);
    if (begun.current || model === undefined) return;
    begun.current = true;
    take(model);
  });
  if (models.length === 0) return null;
  return (
    <SelectField
      className="form-wide"
      label="Start from a model"
      value=""
      none="choose one to fill the fields below…"
      options={models.map((model) => [model.id, model.title] as const)}
      hint="Each is modelled on a public proposal. It writes over what stands below."
      onChange={(id) => take(models.find((model) => model.id === id))}
    />
  );
}

function termsOf(json: string | null): Terms | null {
  try {
    const terms = JSON.parse(json ?? "null") as Terms | null;
    return terms?.kind === "open-fund" ? terms : null;
  } catch {
    return null;
  }
}

function Decides(props: TermsProps) {
  const field = fieldsOf(props);
  const procedures = useQuery(proceduresQuery).data ?? [];
  const options = [...new Map(procedures.map((one) => [one.id, one.title] as const))];
  return (
    <>
      <h4 className="form-wide">By which procedure it is decided later to</h4>
      {later.map((object) => (
        <SelectField
          key={object}
          label={objectWords[object][0].toLowerCase()}
          none="any procedure"
          options={options}
          {...field(`by ${object}`)}
        />
      ))}
    </>
  );
}

function InKind(props: TermsProps) {
  const field = fieldsOf(props);
  const on = field("inKind");
  return (
    <>
      <CheckField
        label="What is given in kind counts against a call"
        checked={on.value !== ""}
        onChange={(checked) => on.onChange(checked ? "yes" : "")}
      />
      {on.value !== "" && (
        <>
          <TextField label="The part of its value" pattern="\d+/\d+" placeholder="1/2" required {...field("part")} />
          <TextField label="To which part of a share" pattern="\d+/\d+" placeholder="1/4" required {...field("most")} />
          <AreaField label="The rule in words" rows={2} required {...field("says")} />
        </>
      )}
    </>
  );
}

function Account(props: TermsProps) {
  const field = fieldsOf(props);
  const on = field("account");
  return (
    <>
      <CheckField
        label="It has a bank account to pay to"
        checked={on.value !== ""}
        onChange={(checked) => on.onChange(checked ? "yes" : "")}
      />
      {on.value !== "" && (
        <>
          <TextField label="Holder" required {...field("holder")} />
          <TextField label="Account number (IBAN)" required {...field("number")} />
          <TextField label="Bank (BIC)" required {...field("bank")} />
        </>
      )}
    </>
  );
}
