import { isCounted } from "../../../src/core/delivery/counted.ts";
import { isStream } from "../../../src/core/bindingness.ts";
import type { FundTerms, Grant, InKindRule, ObjectKind, Terms } from "../../../src/core/decisions/terms.ts";
import { proposalObjects } from "../../../src/core/decisions/terms.ts";
import { readAmount, slugOf, writtenAmount } from "../format/written.ts";

/** Terms as a form holds them: everything as it is written. */
export type Row = Readonly<Record<string, string>>;
export type TermDraft = Readonly<{
  fields: Row;
  years: readonly Row[];
  lines: readonly Row[];
  earmarks: readonly Row[];
  grants: readonly Row[];
}>;

export type TermsProps = Readonly<{
  book: string;
  draft: TermDraft;
  onChange: (draft: TermDraft) => void;
}>;

/** Reads and writes the single fields of a draft. */
export function fieldsOf({ draft, onChange }: Pick<TermsProps, "draft" | "onChange">) {
  return (name: string) => ({
    value: draft.fields[name] ?? "",
    onChange: (value: string) => onChange({ ...draft, fields: { ...draft.fields, [name]: value } }),
  });
}

const empty: TermDraft = { fields: {}, years: [], lines: [], earmarks: [], grants: [] };

/** What a form starts with for an object of which nothing is written yet. `today` as YYYY-MM-DD. */
export function freshDraft(kind: ObjectKind, fund: string, today: string): TermDraft {
  const year = Number(today.slice(0, 4)) + 1;
  const period = { from: `${year}-01-01`, until: `${year}-12-31` };
  switch (kind) {
    case "open-fund":
      return {
        ...empty,
        fields: { currency: "EUR", ...period, gap: "others" },
        years: [{ year: String(year), amount: "" }],
        lines: [{ id: "", title: "", stream: "materiel", purpose: "" }],
      };
    case "spend":
      return { ...empty, fields: { fund }, grants: [grantRow("spend", period)] };
    case "call":
      return { ...empty, fields: { fund, year: String(year), instalment: "1", instalments: "1" } };
    case "reallocate":
      return { ...empty, fields: { fund, toFund: fund } };
    case "adopt-key":
      return { ...empty, fields: { fund } };
    case "take-over-format":
    case "appoint":
    case "adopt-report":
    case "adopt-plan":
      return empty;
  }
}

export function grantRow(kind: Grant["kind"], { from, until }: Readonly<{ from: string; until: string }>): Row {
  return { kind, line: "", amount: "", from, until, purpose: "" };
}

/** Terms for changing them. */
export function draftOfTerms(terms: Terms): TermDraft {
  switch (terms.kind) {
    case "open-fund":
      return draftOfFund(terms.fund, terms.grants);
    case "adopt-key":
      return { ...empty, fields: { fund: terms.fund, key: terms.key, from: terms.from } };
    case "call":
      return {
        ...empty,
        fields: {
          fund: terms.fund,
          year: String(terms.year),
          instalment: String(terms.instalment),
          instalments: String(terms.instalments),
          dueOn: terms.dueOn,
        },
        lines: terms.lines.map(({ line, amount }) => ({ line, amount: writtenAmount(amount) })),
      };
    case "spend":
      return { ...empty, fields: { fund: terms.fund }, grants: terms.grants.map(rowOfGrant) };
    case "reallocate":
      return {
        ...empty,
        fields: {
          fund: terms.from.fund,
          line: terms.from.line,
          toFund: terms.to.fund,
          toLine: terms.to.line,
          amount: writtenAmount(terms.amount),
          until: terms.until,
          reason: terms.reason,
        },
      };
    case "take-over-format":
      return { ...empty, fields: { format: terms.format, by: terms.by, from: terms.from } };
    case "appoint": {
      const { post, holder, party, from, until } = terms;
      return { ...empty, fields: { post, holder, party: party ?? "", from, until: until ?? "" } };
    }
    case "adopt-report":
      return { ...empty, fields: { report: terms.report, address: terms.address ?? "" } };
    case "adopt-plan":
      return { ...empty, fields: { plan: terms.plan } };
  }
}

