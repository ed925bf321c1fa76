import { differenceText } from "#core/delivery/differences.ts";
import { queryStates, type QueryList, type QueryOutcome, type QueryView } from "#core/views-delivery.ts";
import type { Database } from "#store/database.ts";
import { queriesOf, type StoredQuery } from "#store/delivery/queries.ts";
import { decodeCursor, encodeCursor } from "../pages.ts";
import { cutOf } from "../planning/cut.ts";
import { nameOfKind } from "../planning/said.ts";

const outcomes: Readonly<Record<QueryOutcome, string>> = {
  recipient: "The recipient's figure stands",
  donor: "The donor side's figure stands",
  split: "Both sides agreed on a figure between",
  agreed: "The figures agree by now",
};

/** A query as both sides see it. It is answered once the donor side has said something since it opened. */
export function queryView(query: StoredQuery): QueryView {
  const { no, consignment, consignmentTitle, line, giver, giverName, need, about, at, messages, settled } = query;
  const donor = { pieces: Number(query.donorPieces), on: query.donorOn };
  const recipient = { pieces: Number(query.recipientPieces), on: query.recipientOn };
  const says = differenceText({
    about,
    donor: { ...donor, pieces: BigInt(query.donorPieces) },
    recipient: { ...recipient, pieces: BigInt(query.recipientPieces) },
  });
  const answered = messages.some((message) => message.side === "donor");
  return {
    id: String(no),
    consignment,
    consignmentTitle,
    line,
    itemName: nameOfKind(query.item),
    giver,
    giverName,
    need,
    about,
    donor,
    recipient,
    says,
    state: settled === null ? (answered ? "answered" : "open") : "settled",
    openedAt: at,
    messages,
    settled: settled === null ? null : { ...settled, pieces: numberOf(settled.pieces), says: settledText(settled) },
  };
}

function settledText({ outcome, pieces, on }: NonNullable<StoredQuery["settled"]>): string {
  const figure = pieces === null ? (on === null ? "" : `: ${on}`) : `: ${pieces}`;
  return `${outcomes[outcome]}${figure}.`;
}

const numberOf = (text: string | null): number | null => (text === null ? null : Number(text));

export type QueryQuestion = Readonly<{
  book: string;
  knownAt?: string | undefined;
  state?: string | undefined; // open, answered or settled; those not settled where left out
  consignment?: string | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}>;

/** The queries of a book, oldest first. @throws MainstayError unknown_book, invalid_date, parameter_invalid */
export async function queryList(db: Database, asked: QueryQuestion): Promise<QueryList> {
  const cut = await cutOf(db, asked.book, asked.knownAt);
  const start = decodeCursor(asked.cursor);
  const limit = asked.limit ?? 200;
  const all = (await queriesOf(db, cut.bookNo, cut.knownBefore)).map((query) => queryView(query));
  const shown = all
    .filter((query) => asked.consignment === undefined || query.consignment === asked.consignment)
    .filter((query) =>
      asked.state === undefined ? query.state !== "settled" : asked.state === "all" || query.state === asked.state,
    );
  const [open, answered, settled] = queryStates.map((state) => all.filter((query) => query.state === state).length);
  return {
    head: cut.head,
    open: open ?? 0,
    answered: answered ?? 0,
    settled: settled ?? 0,
    items: shown.slice(start, start + limit),
    total: shown.length,
    next: encodeCursor(start + limit, shown.length),
  };
}
