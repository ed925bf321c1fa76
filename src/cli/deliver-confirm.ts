import { Option, type Command } from "commander";
import { confirmFile, receiptsTemplate } from "#app/delivery/files.ts";
import { endLink, makeLink, qrPng, qrText } from "#app/delivery/links.ts";
import type { ConfirmationOutcome } from "#core/views-delivery.ts";
import { plural } from "./counted.ts";
import { acting, doingOf, gather, withExample, type ActingOptions } from "./acting.ts";
import { wholeOf } from "./deliver-text.ts";
import { defaultBook } from "./frame-options.ts";
import { jsonText } from "./output.ts";
import { inSession } from "./run.ts";
import type { Environment } from "./session.ts";

type Options = ActingOptions & Readonly<{ book: string }>;
type ConfirmOptions = Options & Readonly<{ on?: string; source?: string }>;
type TemplateOptions = Options & Readonly<{ consignment?: readonly string[]; csv?: true; out?: string }>;
type QrOptions = Options & Readonly<{ address: string; days?: string; svg?: string; png?: string; withdraw?: string }>;

/** `mainstay deliver confirm|template|qr`: what the recipient signs by. */
export function addDeliverConfirm(deliver: Command, environment: Environment): void {
  addConfirm(deliver, environment);
  addTemplate(deliver, environment);
  addQr(deliver, environment);
}

function addConfirm(deliver: Command, environment: Environment): void {
  const command = deliver
    .command("confirm <file>")
    .description("Signs for what a file of receipts says (xlsx or csv), all of it or nothing")
    .option("--book <book>", "the book", defaultBook)
    .option("--on <day>", "the day of what was received, where a row has none (YYYY-MM-DD)")
    .option("--source <id>", "the id of a source on record; the recipient's own reports without it");
  withExample(acting(command), "deliver confirm receipts.csv --book practice-s").action(
    async (path: string, options: ConfirmOptions) => {
      const bytes = await environment.readFile(path);
      await inSession(environment, options, async ({ db }) => {
        const { on, source } = options;
        const file = { bytes, fileName: path };
        const done = await confirmFile(db, options.book, file, { on, source }, doingOf(environment, options));
        environment.terminal.out(options.json ? jsonText(done) : confirmedText(done));
      });
    },
  );
}

function confirmedText({ file, rows, confirmed, consignments, queries }: ConfirmationOutcome): string {
  return [
    `${file}: ${plural(rows, "row")} of ${plural(consignments.length, "consignment")}; ${plural(confirmed, "piece")} signed for.\n`,
    ...queries.map(({ id, consignment, says }) => `Query ${id} is open on ${consignment}: ${says}\n`),
  ].join("");
}

function addTemplate(deliver: Command, environment: Environment): void {
  deliver
    .command("template")
    .description("A file of what can be signed for, to fill in and import with deliver confirm")
    .option("--book <book>", "the book", defaultBook)
    .option("--consignment <id>", "only of this one; as often as needed", gather)
    .option("--csv", "as CSV, printed where no file is named; else xlsx, unless the file named ends in .csv")
    .option("--out <file>", "the file to write; receipts.xlsx without it")
    .option("--json", "print JSON about the file")
    .addHelpText("after", "\nExample: npx mainstay deliver template --book practice-s --out receipts.xlsx")
    .action(async (options: TemplateOptions) =>
      inSession(environment, options, async ({ db }) => {
        const isCsv = options.csv === true || options.out?.toLowerCase().endsWith(".csv") === true;
        const format = isCsv ? ("csv" as const) : ("xlsx" as const);
        const bytes = await receiptsTemplate(db, options.book, { consignments: options.consignment, format });
        if (options.csv && options.out === undefined && !options.json)
          return environment.terminal.out(new TextDecoder().decode(bytes));
        const file = options.out ?? `receipts.${format}`;
        await environment.writeFile(file, bytes);
        environment.terminal.out(options.json ? jsonText({ file, bytes: bytes.length }) : `It is in ${file}\n`);
      }),
    );
}

function addQr(deliver: Command, environment: Environment): void {
  const command = deliver
    .command("qr <consignment>")
    .description(
      "Makes a link by which a phone signs for a consignment without a login, and shows it as a code to scan",
    )
    .option("--book <book>", "the book", defaultBook)
    .addOption(
      new Option("--address <url>", "where the phone finds the pages")
        .env("MAINSTAY_ADDRESS")
        .default("http://127.0.0.1:4870"),
    )
    .option("--days <n>", "for how long it is good; 30 without it")
    .option("--svg <file>", "write the code to this file as SVG")
    .option("--png <file>", "write the code to this file as PNG")
    .option("--withdraw <link>", "withdraw the link of this number instead");
  withExample(acting(command), "deliver qr C-1 --book practice-s --address https://desk.example --png C-1.png").action(
    async (id: string, options: QrOptions) =>
      inSession(environment, options, async ({ db }) => {
        const { terminal } = environment;
        const doing = doingOf(environment, options);
        if (options.withdraw !== undefined) {
          await endLink(db, options.book, id, options.withdraw, doing);
          const done = { consignment: id, withdrawn: options.withdraw };
          return terminal.out(options.json ? jsonText(done) : `Link ${options.withdraw} of ${id} is withdrawn.\n`);
        }
        const order = { address: options.address, days: wholeOf(options.days, "days") };
        const made = await makeLink(db, options.book, id, order, doing);
        if (options.svg !== undefined) await environment.writeFile(options.svg, made.svg);
        if (options.png !== undefined) await environment.writeFile(options.png, await qrPng(made.address));
        if (options.json) return terminal.out(jsonText(made));
        const code = options.svg === undefined && options.png === undefined ? `${await qrText(made.address)}\n` : "";
        const until = made.link.expiresAt.slice(0, 10);
        terminal.out(`${code}${made.address}\nLink ${made.link.id}, good until ${until}. It is shown here only.\n`);
      }),
  );
}
