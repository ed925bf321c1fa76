import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useAppSearch } from "../../frame/hooks.ts";
import type { AppSearch } from "../../frame/search.ts";

/** Writing works from the machine that the program runs on, and from nowhere else. */
export const actsHere = ["localhost", "127.0.0.1", "[::1]"].includes(window.location.hostname);

/** Opens one form, or closes it when it is open; the address says which. */
export function ActLink({
  act,
  children,
  className,
  hash,
}: Readonly<{ act: string; children: ReactNode; className?: string; hash?: string }>) {
  const open = useAppSearch().act === act;
  return (
    <Link
      to="."
      {...(hash === undefined ? {} : { hash })}
      hashScrollIntoView={false}
      search={(previous: AppSearch) => ({ ...previous, act: open ? undefined : act })}
      resetScroll={false}
      className={className ?? ""}
      aria-expanded={open}
      data-open={open}
    >
      {children}
    </Link>
  );
}