function draftOfFund(fund: FundTerms, grants: readonly Grant[]): TermDraft {
  const { id, title, currency, members, from, until, key, gap, inKind, account, modelled, delivered } = fund;
  return {
    fields: {
      id,
      title,
      currency,
      members,
      from,
      until,
      key,
      gap,
      modelled: modelled ?? "",
      ...(delivered === undefined ? {} : { delivered }),
      ...(inKind === null ? {} : { inKind: "yes", part: inKind.part, most: inKind.most, says: inKind.says }),
      ...(account === null ? {} : { account: "yes", ...account }),
      ...Object.fromEntries(Object.entries(fund.decides).map(([object, by]) => [`by ${object}`, by])),
    },
    years: fund.years.map(({ year, amount }) => ({ year: String(year), amount: writtenAmount(amount) })),
    lines: fund.lines.map((line) => ({ ...line })),
    earmarks: fund.earmarks.map((one) => ({ id: one.id, title: one.title, lines: one.lines.join(", ") })),
    grants: grants.map(rowOfGrant),
  };
}

function streamOf(row: Row): FundTerms["lines"][number]["stream"] {
  const stream = row["stream"] ?? "";
  return isStream(stream) ? stream : "finance";
}

function rowOfGrant({ kind, line, amount, from, until, purpose }: Grant): Row {
  return { kind, line: line ?? "", amount: writtenAmount(amount), from, until, purpose };
}

/** The terms that a form says. What the server cannot read of them it refuses by name. */
export function termsOfDraft(kind: ObjectKind, draft: TermDraft): Terms {
  const { fields } = draft;
  const text = (name: string) => (fields[name] ?? "").trim();
  switch (kind) {
    case "open-fund":
      return { kind, fund: fundOf(draft, text), grants: draft.grants.map(grantOf) };
    case "adopt-key":
      return { kind, fund: text("fund"), key: text("key"), from: text("from") };
    case "call":
      return {
        kind,
        fund: text("fund"),
        year: Number(text("year")),
        instalment: Number(text("instalment")),
        instalments: Number(text("instalments")),
        lines: draft.lines
          .filter((row) => (row["amount"] ?? "").trim() !== "")
          .map((row) => ({ line: row["line"] ?? "", amount: amountOf(row) })),
        dueOn: text("dueOn"),
      };
    case "spend":
      return { kind, fund: text("fund"), grants: draft.grants.map(grantOf) };
    case "reallocate":
      return {
        kind,
        from: { fund: text("fund"), line: text("line") },
        to: { fund: text("toFund"), line: text("toLine") },
        amount: amountOf(fields),
        until: text("until"),
        reason: text("reason"),
      };
    case "take-over-format":
      return { kind, format: text("format"), by: text("by"), from: text("from") };
    case "appoint":
      return {
        kind,
        post: text("post"),
        holder: text("holder"),
        party: text("party") || null,
        from: text("from"),
        until: text("until") || null,
      };
    case "adopt-report":
      return { kind, report: text("report"), address: text("address") || null };
    case "adopt-plan":
      return { kind, plan: text("plan") };
  }
}

function fundOf(draft: TermDraft, text: (name: string) => string): FundTerms {
  const decides = proposalObjects.flatMap((object) => {
    const by = text(`by ${object}`);
    return by === "" ? [] : [[object, by] as const];
  });
  const inKind: InKindRule = { part: text("part"), most: text("most"), says: text("says") };
  const gap = text("gap") === "open" ? "open" : "others";
  const delivered = text("delivered");
  return {
    id: text("id") || slugOf(text("title")),
    title: text("title"),
    currency: text("currency").toUpperCase(),
    members: text("members"),
    from: text("from"),
    until: text("until"),
    years: draft.years.map((row) => ({ year: Number(row["year"]), amount: amountOf(row) })),
    lines: draft.lines.map((row) => ({ ...named(row), stream: streamOf(row), purpose: row["purpose"] ?? "" })),
    earmarks: draft.earmarks.map((row) => ({
      ...named(row),
      lines: (row["lines"] ?? "").split(/[\s,;]+/).filter((line) => line !== ""),
    })),
    key: text("key"),
    decides: Object.fromEntries(decides),
    gap,
    inKind: text("inKind") === "" ? null : inKind,
    account: text("account") === "" ? null : { holder: text("holder"), number: text("number"), bank: text("bank") },
    modelled: text("modelled") || null,
    ...(isCounted(delivered) ? { delivered } : {}),
  };
}

function named(row: Row): Readonly<{ id: string; title: string }> {
  const title = (row["title"] ?? "").trim();
  return { id: (row["id"] ?? "").trim() || slugOf(title), title };
}

function grantOf(row: Row): Grant {
  return {
    kind: row["kind"] === "call" ? "call" : "spend",
    line: row["line"] || null,
    amount: amountOf(row),
    from: row["from"] ?? "",
    until: row["until"] ?? "",
    purpose: row["purpose"] ?? "",
  };
}

function amountOf(row: Row): string {
  const written = row["amount"] ?? "";
  return readAmount(written) ?? written;
}
