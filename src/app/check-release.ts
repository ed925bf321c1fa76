import { MainstayError } from "#core/errors.ts";
import { parseDay } from "#core/frame.ts";

const longestReleaseName = 200;
const bookName = /^[a-z0-9][a-z0-9-]{0,99}$/;
const firstYear = "1900";
const dayInMs = 86_400_000;

/**
 * Checks what an import says of its release, before anything is read: the names can be shown and asked for, the day can have been its publication.
 * @returns the day of publication
 * @throws MainstayError invalid_release_name, invalid_book_name, invalid_date
 */
export function checkRelease(order: Readonly<{ release: string; book: string; published: string }>): string {
  const { release, book } = order;
  const shown = (text: string) => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}...` : text);
  // Control characters (Cc) break lines and tables; the format ones that turn the direction of writing show another name than is stored.
  if (
    release.trim() === "" ||
    release.length > longestReleaseName ||
    /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u.test(release)
  )
    throw new MainstayError("invalid_release_name", shown(release), { field: "release" });
  if (!bookName.test(book)) throw new MainstayError("invalid_book_name", shown(book), { field: "book" });
  const published = parseDay(order.published, "published");
  // It is tomorrow already in some places.
  const last = new Date(Date.now() + dayInMs).toISOString().slice(0, 10);
  if (published < firstYear || published > last)
    throw new MainstayError(
      "invalid_date",
      `${shown(published)} (a release is published between ${firstYear} and today)`,
      {
        field: "published",
      },
    );
  return published;
}
