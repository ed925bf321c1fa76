import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { usualBook } from "./frame-query.ts";

/** What the pages' build says of itself, as far as it is needed here: each source's file and the files that it imports. */
type Manifest = Readonly<Record<string, Readonly<{ file: string; imports?: readonly string[] }> | undefined>>;
type Asks = (frame: URLSearchParams, id: string, search: URLSearchParams) => readonly string[];

const frameNames = ["book", "as_of", "known_at", "boundary", "basis", "class"] as const;
const asksOverview = (frame: URLSearchParams): readonly string[] => [`/books`, `/overview${queryOf(frame)}`];
const asksBooks: Asks = () => ["/books"];

/** For each page: its address, the source of its script, and what it asks of the API first, spelled exactly as it asks. */
const pages: readonly (readonly [address: RegExp, script: string, asks: Asks])[] = [
  [/^\/$/, "overview", asksOverview],
  [/^\/nations$/, "nations", asksOverview],
  [/^\/nations\/([^/]+)$/, "nation", (frame, id) => [`/parties/${id}`, ...asksOverview(frame)]],
  [
    /^\/groups\/([^/]+)$/,
    "group",
    (frame, id) => [
      `/groups/${id}${queryOf(only(frame, "book", "as_of", "known_at"))}`,
      `/groups/${id}/brought-along${queryOf(only(frame, "book", "as_of", "known_at", "basis"))}`,
      `/facts?book=${bookOf(frame)}`,
      "/books",
    ],
  ],
  [
    /^\/promises$/,
    "promises",
    (frame) => [
      ...asksOverview(frame),
      `/promises${queryOf(new URLSearchParams([...frame].filter(([name]) => name !== "class")), "limit=20000")}`,
    ],
  ],
  [/^\/promises\/([^/]+)$/, "promise", (frame, id) => [`/promises/${id}${queryOf(frame)}`, "/books"]],
  [/^\/postings$/, "postings", asksOverview],
  [/^\/releases$/, "releases", (frame) => [`/books/${bookOf(frame)}/releases`, "/books"]],
  [
    /^\/needs$/,
    "needs",
    (frame, _, search) => [...planningList(frame, search, "needs"), `/facts?book=${bookOf(frame)}`, "/books"],
  ],
  [/^\/needs\/([^/]+)$/, "need", (frame, id) => [`${planning(frame)}/needs/${id}${known(frame)}`, "/books"]],
  [/^\/offers$/, "offers", (frame, _, search) => [...planningList(frame, search, "offers"), "/books"]],
  [/^\/offers\/([^/]+)$/, "offer", (frame, id) => [`${planning(frame)}/offers/${id}${known(frame)}`, "/books"]],
  [/^\/funds$/, "funds", (frame) => [`/funds?book=${bookOf(frame)}${dayOf(frame, "&")}`, "/books"]],
  [/^\/funds\/([^/]+)$/, "fund", (frame, id) => [`/funds/${id}${dayOf(frame, "?")}`, "/books"]],
  [
    /^\/funds\/([^/]+\/calls\/[^/]+)$/,
    "call",
    (frame, id) => [`/funds/${id}${dayOf(frame, "?")}`, `/funds/${id.split("/")[0]}${dayOf(frame, "?")}`, "/books"],
  ],
  [/^\/decisions$/, "decisions", (frame) => [`/decisions?book=${bookOf(frame)}`, "/books"]],
  [/^\/decisions\/new$/, "propose", (frame) => [`/groups${queryOf(only(frame, "book"))}`, "/procedures", "/books"]],
  [/^\/decisions\/([^/]+)$/, "decision", (_, id) => [`/decisions/${id}`, "/books"]],
  [/^\/forecast$/, "forecast", (frame) => [`/foresight/forecast/record?book=${bookOf(frame)}`, "/books"]],
  [/^\/forecast\/scenarios$/, "forecast-scenarios", () => ["/foresight/scenarios", "/books"]],
  [
    /^\/timeline$/,
    "timeline",
    (frame, _, search) => [`/foresight/milestones?${milestones(frame, search).toString()}`, "/books"],
  ],
  [
    /^\/report$/,
    "report",
    (frame, _, search) => [
      ...pledgeReport(frame, search),
      `/funds?book=${bookOf(frame)}`,
      `/groups${queryOf(only(frame, "book"))}`,
      "/books",
    ],
  ],
  [/^\/why\/([^/]+)$/, "why", (_, id) => [`/postings/${id}/why`, "/books"]],
  [/^\/sign\/([^/]+)$/, "sign", (_, token) => [`/sign/${token}`]],
  [/^\/sources$/, "sources", asksBooks],
  [/^\/sources\/([^/]+)$/, "source", (_, id) => [`/sources/${id}`, "/books"]],
  [/^\/about$/, "about", asksBooks],
  [/^\/api$/, "api", () => ["/openapi.json", "/books"]],
];

