import { Written } from "../../funds/acts/fields.tsx";

/** What names the document that something was said in; all of it may stay empty. */
export const noSource = { source: "", publisher: "", published: "", url: "" };
type SourceFields = Readonly<typeof noSource>;

/** What is sent of it: what is empty is left out. */
export function sourceOf({ source, publisher, published, url }: SourceFields): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries({ source, publisher, published, url }).filter(([, text]) => text.trim() !== ""),
  );
}

/** The document, folded away: without one, whoever acts is the source. */
export function SourceOf({
  fields,
  set,
}: Readonly<{ fields: SourceFields; set: (name: keyof SourceFields) => (value: string) => void }>) {
  return (
    <details className="wide-field more-fields">
      <summary>Where it was said</summary>
      <div className="act-fields">
        <Written label="Document" wide required={false} value={fields.source} onChange={set("source")} />
        <Written label="Published by" required={false} value={fields.publisher} onChange={set("publisher")} />
        <Written label="On" type="date" required={false} value={fields.published} onChange={set("published")} />
        <Written label="Address" wide required={false} value={fields.url} onChange={set("url")} hint="https://" />
      </div>
    </details>
  );
}
