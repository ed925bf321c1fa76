#!/usr/bin/env node
// The command line: `npx mainstay COMMAND`. Standard output is the command's own.
import { join } from "node:path";
import { hand, main, prepare, root } from "./bootstrap.mjs";

await main(() => hand(prepare(), [join(root, "src", "main.ts"), ...process.argv.slice(2)]));
