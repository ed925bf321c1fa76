import { Option, type Command } from "commander";
import { offerStates } from "#app/planning/offer-search.ts";
import { offerList, offerView } from "#app/planning/offer-views.ts";
import { changeOffer, consentToOffer, withdrawOffer } from "#app/planning/offers.ts";
import { exportOffers } from "#app/planning/record-exports.ts";
import { importOffers } from "#app/planning/record-files.ts";
import { writtenOfferChange } from "#app/planning/written.ts";
import type { OfferChanged } from "#core/views-planning.ts";
import { withExample } from "./acting.ts";
import { offerListText, offerText } from "./offer-text.ts";
import { jsonText } from "./output.ts";
import { replanAfter, replanOption, replanningText, type ReplanOptions } from "./plan-replan.ts";
import { addFiles, entering, enteringOf, knownAtOption, ofBook, type BookOptions } from "./records.ts";
import type { EnteringOptions } from "./records.ts";
import { inSession } from "./run.ts";
import type { Environment } from "./session.ts";

type ListOptions = BookOptions &
  Readonly<{
    q?: string;
    giver?: string;
    capability?: string;
    coalition?: string;
    item?: string;
    state?: (typeof offerStates)[number];
  }>;
const mostListed = 20_000;

/** `mainstay offer`: what givers say they can give, what is left of it and why it is not used, files in and out. */
export function addOffer(program: Command, environment: Environment): void {
  const command = program
    .command("offer")
    .description("Offers: what givers say they can give, on what conditions, and what is left of it");
  addFiles(command, environment, { what: "offers", bring: importOffers, fileOf: exportOffers });
  addList(command, environment);
  addShow(command, environment);
  addChange(command, environment);
  addWithdraw(command, environment);
  addConsent(command, environment);
}

function addList(command: Command, environment: Environment): void {
  const { terminal, clock } = environment;
  const list = knownAtOption(ofBook(command.command("list")))
    .description("The offers of a book with what is left of each and, where it can't be planned with, why")
    .option("--q <words>", "words found in the id, the title, the kind, the giver or the note")
    .option("--giver <id>", "those of one giver")
    .option("--capability <id>", "those of one capability")
    .option("--coalition <slug>", "those given through one coalition")
    .option("--item <id>", "those of one kind")
    .addOption(
      new Option("--state <state>", "open, or why nothing of it can be planned with").choices([...offerStates]),
    )
    .option("--json", "print JSON");
  withExample(list, "offer list --book practice-s --state consent-pending").action(async (options: ListOptions) =>
    inSession(environment, options, async ({ db }) => {
      const found = await offerList(db, clock, { ...options, limit: mostListed });
      terminal.out(options.json ? jsonText(found) : offerListText(found));
    }),
  );
}

function addShow(command: Command, environment: Environment): void {
  const { terminal, clock } = environment;
  const show = knownAtOption(ofBook(command.command("show <offer>")))
    .description("One offer: its conditions, what of it is placed, every version")
    .option("--json", "print JSON");
  withExample(show, "offer show O-001 --book practice-s").action(async (id: string, options: BookOptions) =>
    inSession(environment, options, async ({ db }) => {
      const found = await offerView(db, clock, { ...options, id });
      terminal.out(options.json ? jsonText(found) : offerText(found));
    }),
  );
}

type ChangeOptions = EnteringOptions & ReplanOptions;

/** Enters something of an offer, makes a plan anew where the standing one counted on it, and shows the offer as it is then. */
async function enter(
  environment: Environment,
  options: ChangeOptions,
  id: string,
  act: (db: Parameters<typeof changeOffer>[0], how: Parameters<typeof changeOffer>[4]) => Promise<void>,
): Promise<void> {
  const { terminal, clock } = environment;
  await inSession(environment, options, async ({ db }) => {
    await act(db, await enteringOf(db, environment, options));
    const replanning = await replanAfter(db, environment, options, id);
    const found = await offerView(db, clock, { book: options.book, id });
    const text = async () => `${offerText(found)}${await replanningText(db, options.book, replanning)}`;
    terminal.out(options.json ? jsonText({ ...found, replanning } satisfies OfferChanged) : await text());
  });
}

function addChange(command: Command, environment: Environment): void {
  const change = replanOption(entering(command.command("change <offer>")))
    .description("Changes an offer by a further version, with a reason; giver and kind stay")
    .option("--title <words>", "what is offered, in words")
    .option("--quantity <number>", "how many")
    .option("--years <amounts>", "of money, what can be used from each year on: '2026 1000000; 2027 2500000'")
    .option("--from <day>", "the first day it can leave (YYYY-MM-DD)")
    .option("--until <day>", "the last")
    .option("--condition <word>", "ready, new or repair")
    .option("--repair-days <number>", "how long the repair takes")
    .option("--for-capabilities <ids>", "the earmark: only for these capabilities; `any` for any")
    .option("--for-needs <ids>", "the earmark: only for these needs; `any` for any")
    .option("--caveat <words>", "a condition in the giver's own words")
    .option("--excludes <ids>", "needs and hubs that the caveat rules out; `none` for none")
    .option("--consent-of <name>", "a third party whose consent it now waits for")
    .option("--hubs <ids>", "the hubs it can reach; `any` for any")
    .option("--coalition <slug>", "the coalition through which it is given; `none` for none")
    .option("--fund <id>", "the fund through which it is given; `none` for none")
    .option("--note <words>", "anything else");
  withExample(change, 'offer change O-001 --quantity 6 --reason "two are kept" --book practice-s').action(
    async (id: string, options: ChangeOptions & Readonly<Record<string, string>>) =>
      enter(environment, options, id, async (db, how) =>
        changeOffer(db, options.book, id, writtenOfferChange(options), how),
      ),
  );
}

function addWithdraw(command: Command, environment: Environment): void {
  const withdraw = replanOption(entering(command.command("withdraw <offer>"))).description(
    "Withdraws an offer, with a reason; what is placed of it can't be withdrawn",
  );
  withExample(withdraw, 'offer withdraw O-001 --reason "needed at home" --book practice-s').action(
    async (id: string, options: ChangeOptions) =>
      enter(environment, options, id, async (db, how) => withdrawOffer(db, options.book, id, how)),
  );
}

function addConsent(command: Command, environment: Environment): void {
  const consent = replanOption(entering(command.command("consent <offer>")))
    .description("Puts on record that the third party consents to an offer, or refuses")
    .addOption(new Option("--state <state>", "what it said").choices(["given", "refused"]).makeOptionMandatory());
  withExample(consent, "offer consent O-001 --state given --book practice-s").action(
    async (id: string, options: ChangeOptions & Readonly<{ state: "given" | "refused" }>) =>
      enter(environment, options, id, async (db, how) => consentToOffer(db, options.book, id, options.state, how)),
  );
}
