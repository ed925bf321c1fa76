import type { DeliveryPicture, UncarriedList } from "../../../src/core/views-delivery-picture.ts";
import type {
  ConfirmationOutcome,
  ConsignmentList,
  ConsignmentView,
  DeliveredPolicies,
  PagesAddress,
  QueryList,
  QueryView,
  SignLinkMade,
  WatchList,
} from "../../../src/core/views-delivery.ts";
import { actorKept } from "../parts/acting-as.tsx";
import { apiAddress, get, post } from "./client.ts";

const id = encodeURIComponent;
type Fields = Readonly<Record<string, unknown>>;
type Paged = Readonly<{ known_at?: string | undefined; limit?: number | undefined; cursor?: string | undefined }>;

/** What narrows a list of consignments. */
export type ConsignmentFilter = Readonly<{
  q?: string | undefined;
  stream?: string | undefined;
  giver?: string | undefined;
  need?: string | undefined;
  hub?: string | undefined;
  state?: string | undefined;
  watch?: string | undefined;
  disputed?: string | undefined;
}>;

/** What narrows what is in no consignment. */
export type UncarriedFilter = Readonly<{
  giver?: string | undefined;
  need?: string | undefined;
  stream?: string | undefined;
}>;

function enter<T>(book: string, what: string, fields: Fields = {}): Promise<T> {
  return post<T>(`/planning/${id(book)}/${what}`, { ...fields, actor: actorKept() });
}

/** Consignments of a book, what both sides report of them, and what can be entered. */
export const deliveriesApi = {
  picture: (book: string, knownAt: string | undefined, signal?: AbortSignal) =>
    get<DeliveryPicture>(`/planning/${id(book)}/deliveries`, { known_at: knownAt }, signal),
  consignments: (book: string, ask: ConsignmentFilter & Paged, signal?: AbortSignal) =>
    get<ConsignmentList>(`/planning/${id(book)}/consignments`, ask, signal),
  consignment: (book: string, consignment: string, knownAt: string | undefined, signal?: AbortSignal) =>
    get<ConsignmentView>(`/planning/${id(book)}/consignments/${id(consignment)}`, { known_at: knownAt }, signal),
  watch: (book: string, ask: Readonly<{ kind?: string | undefined }> & Paged, signal?: AbortSignal) =>
    get<WatchList>(`/planning/${id(book)}/watch`, ask, signal),
  queries: (book: string, ask: Readonly<{ state?: string | undefined }> & Paged, signal?: AbortSignal) =>
    get<QueryList>(`/planning/${id(book)}/queries`, ask, signal),
  uncarried: (book: string, ask: UncarriedFilter & Paged, signal?: AbortSignal) =>
    get<UncarriedList>(`/planning/${id(book)}/uncarried`, ask, signal),
  delivered: (book: string, knownAt: string | undefined, signal?: AbortSignal) =>
    get<DeliveredPolicies>(`/planning/${id(book)}/delivered`, { known_at: knownAt }, signal),

  address: (signal?: AbortSignal) => get<PagesAddress>("/address", {}, signal),
  make: (book: string, fields: Fields) => enter<ConsignmentView>(book, "consignments", fields),
  event: (book: string, consignment: string, fields: Fields) =>
    enter<ConsignmentView>(book, `consignments/${id(consignment)}/events`, fields),
  split: (book: string, consignment: string, fields: Fields) =>
    enter<ConsignmentView>(book, `consignments/${id(consignment)}/split`, fields),
  merge: (book: string, consignment: string, fields: Fields) =>
    enter<ConsignmentView>(book, `consignments/${id(consignment)}/merge`, fields),
  makeLink: (book: string, consignment: string, fields: Fields) =>
    enter<SignLinkMade>(book, `consignments/${id(consignment)}/links`, fields),
  endLink: (book: string, consignment: string, link: string) =>
    enter<ConsignmentView>(book, `consignments/${id(consignment)}/links/${id(link)}/withdraw`),
  answer: (book: string, query: string, fields: Fields) =>
    enter<QueryView>(book, `queries/${id(query)}/messages`, fields),
  settle: (book: string, query: string, fields: Fields) =>
    enter<QueryView>(book, `queries/${id(query)}/settle`, fields),
  setDelivered: (book: string, fields: Fields) => enter<DeliveredPolicies>(book, "delivered", fields),
  receipts: (book: string, file: File, fields: Readonly<Record<string, string>>) =>
    post<ConfirmationOutcome>(`/planning/${id(book)}/receipts`, file, {
      file_name: file.name,
      ...fields,
      actor: actorKept(),
    }),
} as const;

/** Where what the recipient can sign for is downloaded, to fill in: of all consignments, or of one. */
export function receiptsFile(book: string, kind: "xlsx" | "csv", consignment?: string): string {
  return apiAddress(`/planning/${id(book)}/receipts.${kind}`, { consignment });
}
