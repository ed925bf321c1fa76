import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { totals } from "#app/totals.ts";
import type { Database } from "#store/database.ts";
import { openRecord } from "../support/record.ts";

let record: { db: Database; close: () => Promise<void> };
beforeAll(async () => {
  record = await openRecord();
});
afterAll(() => record.close());

const bank = "EU (Commission and Council), Financial";
const slovenia = "Slovenia, Humanitarian";

describe("where the publisher prints otherwise is told beside the figures that it concerns", () => {
  test.each([
    ["every giver", {}, [bank, slovenia]],
    ["a giver of whom nothing differs", { donor: "Poland" }, []],
    ["a giver of whom something differs", { donor: "Slovenia" }, [slovenia]],
    ["another category", { category: "Military" }, []],
    ["nations", { boundary: "nations" }, [slovenia]],
    ["organisations", { boundary: "organisations" }, [bank]],
    ["a group", { boundary: "group:nato" }, [slovenia]],
    ["a group that neither is in", { boundary: "group:nordic-baltic-eight" }, []],
    ["a day before the release", { knownAt: "2022-10-31", class: "bound" }, []],
  ])("%s", async (_, question, expected) => {
    const figure = await totals(record.db, { book: "worked-case", by: ["donor"], class: "placed", ...question });
    expect(figure.differences.map(({ donor, category }) => `${donor}, ${category}`)).toEqual(expected);
  });
});
