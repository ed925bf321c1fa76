// What both commands share: the right Node, the packages, the pages. Runs on Node 20 and needs no package.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, delimiter, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => join(root, ...parts);
const say = (message) => process.stderr.write(`mainstay: ${message}\n`);

/** A failure that is told in a sentence, without a stack. */
export class Refusal extends Error {}

// The first version of the 24 line that runs TypeScript without a warning.
const isRecent = (version) => {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 24 || (major === 24 && minor >= 12);
};

function runtimeNode() {
  const name = { win32: "node.exe" }[process.platform] ?? "node";
  const modules = at("runtime", "node_modules");
  const packages = existsSync(modules) ? readdirSync(modules).filter((folder) => folder.startsWith("node-")) : [];
  for (const folder of packages) {
    const binary = join(modules, folder, "bin", name);
    // Being there proves little: a build for another C library lies there too and does not start.
    const asked = spawnSync(binary, ["-p", "process.versions.node"], { encoding: "utf8" });
    if (asked.status === 0 && isRecent(asked.stdout.trim())) return binary;
  }
  return undefined;
}

function npm(words, folder) {
  const script = process.env.npm_execpath ?? "";
  const isScript = basename(script) === "npm-cli.js" && existsSync(script);
  const [command, ...first] = isScript ? [process.execPath, script] : ["npm"];
  const quiet = ["--no-audit", "--no-fund", "--loglevel=error"];
  // Standard output stays the command's own: what npm says goes to standard error.
  const shell = !isScript && process.platform === "win32";
  const result = spawnSync(command, [...first, ...words, ...quiet], { cwd: folder, stdio: ["ignore", 2, 2], shell });
  if (result.status !== 0)
    throw new Refusal(`\`npm ${words.join(" ")}\` failed in ${folder}; is the npm registry reachable?`);
}

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
};

const pause = (milliseconds) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);

