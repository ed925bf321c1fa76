// `npm start`, `npm test` and the rest: makes ready what is missing, then hands over to the product on a Node that runs it.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { buildPages, environmentWith, hand, main, prepare, Refusal, root, viteFolder } from "./bootstrap.mjs";
import { check } from "./check.mjs";

const product = join(root, "src", "main.ts");
const inModules = (...parts) => join(root, "node_modules", ...parts);

function start(node, words) {
  buildPages(node);
  return hand(node, [product, "serve", ...words]);
}

function test(node, words) {
  buildPages(node);
  return hand(node, [inModules("vitest", "vitest.mjs"), "run", ...words], { cwd: root });
}

const bench = (node, words) => hand(node, [join(root, "bench", "run.ts"), ...words]);

/** The server starts anew on every change below `src`, the pages are served by Vite; when either ends, so does the other. */
async function dev(node, words) {
  const pages = spawn(node, [inModules("vite", "bin", "vite.js"), ...viteFolder()], {
    cwd: root,
    stdio: "inherit",
    env: environmentWith(node),
  });
  const server = hand(node, ["--watch", "--watch-preserve-output", product, "serve", ...words]);
  const code = await Promise.race([server, new Promise((resolve) => pages.on("exit", (left) => resolve(left ?? 0)))]);
  pages.kill();
  return code;
}

const commands = { start, test, check, bench, dev };

await main(() => {
  const [name, ...words] = process.argv.slice(2);
  if (!Object.hasOwn(commands, name ?? ""))
    throw new Refusal(`no command ${name ?? ""}; there are ${Object.keys(commands).join(", ")}`);
  return commands[name](prepare(), words);
});
