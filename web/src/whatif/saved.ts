import type { AppSearch } from "../frame/search.ts";
import { readSearch } from "../frame/search.ts";

/** A comparison kept in this browser under a name. */
export type Saved = Readonly<{ name: string; search: AppSearch }>;

const place = "what-ifs";

/** What is kept, in order of names; nothing where the browser keeps nothing or holds something else there. */
export function readSaved(): readonly Saved[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place) ?? "[]");
    if (!Array.isArray(kept)) return [];
    return kept.flatMap((one: unknown): Saved[] => {
      if (typeof one !== "object" || one === null || !("name" in one) || !("search" in one)) return [];
      const { name, search } = one;
      if (typeof name !== "string" || typeof search !== "object" || search === null) return [];
      return [{ name, search: readSearch({ ...search }) }];
    });
  } catch {
    return [];
  }
}

/** Keeps them; false when the browser does not let the page. */
export function writeSaved(all: readonly Saved[]): boolean {
  try {
    localStorage.setItem(place, JSON.stringify(all));
    return true;
  } catch {
    return false;
  }
}

/** With one more, in place of one of the same name. */
export function withSaved(all: readonly Saved[], one: Saved): readonly Saved[] {
  return [...all.filter(({ name }) => name !== one.name), one].toSorted((left, right) =>
    left.name.localeCompare(right.name, "en"),
  );
}
