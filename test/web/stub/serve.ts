import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { listVotingRules, powerOf } from "#app/power.ts";
import { procedure, procedures } from "#app/procedures.ts";
import * as answers from "./answers.ts";
import { broughtAlong } from "./brought.ts";
import { decisionRoutes, decisionWrites } from "./decisions.ts";
import { fundRoutes, fundWrites } from "./funds/answers.ts";
import { planningRoutes } from "./planning.ts";
import { shippedKeys, whatIf } from "./whatif.ts";
import { books, groups, parties, releases, sources } from "./world.ts";

/**
 * A stand-in for the real server with made-up data, for designing the pages and for their tests:
 * `node test/web/stub/serve.ts [port]`. It serves the built pages with the same strict policy the real one sends.
 */
const pages = fileURLToPath(new URL("../../../dist/web/", import.meta.url));
const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".json": "application/json",
};
const policy =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; frame-ancestors 'self'";

type Answer = unknown;
const shippedProcedures = await procedures();
const wholeProcedures = await Promise.all(shippedProcedures.map(async ({ id }) => procedure(id)));
const routes: readonly (readonly [RegExp, (query: URLSearchParams, id: string) => Answer])[] = [
  [/^\/books$/, () => books],
  [/^\/books\/([^/]+)$/, (_, id) => books.find((book) => book.slug === id)],
  [/^\/books\/([^/]+)\/releases$/, (_, id) => (id === "synthetic-empty" ? [] : releases)],
  [/^\/overview$/, (query) => answers.overview(query)],
  [/^\/totals$/, (query) => answers.totals(query)],
  [/^\/diff$/, (query) => answers.diff(query)],
  [/^\/parties$/, () => parties],
  [/^\/parties\/([^/]+)$/, (_, id) => parties.find((party) => party.id === id)],
  [/^\/groups$/, () => groups],
  [/^\/groups\/([^/]+)$/, (_, id) => groups.find((group) => group.slug === id)],
  [/^\/groups\/([^/]+)\/brought-along$/, broughtAlong],
  [/^\/promises$/, (query) => answers.promisePage(query)],
  [/^\/promises\/([^/]+)$/, (_, id) => answers.promiseView(id)],
  [/^\/postings$/, (query) => answers.postingPage(query)],
  [/^\/sources$/, () => sources],
  [/^\/sources\/([^/]+)$/, (_, id) => sources.find((source) => source.id === id)],
  [
    /^\/facts$/,
    (query) =>
      query.get("book") === "synthetic-empty" ? { needs: [], statements: [], milestones: [] } : answers.facts,
  ],
  [/^\/power\/rules$/, () => listVotingRules()],
  [
    /^\/power$/,
    (query) =>
      powerOf({
        rule: query.get("rule") ?? undefined,
        weights: query.get("weights") ?? undefined,
        quota: query.get("quota") ?? undefined,
        leastMembers: query.get("least_members") ?? undefined,
        leastAgainst: query.get("least_against") ?? undefined,
        veto: query.get("veto") ?? undefined,
      }),
  ],
  [/^\/keys$/, () => shippedKeys],
  [
    /^\/whatif$/,
    (query) =>
      whatIf(
        ["today", "a", "b", "c", "d"].flatMap((slot) => query.get(slot) ?? []),
        answers.overview(query).frame,
      ),
  ],
  [/^\/procedures$/, () => shippedProcedures],
  [/^\/procedures\/([^/]+)$/, (_, id) => wholeProcedures.find((one) => one.id === id)],
  [/^\/openapi\.json$/, () => openapi],
  ...fundRoutes,
  ...decisionRoutes,
  ...planningRoutes,
];

/** What enters something: answers with a status and a body, from the bytes sent. */
type Write = (
  body: Buffer,
  query: URLSearchParams,
  id: string,
) => Readonly<{ status: number; body: Answer }> | Promise<Readonly<{ status: number; body: Answer }>>;
const writes: readonly (readonly [RegExp, Write])[] = [...fundWrites, ...decisionWrites];

