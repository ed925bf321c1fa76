import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseDecimal } from "../../src/core/money.ts";
import { readCsvTable } from "../../src/formats/text/csv.ts";
import { openWorkbook } from "../../src/formats/xlsx/workbook.ts";
import { hasReal, realBytes } from "../formats/real-data.ts";
import { reference, referenceTexts } from "./files.ts";

type Cells = Readonly<Record<string, string>>;

/** A real CSV's rows by column. */
async function rowsOf(path: string): Promise<readonly Cells[]> {
  const { rows } = await readCsvTable(realBytes(path), { fileName: path });
  const [header = [], ...rest] = rows;
  return rest.map((row) => Object.fromEntries(header.map((name, at) => [name, row[at] ?? ""])));
}

const partyOf = new Map(
  reference.parties.flatMap((party) =>
    [party.name, ...party.aliases.map((one) => one.alias)].map((name) => [name, party.id]),
  ),
);
const party = (name: string) => partyOf.get(name) ?? `unknown: ${name}`;
const near = (left: bigint, right: bigint, tolerance: bigint) => left - right <= tolerance && right - left <= tolerance;
/** EUR billion as printed, in millionths of a euro. */
const billion = (cell: string) => parseDecimal(cell === "" ? "0" : cell, 15);

/** Our totals rows as text: "donor category class period" to millionths. */
function ours(release: string): Map<string, bigint> {
  const [, ...lines] = (referenceTexts().get("totals.csv") ?? "").trim().split("\n");
  const cells = lines.map((line) => line.split(",")).filter(([id]) => id === release);
  return new Map(
    cells.map(([, donor, category, name, period, amount]) => [
      `${donor} ${category} ${name} ${period}`,
      parseDecimal(amount ?? "", 6),
    ]),
  );
}

/** The keys at which two sets of figures are more than the tolerance apart; what is missing counts as zero. */
function apart(left: ReadonlyMap<string, bigint>, right: ReadonlyMap<string, bigint>, tolerance: bigint): string[] {
  return [...new Set([...left.keys(), ...right.keys()])]
    .filter((key) => !near(left.get(key) ?? 0n, right.get(key) ?? 0n, tolerance))
    .sort();
}

function add(totals: Map<string, bigint>, key: string, value: bigint): void {
  totals.set(key, (totals.get(key) ?? 0n) + value);
}

const release7 = "kiel/ust-release-07.xlsx";
describe.skipIf(!hasReal(release7))("release 7, the workbook's own sheets", () => {
  const sheet = async (part: string) => {
    const book = await openWorkbook(realBytes(release7), { fileName: release7 });
    return (await book.readTable(book.sheetNames.find((name) => name.includes(part)) ?? part)).rows;
  };

  test("the totals are the country summary, and the bank and the peace facility the group sheet", async () => {
    const printed = new Map<string, bigint>();
    const summary = await sheet("Country Summary");
    const first = summary.findIndex((row) => row.includes("Australia"));
    const last = summary.findIndex((row) => row[1] === "Total");
    for (const row of summary.slice(first, last)) {
      for (const [category, column] of [
        ["Financial", 3],
        ["Humanitarian", 4],
        ["Military", 5],
      ] as const) {
        add(printed, `${party(row[1] ?? "")} ${category} bound 2022-10-03`, billion(row[column] ?? ""));
      }
    }
    expect(last - first).toBe(41);
    for (const row of (await sheet("Aggregates")).filter((cells) =>
      ["European Peace Facility", "European Investment Bank"].includes(cells[1] ?? ""),
    )) {
      for (const [category, column] of [
        ["Financial", 2],
        ["Humanitarian", 3],
        ["Military", 4],
      ] as const) {
        add(printed, `${party(row[1] ?? "")} ${category} bound 2022-10-03`, billion(row[column] ?? ""));
      }
    }
    expect(apart(ours("release-7"), printed, 1n)).toEqual([]);
  });

  test("budget support is figure 8, needs are figure 7", async () => {
    const figure = (await sheet("Figure 8")).filter((row) => partyOf.has(row[1] ?? "") && row[2] !== "");
    const mine = reference.budgetSupport.filter((row) => row.release === "release-7-budget-support");
    expect(mine.map((row) => [row.donor, row.committed, row.disbursed])).toEqual(
      figure.map((row) => [party(row[1] ?? ""), billion(row[2] ?? ""), billion(row[3] ?? "")]),
    );

    const gap = await sheet("Figure 7");
    const line = (label: string) =>
      gap
        .find((row) => (row[1] ?? "").startsWith(label))
        ?.slice(2, 6)
        .filter((cell) => cell !== ".")
        .map(BigInt);
    const quantities = (measure: string) =>
      reference.needs.filter((need) => need.measure === measure).map((need) => need.quantity);
    const measures = {
      "needed to end the war": 'Ukraine needs ("to end war")',
      "needed to counterattack": 'Ukraine needs ("to counterattack")',
      committed: "Committed",
      delivered: "Delivered",
      "to be delivered": "To be delivered",
    };
    const printed = Object.fromEntries(Object.entries(measures).map(([measure, label]) => [measure, line(label)]));
    expect(Object.fromEntries(Object.keys(measures).map((measure) => [measure, quantities(measure)]))).toEqual(printed);
  });
});

