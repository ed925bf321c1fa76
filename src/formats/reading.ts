import { MainstayError } from "#core/errors.ts";

/** What every reader takes beside the bytes. `onProgress` is told work done and the whole of it, in whatever the reader counts. */
export type ReadOptions = Readonly<{
  fileName: string;
  onProgress?: ((done: number, total: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}>;

/** A sheet or a CSV as text: dates as YYYY-MM-DD, numbers as the file writes them, nothing as "". Row 1 of the file is `rows[0]`. */
export type Table = Readonly<{ file: string; sheet: string | null; rows: readonly (readonly string[])[] }>;

/** Lets other work run, tells how far the reading is, and stops it when asked to. @throws MainstayError import_cancelled */
export async function pause(options: ReadOptions, done: number, total: number): Promise<void> {
  stopIfCancelled(options);
  options.onProgress?.(done, total);
  await new Promise<void>((resolve) => setTimeout(resolve, 0));
  stopIfCancelled(options);
}

/** @throws MainstayError import_cancelled */
function stopIfCancelled(options: ReadOptions): void {
  if (options.signal?.aborted === true)
    throw new MainstayError("import_cancelled", undefined, { file: options.fileName });
}

/** How a spreadsheet names its nth column (0 is A, 26 is AA). */
export function columnLetter(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : columnLetter(Math.floor(index / 26) - 1) + last;
}

/** Whatever went wrong while reading bytes of others, as a refusal a person can act on. */
export function asRefusal(
  error: unknown,
  code: "workbook_unreadable" | "csv_unreadable",
  options: ReadOptions,
): MainstayError {
  if (error instanceof MainstayError) return error;
  const found = error instanceof Error ? error.message.slice(0, 200) : "an unknown fault";
  return new MainstayError(code, found, { file: options.fileName });
}
