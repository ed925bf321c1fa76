import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fundView } from "#app/funds/view.ts";
import { callView } from "#app/funds/call-view.ts";
import { predictability } from "#app/foresight/predictability.ts";
import { standingForecast } from "#app/foresight/forecast.ts";
import { pledgeReport } from "#app/foresight/report.ts";
import { reportFormatOf } from "#app/foresight/report-file.ts";
import { totals } from "#app/totals.ts";
import { bindingClasses } from "#core/bindingness.ts";
import type { PledgeReport } from "#core/views-report.ts";
import type { Database } from "#store/database.ts";
import { alliance, allTables, clock, harbour, openReported, reportOf, valueAt } from "./support.ts";

let db: Database;
let close: () => Promise<void>;
let fund: PledgeReport;
let nato: PledgeReport;
beforeAll(async () => {
  ({ db, close } = await openReported());
  [fund, nato] = [await reportOf(db, harbour), await reportOf(db, alliance)];
});
afterAll(() => close());

const rowsOf = (report: PledgeReport, table: string) =>
  allTables(report)
    .find((one) => one.id === table)
    ?.rows.filter((row) => row.kind === "row") ?? [];

describe("what was given to date", () => {
  test.each(bindingClasses)("equals the totals of the same frame, giver by giver: %s", async (name) => {
    for (const report of [fund, nato]) {
      const { book, asOf, knownAt, boundary } = report.frame;
      const found = await totals(db, {
        book,
        asOf: asOf ?? undefined,
        knownAt: knownAt ?? undefined,
        boundary,
        class: name,
        by: ["donor"],
      });
      const told = rowsOf(report, "classes-to-date").flatMap((row) => {
        const value = valueAt(report, "classes-to-date", row.id, name);
        return value == null ? [] : [`${row.id} ${value}`];
      });
      expect(told.sort()).toEqual(found.rows.map((row) => `${row.donorId ?? ""} ${row.amount}`).sort());
      if (found.total !== null && told.length > 0)
        expect(valueAt(report, "classes-to-date", "total", name)).toBe(found.total);
    }
  });

  test("by category and by way is the same whole", () => {
    for (const report of [fund, nato])
      for (const id of ["categories-to-date", "channels-to-date"])
        for (const name of bindingClasses) {
          const parts = allTables(report)
            .find((one) => one.id === id)
            ?.rows.filter((row) => row.kind === "total")
            .map((row) => valueAt(report, id, row.id, name))
            .filter((value) => value != null)
            .map((value) => Math.round(Number(value) * 100));
          const whole = valueAt(report, "classes-to-date", "total", name);
          const sum = (parts ?? []).reduce((all, one) => all + one, 0);
          expect(Math.abs(sum - Math.round(Number(whole ?? 0) * 100))).toBeLessThanOrEqual(3); // each is rounded by itself
        }
  });

  test("what came before the period and in it is what came to date", () => {
    const [inPeriod, toDate] = (["classes-period", "classes-to-date"] as const).map((table) =>
      Number(valueAt(nato, table, "deu", "bound")),
    );
    expect(inPeriod).toBeGreaterThan(0);
    expect(toDate).toBeGreaterThan(inPeriod ?? 0);
  });
});

