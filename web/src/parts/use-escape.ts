import { useEffect, useEffectEvent } from "react";

/** Calls back on Escape anywhere on the page while something is open. */
export function useEscape(open: boolean, onEscape: () => void): void {
  const escaped = useEffectEvent(onEscape);
  useEffect(() => {
    if (!open) return undefined;
    const listen = (event: KeyboardEvent) => {
      if (event.key === "Escape") escaped();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [open]);
}
