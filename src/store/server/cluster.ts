import { spawnSync } from "node:child_process";
import {
  chownSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { MainstayError } from "#core/errors.ts";
import { asAccount, type Account } from "./account.ts";
import { bareEnvironment, type Binaries } from "./binaries.ts";

/** The names inside every embedded database. `setup` is the superuser: it creates and drops databases, and nothing else is done with it. */
export const roles = { setup: "mainstay_setup", owner: "mainstay_owner", program: "mainstay_program" } as const;
export const databaseName = "mainstay";
const majorVersion = "18";

/** Everything of the server lies in `<data folder>/postgres`. */
export const clusterFolderOf = (dataFolder: string): string => join(dataFolder, "postgres");

/**
 * How the server's programs are told where the files are. Under a switched account on Linux they get the folder as their working directory,
 * entered before the account is switched, and no path: so it works below folders that the account may not cross (root's home).
 */
export const placeOf = (folder: string, account: Account): { path: string; cwd: string } => ({
  path: account.switched && process.platform === "linux" ? "/proc/self/cwd" : folder,
  cwd: folder,
});

function run(program: string, words: readonly string[], folder: string, account: Account, input = ""): string {
  const options = { ...asAccount(account), cwd: folder, env: bareEnvironment, encoding: "utf8", input } as const;
  const result = spawnSync(program, words, options);
  const said = `${result.stdout}\n${result.stderr}`;
  // The single-user server goes on after an error and still leaves with 0.
  if (result.status !== 0 || /^.*(ERROR|FATAL|PANIC):/m.test(said)) {
    throw new MainstayError("database_cannot_be_created", result.error?.message ?? said.trim().slice(-600), {
      file: folder,
    });
  }
  return said;
}

const setUpSql = [
  `CREATE ROLE ${roles.owner} LOGIN`,
  `CREATE ROLE ${roles.program} LOGIN`,
  `CREATE DATABASE ${databaseName} OWNER ${roles.owner}`,
  `REVOKE ALL ON DATABASE ${databaseName} FROM PUBLIC`,
  `GRANT CONNECT, TEMPORARY ON DATABASE ${databaseName} TO ${roles.program}`,
];

/** Who may come in over the private socket: the server's own account and root, as any of our roles; the kernel vouches for them (peer). */
function writeAccess(folder: string, account: Account): void {
  const names = [...new Set([account.name, "root"])];
  const files = {
    "pg_hba.conf": "local all all peer map=mainstay\n",
    "pg_ident.conf": names.map((name) => `mainstay "${name}" all\n`).join(""),
  };
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    writeFileSync(path, text);
    if (account.switched) chownSync(path, account.uid, account.gid);
  }
}

/** Creates the files, roles and database aside and renames the whole into place: a kill half-way leaves nothing that looks finished. */
export function createCluster(dataFolder: string, account: Account, binaries: Binaries): void {
  for (const name of readdirSync(dataFolder)) {
    if (name.startsWith("postgres.draft-")) rmSync(join(dataFolder, name), { recursive: true, force: true });
  }
  const draft = mkdtempSync(join(realpathSync(dataFolder), "postgres.draft-"));
  if (account.switched) chownSync(draft, account.uid, account.gid);
  const { path } = placeOf(draft, account);
  const locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--encoding=UTF8"];
  run(binaries.initdb, ["-D", path, "-U", roles.setup, "--auth=peer", "--data-checksums", ...locale], draft, account);
  // A single-user server reads one command a line.
  run(
    binaries.postgres,
    ["--single", "-D", path, "postgres"],
    draft,
    account,
    setUpSql.map((line) => `${line};\n`).join(""),
  );
  writeAccess(draft, account);
  renameSync(draft, clusterFolderOf(dataFolder));
}

/** Checks the files' version and renews who may come in. Errors: `database_files_of_other_version`, `database_folder_not_usable`. */
export function prepareCluster(dataFolder: string, account: Account): void {
  const folder = clusterFolderOf(dataFolder);
  let version: string;
  try {
    version = readFileSync(join(folder, "PG_VERSION"), "utf8").trim();
    writeAccess(folder, account);
  } catch (error) {
    throw new MainstayError("database_folder_not_usable", (error as Error).message, { file: folder });
  }
  if (version !== majorVersion)
    throw new MainstayError("database_files_of_other_version", `PostgreSQL ${version}`, { file: folder });
}

export const clusterExists = (dataFolder: string): boolean => existsSync(clusterFolderOf(dataFolder));
