import type { BindingClass } from "../../../src/core/bindingness.ts";
import type {
  Book,
  BookFacts,
  BroughtAlong,
  Diff,
  Group,
  Overview,
  Party,
  FigurePosting,
  FramedPage,
  PromiseRow,
  PromiseView,
  Release,
  Source,
  Totals,
} from "../../../src/core/views.ts";
import type { DecisionCalendar, ProposalView } from "../../../src/core/views-decisions.ts";
import type { FundList, FundView } from "../../../src/core/views-funds.ts";
import type {
  Keys,
  WhatIf,
  ProcedureRow,
  ProcedureView,
  VotingPowerView,
  VotingRuleView,
} from "../../../src/core/views-governed.ts";

/** The frame as the address and the API spell it. What is absent takes the server's default. */
export type FrameParams = Readonly<{
  book?: string | undefined;
  as_of?: string | undefined;
  known_at?: string | undefined;
  boundary?: string | undefined;
  basis?: string | undefined;
  class?: BindingClass | undefined;
}>;
/** What narrows a figure to some of its rows. */
export type Narrowing = Readonly<{
  donor?: string | undefined;
  category?: string | undefined;
  stream?: string | undefined;
  unit?: string | undefined;
  period?: string | undefined;
  q?: string | undefined;
}>;
/** What voting power is asked of: a rule, or weights with a quota and what else a rule asks. */
export type PowerParams = Readonly<{
  rule?: string | undefined;
  weights?: string | undefined;
  quota?: string | undefined;
  least_members?: string | undefined;
  least_against?: string | undefined;
  veto?: string | undefined;
}>;
type Params = Readonly<Record<string, string | number | undefined>>;

/** A refusal in the server's own words (problem+json), or what kept us from getting one. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly found: string;
  readonly place: string;
  constructor(status: number, body: Partial<Record<"title" | "detail" | "code" | "found" | "place", unknown>>) {
    super(words(body.title) || `The server answered ${status}.`);
    this.name = "ApiProblem";
    this.status = status;
    this.code = words(body.code);
    this.detail = words(body.detail);
    this.found = words(body.found);
    this.place = words(body.place);
  }
}

function words(value: unknown): string {
  return value === undefined || value === null ? "" : typeof value === "string" ? value : JSON.stringify(value);
}

/** The address of an API call, empty parameters left out. */
export function apiAddress(path: string, params: Params = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params))
    if (value !== undefined && value !== "") query.set(name, String(value));
  const text = query.toString();
  return `/api/v1${path}${text === "" ? "" : `?${text}`}`;
}

/** Asks for an answer. Errors: ApiProblem with the server's refusal, or with what kept us from reaching it. */
export async function get<T>(path: string, params: Params, signal?: AbortSignal): Promise<T> {
  // No headers of our own: the answer may already be on its way, asked for by the page's `preload` links.
  return answered<T>(apiAddress(path, params), { signal: signal ?? null });
}

/** Enters something on record: JSON, or the bytes of a file as they are. Errors: as of `get`. */
export async function post<T>(path: string, body: unknown, params: Params = {}): Promise<T> {
  const file = body instanceof Blob;
  return answered<T>(apiAddress(path, params), {
    method: "POST",
    headers: { "content-type": file ? "application/octet-stream" : "application/json" },
    body: file ? body : JSON.stringify(body),
  });
}

async function answered<T>(address: string, request: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(address, request);
  } catch (error) {
    if (request.signal?.aborted === true) throw error;
    throw new ApiProblem(0, {
      title: "The server could not be reached.",
      detail: "See that Mainstay is running (npm start) and try again.",
    });
  }
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok || body === null)
    throw new ApiProblem(response.status, typeof body === "object" && body !== null ? body : {});
  return body as T;
}

const id = encodeURIComponent;

