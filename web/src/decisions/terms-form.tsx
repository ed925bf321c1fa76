import { useQuery } from "@tanstack/react-query";
import type { ObjectKind } from "../../../src/core/decisions/terms.ts";
import type { FundView } from "../../../src/core/views-funds.ts";
import { grouped } from "../format/amounts.ts";
import { useGroups, useParties } from "../frame/hooks.ts";
import { fundQuery, fundsQuery } from "../funds/queries.ts";
import { AmountField, AreaField, SelectField, TextField, type Option } from "../parts/fields.tsx";
import { RowsField } from "../parts/rows-field.tsx";
import { FundForm } from "./fund-form.tsx";
import { GrantRows } from "./grant-rows.tsx";
import { KeyField } from "./key-field.tsx";
import { fieldsOf, grantRow, type Row, type TermsProps } from "./term-draft.ts";

/** What a text would do, by its object, as a form. */
export function TermsForm({ kind, ...props }: TermsProps & Readonly<{ kind: ObjectKind }>) {
  switch (kind) {
    case "open-fund":
      return <FundForm {...props} />;
    case "call":
      return <CallForm {...props} />;
    case "spend":
      return <SpendForm {...props} />;
    case "reallocate":
      return <ReallocateForm {...props} />;
    case "adopt-key":
      return <KeyForm {...props} />;
    case "take-over-format":
      return <TakeOverForm {...props} />;
    case "appoint":
      return <AppointForm {...props} />;
    case "adopt-report":
      return <ReportForm {...props} />;
    case "adopt-plan":
      return <PlanForm {...props} />;
  }
}

function useFund(id: string): FundView | undefined {
  return useQuery({ ...fundQuery(id, undefined), enabled: id !== "" }).data;
}

function FundField({
  book,
  label = "Fund",
  value,
  onChange,
}: Readonly<{ book: string; label?: string; value: string; onChange: (value: string) => void }>) {
  const funds = useQuery(fundsQuery(book, undefined)).data?.funds ?? [];
  return (
    <SelectField
      label={label}
      value={value}
      required
      options={funds.map((fund) => [fund.id, fund.title] as const)}
      hint={funds.length === 0 ? "No fund is open in this book yet." : undefined}
      onChange={onChange}
    />
  );
}

function linesOf(fund: FundView | undefined): readonly Option[] {
  return (fund?.lines ?? []).map((line) => [line.id, line.title] as const);
}

function CallForm(props: TermsProps) {
  const { book, draft, onChange } = props;
  const field = fieldsOf(props);
  const fund = useFund(draft.fields["fund"] ?? "");
  const written = (line: string): Row => draft.lines.find((row) => row["line"] === line) ?? { line, amount: "" };
  const rows = (fund?.lines ?? []).map((line): Row => ({ ...written(line.id), title: line.title }));
  return (
    <>
      <FundField book={book} {...field("fund")} />
      <TextField label="Year" pattern="\d{4}" max={4} required {...field("year")} />
      <TextField label="Instalment" pattern="\d+" max={3} required {...field("instalment")} />
      <TextField label="Of how many" pattern="\d+" max={3} required {...field("instalments")} />
      <TextField label="Due on" type="date" required {...field("dueOn")} />
      <RowsField
        caption={`Called for, by line${fund === undefined ? "" : `, in ${fund.currency}`}`}
        columns={[
          { key: "title", label: "Line", kind: "fixed" },
          { key: "amount", label: "Amount", kind: "amount" },
        ]}
        rows={rows}
        onChange={(lines) => onChange({ ...draft, lines })}
      />
    </>
  );
}

function SpendForm(props: TermsProps) {
  const { book, draft, onChange } = props;
  const field = fieldsOf(props);
  const fund = useFund(draft.fields["fund"] ?? "");
  const period = { from: draft.grants[0]?.["from"] ?? "", until: draft.grants[0]?.["until"] ?? "" };
  return (
    <>
      <FundField book={book} {...field("fund")} />
      <GrantRows
        rows={draft.grants}
        lines={linesOf(fund)}
        currency={fund?.currency}
        fresh={() => grantRow("spend", period)}
        onChange={(grants) => onChange({ ...draft, grants })}
      />
    </>
  );
}

function ReallocateForm(props: TermsProps) {
  const { book, draft } = props;
  const field = fieldsOf(props);
  const from = useFund(draft.fields["fund"] ?? "");
  const to = useFund(draft.fields["toFund"] ?? "");
  const line = from?.lines.find((one) => one.id === draft.fields["line"]);
  return (
    <>
      <FundField book={book} label="From the fund" {...field("fund")} />
      <SelectField
        label="Its line"
        required
        options={linesOf(from)}
        hint={
          line === undefined || from === undefined
            ? undefined
            : `Can spare ${from.currency} ${grouped(line.canSpare)}, free of earmarks and not placed.`
        }
        {...field("line")}
      />
      <FundField book={book} label="To the fund" {...field("toFund")} />
      <SelectField label="Its line" required options={linesOf(to)} {...field("toLine")} />
      <AmountField label={`Amount, ${from?.currency ?? "in its currency"}`} required {...field("amount")} />
      <TextField label="Until" type="date" required {...field("until")} />
      <AreaField label="Reason" rows={2} required {...field("reason")} />
    </>
  );
}

function KeyForm(props: TermsProps) {
  const field = fieldsOf(props);
  return (
    <>
      <FundField book={props.book} {...field("fund")} />
      <KeyField {...field("key")} />
      <TextField label="From" type="date" required {...field("from")} />
    </>
  );
}

function TakeOverForm(props: TermsProps) {
  const field = fieldsOf(props);
  const groups = useGroups().data ?? [];
  const options = groups.map((group) => [group.slug, group.name] as const);
  return (
    <>
      <SelectField label="The group that is taken over" required options={options} {...field("format")} />
      <SelectField label="By" required options={options} {...field("by")} />
      <TextField label="From" type="date" required {...field("from")} />
    </>
  );
}

function AppointForm(props: TermsProps) {
  const field = fieldsOf(props);
  const parties = useParties().data ?? [];
  return (
    <>
      <TextField label="Post" required {...field("post")} />
      <TextField label="Holder" required {...field("holder")} />
      <SelectField
        label="Party of the holder"
        none="none"
        options={parties.map((party) => [party.id, party.name] as const)}
        {...field("party")}
      />
      <TextField label="From" type="date" required {...field("from")} />
      <TextField label="Last day" type="date" hint="Until recalled, where there is none." {...field("until")} />
    </>
  );
}

function PlanForm(props: TermsProps) {
  return (
    <TextField
      className="form-wide"
      label="Plan"
      hint="The name of a plan of this book."
      required
      {...fieldsOf(props)("plan")}
    />
  );
}

function ReportForm(props: TermsProps) {
  const field = fieldsOf(props);
  return (
    <>
      <TextField className="form-wide" label="Report" required {...field("report")} />
      <TextField
        className="form-wide"
        type="url"
        label="Its address, if it has one"
        placeholder="https://"
        {...field("address")}
      />
    </>
  );
}
