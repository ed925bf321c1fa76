import type { Need, Offer } from "#core/planning/record.ts";
import { amount, day, oneOf, optional, readRows, refuseDoubles, text, type Row } from "./table.ts";

/** The files of stated needs and published commitments, all in one folder. */
export const planningFiles = ["coalitions.csv", "needs.csv", "offers.csv"] as const;

/** Needs and offers as a source published them on a day, and the coalition that looks after a need since a day. */
export type StatedRecord = Readonly<{
  published: string; // the day on which all of it was
  source: string; // the id of a source that the register has
  needs: readonly Need[];
  offers: readonly Offer[];
  coalitions: readonly Readonly<{ need: string; coalition: string; since: string; source: string }>[];
}>;

/** Neither stated: until when what was asked for in 2022 counts as in time, and until when what was given may come. */
const endOf2023 = "2023-12-31";
const dataTo = "3 October 2022";

const needColumns = "id,title,items,quantity,priority,from,until,stated_by,published,source,note".split(",");
const offerColumns =
  "id,giver,item,quantity,name,announced,precision,delivered,unit_price_usd,counted,row,source,note".split(",");
const dayPrecisions = ["day", "by", "month"] as const;

/** @throws MainstayError reference_invalid naming file, row and column */
export function readStated(files: ReadonlyMap<string, string>): StatedRecord {
  const needRows = readRows(files, "needs.csv", needColumns);
  const offerRows = readRows(files, "offers.csv", offerColumns);
  const coalitionRows = readRows(files, "coalitions.csv", ["need", "coalition", "since", "source"]);
  refuseDoubles(needRows, ["id"]);
  refuseDoubles(offerRows, ["id"]);
  refuseDoubles(coalitionRows, ["need"]);
  const needs = needRows.map(needOf);
  const published =
    needRows
      .map((row) => day(row, "published"))
      .toSorted()
      .at(-1) ?? "";
  const sources = [...needRows, ...offerRows].map((row) => text(row, "source"));
  return {
    published,
    source: sources[0] ?? "",
    needs,
    offers: offerRows.map(offerOf),
    coalitions: coalitionRows.map((row) => ({
      need: oneOf(
        row,
        "need",
        needs.map((need) => need.id),
      ),
      coalition: text(row, "coalition"),
      since: day(row, "since"),
      source: text(row, "source"),
    })),
  };
}

function needOf(row: Row): Need {
  const remark = optional(row, "note");
  return {
    id: text(row, "id"),
    title: text(row, "title"),
    accepts: text(row, "items")
      .split(" ")
      .map((item) => ({ item, worthPpm: 1_000_000 })),
    quantity: Number(amount(row, "quantity", 0)),
    priority: Number(amount(row, "priority", 0)),
    from: day(row, "from"),
    until: day(row, "until"),
    place: null,
    package: [],
    coalition: null,
    note: [
      `Stated by ${text(row, "stated_by")} as needed to end the war.`,
      ...(remark === null ? [] : [remark]),
      "No order, day or package was stated: all four count as most urgent, until the end of 2023.",
    ].join(" "),
  };
}

function offerOf(row: Row): Offer {
  const price = optional(row, "unit_price_usd");
  const announced = day(row, "announced");
  return {
    id: text(row, "id"),
    giver: text(row, "giver"),
    title: text(row, "name"),
    item: text(row, "item"),
    quantity: Number(amount(row, "quantity", 0)),
    years: [],
    from: `${announced.slice(0, 7)}-01`,
    until: endOf2023,
    condition: "ready",
    repairDays: 0,
    earmark: null,
    caveat: "",
    excludes: [],
    consent: { state: "none", of: null },
    allOrNothing: false,
    hubs: null,
    valuation:
      price === null
        ? null
        : {
            amount: price,
            currency: "USD",
            method: "unit price as the publisher estimated it",
            source: text(row, "source"),
          },
    coalition: null,
    fund: null,
    note: noteOf(row, announced),
  };
}

function noteOf(row: Row, announced: string): string {
  const delivered = optional(row, "delivered");
  const remark = optional(row, "note");
  const when = {
    day: `announced on ${announced}`,
    by: `announced by ${announced}`,
    month: `announced in ${announced.slice(0, 7)}`,
  };
  const counted = optional(row, "counted");
  return [
    `Row ${text(row, "row")} of MAIN DATA, ${when[oneOf(row, "precision", dayPrecisions)]};`,
    delivered === null ? "what was delivered is not stated." : `${delivered} delivered by ${dataTo}.`,
    ...(counted === "no" ? ["Not in the publisher's own count of this kind."] : []),
    ...(remark === null ? [] : [remark]),
    "No last day was published: it can come until the end of 2023.",
  ].join(" ");
}
