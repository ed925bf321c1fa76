import { formatCount } from "../format/amounts.ts";

/** Which rows of a long table are shown, and the ways to the others. */
export function Pager({
  page,
  size,
  total,
  what,
  onPage,
}: Readonly<{ page: number; size: number; total: number; what: string; onPage: (page: number) => void }>) {
  const pages = Math.max(Math.ceil(total / size), 1);
  if (pages === 1) return null;
  return (
    <nav className="pager tools" aria-label={`Pages of ${what}`}>
      <button type="button" disabled={page <= 1} onClick={() => onPage(page - 1)}>
        Earlier rows
      </button>
      <span aria-live="polite">
        {formatCount((page - 1) * size + 1)} to {formatCount(Math.min(page * size, total))} of {formatCount(total)}
      </span>
      <button type="button" disabled={page >= pages} onClick={() => onPage(page + 1)}>
        Later rows
      </button>
    </nav>
  );
}

/** The page number that an address names, within what there is. */
export function pageOf(text: string | undefined, total: number, size: number): number {
  const page = /^\d{1,6}$/.test(text ?? "") ? Number(text) : 1;
  return Math.min(Math.max(page, 1), Math.max(Math.ceil(total / size), 1));
}