describe("the fund's account", () => {
  test("is that of the fund's page as of the same day", async () => {
    const view = await fundView(db, clock, "harbour-fund", "2025-12-31");
    for (const member of view.members) {
      const at = (column: string) => valueAt(fund, "arrears", member.party, column);
      expect([member.party, at("called"), at("credited"), at("received"), at("outstanding"), at("arrears")]).toEqual([
        member.party,
        member.called,
        member.credited,
        member.received,
        member.outstanding,
        member.arrears,
      ]);
    }
    for (const line of view.lines) expect(valueAt(fund, "lines", line.id, "available")).toBe(line.available);
    expect(valueAt(fund, "arrears", "total", "arrears")).toBe(view.arrears);
    expect(valueAt(fund, "arrears", "x-fer", "arrears")).not.toBe("0.00");
  });

  test("shares are those of the call, and the one who abstained has none", async () => {
    const call = await callView(db, clock, { fund: "harbour-fund", call: "hf-2025-2" }, "2025-12-31");
    for (const share of call.shares) {
      const told = valueAt(fund, "fair-shares", share.party, "share");
      expect([share.party, told]).toEqual([share.party, Number(share.percent).toFixed(4)]);
    }
    expect(valueAt(fund, "fair-shares", "x-ist", "fair")).toBe("0.00");
  });

  test("what is called or paid after the day of knowledge is not in it", async () => {
    const later = await reportOf(db, { ...harbour, period: "2026H1", knownAt: "2026-07-31" });
    expect(rowsOf(later, "calls").map((row) => row.id)).toContain("hf-2026-1");
    expect(rowsOf(fund, "calls").map((row) => row.id)).toEqual(["hf-2025-1", "hf-2025-2"]);
    const early = await reportOf(db, { ...harbour, knownAt: "2025-10-15" });
    expect(early.asOf).toBe("2025-10-15");
    expect(Number(valueAt(early, "arrears", "total", "received"))).toBeLessThan(
      Number(valueAt(fund, "arrears", "total", "received")),
    );
    expect(valueAt(early, "arrears", "x-fer", "arrears")).toBe("0.00"); // its second instalment was due on 31 October
  });

  test("decisions of the period are there as they were known: an annulment later is not", async () => {
    const results = (report: PledgeReport) =>
      Object.fromEntries(
        rowsOf(report, "decisions").map((row) => [row.id, valueAt(report, "decisions", row.id, "result")]),
      );
    expect(results(fund)).toMatchObject({ "winter-shift": "adopted" });
    expect(results(fund)["bridges"]).toMatch(/^adopted, annulled on 24\u00a0November\u00a02025$/);
    const early = await reportOf(db, { ...harbour, knownAt: "2025-10-15" });
    expect(results(early)["bridges"]).toBe("adopted");
  });
});

describe("what is not known", () => {
  test("is never a zero: of the tracker nobody knows what was received", () => {
    expect(nato.findings.at(-1)).toBe("Not known to any source: what was received.");
    for (const row of rowsOf(nato, "classes-to-date"))
      expect(valueAt(nato, "classes-to-date", row.id, "received")).toBeNull();
    expect(valueAt(nato, "classes-period", "tur", "bound")).toBeNull();
  });

  test("a period of which nothing is on record yet says so, and shows what there is from the beginning", async () => {
    const report = await reportOf(db, { ...alliance, group: "contact-group", period: "2023H2", knownAt: "2024-04-04" });
    expect(report.findings[0]).toMatch(
      /from the beginning to 31\u00a0December\u00a02023.*Of the period itself nothing/,
    );
    expect(valueAt(report, "classes-period", "deu", "bound")).toBeNull();
    expect(Number(valueAt(report, "classes-to-date", "deu", "bound"))).toBeGreaterThan(1e9);
    // The fourth release of the tracker came two years later.
    expect(valueAt(report, "classes-to-date", "total", "placed")).toBeNull();
    expect(valueAt(report, "fair-shares", "qat", "share")).toBeNull();
  });
});

describe("a half of a year of which the sources give the year only", () => {
  test("is not told: nothing stands in it, and how much is of that year is said", async () => {
    const report = await reportOf(db, { ...alliance, period: "2024H2" });
    expect(report.findings[0]).toMatch(/Of the period itself nothing can be told: the sources date by the year\.$/);
    expect(valueAt(report, "classes-period", "deu", "bound")).toBeNull();
    const notes =
      allTables(report)
        .find((one) => one.id === "classes-period")
        ?.notes.map((one) => one.text) ?? [];
    const year = valueAt(nato, "classes-period", "total", "bound")?.replace(/\B(?=(\d{3})+(?=\.))/g, ",");
    expect(notes.some((note) => note.startsWith(`Bound: EUR ${year} more is dated by its year only`))).toBe(true);
    expect(valueAt(report, "classes-to-date", "deu", "bound")).toBe(valueAt(nato, "classes-to-date", "deu", "bound"));
  });
});

