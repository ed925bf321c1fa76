import type { ObjectKind } from "#core/decisions/terms.ts";
import { MainstayError } from "#core/errors.ts";
import type { Queries } from "#store/database.ts";
import { linesOf, storedFunds, type StoredFund } from "#store/funds/funds.ts";
import { groupsDeciding } from "#store/funds/open.ts";

/** What a proposal asks: of a book, about what, by which procedure. */
export type Asked = Readonly<{
  bookNo: number;
  object: ObjectKind;
  procedure: string;
  group: string | null; // whose proposal it is
  on: string; // the day on which it is asked
}>;

/**
 * A fund of the book that the group decides on, such an object by the procedure where its terms name one.
 * @throws MainstayError unknown_fund, procedure_not_of_the_fund, group_not_of_the_fund
 */
export async function fundOfBook(
  db: Queries,
  id: string,
  { bookNo, object, procedure, group, on }: Asked,
): Promise<StoredFund> {
  const fund = await requireFund(db, id);
  if (fund.bookNo !== bookNo)
    throw new MainstayError("unknown_fund", `${JSON.stringify(id)}, which is of another book`, { field: "fund" });
  const named = fund.terms.decides[object];
  if (named !== undefined && named !== procedure)
    throw new MainstayError("procedure_not_of_the_fund", `${procedure}, where ${id} decides ${object} by ${named}`, {
      field: "procedure",
    });
  const groups = await groupsDeciding(db, fund.no, on);
  if (group === null || !groups.includes(group))
    throw new MainstayError(
      "group_not_of_the_fund",
      `${group ?? "no group"}, where ${id} is decided on by ${groups.join(" or ")}`,
      { field: "group" },
    );
  return fund;
}

/** Such a fund, whose opening stands. @throws MainstayError those of fundOfBook, fund_opening_ended */
export async function openFundOfBook(db: Queries, id: string, asked: Asked): Promise<StoredFund> {
  const fund = await fundOfBook(db, id, asked);
  refuseEnded(fund);
  return fund;
}

/** @throws MainstayError unknown_fund */
export async function requireFund(db: Queries, id: string): Promise<StoredFund> {
  const [fund] = await storedFunds(db, { id });
  if (fund === undefined) throw new MainstayError("unknown_fund", JSON.stringify(id), { field: "fund" });
  return fund;
}

/**
 * A fund whose opening stands. One whose opening was annulled or has expired takes in nothing new; what it holds can still be spent and moved.
 * @throws MainstayError unknown_fund, fund_opening_ended
 */
export async function requireOpenFund(db: Queries, id: string): Promise<StoredFund> {
  const fund = await requireFund(db, id);
  refuseEnded(fund);
  return fund;
}

function refuseEnded({ id, proposal, ended }: StoredFund): void {
  if (ended !== null)
    throw new MainstayError("fund_opening_ended", `${id}, opened by ${proposal}, which is ${ended}`, { field: "fund" });
}

/** @throws MainstayError unknown_fund_line */
export async function requireLine(db: Queries, fund: StoredFund, line: string, field: string): Promise<void> {
  if (!(await linesOf(db, fund.no)).some((one) => one.id === line))
    throw new MainstayError("unknown_fund_line", JSON.stringify(line), { field });
}
