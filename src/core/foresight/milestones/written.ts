import { isBindingClass, isStream } from "../../bindingness.ts";
import { MainstayError } from "../../errors.ts";
import { formatDecimal, groupThousands, parseDecimal } from "../../money.ts";
import type { AmountCondition, MilestoneCondition } from "./condition.ts";
import { evidenceKinds, type Evidence, type EvidenceKind } from "./milestone.ts";

/** Decimals of the smallest part of the currencies that a condition is in. */
const scale = 2;

export const conditionForm =
  "amount received EUR 1000000.00 donor=deu fund=harbour-fund stream=finance | need N-001 1/2 | decision harbour-fund";
export const evidenceForm = "source:ID; posting:ID; decision:ID; consignment:ID";

/** A condition in one line, as `readCondition` reads it; empty for none. */
export function conditionText(condition: MilestoneCondition): string {
  switch (condition?.kind) {
    case undefined:
      return "";
    case "decision":
      return `decision ${condition.decision}`;
    case "need":
      return `need ${condition.need} ${condition.share[0]}/${condition.share[1]}`;
    case "amount":
      return [
        "amount",
        condition.class,
        condition.unit,
        formatDecimal(condition.amount, scale),
        ...narrowings.flatMap((name) => (condition[name] === undefined ? [] : [`${name}=${condition[name]}`])),
      ].join(" ");
  }
}

const narrowings = ["donor", "fund", "stream"] as const;

/** What a line of words says; undefined where it is not written as `conditionForm` shows. */
export function readCondition(text: string): MilestoneCondition | undefined {
  const words = text.trim().split(/\s+/);
  const [kind = "", first = "", second = "", ...rest] = words;
  if (kind === "" || text.trim() === "none") return null;
  if (kind === "decision" && words.length === 2) return { kind, decision: first };
  if (kind === "need" && words.length === 3) return readNeed(first, second);
  return kind === "amount" ? readAmount(first, second, rest) : undefined;
}

function readNeed(need: string, share: string): MilestoneCondition | undefined {
  const [, top, bottom] = /^(\d{1,9})\/(\d{1,9})$/.exec(share) ?? [];
  return top === undefined || bottom === undefined
    ? undefined
    : { kind: "need", need, share: [BigInt(top), BigInt(bottom)] };
}

function readAmount(bindingClass: string, unit: string, [amount = "", ...rest]: string[]): AmountCondition | undefined {
  if (!isBindingClass(bindingClass) || !/^\d{1,20}(\.\d{1,2})?$/.test(amount)) return undefined;
  const named = new Map(rest.map((word) => word.split("=") as [string, string | undefined]));
  const [donor, fund, stream] = narrowings.map((name) => named.get(name));
  const known = [...named.keys()].every((name) => (narrowings as readonly string[]).includes(name));
  if (!known || named.size !== rest.length || (stream !== undefined && !isStream(stream))) return undefined;
  return {
    kind: "amount",
    class: bindingClass,
    unit,
    amount: parseDecimal(amount, scale),
    ...(donor === undefined ? {} : { donor }),
    ...(fund === undefined ? {} : { fund }),
    ...(stream === undefined ? {} : { stream }),
  };
}

/** A condition in a sentence for reading; empty for none. */
export function conditionWords(condition: MilestoneCondition): string {
  switch (condition?.kind) {
    case undefined:
      return "";
    case "decision":
      return `The decision ${condition.decision} is taken.`;
    case "need": {
      const [top, bottom] = condition.share;
      const much = top === bottom ? "All" : `${top}/${bottom}`;
      return `${much} of the need ${condition.need} is handed over.`;
    }
    case "amount": {
      const { donor, fund, stream, unit, amount } = condition;
      const whose = [
        donor === undefined ? "" : ` from ${donor}`,
        fund === undefined ? "" : ` through ${fund}`,
        stream === undefined ? "" : ` in ${stream}`,
      ].join("");
      return `At least ${unit} ${groupThousands(formatDecimal(amount, scale))}${whose} is ${condition.class} or further.`;
    }
  }
}

export function evidenceText(evidence: readonly Evidence[]): string {
  return evidence.map(({ kind, id }) => `${kind}:${id}`).join("; ");
}

/** What `evidenceText` wrote; undefined where an entry is not written so. */
export function readEvidence(text: string): Evidence[] | undefined {
  const read = text
    .split(/[;\n]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "")
    .map((entry): Evidence | undefined => {
      const [, kind = "", id = ""] = /^([a-z]+):(\S+)$/.exec(entry) ?? [];
      return isEvidenceKind(kind) ? { kind, id } : undefined;
    });
  return read.includes(undefined) ? undefined : (read as Evidence[]);
}

function isEvidenceKind(text: string): text is EvidenceKind {
  return (evidenceKinds as readonly string[]).includes(text);
}

/** @throws MainstayError parameter_invalid where a line of words is not written as it should be */
export function requireCondition(text: string): MilestoneCondition {
  const read = readCondition(text);
  if (read === undefined)
    throw new MainstayError("parameter_invalid", `${JSON.stringify(text)}, not written as ${conditionForm}`, {
      field: "condition",
    });
  return read;
}

/** @throws MainstayError parameter_invalid, as requireCondition */
export function requireEvidence(text: string): Evidence[] {
  const read = readEvidence(text);
  if (read === undefined)
    throw new MainstayError("parameter_invalid", `${JSON.stringify(text)}, not written as ${evidenceForm}`, {
      field: "evidence",
    });
  return read;
}
