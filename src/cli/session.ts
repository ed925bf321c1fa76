import type { Database } from "#app/database.ts";
import type { Terminal } from "./output.ts";

/** An open record, ready for a command: migrated, with the worked case loaded. */
export type Session = Readonly<{ db: Database; close: () => Promise<void> }>;

/** What the program gives its commands; `src/main.ts` wires the real ones. */
export type Environment = Readonly<{
  terminal: Terminal;
  now: () => number; // milliseconds, for progress only
  clock: () => string; // the instant now, in UTC
  actor: string; // who writes: the user of the machine
  version: string;
  openSession: (options: {
    data?: string | undefined;
    onProgress?: (label: string, done: number, total: number) => void;
  }) => Promise<Session>;
  fileExists: (path: string) => Promise<boolean>;
  readFile: (path: string) => Promise<Uint8Array>;
  checkOutput: (path: string, input: string) => Promise<void>; // refuses where writeFile would, or would overwrite the input
  writeFile: (path: string, content: string | Uint8Array) => Promise<void>;
  readMapping: (nameOrPath: string) => Promise<{ name: string; text: string }>;
  serve: (options: ServeOptions) => Promise<void>; // returns when the server has closed
}>;

export type ServeOptions = Readonly<{ data?: string | undefined; port?: number | undefined }>;
