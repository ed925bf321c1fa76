import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { BindingClass } from "../../src/core/bindingness.ts";
import { classEffect } from "../../src/core/bindingness.ts";
import { formatDecimal, rescale } from "../../src/core/money.ts";
import { readReference, referenceFiles } from "../../src/formats/reference/read.ts";
import type { ReferenceRelease } from "../../src/formats/reference/records.ts";
import { reference, referenceTexts } from "./files.ts";

/** What a release comes to by donor, category and class, in millionths, as the ledger would count it. */
function totalsOf(release: ReferenceRelease): Map<string, bigint> {
  const totals = new Map<string, bigint>();
  for (const entry of release.content.entries) {
    const effect = classEffect(entry.from, entry.to);
    const reading = release.content.readings[entry.promise];
    if (effect === null || reading === undefined) throw new Error("An entry of no promise or no effect.");
    const key = `${reading.donor} ${reading.category} ${effect.class}`;
    totals.set(key, (totals.get(key) ?? 0n) + BigInt(effect.sign) * (entry.reported ?? 0n));
  }
  return totals;
}

const sum = (values: Iterable<bigint>) => [...values].reduce((left, right) => left + right, 0n);
const inEuro = (value: bigint) => formatDecimal(rescale(value, 6, 2), 2);
function byId(id: string): ReferenceRelease {
  const found = reference.releases.find((release) => release.id === id);
  if (found === undefined) throw new Error(`No release ${id}.`);
  return found;
}
const total = (id: string, name: BindingClass) =>
  inEuro(sum([...totalsOf(byId(id))].filter(([key]) => key.endsWith(name)).map(([, value]) => value)));

describe("every fact has its source", () => {
  test("the folder holds the files the reader knows, and no other", () => {
    expect(readdirSync(new URL("../../reference/", import.meta.url)).sort()).toEqual(
      [...referenceFiles, "foresight", "planning", "rehearsal"].sort(),
    );
  });

  test("every source is used", () => {
    const used = [...referenceTexts()]
      .filter(([name]) => name !== "sources.csv")
      .map(([, text]) => text)
      .join("\n");
    const cells = new Set(used.split(/[,\n]/));
    expect(reference.sources.filter((source) => !cells.has(source.id)).map((source) => source.id)).toEqual([]);
  });

  test("every table but the sources has a source column with no empty cell", () => {
    const without = [...referenceTexts()].filter(
      ([, text]) => text.split("\n")[0]?.split(",").includes("source") !== true,
    );
    expect(without.map(([name]) => name)).toEqual(["sources.csv"]);
  });

  test.each([
    ["a source that is not there", "totals.csv", "kiel-release-7", "kiel-release-6", "source"],
    ["a party that is not there", "memberships.csv", "nato,bel,", "nato,xxx,", "party"],
    ["a day that does not exist", "memberships.csv", "2023-04-04", "2023-02-29", "from"],
    ["an amount with a comma for a point", "totals.csv", "246163125.795858", "246163125_795858", "amount"],
    ["a class that is none", "totals.csv", "bound,2022", "binding,2022", "class"],
    ["a passage that is not there", "statements.csv", "usai,", "usia,", "passage"],
    ["a wrong code", "parties.csv", "AUS,036", "AUT,036", "iso3"],
    [
      "a party in a group twice at a time",
      "memberships.csv",
      "contact-group,usa,member,2025-02-12",
      "contact-group,usa,member,2025-02-11",
      "from",
    ],
    ["a date of data after publication", "releases.csv", "2022-10-11,2022-10-03", "2022-10-01,2022-10-03", "data_to"],
  ])("%s is refused with file, row and column", (_, file, found, wrong, column) => {
    const texts = referenceTexts(file, (text) => text.replace(found, wrong));
    expect(() => readReference(texts)).toThrow(
      expect.objectContaining({
        code: "reference_invalid",
        place: expect.objectContaining({ file, column, row: expect.any(Number) }),
      }),
    );
  });
});

