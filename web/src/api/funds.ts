import type {
  CallView,
  FundList,
  FundView,
  ReallocationPreview,
  ReceiptsReport,
  WhyView,
} from "../../../src/core/views-funds.ts";
import { actorKept } from "../parts/acting-as.tsx";
import { get, post } from "./client.ts";

const id = encodeURIComponent;
type Fields = Readonly<Record<string, unknown>>;

/** Enters an act of a fund in the name that stands in "Acting as". */
function enter<T>(fund: string, what: string, fields: Fields): Promise<T> {
  return post<T>(`/funds/${id(fund)}/${what}`, { ...fields, actor: actorKept() });
}

const spending = {
  place: { what: "places", more: {} },
  release: { what: "releases", more: {} },
  pay: { what: "payments", more: { placed: false } },
  "pay-placed": { what: "payments", more: { placed: true } },
  acknowledge: { what: "acknowledgements", more: {} },
} as const;

/** A fund's money: what is on record, and what can be done with it. Amounts are decimal strings in the fund's currency. */
export const fundApi = {
  list: (book: string, asOf: string | undefined, signal?: AbortSignal) =>
    get<FundList>("/funds", { book, as_of: asOf }, signal),
  fund: (fund: string, asOf: string | undefined, signal?: AbortSignal) =>
    get<FundView>(`/funds/${id(fund)}`, { as_of: asOf }, signal),
  call: (fund: string, call: string, asOf: string | undefined, signal?: AbortSignal) =>
    get<CallView>(`/funds/${id(fund)}/calls/${id(call)}`, { as_of: asOf }, signal),
  reallocation: (
    fund: string,
    ask: Readonly<{ line: string; to_fund?: string | undefined; to_line: string; amount: string; earmark: string }>,
    signal?: AbortSignal,
  ) => get<ReallocationPreview>(`/funds/${id(fund)}/reallocation`, ask, signal),
  why: (posting: string, signal?: AbortSignal) => get<WhyView>(`/postings/${id(posting)}/why`, {}, signal),

  issueCall: (fund: string, fields: Fields) => enter<CallView>(fund, "calls", fields),
  pledge: (fund: string, fields: Fields) => enter<FundView>(fund, "pledges", fields),
  importReceipts: (fund: string, file: File) =>
    post<ReceiptsReport>(`/funds/${id(fund)}/receipts`, file, { file_name: file.name, actor: actorKept() }),
  match: (fund: string, fields: Fields) => enter<ReceiptsReport>(fund, "receipts/match", fields),
  credit: (fund: string, fields: Fields) => enter<FundView>(fund, "credits", fields),
  /** Places a line's money, sets it free, pays it, or has it confirmed. */
  spend: (fund: string, way: keyof typeof spending, fields: Fields) =>
    enter<FundView>(fund, spending[way].what, { ...fields, ...spending[way].more }),
  reallocate: (fund: string, fields: Fields) => enter<FundView>(fund, "reallocations", fields),
  takeBack: (fund: string, act: string, fields: Fields) => enter<FundView>(fund, `acts/${id(act)}/reversal`, fields),
} as const;
