import { readFile, readdir } from "node:fs/promises";
import type { Key, WorkedFund } from "#core/burden/key.ts";
import { percentText, ratioText } from "#core/burden/ratio.ts";
import { MainstayError } from "#core/errors.ts";
import { formatDecimal } from "#core/money.ts";
import type { Keys, KeyView, WorkedFundView } from "#core/views-governed.ts";
import { readKey, readWorkedFund } from "#formats/keys/read.ts";
import { decodeText } from "#formats/text/decode.ts";
import type { Queries } from "#store/database.ts";
import { listParties } from "#store/parties.ts";
import { groupExists } from "#store/register.ts";

const folder = new URL("../../policies/keys/", import.meta.url);

/** The keys and worked funds at hand, by id. */
export type Shelf = Readonly<{ keys: ReadonlyMap<string, Key>; funds: readonly WorkedFund[] }>;

/** Those that come with the program, read afresh; with `own`, also the keys in these texts, which stand in for shipped ones of the same id. */
export async function openShelf(own: readonly Readonly<{ name: string; text: string }>[] = []): Promise<Shelf> {
  const [keys, funds] = await Promise.all([textsIn(folder), textsIn(new URL("funds/", folder))]);
  const read = [...keys, ...own].map(({ name, text }) => readKey(text, name));
  return {
    keys: new Map(read.map((key) => [key.id, key])),
    funds: funds.map(({ name, text }) => readWorkedFund(text, name)),
  };
}

async function textsIn(place: URL): Promise<{ name: string; text: string }[]> {
  const names = (await readdir(place)).filter((name) => name.endsWith(".json")).sort();
  return Promise.all(names.map(async (name) => ({ name, text: await readFile(new URL(name, place), "utf8") })));
}

/** @throws MainstayError unknown_key */
export function keyOn(shelf: Shelf, id: string): Key {
  const key = shelf.keys.get(id);
  if (key === undefined) throw new MainstayError("unknown_key", JSON.stringify(id), { field: "key" });
  return key;
}

/**
 * The whole text of a key: of a shipped one by its id, or one of its own, checked.
 * @throws MainstayError unknown_key, key_invalid, share_table_must_sum_to_one
 */
export async function keyTextOf(idOrText: string): Promise<string> {
  if (idOrText.trimStart().startsWith("{")) {
    readKey(idOrText, "key");
    return idOrText;
  }
  const shipped = (await textsIn(folder)).find(({ name, text }) => readKey(text, name).id === idOrText);
  if (shipped === undefined) throw new MainstayError("unknown_key", JSON.stringify(idOrText), { field: "key" });
  return shipped.text;
}

/** Every key and worked fund. */
export async function keys(): Promise<Keys> {
  const shelf = await openShelf();
  return { keys: [...shelf.keys.values()].map(keyView), funds: shelf.funds.map(fundView) };
}

/** @throws MainstayError unknown_key */
export async function key(id: string): Promise<KeyView> {
  return keyView(keyOn(await openShelf(), id));
}

/**
 * A key of one's own, from its file. Whether the record knows its parties is another question: `refuseStrangers`.
 * @throws MainstayError key_invalid, share_table_must_sum_to_one, and those of decodeText
 */
export function ownKey(bytes: Uint8Array, fileName: string): { key: Key; text: string } {
  const text = decodeText(bytes, { fileName });
  return { key: readKey(text, fileName), text };
}

/**
 * Refuses a key that shares between parties, or among the members of a group, that the record does not know.
 * @throws MainstayError unknown_party naming all of them, unknown_group
 */
export async function refuseStrangers(db: Queries, { rule, members }: Key, file?: string): Promise<void> {
  if (members !== null && !(await groupExists(db, members)))
    throw new MainstayError("unknown_group", JSON.stringify(members), { file, field: "members" });
  if (rule.kind !== "table") return;
  const known = new Set((await listParties(db, {})).map((party) => party.id));
  const strangers = [...rule.shares.keys()].filter((party) => !known.has(party));
  if (strangers.length === 0) return;
  const found = strangers.map((party) => JSON.stringify(party)).join(", ");
  const field = strangers.length === 1 ? `shares.${strangers[0]}` : "shares";
  throw new MainstayError("unknown_party", found, { file, field });
}

/** A key as it is shown. */
export function keyView({ rule, ...rest }: Key): KeyView {
  if (rule.kind === "table") {
    const shares = [...rule.shares].map(([party, share]) => ({
      party,
      share: ratioText(share),
      percent: percentText(share),
    }));
    return { ...rest, kind: "table", shares, formula: null };
  }
  const { weights, years, unknown, discount, redistribute } = rule;
  const formula: KeyView["formula"] = {
    weights: weights.map(({ indicator, weight }) => ({ indicator, weight: ratioText(weight) })),
    years,
    unknown,
    redistribute,
    discount:
      discount === null
        ? null
        : {
            gradient: ratioText(discount.gradient),
            threshold: discount.threshold === "average" ? "average" : formatDecimal(discount.threshold, 2),
            borneBy: discount.borneBy,
          },
    equalPart: ratioText(rule.equalPart),
    floor: ratioText(rule.floor),
    ceiling: ratioText(rule.ceiling),
  };
  return { ...rest, kind: "formula", shares: null, formula };
}

function fundView(fund: WorkedFund): WorkedFundView {
  return { ...fund, years: fund.years.map(({ year, amount }) => ({ year, amount: formatDecimal(amount, 2) })) };
}
