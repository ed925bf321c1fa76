import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

const onLinux = process.platform === "linux";

function ps(pid: number, column: string): string | undefined {
  const result = spawnSync("ps", ["-o", `${column}=`, "-p", String(pid)], { encoding: "utf8" });
  const text = result.status === 0 ? result.stdout.trim() : "";
  return text === "" ? undefined : text;
}

/**
 * What tells a process from a later one with the same number: number and start time. Undefined when it is gone or a zombie
 * (a zombie still answers to signal 0, and in a container nobody may ever reap it).
 */
export function processIdentity(pid: number): string | undefined {
  if (!onLinux) {
    const started = ps(pid, "lstart");
    return started === undefined || ps(pid, "state")?.startsWith("Z") ? undefined : `${pid} ${started}`;
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The command between the brackets may hold spaces and brackets of its own; what follows the last one is regular.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" || fields[0] === "X" ? undefined : `${pid} ${fields[19]}`;
  } catch {
    return undefined;
  }
}

/** The command line of a live process, words joined by blanks; undefined when it is gone. */
export function commandLine(pid: number): string | undefined {
  if (!onLinux) return ps(pid, "command");
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
  } catch {
    return undefined;
  }
}

export const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
