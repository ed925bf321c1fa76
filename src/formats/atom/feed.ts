/** An entry of a feed. Addresses are absolute; instants are in UTC. */
export type AtomEntry = Readonly<{
  id: string; // an IRI: the same as long as it is the same thing, and like no other's in the world
  title: string;
  published: string;
  updated: string;
  address: string; // the page that shows it
  categories: readonly string[];
  summary: string;
}>;

/** A feed's own id, name, addresses and author. `updated`: that of a feed without entries. */
export type AtomFeed = Readonly<{
  id: string;
  title: string;
  subtitle: string;
  author: string;
  address: string; // the feed's own
  page: string; // the page that shows the same
  updated: string;
  entries: readonly AtomEntry[];
}>;

/** A feed in the Atom Syndication Format (RFC 4287), for application/atom+xml, the entry updated last first. */
export function atomFeed(feed: AtomFeed): string {
  const entries = feed.entries.toSorted(lastFirst);
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
    element("id", feed.id),
    element("title", feed.title),
    element("subtitle", feed.subtitle),
    element("updated", instantOf(entries[0]?.updated ?? feed.updated)),
    "<generator>Mainstay</generator>",
    `<author>${element("name", feed.author)}</author>`,
    `<link rel="self" type="application/atom+xml" href="${escaped(feed.address)}"/>`,
    `<link rel="alternate" type="text/html" href="${escaped(feed.page)}"/>`,
    ...entries.map(entryText),
    "</feed>",
    "",
  ].join("\n");
}

function entryText({ id, title, published, updated, address, categories, summary }: AtomEntry): string {
  return [
    "<entry>",
    element("id", id),
    element("title", title),
    element("published", instantOf(published)),
    element("updated", instantOf(updated)),
    `<link rel="alternate" type="text/html" href="${escaped(address)}"/>`,
    ...categories.map((term) => `<category term="${escaped(term)}"/>`),
    element("summary", summary),
    "</entry>",
  ].join("\n");
}

function element(name: string, text: string): string {
  return `<${name}>${escaped(text)}</${name}>`;
}

/** An instant as RFC 3339 writes it, in UTC. */
function instantOf(instant: string): string {
  return new Date(instant).toISOString();
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** What XML 1.0 can hold: other characters are left out. */
// oxlint-disable-next-line no-control-regex
const unheld = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(unheld, "")
    .replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? "");
}

function lastFirst(one: AtomEntry, other: AtomEntry): number {
  const [left, right] = [instantOf(one.updated), instantOf(other.updated)];
  return left === right ? (one.id < other.id ? -1 : 1) : left < right ? 1 : -1;
}
