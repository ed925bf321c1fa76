import { useState } from "react";

/** When this reader last looked at a book's timeline, kept in this browser only; null where it never did, or keeps nothing. */
export function useLastLook(book: string): readonly [since: string | null, seen: (instant: string) => void] {
  const [looks, setLooks] = useState<Readonly<Record<string, string | null>>>({});
  const name = `looked ${book}`;
  const since = looks[book] === undefined ? kept(name) : looks[book];
  return [
    since,
    (instant) => {
      keep(name, instant);
      setLooks({ ...looks, [book]: instant });
    },
  ];
}

function kept(name: string): string | null {
  try {
    const found = localStorage.getItem(name);
    return found !== null && /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(found) ? found : null;
  } catch {
    return null;
  }
}

function keep(name: string, instant: string): void {
  try {
    localStorage.setItem(name, instant);
  } catch {
    // Without storage the look lasts as long as the page.
  }
}
