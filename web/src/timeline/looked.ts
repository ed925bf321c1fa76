import { useEffect, useState } from "react";

/**
 * When this reader last looked at a book's timeline, kept in this browser only; null where it had not before this look, or keeps nothing.
 * @param now the instant of this look: what the next one goes by where it is the first
 */
export function useLastLook(
  book: string,
  now: string,
): readonly [since: string | null, seen: (instant: string) => void] {
  const [looks, setLooks] = useState<Readonly<Record<string, string>>>({});
  const name = `looked ${book}`;
  const [first] = useState(() => kept(name));
  const since = looks[book] ?? first;
  useEffect(() => {
    if (kept(name) === null) keep(name, now);
  }, [name, now]);
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