describe("the register", () => {
  test("about fifty nations and the bodies that give in their own name", () => {
    expect(reference.parties.filter((party) => party.kind === "nation")).toHaveLength(56);
    expect(reference.parties.filter((party) => party.kind === "organisation").map((party) => party.id)).toEqual([
      "eu",
      "epf",
      "eib",
      "eu-institutions",
      "nato",
      "all-givers",
    ]);
  });

  test("no spelling leads to two parties, whatever its case", () => {
    const spelled = reference.parties.flatMap((party) =>
      [
        party.id,
        party.name,
        party.iso2,
        party.iso3,
        ...party.names.map((one) => one.name),
        ...party.aliases.map((one) => one.alias),
      ]
        .filter((spelling) => spelling !== null)
        .map((spelling) => [spelling.toLowerCase(), party.id] as const),
    );
    const owner = new Map(spelled);
    expect(spelled.filter(([spelling, party]) => owner.get(spelling) !== party)).toEqual([]);
  });

  test("codes of nations are unique", () => {
    const codes = reference.parties
      .flatMap((party) => [party.iso2, party.iso3, party.m49])
      .filter((code) => code !== null);
    expect(codes.filter((code, at) => codes.indexOf(code) < at)).toEqual([]);
    expect(codes).toHaveLength(167);
  });

  const membersOn = (slug: string, day: string, role?: string) =>
    reference.groups
      .filter((group) => group.slug === slug)
      .flatMap((group) => group.members)
      .filter(
        (member) =>
          (member.from ?? "") <= day && day <= (member.until ?? "9999") && (role === undefined || member.role === role),
      )
      .map((member) => member.party)
      .sort();

  test.each([
    ["nato", "2023-04-03", 30],
    ["nato", "2023-04-04", 31],
    ["nato", "2024-03-07", 32],
    ["eu", "2020-01-31", 28],
    ["eu", "2020-02-01", 27],
    ["g7", "2024-01-01", 7],
    ["nordic-baltic-eight", "2024-01-01", 8],
  ])("%s on %s had %i members", (slug, day, count) => {
    expect(membersOn(slug, day)).toHaveLength(count);
  });

  test("the chair of the contact group passed from the United States to the United Kingdom and Germany", () => {
    expect(membersOn("contact-group", "2025-01-09", "lead")).toEqual(["usa"]);
    expect(membersOn("contact-group", "2025-02-12", "lead")).toEqual(["gbr"]);
    expect(membersOn("contact-group", "2025-04-11", "lead")).toEqual(["deu", "gbr"]);
    expect(membersOn("contact-group", "2022-06-15", "recipient")).toEqual(["ukr"]);
  });

  test("each of the eight capability coalitions has at least two leads", () => {
    const coalitions = reference.groups.filter((group) => group.kind === "coalition");
    expect(coalitions).toHaveLength(8);
    expect(coalitions.filter((one) => membersOn(one.slug, "2024-07-01", "lead").length < 2)).toEqual([]);
  });
});

describe("sums", () => {
  test("release 7 comes to the published total", () => {
    expect(total("release-7", "bound")).toBe("93942559020.24");
  });

  test("what a publisher prints is what our rows sum to, but for four cells that differ in the source itself", () => {
    const differing: string[] = [];
    for (const printed of reference.publishedTotals) {
      const mine = [...totalsOf(byId(printed.release))].filter(([key]) => {
        const [donor = "", category, name] = key.split(" ");
        const inside =
          printed.donor === "all" ||
          (printed.donor === "nations-and-eu" ? !["epf", "eib"].includes(donor) : donor === printed.donor);
        return inside && (printed.category === "all" || category === printed.category) && name === printed.class;
      });
      const difference = sum(mine.map(([, value]) => value)) - printed.amount;
      if (difference > 9_999n || difference < -9_999n) {
        differing.push(
          `${printed.release} ${printed.donor} ${printed.category} ${printed.class} ${inEuro(difference)}`,
        );
      }
    }
    expect(differing.sort()).toEqual([
      "release-28 eu Financial bound -3167831000.00",
      "release-28 eu Financial placed -3167831000.00",
      "release-28 svn Humanitarian bound 12200000.00",
      "release-28 svn Humanitarian placed 6700000.00",
    ]);
    const bank = totalsOf(byId("release-28"));
    expect(inEuro(bank.get("eib Financial bound") ?? 0n)).toBe("3167831000.00");
    expect(inEuro(bank.get("eib Financial placed") ?? 0n)).toBe("3167831000.00");
  });

  test("the sum of budget support in release 7 is the figure's own", () => {
    const mine = reference.budgetSupport.filter((row) => row.release === "release-7-budget-support");
    expect(inEuro(sum(mine.map((row) => row.committed ?? 0n)))).toBe("35414366273.61");
    expect(inEuro(sum(mine.map((row) => row.disbursed)))).toBe("16815000000.00");
  });

  test("what was delivered and what is to be delivered make what was committed", () => {
    const items = [...new Set(reference.needs.map((need) => need.item))];
    const quantities = (measure: string) =>
      items.map(
        (item) => reference.needs.find((need) => need.item === item && need.measure === measure)?.quantity ?? -1n,
      );
    const later = quantities("to be delivered");
    expect(quantities("delivered").map((quantity, at) => quantity + (later[at] ?? 0n))).toEqual(
      quantities("committed"),
    );
  });
});
