import { createHash } from "node:crypto";
import type { NewSource } from "#store/register.ts";

/** Where something comes from, as a person names it. */
export type SourceWords = Readonly<{
  title: string;
  publisher: string;
  publishedOn?: string | null | undefined;
  url?: string | null | undefined;
  note?: string | undefined;
}>;

/** A source on record by what is said of it: the same words are the same source. */
export function sourceByWords({ title, publisher, publishedOn = null, url = null, note = "" }: SourceWords): NewSource {
  const words = { title: title.trim(), publisher: publisher.trim(), publishedOn, retrievedOn: null, url, note };
  const sha256 = createHash("sha256").update(JSON.stringify(words)).digest("hex");
  const slug = words.title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "")
    .slice(0, 40);
  return { id: `${slug === "" ? "source" : slug}-${sha256.slice(0, 10)}`, ...words };
}