describe.each([
  ["kiel/ust-main-2023-01-09.utf16.csv", "as-retrieved-2023-01-09"],
  ["kiel/ust-main-2023-09-21.utf16.csv", "as-retrieved-2023-09-21"],
])("%s", (path, release) => {
  test.skipIf(!hasReal(path))("the totals are the sums of the main data, to the last dated row", async () => {
    const sums = new Map<string, bigint>();
    let last = "";
    const retrieved = release.slice(-10);
    const rows = await rowsOf(path);
    for (const row of rows) {
      const announced = (row["Announcement Date"] ?? "").slice(0, 10);
      if (/^202\d-/.test(announced) && announced <= retrieved && announced > last) last = announced;
    }
    for (const row of rows) {
      const value = (row["Converted Value in EUR"] ?? "").trim();
      if (!/\d/.test(value)) continue;
      add(
        sums,
        `${party(row["countries"] ?? row["Countries"] ?? "")} ${(row["Type of Aid General"] ?? "").trim()} bound ${last}`,
        parseDecimal(value, 12),
      );
    }
    const rounded = new Map([...sums].map(([key, value]) => [key, (value + 500_000n) / 1_000_000n]));
    expect(apart(ours(release), rounded, 1n)).toEqual([]);
    expect(reference.releases.find((one) => one.id === release)?.dataTo).toBe(last);
  });
});

const folder28 = "kiel/release-28-normalised";
describe.skipIf(!hasReal(`${folder28}/country_summary.csv`))("release 28", () => {
  const categories = ["Military", "Financial", "Humanitarian"];
  const measures = [
    ["placed", "allocation"],
    ["bound", "commitment"],
  ] as const;

  test("the years are those of the summary by year; what is undated makes up the country summary", async () => {
    const printed = new Map<string, bigint>();
    const years = await rowsOf(`${folder28}/country_summary_aar.csv`);
    const summary = await rowsOf(`${folder28}/country_summary.csv`);
    const cells = (row: Cells, take: (key: string, value: bigint) => void) => {
      for (const category of categories)
        for (const [name, column] of measures)
          take(
            `${party(row["land"] ?? "")} ${category} ${name}`,
            billion(row[`${category.toLowerCase()}_${column}`] ?? ""),
          );
    };
    for (const row of years) cells(row, (key, value) => add(printed, `${key} ${row["aar"]}`, value));
    for (const row of summary) {
      cells(row, (key, value) => {
        const dated = [...printed]
          .filter(([one]) => one.startsWith(`${key} 2`))
          .reduce((left, [, one]) => left + one, 0n);
        const rest = value - dated;
        if (rest > 1_000n && !key.startsWith("eu ")) add(printed, `${key} undated`, rest);
      });
    }
    const rows = await rowsOf(`${folder28}/bilateral_activities.csv`);
    const slovenia = rows.filter(
      (row) =>
        row["giver"] === "Slovenia" &&
        row["kategori"] === "Humanitarian" &&
        row["maaned_nr"] === "0" &&
        row["maal"] === "Allocation",
    );
    add(
      printed,
      "svn Humanitarian placed undated",
      slovenia.reduce((left, row) => left + parseDecimal(row["verdi_eur_redistr"] ?? "", 6), 0n),
    );
    // A few hundred-thousandths of a euro: the years are made to add up to the printed total, which carries more digits.
    expect(apart(ours("release-28"), printed, 60n)).toEqual([]);
  });

  test("the printed totals are the country summary", async () => {
    const printed = new Map<string, bigint>();
    for (const row of await rowsOf(`${folder28}/country_summary.csv`)) {
      for (const category of categories)
        for (const [name, column] of measures)
          add(
            printed,
            `${party(row["land"] ?? "")} ${category} ${name}`,
            billion(row[`${category.toLowerCase()}_${column}`] ?? ""),
          );
    }
    const mine = new Map(
      reference.publishedTotals
        .filter((one) => one.release === "release-28")
        .map((one) => [`${one.donor} ${one.category} ${one.class}`, one.amount]),
    );
    expect(apart(mine, printed, 1n)).toEqual([]);
  });

  test("disbursements are the months of each year together", async () => {
    const printed = new Map<string, bigint>();
    for (const row of await rowsOf(`${folder28}/financial_disbursements.csv`))
      add(printed, `${party(row["giver"] ?? "")} ${row["aar"]}`, billion(row["verdi_eur_mrd"] ?? ""));
    const mine = new Map(
      reference.budgetSupport
        .filter((row) => row.release.startsWith("release-28"))
        .map((row) => [`${row.donor} ${row.period}`, row.disbursed]),
    );
    expect(apart(mine, printed, 20n)).toEqual([]);
  });
});