const bookOf = (frame: URLSearchParams) => encodeURIComponent(frame.get("book") ?? usualBook);
const planning = (frame: URLSearchParams) => `/planning/${bookOf(frame)}`;
const known = (frame: URLSearchParams, more = "") => queryOf(only(frame, "known_at"), more);
const narrowing = ["q", "kind", "priority", "capability", "coalition", "giver", "state", "only"];

/** The first rows of needs or offers; nothing where the address narrows them: then the page asks for others. */
function planningList(frame: URLSearchParams, search: URLSearchParams, what: "needs" | "offers"): readonly string[] {
  const isNarrowed = narrowing.some((name) => (search.get(name) ?? "") !== "");
  return isNarrowed ? [] : [`${planning(frame)}/${what}${known(frame, "limit=50")}`];
}

/** What the timeline's first milestones are asked by. */
function milestones(frame: URLSearchParams, search: URLSearchParams): URLSearchParams {
  const asked = new URLSearchParams({ book: frame.get("book") ?? usualBook });
  for (const name of ["fund", "nation", "kind", "state", "q"]) copy(name, search, asked);
  copy("known_at", frame, asked);
  asked.set("limit", "50");
  return asked;
}

/** The pledge report without its forecast, where the address says of whom and of which period; else the page has to ask for more first. */
function pledgeReport(frame: URLSearchParams, search: URLSearchParams): readonly string[] {
  const asked = new URLSearchParams();
  const group = search.getAll("group").at(-1) ?? "";
  const fund = search.getAll("fund").at(-1) ?? "";
  if ((group === "" && fund === "") || (search.get("period") ?? "") === "") return [];
  if (group === "") asked.set("fund", fund);
  else {
    if (group !== "all") asked.set("group", group);
    asked.set("book", frame.get("book") ?? usualBook);
  }
  copy("period", search, asked);
  for (const name of ["known_at", "boundary", "basis"]) copy(name, frame, asked);
  asked.set("forecast", "no");
  return [`/foresight/pledge-report?${asked.toString()}`];
}

function copy(name: string, from: URLSearchParams, to: URLSearchParams): void {
  const value = from.getAll(name).at(-1) ?? "";
  if (value !== "") to.set(name, value);
}

function dayOf(frame: URLSearchParams, before: string): string {
  const day = frame.get("as_of");
  return day === null ? "" : `${before}as_of=${encodeURIComponent(day)}`;
}

/** The frame's parts of the names, in its own order. */
function only(frame: URLSearchParams, ...names: readonly string[]): URLSearchParams {
  return new URLSearchParams([...frame].filter(([name]) => names.includes(name)));
}

function queryOf(frame: URLSearchParams, more = ""): string {
  const text = [frame.toString(), more].filter((part) => part !== "").join("&");
  return text === "" ? "" : `?${text}`;
}

/** The frame of an address as its page reads it: known names in their order, nothing empty. What they say is judged when it is asked. */
function frameOf(search: URLSearchParams): URLSearchParams {
  const frame = new URLSearchParams();
  for (const name of frameNames) {
    const value = search.getAll(name).at(-1) ?? "";
    if (value !== "") frame.set(name, value);
  }
  return frame;
}

/** The API's answers that the page at an address asks for first. */
function firstAsked(address: URL): readonly string[] {
  const [page, id] = pageAt(address);
  return page === undefined
    ? []
    : page[2](frameOf(address.searchParams), id, address.searchParams).map((path) => `/api/v1${path}`);
}

function pageAt(address: URL): readonly [page: (typeof pages)[number] | undefined, id: string] {
  const path = address.pathname.length > 1 ? address.pathname.replace(/\/$/, "") : address.pathname;
  for (const page of pages) {
    const match = page[0].exec(path);
    if (match !== null) return [page, match[1] ?? ""];
  }
  return [undefined, ""];
}

/** The scripts of the page at an address, those that index.html names already left out. */
function scriptsOf(address: URL, manifest: Manifest): readonly string[] {
  const [page] = pageAt(address);
  const found = new Set<string>();
  const gather = (source: string): void => {
    const entry = manifest[source];
    if (entry === undefined || found.has(entry.file)) return;
    found.add(entry.file);
    for (const next of entry.imports ?? []) gather(next);
  };
  gather("index.html");
  const named = new Set(found);
  if (page !== undefined) gather(`src/pages/${page[1]}.tsx`);
  return [...found].filter((file) => !named.has(file));
}

/** What the build wrote beside the pages; empty when it is not there. */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, "manifest.json"), "utf8").catch(() => "{}");
  return JSON.parse(text) as Manifest;
}

/**
 * index.html for one address: with links by which the browser fetches the page's script and its first answers at once, beside the
 * common script and not after it. Nothing else differs, so without them the page opens all the same.
 */
export function opened(page: string, address: URL, manifest: Manifest): string {
  const links = [
    ...scriptsOf(address, manifest).map((file) => `<link rel="modulepreload" crossorigin href="/${escaped(file)}">`),
    ...firstAsked(address).map((path) => `<link rel="preload" as="fetch" crossorigin href="${escaped(path)}">`),
  ];
  return page.replace(/ *<\/head>/, () => `    ${links.join("\n    ")}\n  </head>`);
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
