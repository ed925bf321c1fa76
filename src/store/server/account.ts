import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { userInfo } from "node:os";
import { MainstayError } from "#core/errors.ts";

/** The operating-system account that the server runs under. `switched` when that is not the caller's own. */
export type Account = Readonly<{ uid: number; gid: number; name: string; switched: boolean }>;

function id(...words: readonly string[]): string | undefined {
  const result = spawnSync("id", words, { encoding: "utf8" });
  return result.status === 0 ? result.stdout.trim() : undefined;
}

function ownName(): string {
  try {
    return userInfo().username;
  } catch {
    throw new MainstayError("database_account_without_name", `user number ${process.getuid?.()}`);
  }
}

/**
 * PostgreSQL refuses to run as root, so root hands it to whoever owns the database files already, else to `nobody`; no account is created.
 * Errors: `database_account_without_name`.
 */
export function serverAccount(clusterFolder: string): Account {
  const uid = process.getuid?.() ?? 0;
  if (uid !== 0) return { uid, gid: process.getgid?.() ?? 0, name: ownName(), switched: false };
  const owner = statSync(clusterFolder, { throwIfNoEntry: false });
  const name = owner !== undefined && owner.uid !== 0 ? id("-un", String(owner.uid)) : "nobody";
  const [serverUid, serverGid] = [id("-u", name ?? ""), id("-g", name ?? "")];
  if (name === undefined || serverUid === undefined || serverGid === undefined) {
    throw new MainstayError(
      "database_account_without_name",
      owner === undefined ? "no account nobody" : `user number ${owner.uid}`,
    );
  }
  return { uid: Number(serverUid), gid: Number(serverGid), name, switched: true };
}

/** What `spawn` needs to start a program under that account. */
export const asAccount = (account: Account): { uid?: number; gid?: number } =>
  account.switched ? { uid: account.uid, gid: account.gid } : {};
