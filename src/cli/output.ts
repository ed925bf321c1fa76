import { groupThousands } from "#core/money.ts";

/** What a command writes to and reads from; the program gives the real ones, the tests their own. */
export type Terminal = Readonly<{
  out: (text: string) => void; // standard output, as it is
  err: (text: string) => void; // standard error, as it is
  errIsTerminal: boolean;
  signal: AbortSignal; // raised by Ctrl-C
}>;

/** A value as the JSON every command prints with --json: two spaces, one newline at the end. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

export type Column<Row> = Readonly<{ title: string; cell: (row: Row) => string | null; right?: boolean }>;

/** A plain table with aligned columns, unknown cells as "not known". */
export function tableText<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const cells = rows.map((row) => columns.map((column) => column.cell(row) ?? "not known"));
  const widths = columns.map((column, index) =>
    cells.reduce((widest, line) => Math.max(widest, line[index]?.length ?? 0), column.title.length),
  );
  const pad = (text: string, index: number) =>
    columns[index]?.right === true ? text.padStart(widths[index] ?? 0) : text.padEnd(widths[index] ?? 0);
  const line = (texts: readonly string[]) => texts.map(pad).join("  ").trimEnd();
  const rule = widths.map((width) => "-".repeat(width));
  return [columns.map((column) => column.title), rule, ...cells].map((texts) => `${line(texts)}\n`).join("");
}

/** A CSV line as RFC 4180 has it; a text that a spreadsheet would run as a formula is defused by an apostrophe. */
export function csvText(header: readonly string[], rows: readonly (readonly (string | null)[])[]): string {
  return [header, ...rows].map((row) => row.map(csvCell).join(",")).join("\r\n") + "\r\n";
}

function csvCell(value: string | null): string {
  const text = value ?? "";
  const safe = /^[=+@\t\r]|^-(?![\d.]+$)/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** An amount for reading, its thousands grouped; null stays null. */
export function groupDigits(amount: string | null): string | null {
  return amount === null ? null : groupThousands(amount);
}

export type Progress = Readonly<{ step: (label: string, done: number, total: number) => void; end: () => void }>;

/** A progress line on standard error: redrawn in place on a terminal, one line a tenth elsewhere; silent until work has taken a while. */
export function progressOn(terminal: Terminal, now: () => number, quietMs = 400): Progress {
  const start = now();
  let drawn = false;
  let last = -1;
  const draw = (label: string, done: number, total: number) => {
    const percent = total === 0 ? 100 : Math.min(100, Math.floor((100 * done) / total));
    if (percent === last) return;
    if (terminal.errIsTerminal) {
      const filled = Math.floor(percent / 5);
      terminal.err(`\r\u001b[K${label} [${"#".repeat(filled)}${".".repeat(20 - filled)}] ${percent} %`);
    } else if (Math.floor(percent / 10) !== Math.floor(last / 10)) {
      terminal.err(`${label}: ${percent} %\n`);
    }
    last = percent;
    drawn = true;
  };
  return {
    step: (label, done, total) => {
      if (drawn || now() - start >= quietMs) draw(label, done, total);
    },
    end: () => {
      if (drawn && terminal.errIsTerminal) terminal.err("\r\u001b[K");
    },
  };
}
