import type { ErrorPlace } from "#core/errors.ts";
import { accountIn, referenceIn } from "./parts.ts";
import { oneLine } from "./values.ts";
import { elementAt, elementsAt, textAt, type XmlElement } from "./xml.ts";

/** A transaction of an entry (TxDtls), before it is known how much of the entry it is. */
export type Details = Readonly<{
  /** Its own amount, when it states one, and its own direction. */
  amount: XmlElement | undefined;
  direction: XmlElement | undefined;
  debtor: Party;
  creditor: Party;
  structured: readonly string[];
  endToEndId: string | null;
  remittance: string;
  additional: string;
  line: number;
}>;

export type Party = Readonly<{ name: string | null; account: string | null }>;

/**
 * A transaction's details. Versions until 7 keep a party's name beside its role, later ones below Pty.
 * @throws MainstayError statement_element_invalid
 */
export function detailsOf(element: XmlElement, file: string): Details {
  const at = { file, row: element.line, field: "TxDtls" };
  const remittance = elementAt(element, "RmtInf");
  const free = remittance === undefined ? [] : elementsAt(remittance, "Ustrd");
  const further = remittance === undefined ? [] : elementsAt(remittance, "Strd", "AddtlRmtInf");
  const references = remittance === undefined ? [] : elementsAt(remittance, "Strd", "CdtrRefInf", "Ref");
  return {
    amount: elementAt(element, "Amt") ?? elementAt(element, "AmtDtls", "TxAmt", "Amt"),
    direction: elementAt(element, "CdtDbtInd"),
    debtor: partyOf(element, "Dbtr", at),
    creditor: partyOf(element, "Cdtr", at),
    structured: references.flatMap((reference) => referenceIn(reference, at) ?? []),
    endToEndId: referenceIn(elementAt(element, "Refs", "EndToEndId"), at),
    remittance: oneLine([...free, ...further].map(({ text }) => text).join(" ")),
    additional: oneLine(textAt(element, "AddtlTxInf") ?? ""),
    line: element.line,
  };
}

function partyOf(element: XmlElement, role: "Dbtr" | "Cdtr", at: ErrorPlace): Party {
  const parties = elementAt(element, "RltdPties");
  if (parties === undefined) return { name: null, account: null };
  const named = (path: string) => textAt(parties, path, "Pty", "Nm") ?? textAt(parties, path, "Nm");
  const name = named(role) ?? named(`Ultmt${role}`);
  const account = elementAt(parties, `${role}Acct`);
  return {
    name: name === null ? null : oneLine(name),
    account: account === undefined ? null : accountIn(account, at),
  };
}
