import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { MainstayError } from "#core/errors.ts";
import { processIdentity, sleep } from "./processes.ts";

type Held = Readonly<{ release: () => void }>;

function holder(folder: string): string | undefined {
  try {
    return readFileSync(join(folder, "holder"), "utf8");
  } catch {
    return undefined;
  }
}

/** A folder is renamed into place with its holder already inside, so no one ever sees a lock without an owner. */
function tryTake(lock: string, mine: string): boolean {
  const draft = mkdtempSync(`${lock}.`);
  writeFileSync(join(draft, "holder"), mine);
  try {
    renameSync(draft, lock);
    return true;
  } catch {
    rmSync(draft, { recursive: true, force: true });
    return false;
  }
}

/** Takes away the lock of a dead process. If another process was quicker and a live lock was moved instead, it is put back. */
function clearStale(lock: string, dead: string): void {
  const aside = mkdtempSync(`${lock}.`);
  const moved = join(aside, "lock");
  try {
    renameSync(lock, moved);
    if (holder(moved) !== dead) renameSync(moved, lock);
  } catch {
    // Someone else cleared or took it meanwhile; the next round sees what is there now.
  }
  rmSync(aside, { recursive: true, force: true });
}

/** Renamed away before it is deleted: an emptied folder under the lock's name would already count as free while it is being deleted. */
function giveBack(lock: string): void {
  const aside = mkdtempSync(`${lock}.`);
  renameSync(lock, join(aside, "lock"));
  rmSync(aside, { recursive: true, force: true });
}

const isAlive = (owner: string): boolean => processIdentity(Number.parseInt(owner, 10)) === owner;

/**
 * Waits for the lock named `name` in `folder` and holds it until `release`. The lock of a process that died is taken over.
 * Errors: `database_busy` when a live process keeps it longer than `patienceMs`.
 */
export async function takeMutex(folder: string, name: string, patienceMs: number): Promise<Held> {
  mkdirSync(folder, { recursive: true });
  const lock = join(folder, name);
  const mine = processIdentity(process.pid) ?? `${process.pid} unknown`;
  const deadline = Date.now() + patienceMs;
  for (;;) {
    if (tryTake(lock, mine)) return { release: () => giveBack(lock) };
    const owner = holder(lock);
    if (owner !== undefined && !isAlive(owner)) {
      clearStale(lock, owner);
      continue;
    }
    if (Date.now() > deadline)
      throw new MainstayError("database_busy", `process ${owner ?? "unknown"}`, { file: lock });
    await sleep(20);
  }
}
