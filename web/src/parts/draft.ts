import { useState } from "react";

function kept(key: string): object {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(key) ?? "{}");
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

/**
 * What is written in a form, kept for this tab so that a reload loses nothing. Returns the values, a way to change some of them,
 * and a way to forget them once they are sent.
 */
export function useDraft<T extends object>(
  key: string,
  start: () => T,
): readonly [value: T, change: (some: Partial<T>) => void, forget: () => void] {
  const [value, setValue] = useState<T>(() => ({ ...start(), ...kept(key) }));
  const change = (some: Partial<T>) =>
    setValue((before) => {
      const next = { ...before, ...some };
      try {
        sessionStorage.setItem(key, JSON.stringify(next));
      } catch {
        // Without storage the draft lasts as long as the page.
      }
      return next;
    });
  const forget = () => {
    try {
      sessionStorage.removeItem(key);
    } catch {
      // There was none.
    }
  };
  return [value, change, forget];
}
