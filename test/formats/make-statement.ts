// Made-up bank statements, built from their parts: nothing of a real bank or account is in them.

export const account = "XX50MAIN0000000000000001";
export const namespace = (version: string) => `urn:iso:std:iso:20022:tech:xsd:camt.053.001.${version}`;

export const amount = (value: string, currency = "EUR") => `<Amt Ccy="${currency}">${value}</Amt>`;

/** A party as versions until 7 write it, or as later ones do. */
export const party = (role: string, name: string, version = "08") =>
  Number(version) < 8 ? `<${role}><Nm>${name}</Nm></${role}>` : `<${role}><Pty><Nm>${name}</Nm></Pty></${role}>`;

export const balance = (code: string, value: string, direction = "CRDT", currency = "EUR") =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>${amount(value, currency)}<CdtDbtInd>${direction}</CdtDbtInd><Dt><Dt>2025-05-02</Dt></Dt></Bal>`;

export type EntryParts = Readonly<{
  reference?: string;
  value?: string;
  direction?: string;
  status?: string;
  booked?: string;
  /** After the direction: RvslInd. */
  reversal?: string;
  /** Everything after the booking date but the reference. */
  rest?: string;
  currency?: string;
}>;

export const entry = ({
  reference = "<AcctSvcrRef>B1</AcctSvcrRef>",
  value = "10.00",
  direction = "<CdtDbtInd>CRDT</CdtDbtInd>",
  status = "<Sts><Cd>BOOK</Cd></Sts>",
  booked = "<BookgDt><Dt>2025-05-02</Dt></BookgDt>",
  reversal = "",
  rest = "",
  currency = "EUR",
}: EntryParts = {}) =>
  `<Ntry>${amount(value, currency)}${direction}${reversal}${status}${booked}${reference}${rest}</Ntry>`;

export const details = (...transactions: readonly string[]) =>
  `<NtryDtls>${transactions.map((one) => `<TxDtls>${one}</TxDtls>`).join("")}</NtryDtls>`;

export type StatementParts = Readonly<{
  id?: string;
  head?: string;
  account?: string;
  balances?: string;
  entries?: string;
}>;

export const statement = ({
  id = "<Id>S1</Id>",
  head = "<CreDtTm>2025-05-03T06:00:00+02:00</CreDtTm>",
  account: holder = `<Acct><Id><IBAN>${account}</IBAN></Id><Ccy>EUR</Ccy></Acct>`,
  balances = "",
  entries = "",
}: StatementParts = {}) => `<Stmt>${id}${head}${holder}${balances}${entries}</Stmt>`;

/** A whole document; a prefix is put on every element. */
export function document(content: string, { version = "08", prefix = "" } = {}): string {
  const header = "<GrpHdr><MsgId>M1</MsgId><CreDtTm>2025-05-03T06:00:00Z</CreDtTm></GrpHdr>";
  const whole = `<Document><BkToCstmrStmt>${header}${content}</BkToCstmrStmt></Document>`;
  if (prefix === "") return whole.replace("<Document>", `<Document xmlns="${namespace(version)}">`);
  return whole
    .replaceAll(/<(\/?)(?=\w)/g, `<$1${prefix}:`)
    .replace(`<${prefix}:Document>`, `<${prefix}:Document xmlns:${prefix}="${namespace(version)}">`);
}