const openapi = {
  openapi: "3.1.0",
  info: { title: "Mainstay (stand-in)", version: "0.0.0", description: "A made-up description for the pages' tests." },
  paths: {
    "/api/v1/books": {
      get: { tags: ["books"], summary: "The books on record", responses: { 200: { description: "Every book" } } },
    },
    "/api/v1/totals": {
      get: {
        tags: ["figures"],
        summary: "Totals by the dimensions asked for",
        description: "Comma-separated dimensions; CSV with format=csv.",
        parameters: [
          {
            name: "by",
            in: "query",
            required: true,
            description: "Dimensions, comma-separated",
            schema: { type: "string", examples: ["donor,category"] },
          },
          {
            name: "known_at",
            in: "query",
            description: "As the record stood at the end of this day",
            schema: { type: "string", format: "date" },
          },
          {
            name: "class",
            in: "query",
            schema: { type: "string", enum: ["said", "bound", "placed", "moved", "received"] },
          },
        ],
        responses: { 200: { description: "The totals with their frame" }, 400: { description: "A problem in words" } },
      },
    },
  },
};

async function written(
  url: URL,
  request: IncomingMessage,
): Promise<Readonly<{ status: number; body: Answer }> | undefined> {
  const path = url.pathname.replace("/api/v1", "");
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  for (const [pattern, write] of writes) {
    const match = pattern.exec(path);
    if (match !== null) return write(Buffer.concat(chunks), url.searchParams, decodeURIComponent(match[1] ?? ""));
  }
  return undefined;
}

function answer(url: URL): { status: number; body: Answer } {
  const path = url.pathname.replace("/api/v1", "");
  if (url.searchParams.get("as_of") === "2001-01-01") {
    return {
      status: 400,
      body: {
        type: "about:blank",
        title: "A date could not be read.",
        status: 400,
        detail: "Write dates as YYYY-MM-DD, for example 2024-04-03.",
        code: "invalid_date",
        found: "2001-01-01",
        place: "as_of",
      },
    };
  }
  for (const [pattern, reply] of routes) {
    const match = pattern.exec(path);
    const body = match === null ? undefined : reply(url.searchParams, decodeURIComponent(match[1] ?? ""));
    if (body !== undefined && body !== null) return { status: 200, body };
  }
  return {
    status: 404,
    body: {
      type: "about:blank",
      title: "There is nothing under that address.",
      status: 404,
      detail: "Look for it in the lists.",
      code: "not_found",
      found: path,
      place: "address",
    },
  };
}

/** Starts the stand-in on a free port of the loopback, or the one given. Returns its address and a way to stop it. */
export async function serveStub(
  port = 0,
  folder = pages,
): Promise<Readonly<{ url: string; close: () => Promise<void> }>> {
  const server: Server = createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? "/", "http://localhost");
      const zipped = (request.headers["accept-encoding"] ?? "").includes("gzip");
      const send = (status: number, type: string, body: Buffer, cache: string): void => {
        const bytes = zipped ? gzipSync(body) : body;
        response.writeHead(status, {
          "content-type": type,
          "content-security-policy": policy,
          "cache-control": cache,
          ...(zipped ? { "content-encoding": "gzip" } : {}),
        });
        response.end(bytes);
      };
      if (url.pathname.startsWith("/api/")) {
        const entered = request.method === "POST" ? await written(url, request) : undefined;
        const { status, body } = entered ?? answer(url);
        send(
          status,
          status < 400 ? "application/json" : "application/problem+json",
          Buffer.from(JSON.stringify(body)),
          "no-cache",
        );
        return;
      }
      const file = await readFile(join(folder, url.pathname)).catch(() => null);
      if (file !== null)
        send(
          200,
          types[extname(url.pathname)] ?? "application/octet-stream",
          file,
          url.pathname.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
        );
      else send(200, types[".html"] ?? "text/html", await readFile(join(folder, "index.html")), "no-cache");
    })();
  });
  await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the stand-in has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url } = await serveStub(Number(process.argv[2] ?? 4871));
  console.log(url);
}