describe.skipIf(!hasReal("reference/gdp.csv"))("the register", () => {
  test("GDP and population are the World Bank's, rounded to the whole; none left out but what it lacks", async () => {
    const bank = new Map<string, bigint>();
    const codes = new Map(reference.parties.map((one) => [one.id === "eu" ? "EUU" : (one.iso3 ?? ""), one.id]));
    for (const [name, path] of [
      ["gdp", "reference/gdp.csv"],
      ["population", "reference/population.csv"],
    ] as const) {
      for (const row of await rowsOf(path)) {
        const id = codes.get(row["Country Code"] ?? "");
        if (id !== undefined && /^202[1-4]$/.test(row["Year"] ?? ""))
          bank.set(`${id} ${name} ${row["Year"]}`, parseDecimal(row["Value"] ?? "", 0));
      }
    }
    const mine = new Map(reference.indicators.map((one) => [`${one.party} ${one.indicator} ${one.year}`, one.value]));
    expect(apart(mine, bank, 0n)).toEqual([]);
    expect(mine.size).toBeGreaterThan(380);
  });

  test("codes and sub-regions are those of M49 and ISO 3166", async () => {
    const table = new Map((await rowsOf("reference/UNSD-M49-en.csv")).map((row) => [row["ISO-alpha3 Code"], row]));
    const nations = reference.parties.filter((one) => one.kind === "nation" && one.id !== "xkx");
    const regionsOf = (id: string) =>
      reference.groups
        .filter((group) => group.source === "un-m49" && group.members.some((one) => one.party === id))
        .map((group) => group.name);
    const printed = nations.map((nation) => table.get(nation.iso3 ?? ""));
    expect(nations.map((nation) => [nation.iso2, nation.m49])).toEqual(
      printed.map((row) => [row?.["ISO-alpha2 Code"], row?.["M49 Code"]?.padStart(3, "0")]),
    );
    expect(nations.map((nation) => regionsOf(nation.id))).toEqual(
      printed.map((row) => (row?.["ISO-alpha3 Code"] === "TWN" ? [] : [row?.["Sub-region Name"]])),
    );
  });

  test("every giver named in the tracker's files is in the register", async () => {
    const names = new Set<string>();
    for (const [path, column] of [
      ["kiel/ust-main-2023-01-09.utf16.csv", "countries"],
      ["kiel/ust-main-2023-09-21.utf16.csv", "Countries"],
      [`${folder28}/bilateral_activities.csv`, "giver"],
      [`${folder28}/country_summary_eu.csv`, "land"],
      ["kiel/website-release-29/data_explorer.csv", "country"],
      ["kiel/website-release-29/weapons.csv", "donor"],
      ["kiel/website-release-29/eu_aid_shares.csv", "country"],
    ] as const) {
      for (const row of await rowsOf(path)) names.add(row[column] ?? "");
    }
    expect([...names].filter((name) => !partyOf.has(name))).toEqual([]);
    expect(names.size).toBeGreaterThan(44);
  });
});

const texts = "texts/2022-03-16-fact-sheet-on-u-s-security-assistance-for-ukraine.md";
test.skipIf(!hasReal(texts))(
  "every quote from the White House stands in its text, at the address and day given",
  () => {
    const files = readdirSync(new URL("../../../shared/data/texts/", import.meta.url));
    const sources = reference.sources.filter((one) => one.id.startsWith("wh-"));
    const missing = sources.flatMap((source) => {
      const file = files.find((name) => name.startsWith(source.id.slice(3))) ?? "no such text";
      const plain = new TextDecoder().decode(realBytes(`texts/${file}`)).replaceAll(/[\s\u00a0]+/g, " ");
      const wanted = [
        `source_url: ${source.url} `,
        `date: '${source.publishedOn}'`,
        ...source.passages.map((one) => one.quote),
      ];
      return wanted.filter((words) => !plain.includes(words)).map((words) => `${source.id}: ${words}`);
    });
    expect(missing).toEqual([]);
    expect(sources).toHaveLength(11);
  },
);
