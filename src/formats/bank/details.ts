import { accountAt, referenceAt } from "./parts.ts";
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

/** A transaction's details. Versions until 7 keep a party's name beside its role, later ones below Pty. */
export function detailsOf(element: XmlElement): Details {
  const remittance = elementAt(element, "RmtInf");
  const free = remittance === undefined ? [] : elementsAt(remittance, "Ustrd");
  const further = remittance === undefined ? [] : elementsAt(remittance, "Strd", "AddtlRmtInf");
  const references = remittance === undefined ? [] : elementsAt(remittance, "Strd", "CdtrRefInf", "Ref");
  return {
    amount: elementAt(element, "Amt") ?? elementAt(element, "AmtDtls", "TxAmt", "Amt"),
    direction: elementAt(element, "CdtDbtInd"),
    debtor: partyOf(element, "Dbtr"),
    creditor: partyOf(element, "Cdtr"),
    structured: references.map(({ text }) => oneLine(text)).filter((text) => text !== ""),
    endToEndId: referenceAt(element, "Refs", "EndToEndId"),
    remittance: oneLine([...free, ...further].map(({ text }) => text).join(" ")),
    additional: oneLine(textAt(element, "AddtlTxInf") ?? ""),
    line: element.line,
  };
}

function partyOf(element: XmlElement, role: "Dbtr" | "Cdtr"): Party {
  const parties = elementAt(element, "RltdPties");
  if (parties === undefined) return { name: null, account: null };
  const named = (path: string) => textAt(parties, path, "Pty", "Nm") ?? textAt(parties, path, "Nm");
  const name = named(role) ?? named(`Ultmt${role}`);
  return { name: name === null ? null : oneLine(name), account: accountAt(parties, `${role}Acct`) };
}