describe("fair shares without a fund", () => {
  test("are the whole of what all bound, to the cent, and follow GDP", () => {
    const fair = rowsOf(nato, "fair-shares").map((row) => valueAt(nato, "fair-shares", row.id, "fair"));
    const sum = fair.reduce((all, one) => all + BigInt((one ?? "0").replace(".", "")), 0n);
    expect(`${sum}`).toBe(valueAt(nato, "classes-period", "total", "bound")?.replace(".", ""));
    expect([nato.frame.boundary, nato.boundaryName]).toEqual(["group:nato", "NATO"]);
    expect(nato.key).toMatchObject({ id: "nato-by-gdp", indicatorYear: 2023 });
    expect(Number(valueAt(nato, "fair-shares", "usa", "share"))).toBeGreaterThan(50);
  });

  test("no group, no key: the report says so and still stands", async () => {
    const report = await reportOf(db, { period: "2024", knownAt: "2026-04-30", forecast: false });
    expect(report.key).toBeNull();
    expect([report.frame.boundary, report.boundaryName]).toEqual(["all", "all givers"]);
    expect(allTables(report).find((one) => one.id === "fair-shares")?.empty).toMatch(/No group is named/);
  });
});

describe("what is looked ahead to", () => {
  test("the indicators are those of the page, to the digit", async () => {
    const { boundary, book } = fund.frame;
    const view = await predictability(db, { book, periods: ["2025H2"], knownAt: "2026-01-31", boundary, unit: "EUR" });
    const told = rowsOf(fund, "predictability");
    for (const row of view.periods[0]?.rows ?? []) {
      if (!told.some((one) => one.id === row.id)) continue;
      for (const figure of row.figures)
        expect([row.id, figure.indicator, valueAt(fund, "predictability", row.id ?? "", figure.indicator)]).toEqual([
          row.id,
          figure.indicator,
          figure.value,
        ]);
    }
    expect(valueAt(fund, "predictability", "x-fer", "annual")).toBe("0.0");
  });

  test("the forecast is the standing one at the month asked for, to the digit", async () => {
    const report = await reportOf(db, { ...harbour, forecast: true, until: "2026-06-30" });
    const view = await standingForecast(db, { book: "rehearsal", knownAt: "2026-01-31", horizonMonths: 5 });
    const last = view.months.at(-1);
    expect(last).toBe("2026-06");
    for (const { class: name, onRecord, fan } of view.classes) {
      const point = fan.find((one) => one.month === last);
      const at = (column: string) => valueAt(report, "forecast", `total/${name}`, column) ?? null;
      expect([name, at("now"), at("p10"), at("p50"), at("p90")]).toEqual([
        name,
        onRecord,
        point?.p10 ?? null,
        point?.p50 ?? null,
        point?.p90 ?? null,
      ]);
    }
    expect(report.findings.some((one) => one.startsWith("By 30\u00a0June\u00a02026 (the day asked for)"))).toBe(true);
    const stop = AbortSignal.abort();
    await expect(pledgeReport(db, clock, { ...harbour, forecast: true }, { signal: stop })).rejects.toMatchObject({
      code: "forecast_cancelled",
    });
  });

  test("a book without a record to forecast from is told so, and the report stands", async () => {
    const report = await reportOf(db, { book: "worked-case", period: "2022H1", knownAt: "2022-03-10" });
    expect(allTables(report).find((one) => one.id === "forecast")?.empty).toMatch(/^There is no forecast: /);
    expect(report.findings[0]).toMatch(/^Nothing is on record/);
  });
});

test.each([
  ["a period that is none", { ...harbour, period: "2025H3" }, "period_unreadable"],
  ["a period that had not begun", { ...harbour, period: "2026H2" }, "report_period_not_begun"],
  ["a fund that is none", { ...harbour, fund: "no-fund" }, "unknown_fund"],
  ["a fund of another book", { ...harbour, book: "worked-case" }, "unknown_fund"],
  ["a group that is none", { ...alliance, group: "no-group" }, "unknown_group"],
  ["a key that is none", { ...alliance, key: "no-key" }, "unknown_key"],
  ["a key that is none, of no group", { period: "2024", key: "no-key", forecast: false }, "unknown_key"],
  ["a day that is none", { ...alliance, knownAt: "2026-02-30" }, "invalid_date"],
])("%s is refused", async (_, question, code) => {
  await expect(reportOf(db, question)).rejects.toMatchObject({ code });
});

test("a format that is none is refused", () => {
  expect(() => reportFormatOf("docx")).toThrow(expect.objectContaining({ code: "report_format_unknown" }));
});
