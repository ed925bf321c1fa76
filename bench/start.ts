import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { median, quantile, rounded, type Benchmark } from "./report.ts";

const launcher = fileURLToPath(new URL("../bin/launch.mjs", import.meta.url));
const patienceMs = 180_000;

type Fetched = Readonly<{ bytes: number; text: string }>;

/** A resource as a browser takes it: the bytes that come over the wire, and the text when it is not compressed. */
function take(url: string, encoding: string): Promise<Fetched> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers: { "accept-encoding": encoding } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => {
        const body = Buffer.concat(chunks);
        if (answer.statusCode === 200) resolve({ bytes: body.length, text: body.toString("utf8") });
        else reject(new Error(`${url} answered ${answer.statusCode}`));
      });
    });
    asked.on("error", reject);
    asked.end();
  });
}

/** From the command to the address it prints and the overview it serves; then it is told to close. */
async function startOnce(data: string): Promise<{ ms: number; weight: number; requests: number }> {
  const started = performance.now();
  const child = spawn(process.execPath, [launcher, "start", "--port", "0", "--data", data], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const closed = new Promise<void>((resolve) => void child.once("close", () => resolve()));
  let said = "";
  try {
    const address = await new Promise<string>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`no address within ${patienceMs / 1000} s: ${said.slice(-400)}`)),
        patienceMs,
      );
      const listen = (chunk: Buffer) => {
        said += chunk.toString("utf8");
        const found = /http:\/\/[\w.:]+\//.exec(said)?.[0];
        if (found === undefined) return;
        clearTimeout(timer);
        resolve(found);
      };
      child.stdout.on("data", listen);
      child.stderr.on("data", listen);
      child.once("exit", (code) => reject(new Error(`it left with ${code}: ${said.slice(-400)}`)));
    });
    const page = await take(address, "identity");
    const overview = await take(new URL("api/v1/books", address).href, "gzip");
    const ms = performance.now() - started;
    const linked = [...page.text.matchAll(/(?:src|href)="([^"]+\.(?:js|css|woff2))"/g)].map(
      (match) => new URL(match[1] ?? "", address).href,
    );
    const parts = await Promise.all([address, ...linked].map((url) => take(url, "gzip, br")));
    return { ms, weight: parts.reduce((sum, part) => sum + part.bytes, overview.bytes), requests: parts.length + 1 };
  } finally {
    child.kill("SIGINT");
    await closed;
  }
}

export const start: Benchmark = {
  description: "time from `npm start` to a served overview page, on a database that is there, and the page's weight",
  async measure({ quick, data, say }) {
    const folder = data ?? mkdtempSync(join(tmpdir(), "mainstay-bench-start-"));
    try {
      say("First start");
      const first = await startOnce(folder);
      const runs = quick ? 1 : 5;
      const again = [];
      for (let run = 1; run <= runs; run += 1) {
        say(`Start again, ${run} of ${runs}`);
        again.push(await startOnce(folder));
      }
      const times = again.map(({ ms }) => ms / 1000);
      return {
        runs,
        figures: [
          { name: "second start to a served page, median", value: rounded(median(times)), unit: "s" },
          { name: "second start to a served page, slowest", value: rounded(quantile(times, 1)), unit: "s" },
          { name: "first start on an empty folder, everything installed", value: rounded(first.ms / 1000), unit: "s" },
          {
            name: "weight of the page as it comes over the wire",
            value: rounded((again[0]?.weight ?? 0) / 1000),
            unit: "kB",
          },
          { name: "requests for it", value: again[0]?.requests ?? 0, unit: "requests" },
        ],
        notes: [
          "The page, what it links to, and the list of books; what it loads later, when looked at, is not counted.",
        ],
      };
    } finally {
      if (data === undefined) rmSync(folder, { recursive: true, force: true });
    }
  },
};
