import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { importKiel } from "#app/import.ts";
import { loadReference } from "#app/reference.ts";
import { readKiel } from "#formats/kiel/read.ts";
import { referenceFiles } from "#formats/reference/read.ts";
import { readCsvTable } from "#formats/text/csv.ts";
import { looksLikeWorkbook, openWorkbook } from "#formats/xlsx/workbook.ts";
import { openBenchDatabase } from "./database.ts";
import { besideLimit, median, timed, type Benchmark, type BenchFigure } from "./report.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const folder = join(root, "..", "shared", "data", "kiel");
const files = [
  { fileName: "ust-release-07.xlsx", table: "MAIN DATA" },
  { fileName: "ust-main-2023-09-21.utf16.csv", table: undefined },
] as const;

export const importing: Benchmark = {
  description: "rows a second of the tracker's importer, from bytes to a committed release, beside the bare parser",
  async measure({ quick, data, say }) {
    const present = files.filter(({ fileName }) => existsSync(join(folder, fileName)));
    if (present.length === 0)
      return {
        runs: 0,
        figures: [],
        notes: [`No tracker files in ${join("..", "shared", "data", "kiel")}: nothing measured.`],
      };
    const database = await openBenchDatabase(data);
    try {
      const texts = await Promise.all(
        referenceFiles.map(async (name) => [name, await readFile(join(root, "reference", name), "utf8")] as const),
      );
      await loadReference(database.program, {
        files: new Map(texts),
        streams: await readFile(join(root, "policies", "streams.json"), "utf8"),
      });
      const runs = quick ? 1 : 5;
      const figures: BenchFigure[] = [];
      for (const { fileName, table } of quick ? present.slice(0, 1) : present) {
        const bytes = await readFile(join(folder, fileName));
        const parse = async () => {
          if (!looksLikeWorkbook(bytes)) return readCsvTable(bytes, { fileName });
          const workbook = await openWorkbook(bytes, { fileName });
          return workbook.readTable(workbook.sheetNames.find((name) => name.toUpperCase().includes(table ?? "")) ?? "");
        };
        const parsed = await parse();
        const rows = parsed.rows.length;
        const rates = { import: [] as number[], read: [] as number[], parse: [] as number[] };
        for (let run = 1; run <= runs; run += 1) {
          say(`${fileName}, run ${run} of ${runs}`);
          rates.parse.push((rows / (await timed(parse))[0]) * 1000);
          rates.read.push((rows / (await timed(() => readKiel(bytes, { fileName })))[0]) * 1000);
          const order = {
            bytes,
            fileName,
            actor: "benchmark",
            strict: false,
            published: "2022-10-11",
            release: fileName,
          };
          const book = `bench-${fileName.replaceAll(/[^a-z0-9]+/g, "-")}-${run}`;
          rates.import.push((rows / (await timed(() => importKiel(database.program, { ...order, book })))[0]) * 1000);
        }
        const bare = { name: "the bare parser, main table only", value: median(rates.parse) };
        figures.push(
          besideLimit(`${fileName}: imported`, median(rates.import), "rows/s", bare),
          besideLimit(`${fileName}: read and understood, not stored`, median(rates.read), "rows/s", bare),
        );
      }
      return {
        runs,
        figures,
        notes: ["Rows of the main table; the importer also reads the sheets of printed totals."],
      };
    } finally {
      await database.close();
    }
  },
};
