import type {
  CoalitionView,
  ImportOutcome,
  ItemList,
  NeedList,
  NeedView,
  OfferChanged,
  OfferList,
  OfferView,
} from "../../../src/core/views-planning.ts";
import { actorKept } from "../parts/acting-as.tsx";
import { apiAddress, get, post } from "./client.ts";

const id = encodeURIComponent;
type Fields = Readonly<Record<string, unknown>>;

/** What narrows a list of needs. */
export type NeedFilter = Readonly<{
  q?: string | undefined;
  item?: string | undefined;
  priority?: string | undefined;
  capability?: string | undefined;
  coalition?: string | undefined;
  uncovered?: string | undefined;
  state?: string | undefined;
}>;
/** What narrows a list of offers. */
export type OfferFilter = Readonly<{
  q?: string | undefined;
  item?: string | undefined;
  giver?: string | undefined;
  capability?: string | undefined;
  coalition?: string | undefined;
  state?: string | undefined;
}>;
type Paged = Readonly<{ known_at?: string | undefined; limit?: number | undefined; cursor?: string | undefined }>;

function enter<T>(book: string, what: string, fields: Fields): Promise<T> {
  return post<T>(`/planning/${id(book)}/${what}`, { ...fields, actor: actorKept() });
}

/** Needs, offers and coalitions of a book: what is on record, and what can be entered. */
export const planningApi = {
  items: (signal?: AbortSignal) => get<ItemList>("/planning/items", {}, signal),
  needs: (book: string, ask: NeedFilter & Paged, signal?: AbortSignal) =>
    get<NeedList>(`/planning/${id(book)}/needs`, ask, signal),
  need: (book: string, need: string, knownAt: string | undefined, signal?: AbortSignal) =>
    get<NeedView>(`/planning/${id(book)}/needs/${id(need)}`, { known_at: knownAt }, signal),
  offers: (book: string, ask: OfferFilter & Paged, signal?: AbortSignal) =>
    get<OfferList>(`/planning/${id(book)}/offers`, ask, signal),
  offer: (book: string, offer: string, knownAt: string | undefined, signal?: AbortSignal) =>
    get<OfferView>(`/planning/${id(book)}/offers/${id(offer)}`, { known_at: knownAt }, signal),
  coalition: (book: string, slug: string, knownAt: string | undefined, signal?: AbortSignal) =>
    get<CoalitionView>(`/planning/${id(book)}/coalitions/${id(slug)}`, { known_at: knownAt }, signal),

  stateNeed: (book: string, fields: Fields) => enter<NeedView>(book, "needs", fields),
  changeNeed: (book: string, need: string, fields: Fields) =>
    enter<NeedView>(book, `needs/${id(need)}/changes`, fields),
  withdrawNeed: (book: string, need: string, fields: Fields) =>
    enter<NeedView>(book, `needs/${id(need)}/withdrawal`, fields),
  makeOffer: (book: string, fields: Fields) => enter<OfferView>(book, "offers", fields),
  changeOffer: (book: string, offer: string, fields: Fields) =>
    enter<OfferChanged>(book, `offers/${id(offer)}/changes`, fields),
  withdrawOffer: (book: string, offer: string, fields: Fields) =>
    enter<OfferChanged>(book, `offers/${id(offer)}/withdrawal`, fields),
  consent: (book: string, offer: string, fields: Fields) =>
    enter<OfferChanged>(book, `offers/${id(offer)}/consent`, fields),
  importFile: (book: string, what: "needs" | "offers", file: File, fields: Readonly<Record<string, string>>) =>
    post<ImportOutcome>(`/planning/${id(book)}/${what}/import`, file, {
      file_name: file.name,
      ...fields,
      actor: actorKept(),
    }),
} as const;

/** Where a book's needs or offers can be downloaded, and an empty file to fill in. */
export const planningFiles = {
  export: (book: string, what: "needs" | "offers", kind: "xlsx" | "csv", knownAt: string | undefined) =>
    apiAddress(`/planning/${id(book)}/${what}.${kind}`, { known_at: knownAt }),
  template: (what: "needs" | "offers", kind: "xlsx" | "csv") => apiAddress(`/planning/templates/${what}.${kind}`),
} as const;
