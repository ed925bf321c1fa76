import { expect, test } from "vitest";
import { readEcbHistory } from "../../src/formats/ecb/read.ts";
import { hasReal, realBytes } from "./real-data.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

test("rates are read newest first, N/A and the trailing comma leave nothing, bad rows are named", async () => {
  const history = await readEcbHistory(
    bytes(
      "Date,USD,JPY,\n2022-03-02,1.1106,127.93,\n2022-03-01,N/A,129.0,\n31/02/2022,1.1,1,\n2022-02-31,1.1,1,\n2022-02-28,0,128.6x,\n2022-03-02,9,9,\n",
    ),
  );
  expect(history.rates).toEqual([
    { currency: "USD", on: "2022-03-02", rate: "1.1106" },
    { currency: "JPY", on: "2022-03-02", rate: "127.93" },
    { currency: "JPY", on: "2022-03-01", rate: "129.0" },
  ]);
  expect(history.remarks.map(({ row, column, found }) => [row, column, found])).toEqual([
    [4, "Date", "31/02/2022"],
    [5, "Date", "2022-02-31"],
    [6, "USD", "0"],
    [6, "JPY", "128.6x"],
    [7, "Date", "2022-03-02"],
  ]);
});

test.each([
  ["", "empty_file"],
  ["Date,USD\n", "header_only"],
  ["giver,amount\na,1\n", "rates_header_unreadable"],
  ['Date,USD\n"2022-01-01,1\n', "broken_quoting"],
])("%j is refused as %s", async (text, code) => {
  await expect(readEcbHistory(bytes(text))).rejects.toMatchObject({ code });
});

const real = "fx/ecb-eurofxref-hist.csv";
test.skipIf(!hasReal(real))("the bank's whole history", async () => {
  const { rates, remarks } = await readEcbHistory(realBytes(real), { fileName: real });
  expect(remarks).toEqual([]);
  expect(new Set(rates.map(({ on }) => on)).size).toBe(6983);
  expect(rates.at(-1)?.on).toBe("1999-01-04");
  const cells = new TextDecoder()
    .decode(realBytes(real))
    .split(/[\r\n,]+/)
    .filter((cell) => /^\d+(?:\.\d+)?$/.test(cell));
  expect(rates).toHaveLength(cells.length);
});
