import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ImportState } from "#app/import-desk.ts";
import type { Rate } from "#core/views.ts";
import { get, serve, type Served } from "./support.ts";

let served: Served;
beforeAll(async () => {
  served = await serve();
});
afterAll(async () => served.close());

const history = "Date,USD,JPY,\n2022-10-11,0.9723,141.50,\n2022-10-10,0.9697,N/A,\n";
const send = async (
  headers: Record<string, string>,
  remoteAddress = "127.0.0.1",
  url = "/api/v1/imports?kind=ecb&file_name=eurofxref-hist.csv",
) =>
  served.app.inject({
    method: "POST",
    url,
    remoteAddress,
    headers: { "content-type": "application/octet-stream", ...headers },
    payload: Buffer.from(history),
  });

async function settled(id: string): Promise<ImportState> {
  for (let turn = 0; turn < 200; turn += 1) {
    const { body } = await get<ImportState>(served.app, `/api/v1/imports/${id}`);
    if (body.state !== "running") return body;
    await pause(50);
  }
  throw new Error("the import does not end");
}

describe("writing", () => {
  test.each([
    ["another machine", { host: "localhost:4870" }, "192.168.1.20"],
    ["a name of its own that points here", { host: "evil.example:4870" }, "127.0.0.1"],
    ["a name that only begins like ours", { host: "localhost.evil.example" }, "127.0.0.1"],
    ["a page of another site", { host: "localhost:4870", origin: "https://evil.example" }, "127.0.0.1"],
    ["a page of another port here", { host: "localhost:4870", origin: "http://localhost:3000" }, "127.0.0.1"],
    ["a page without an origin", { host: "localhost:4870", origin: "null" }, "127.0.0.1"],
    ["what the browser calls cross-site", { host: "localhost:4870", "sec-fetch-site": "cross-site" }, "127.0.0.1"],
  ])("is refused to %s", async (_, headers, remoteAddress) => {
    const before = await get<Rate>(served.app, "/api/v1/rates?currency=USD&on=2022-10-11");
    for (const reply of [
      await send(headers, remoteAddress),
      await served.app.inject({ method: "DELETE", url: "/api/v1/imports/x", remoteAddress, headers }),
      await served.app.inject({ method: "PUT", url: "/api/v1/books/test", remoteAddress, headers, payload: {} }),
    ]) {
      expect(reply.statusCode).toBe(403);
      expect(reply.json()).toMatchObject({ code: "writing_refused" });
    }
    expect((await get<Rate>(served.app, "/api/v1/rates?currency=USD&on=2022-10-11")).status).toBe(before.status);
  });

  test("reading is open to others", async () => {
    const reply = await served.app.inject({
      url: "/api/v1/books",
      remoteAddress: "192.168.1.20",
      headers: { host: "mainstay.example" },
    });
    expect(reply.statusCode).toBe(200);
  });

  test.each([
    ["localhost:4870", "http://localhost:4870", "127.0.0.1"],
    ["127.0.0.1:4870", undefined, "::ffff:127.0.0.1"],
    ["[::1]:4870", "http://[::1]:4870", "::1"],
  ])("from this machine as %s an import runs and tells how far it is", async (host, origin, remoteAddress) => {
    const reply = await send(
      { host, ...(origin === undefined ? {} : { origin, "sec-fetch-site": "same-origin" }) },
      remoteAddress,
    );
    expect([reply.statusCode, reply.payload.length > 10]).toEqual([202, true]);
    const state = reply.json<ImportState>();
    expect(reply.headers["location"]).toBe(`/api/v1/imports/${state.id}`);
    expect(await settled(state.id)).toMatchObject({
      state: "done",
      fileName: "eurofxref-hist.csv",
      report: { read: 3 },
    });
    expect((await get<Rate>(served.app, "/api/v1/rates?currency=USD&on=2022-10-11")).body).toMatchObject({
      rate: "0.9723",
    });
  });

  test("a refused file says why and leaves nothing behind", async () => {
    const bad = await served.app.inject({
      method: "POST",
      url: "/api/v1/imports?kind=kiel&release=R&published=2022-10-11",
      headers: { "content-type": "text/csv" },
      payload: "just,some\ntable,here\n",
    });
    expect(bad.statusCode).toBe(202);
    const state = await settled(bad.json<ImportState>().id);
    expect(state.state).toBe("refused");
    expect(state.problem?.code).toMatch(/main_table_not_found|missing_columns/);
    expect((await get<unknown[]>(served.app, "/api/v1/books/test/releases")).body).toEqual([]);
  });

  test("an order that lacks what is wanted is refused at once", async () => {
    const cases: [string, string, Record<string, unknown>][] = [
      ["/api/v1/imports?kind=ecb", "", { status: 400, code: "empty_file" }],
      [
        "/api/v1/imports?kind=kiel&published=2022-10-11",
        "x",
        { status: 400, code: "parameter_invalid", place: "release" },
      ],
      ["/api/v1/imports?kind=pdf", "x", { status: 400, code: "parameter_invalid", place: "kind" }],
      [
        "/api/v1/imports?kind=csv&release=R&published=2022-10-11&mapping=../../etc/passwd",
        "x",
        { code: "mapping_missing", place: "mapping" },
      ],
    ];
    for (const [url, payload, problem] of cases) {
      const reply = await served.app.inject({
        method: "POST",
        url,
        headers: { "content-type": "application/octet-stream" },
        payload,
      });
      expect(reply.json()).toMatchObject(problem);
    }
  });

  test("a file larger than is taken is refused with 413", async () => {
    const reply = await served.app.inject({
      method: "POST",
      url: "/api/v1/imports?kind=ecb",
      headers: { "content-type": "application/octet-stream", "content-length": String(65 * 1024 * 1024) },
      payload: Buffer.alloc(65 * 1024 * 1024),
    });
    expect(reply.statusCode).toBe(413);
    expect(reply.json()).toMatchObject({ code: "request_too_large" });
  });

  test("a cancelled import is answered with where it stands", async () => {
    const started = (await send({})).json<ImportState>();
    const reply = await served.app.inject({ method: "DELETE", url: `/api/v1/imports/${started.id}` });
    expect(reply.statusCode).toBe(202);
    expect(["cancelled", "done"]).toContain((await settled(started.id)).state);
  });
});
