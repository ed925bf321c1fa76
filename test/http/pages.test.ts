import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { get, record, serve, type Served } from "./support.ts";

const folder = mkdtempSync(join(tmpdir(), "mainstay-pages-"));
let served: Served;
beforeAll(async () => {
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), "<!doctype html><title>Mainstay</title>");
  writeFileSync(join(folder, "assets", "index-abc123.js"), `console.log("${"x".repeat(3000)}")`);
  writeFileSync(join(folder, "mark.svg"), "<svg/>");
  served = await serve(folder);
});
afterAll(async () => {
  await served.close();
  rmSync(folder, { recursive: true });
});

const at = (url: string, headers?: Record<string, string>) => get<Record<string, unknown>>(served.app, url, headers);

describe("the pages", () => {
  test.each(["/", "/promises", "/nations/pol?known_at=2022-10-12", "/promises/a-b-c", "/api", "/apiary"])(
    "open at %s",
    async (url) => {
      const { status, headers, text } = await at(url);
      expect([status, headers["content-type"], headers["cache-control"]]).toEqual([
        200,
        "text/html; charset=utf-8",
        "no-cache",
      ]);
      expect(text).toContain("Mainstay");
    },
  );
  test("have files that may be kept for good, others that are asked for each time, and none that are not there", async () => {
    const script = await at("/assets/index-abc123.js");
    expect(script.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    expect(script.headers["content-type"]).toContain("javascript");
    expect((await at("/mark.svg")).headers["cache-control"]).toBe("no-cache");
    expect((await at("/assets/gone-123.js")).body).toMatchObject({ status: 404, code: "unknown_address" });
    expect((await at("/..%2f..%2fpackage.json")).status).toBeGreaterThanOrEqual(400);
    expect((await at("/api/v2/books")).body).toMatchObject({
      status: 404,
      code: "unknown_address",
      found: "GET /api/v2/books",
    });
  });
  test("may run only their own files", async () => {
    const policy = String((await at("/")).headers["content-security-policy"]);
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect((await at("/")).headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
    });
    expect((await at("/")).headers["strict-transport-security"]).toBeUndefined();
  });
  test("and answers come packed to those who can unpack", async () => {
    expect((await at("/assets/index-abc123.js", { "accept-encoding": "gzip" })).headers["content-encoding"]).toBe(
      "gzip",
    );
    expect((await at("/api/v1/openapi.json", { "accept-encoding": "br, gzip" })).headers["content-encoding"]).toBe(
      "br",
    );
  });
  test("that are not built yet leave the API working", async () => {
    const bare = await serve("/nowhere");
    expect((await get<Record<string, unknown>>(bare.app, "/")).body).toMatchObject({ status: 404 });
    expect((await get(bare.app, "/api/v1/books")).status).toBe(200);
    await bare.close();
  });
});

describe("those who run it", () => {
  test("see whether it is well, and its measurements", async () => {
    expect((await at("/healthz")).body).toEqual({ status: "ok", version: "0.0.0-test" });
    await record(served.db, "R0", "2022-10-11", [{ code: "A1", bound: 1 }]);
    await at("/api/v1/books/test");
    const { text, headers } = await at("/metrics");
    expect(headers["content-type"]).toContain("text/plain");
    expect(text).toMatch(
      /mainstay_http_request_duration_seconds_count\{method="GET",route="\/api\/v1\/books\/:book",status="200"\} 1\n/,
    );
    expect(text).toMatch(/mainstay_database_connections\{state="open"\} [1-9]/);
    expect(text).toMatch(/^mainstay_postings 1$/m);
    expect(text).toContain('mainstay_info{version="0.0.0-test"} 1');
  });
});

describe("a stream that its reader leaves", () => {
  test("frees its connection", async () => {
    const many = Array.from({ length: 3000 }, (_, index) => ({ code: `S${index}`, bound: 1 }));
    await record(served.db, "S", "2023-01-01", many, "streamed");
    const address = await served.app.listen({ port: 0, host: "127.0.0.1" });
    for (let turn = 0; turn < 15; turn += 1) {
      const stop = new AbortController();
      const reply = await fetch(`${address}/api/v1/postings?book=test&format=ndjson`, { signal: stop.signal });
      await reply.body!.getReader().read();
      stop.abort();
    }
    // The pool holds ten: were they kept, this would wait for ever.
    expect((await fetch(`${address}/api/v1/books`)).status).toBe(200);
  });
});