/** One launcher at a time installs or builds in this folder; the lock of a dead one is taken away. */
function withLock(work) {
  const lock = at("dist", "launch.lock");
  mkdirSync(dirname(lock), { recursive: true });
  for (let waited = 0; ; waited += 1) {
    try {
      mkdirSync(lock);
      break;
    } catch {
      const pid = readIfThere(join(lock, "pid"));
      const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
      if (pid === undefined ? age > 5000 : !isAlive(Number(pid))) rmSync(lock, { recursive: true, force: true });
      else if (waited === 10) say("waiting for another start that installs or builds");
      pause(100);
    }
  }
  writeFileSync(join(lock, "pid"), String(process.pid));
  try {
    return work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function readIfThere(path) {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

/** True when what npm noted as installed is what the lock file asks for on this system, whoever installed it. */
function isInstalled() {
  const noted = readIfThere(at("node_modules", ".package-lock.json"));
  if (noted === undefined) return false;
  const installed = JSON.parse(noted).packages;
  return Object.entries(JSON.parse(readFileSync(at("package-lock.json"), "utf8")).packages).every(([path, wanted]) => {
    if (path === "" || installed[path]?.version === wanted.version) return true;
    // Packages for other systems, and what only they need, are listed and left out.
    const isForHere =
      wanted.os?.includes(process.platform) && wanted.cpu?.includes(process.arch) && wanted.libc === undefined;
    return installed[path] === undefined && wanted.optional === true && !isForHere;
  });
}

function linkCommand() {
  const link = at("node_modules", ".bin", "mainstay");
  if (process.platform === "win32" || existsSync(link)) return;
  try {
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(relative(dirname(link), at("bin", "mainstay.mjs")), link);
  } catch {
    // Only a convenience: without it `npx mainstay` finds the command through package.json, a little slower.
  }
}

function installPackages() {
  const stamp = at("node_modules", ".mainstay-stamp");
  const current = createHash("sha256")
    .update(readFileSync(at("package-lock.json")))
    .update(`${process.platform} ${process.arch}`)
    .digest("hex");
  if (readIfThere(stamp) === current) return;
  withLock(() => {
    if (readIfThere(stamp) === current) return;
    if (!isInstalled()) {
      say("installing packages (a minute the first time)");
      npm(["ci", "--include=dev", "--include=optional", "--ignore-scripts"], root);
    }
    linkCommand();
    writeFileSync(stamp, current);
  });
}

function findNode() {
  if (isRecent(process.versions.node)) return process.execPath;
  const found = runtimeNode();
  if (found !== undefined) return found;
  return withLock(() => {
    const meanwhile = runtimeNode();
    if (meanwhile !== undefined) return meanwhile;
    say(`Node ${process.versions.node} is too old to run Mainstay; fetching one of its own into runtime/`);
    npm(["ci", "--include=optional", "--ignore-scripts"], at("runtime"));
    const fetched = runtimeNode();
    if (fetched === undefined)
      throw new Refusal("no Node from npm runs on this system; install Node 24.12 or later and try again");
    return fetched;
  });
}

function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

function pagesHash() {
  const hash = createHash("sha256");
  const single = ["package-lock.json", "package.json", "vite.config.ts"]
    .map((name) => at(name))
    .filter((path) => existsSync(path));
  for (const path of [...filesBelow(at("web")), ...filesBelow(at("src", "core")), ...single].sort((a, b) =>
    a < b ? -1 : 1,
  )) {
    hash.update(relative(root, path)).update("\0").update(readFileSync(path)).update("\0");
  }
  return hash.digest("hex");
}

/** Builds `web/` into `dist/web`, aside first, unless what it is built from has not changed. */
export function buildPages(node) {
  if (!existsSync(at("web", "index.html"))) return;
  const stamp = at("dist", "web.stamp");
  const current = pagesHash();
  const isCurrent = () => readIfThere(stamp) === current && existsSync(at("dist", "web", "index.html"));
  if (isCurrent()) return;
  withLock(() => {
    if (isCurrent()) return;
    say("building the pages");
    const draft = at("dist", "web.draft");
    const words = [
      at("node_modules", "vite", "bin", "vite.js"),
      "build",
      ...viteFolder(),
      "--outDir",
      draft,
      "--emptyOutDir",
      "--logLevel",
      "error",
    ];
    const result = spawnSync(node, words, { cwd: root, stdio: ["ignore", 2, 2] });
    if (result.status !== 0) throw new Refusal("the pages could not be built; the messages above say why");
    rmSync(at("dist", "web"), { recursive: true, force: true });
    renameSync(draft, at("dist", "web"));
    writeFileSync(stamp, current);
  });
}

/** Vite takes its settings from the folder that it is pointed to. */
export const viteFolder = () => (existsSync(at("web", "vite.config.ts")) ? ["web"] : []);

/** Makes everything ready that any command needs; returns the path of a Node that runs TypeScript. */
export function prepare() {
  if (Number.parseInt(process.versions.node, 10) < 20)
    throw new Refusal(`Node ${process.versions.node} is too old; install Node 20 or later`);
  const node = findNode();
  installPackages();
  return node;
}

/** The environment of what we start: our Node first, for scripts that ask for `node` by name. */
export const environmentWith = (node) => ({
  ...process.env,
  PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ""}`,
});

/** Runs the chosen Node with these words in our place: same terminal, signals passed on, its exit code ours. */
export function hand(node, words, options = {}) {
  const child = spawn(node, words, { stdio: "inherit", env: environmentWith(node), ...options });
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(name, () => {
      // At a terminal Ctrl-C reaches the child by itself; passing it on would press it twice.
      if (name !== "SIGINT" || !process.stdin.isTTY) child.kill(name);
    });
  }
  return new Promise((resolve) => {
    child.on("error", (error) => {
      say(error.message);
      resolve(1);
    });
    child.on("exit", (code, signal) => resolve(code ?? (signal === "SIGINT" ? 130 : 143)));
  });
}

/** Runs a command's main function; a refusal is one line and exit code 1. */
export async function main(work) {
  try {
    process.exitCode = await work();
  } catch (error) {
    say(error instanceof Refusal ? error.message : (error.stack ?? String(error)));
    process.exitCode = 1;
  }
}
