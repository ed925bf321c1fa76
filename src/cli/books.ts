import type { Command } from "commander";
import { books as allBooks, openBook, releases as releasesOf } from "#app/books.ts";
import { defaultBook } from "./frame-options.ts";
import { jsonText, tableText } from "./output.ts";
import { inSession } from "./run.ts";
import type { Environment } from "./session.ts";

type OpenOptions = Readonly<{ title: string; recipient: string; synthetic?: true; json?: true; data?: string }>;

/** `mainstay books` and `mainstay releases`: what bodies of record there are, and what is known of each from when. */
export function addBooks(program: Command, environment: Environment): void {
  program
    .command("books")
    .description("The bodies of record; a figure is drawn from one and never mixes two")
    .option("--json", "print JSON")
    .action(async (options: { json?: true; data?: string }) => {
      await inSession(environment, options, async ({ db }) => {
        const books = await allBooks(db);
        const table = () =>
          tableText(
            [
              { title: "book", cell: (book) => book.slug },
              { title: "title", cell: (book) => (book.synthetic ? `${book.title} (synthetic)` : book.title) },
              { title: "releases", cell: (book) => String(book.releases), right: true },
              { title: "postings", cell: (book) => String(book.postings), right: true },
              { title: "known from", cell: (book) => book.knownFrom ?? "nothing yet" },
              { title: "to", cell: (book) => book.knownTo ?? "" },
            ],
            books,
          );
        environment.terminal.out(options.json ? jsonText(books) : table());
      });
    });
  program
    .command("open-book <name>")
    .description("Opens a book of one's own: to record in, or to try things out in")
    .requiredOption("--title <words>", "what the book is called")
    .option("--recipient <party>", "to whom its promises are made", "ukr")
    .option("--synthetic", "what is entered is made up; every page of the book says so")
    .option("--json", "print JSON")
    .addHelpText("after", '\nExample: npx mainstay open-book practice --title "For practice" --synthetic')
    .action(async (slug: string, options: OpenOptions) =>
      inSession(environment, options, async ({ db }) => {
        const { title, recipient, synthetic = false } = options;
        const opened = await openBook(db, { slug, title, recipient, synthetic });
        environment.terminal.out(
          options.json ? jsonText(opened) : `The book ${slug} is open, for ${opened.recipient}.\n`,
        );
      }),
    );
  program
    .command("releases")
    .description("The releases of a book, with what each states")
    .option("--book <name>", "the book", defaultBook)
    .option("--json", "print JSON")
    .action(async (options: { book: string; json?: true; data?: string }) => {
      await inSession(environment, options, async ({ db }) => {
        const releases = await releasesOf(db, options.book);
        const table = () =>
          tableText(
            [
              { title: "published", cell: (release) => release.publishedOn },
              { title: "series", cell: (release) => release.series },
              { title: "release", cell: (release) => release.name },
              { title: "promises", cell: (release) => String(release.rows), right: true },
              {
                title: "states",
                cell: (release) =>
                  release.coverage
                    .filter((c) => c.state === "stated")
                    .map((c) => c.class)
                    .join(", "),
              },
            ],
            releases,
          );
        environment.terminal.out(options.json ? jsonText(releases) : table());
      });
    });
}
