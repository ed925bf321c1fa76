import { expect, test } from "vitest";
import { reportPeriod } from "#core/foresight/report/period.ts";
import { millions, shown } from "#core/foresight/report/shown.ts";
import { column, raised } from "#core/foresight/report/table.ts";
import type { ReportTable } from "#core/views-report.ts";

test.each([
  ["2024", "2024-01-01", "2024-12-31", "2024"],
  ["2024h2", "2024-07-01", "2024-12-31", "second half of 2024"],
  ["2023Q1", "2023-01-01", "2023-03-31", "first quarter of 2023"],
  ["2024-02-10/2024-02-29", "2024-02-10", "2024-02-29", "10\u00a0February\u00a02024 to 29\u00a0February\u00a02024"],
])("%s is from %s to %s", (text, from, to, words) => {
  expect(reportPeriod(text)).toMatchObject({ from, to, words });
});

test.each([
  ["49950.00", "0.0"],
  ["50000.00", "0.1"],
  ["-50000.00", "-0.1"],
  ["106362031533.55", "106362.0"],
  ["9007199254740993.01", "9007199254.7"],
])("%s in millions is %s", (amount, said) => {
  expect(millions(amount)).toBe(said);
});

test("what is not known is a dash, what can not be is empty, and a zero is a zero", () => {
  const amount = column("a", "Amount", "amount", { unit: "EUR" });
  const of = (value: string | null) => shown({ value, note: null }, amount);
  expect([of(null), of(""), of("0.00"), of("-1234.50")]).toEqual(["\u2013", "", "0.00", "\u22121,234.50"]);
});

test("a note that holds for every unknown cell of a column stands on its head, and no other", () => {
  const table: ReportTable = {
    id: "t",
    number: "Table 1",
    title: "",
    text: "",
    nameHead: "Ally",
    columns: [column("a", "A", "percent"), column("b", "B", "percent")],
    rows: [
      {
        id: "x",
        name: "X",
        kind: "row",
        cells: [
          { value: null, note: "1" },
          { value: null, note: "1" },
        ],
      },
      {
        id: "y",
        name: "Y",
        kind: "row",
        cells: [
          { value: "5", note: null },
          { value: null, note: "2" },
        ],
      },
    ],
    notes: [],
    empty: "",
  };
  const { columns, rows } = raised(table);
  expect(columns.map((one) => one.note)).toEqual(["1", null]);
  expect(rows.map((one) => one.cells.map((own) => own.note))).toEqual([
    [null, "1"],
    [null, "2"],
  ]);
});
