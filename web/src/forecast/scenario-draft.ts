import { streams } from "../../../src/core/bindingness.ts";
import type { ScenarioChange } from "../../../src/core/foresight/forecast/scenario.ts";
import { readAmount, slugOf } from "../format/written.ts";

/** What the form for a scenario holds, as text, and what is sent of it. What is no number is sent as it is written, for the server to say so. */

export type ChangeKind = ScenarioChange["kind"];
type ChangeField =
  | "giver"
  | "decision"
  | "key"
  | "from"
  | "odds"
  | "title"
  | "replaces"
  | "stream"
  | "expected"
  | "additional"
  | "years"
  | "yearly";
export type ChangeDraft = Readonly<{ kind: ChangeKind } & Record<ChangeField, string>>;

export const kindWords: readonly (readonly [ChangeKind, string])[] = [
  ["giver-leaves", "A giver leaves"],
  ["decision-slips", "A decision slips"],
  ["shares-by-key", "Shares go by a key"],
  ["fund", "A fund is decided"],
];

/** A month as a scenario takes it: 2027-03, or 03 for the next March. */
export const monthPattern = "([12]\\d{3}-)?(0[1-9]|1[0-2])";

export const freshChange: ChangeDraft = {
  kind: "giver-leaves",
  giver: "",
  decision: "",
  key: "",
  from: "",
  odds: "",
  title: "",
  replaces: "",
  stream: streams[0],
  expected: "",
  additional: "30",
  years: "5",
  yearly: "",
};

const numberOf = (text: string) => {
  const read = readAmount(text);
  return read === null ? text : Number(read);
};
/** A per cent as a part of one. */
const partOf = (text: string) => {
  const read = readAmount(text.replace(",", "."));
  return read === null ? text : Number(read) / 100;
};

export function changeOf(draft: ChangeDraft): Readonly<Record<string, unknown>> {
  const { kind, giver, decision, key, from, odds, title, replaces, stream, expected, additional, years, yearly } =
    draft;
  switch (kind) {
    case "giver-leaves":
      return { kind, giver, from };
    case "decision-slips":
      return { kind, decision, to: from, odds: odds.trim() === "" ? null : partOf(odds) };
    case "shares-by-key":
      return { kind, key, from };
    case "fund":
      return {
        kind,
        id: slugOf(title),
        title,
        replaces: replaces === "" ? null : replaces,
        key,
        stream,
        odds: partOf(odds),
        expected,
        additional: partOf(additional),
        from,
        years: numberOf(years),
        yearly: numberOf(yearly),
      };
  }
}