export const api = {
  books: (signal?: AbortSignal) => get<readonly Book[]>("/books", {}, signal),
  releases: (book: string, signal?: AbortSignal) => get<readonly Release[]>(`/books/${id(book)}/releases`, {}, signal),
  overview: (frame: FrameParams, signal?: AbortSignal) => get<Overview>("/overview", frame, signal),
  totals: (by: string, frame: FrameParams & Narrowing, signal?: AbortSignal) =>
    get<Totals>("/totals", { by, ...frame }, signal),
  diff: (book: string, from: string, to: string, bindingClass?: BindingClass, signal?: AbortSignal) =>
    get<Diff>("/diff", { book, from, to, class: bindingClass }, signal),
  /** Those listed in a book: made-up ones only in one that is made up itself. */
  parties: (book: string | undefined, signal?: AbortSignal) => get<readonly Party[]>("/parties", { book }, signal),
  party: (party: string, signal?: AbortSignal) => get<Party>(`/parties/${id(party)}`, {}, signal),
  /** Those listed in a book, with what came under what by its decisions. */
  groups: (book: string | undefined, signal?: AbortSignal) => get<readonly Group[]>("/groups", { book }, signal),
  group: (group: string, { book, as_of, known_at }: FrameParams, signal?: AbortSignal) =>
    get<Group>(`/groups/${id(group)}`, { book, as_of, known_at }, signal),
  broughtAlong: (group: string, { book, as_of, known_at, basis }: FrameParams, signal?: AbortSignal) =>
    get<BroughtAlong>(`/groups/${id(group)}/brought-along`, { book, as_of, known_at, basis }, signal),
  promises: (frame: FrameParams & Narrowing, limit: number, signal?: AbortSignal, cursor?: string) =>
    get<FramedPage<PromiseRow>>("/promises", { ...frame, limit, cursor }, signal),
  promise: (promise: string, frame: FrameParams, signal?: AbortSignal) =>
    get<PromiseView>(`/promises/${id(promise)}`, frame, signal),
  postings: (frame: FrameParams & Narrowing, limit: number, signal?: AbortSignal, cursor?: string) =>
    get<FramedPage<FigurePosting>>("/postings", { ...frame, limit, cursor }, signal),
  sources: (book: string | undefined, signal?: AbortSignal) => get<readonly Source[]>("/sources", { book }, signal),
  source: (source: string, signal?: AbortSignal) => get<Source>(`/sources/${id(source)}`, {}, signal),
  facts: (book: string, signal?: AbortSignal) => get<BookFacts>("/facts", { book }, signal),
  votingRules: (signal?: AbortSignal) => get<readonly VotingRuleView[]>("/power/rules", {}, signal),
  votingPower: (question: PowerParams, signal?: AbortSignal) => get<VotingPowerView>("/power", question, signal),
  keys: (signal?: AbortSignal) => get<Keys>("/keys", {}, signal),
  /** Up to five what-ifs; the first is today's. */
  whatIf: ([today, a, b, c, d]: readonly string[], frame: FrameParams, signal?: AbortSignal) =>
    get<WhatIf>("/whatif", { today, a, b, c, d, ...frame }, signal),
  procedures: (signal?: AbortSignal) => get<readonly ProcedureRow[]>("/procedures", {}, signal),
  /** The version in force on a day, or the newest. */
  procedure: (procedure: string, on: string | undefined, signal?: AbortSignal) =>
    get<ProcedureView>(`/procedures/${id(procedure)}`, { on }, signal),
  decisions: (book: string, signal?: AbortSignal) => get<DecisionCalendar>("/decisions", { book }, signal),
  decision: (decision: string, signal?: AbortSignal) => get<ProposalView>(`/decisions/${id(decision)}`, {}, signal),
  openDecision: (body: Readonly<Record<string, unknown>>) => post<ProposalView>("/decisions", body),
  decisionEvent: (decision: string, body: Readonly<Record<string, unknown>>) =>
    post<ProposalView>(`/decisions/${id(decision)}/events`, body),
  funds: (book: string, asOf: string | undefined, signal?: AbortSignal) =>
    get<FundList>("/funds", { book, as_of: asOf }, signal),
  fund: (fund: string, asOf: string | undefined, signal?: AbortSignal) =>
    get<FundView>(`/funds/${id(fund)}`, { as_of: asOf }, signal),
  openapi: (signal?: AbortSignal) => get<OpenApi>("/openapi.json", {}, signal),
} as const;

/** As much of an OpenAPI 3.1 description as the page reads. */
export type OpenApi = Readonly<{
  info: Readonly<{ title: string; version: string; description?: string }>;
  paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
}>;
export type OpenApiOperation = Readonly<{
  tags?: readonly string[];
  summary?: string;
  description?: string;
  parameters?: readonly Readonly<{
    name: string;
    in: string;
    required?: boolean;
    description?: string;
    schema?: Readonly<Record<string, unknown>>;
  }>[];
  requestBody?: Readonly<{ description?: string; content?: Readonly<Record<string, unknown>> }>;
  responses?: Readonly<Record<string, Readonly<{ description?: string; content?: Readonly<Record<string, unknown>> }>>>;
}>;
