import { countedMeanings } from "../delivery/counted.ts";
import { modelledWords } from "../modelled.ts";
import { groupThousands } from "../money.ts";
import type { FundTerms, Grant, Terms } from "./terms.ts";

/** What terms would do once adopted, in sentences without their ends. */
export function termsWords(terms: Terms): readonly string[] {
  switch (terms.kind) {
    case "open-fund":
      return fundWords(terms.fund).concat(terms.grants.map((grant) => grantWords(grant, terms.fund.currency)));
    case "adopt-key":
      return [`Bring the key ${keyName(terms.key)} into force for the fund ${terms.fund} from ${terms.from}`];
    case "call":
      return [
        `Call on the members of the fund ${terms.fund} for ${terms.year}, instalment ${terms.instalment} of ${terms.instalments}, due on ${terms.dueOn}`,
        ...terms.lines.map(({ line, amount }) => `For the line ${line}: ${groupThousands(amount)}`),
      ];
    case "spend":
      return terms.grants.map((grant) => `${grantWords(grant, null)} of the fund ${terms.fund}`);
    case "reallocate":
      return [
        `Move ${groupThousands(terms.amount)} from ${terms.from.fund}/${terms.from.line} to ${terms.to.fund}/${terms.to.line} until ${terms.until}: ${terms.reason}`,
      ];
    case "take-over-format":
      return [`Bring the group ${terms.format} under ${terms.by} from ${terms.from}`];
    case "appoint": {
      const until = terms.until === null ? "" : ` to ${terms.until}`;
      const party = terms.party === null ? "" : ` (${terms.party})`;
      return [`Appoint ${terms.holder}${party} as ${terms.post} from ${terms.from}${until}`];
    }
    case "adopt-report":
      return [`Adopt ${terms.report}${terms.address === null ? "" : `, ${terms.address}`}`];
    case "adopt-plan":
      return [`Adopt the plan ${terms.plan}: all of it that is not placed yet is placed`];
  }
}

function fundWords(fund: FundTerms): string[] {
  const years = fund.years.map(({ year, amount }) => `${year}: ${groupThousands(amount)}`).join(", ");
  const gap = fund.gap === "others" ? "is borne by the others" : "stays open";
  return [
    `Open the fund ${fund.id}, ${fund.title}, of ${fund.members} from ${fund.from} to ${fund.until}, shared by the key ${keyName(fund.key)}`,
    `Its envelope in ${fund.currency}: ${years}`,
    ...fund.lines.map(({ id, title }) => `Line ${id}: ${title}`),
    ...fund.earmarks.map(({ id, title, lines }) => `Earmark ${id}: ${title}, for ${lines.join(", ")}`),
    ...Object.entries(fund.decides).map(([object, procedure]) => `Decides ${object} by ${procedure}`),
    `The part of who abstains constructively ${gap}`,
    ...(fund.delivered === undefined ? [] : [`Delivered is ${countedMeanings[fund.delivered]}`]),
    ...(fund.modelled === null ? [] : [modelledWords(fund.modelled)]),
  ];
}

function grantWords({ kind, line, amount, from, until, purpose }: Grant, currency: string | null): string {
  const money = `${currency === null ? "" : `${currency} `}${groupThousands(amount)}`;
  return `Allow to ${kind} up to ${money}, ${line === null ? "any line" : `line ${line}`}, from ${from} to ${until}: ${purpose}`;
}

/** A key is named by its id; of one given whole, that is in its text. */
function keyName(key: string): string {
  return key.trimStart().startsWith("{") ? (/"id"\s*:\s*"([^"]*)"/.exec(key)?.[1] ?? "given with it") : key;
}
