import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serve, type Served } from "../http/support.ts";

let served: Served;
beforeAll(async () => {
  served = await serve();
});
afterAll(() => served.close());

const enough = 2_000;

/** How many requests from one address are answered before one is refused, and how. */
async function untilRefused(remoteAddress: string) {
  for (let answered = 0; answered < enough; answered += 1) {
    const reply = await served.app.inject({ method: "GET", url: "/api/v1/books", remoteAddress });
    if (reply.statusCode !== 200) return { answered, reply };
  }
  return { answered: enough, reply: undefined };
}

test("too many requests from elsewhere: too_many_requests; this machine and other addresses go on", async () => {
  const { answered, reply } = await untilRefused("203.0.113.7");
  expect(answered).toBeGreaterThan(100);
  expect(reply?.statusCode).toBe(429);
  expect(reply?.json()).toMatchObject({ code: "too_many_requests", status: 429 });
  const others = ["203.0.113.8", "127.0.0.1"].map((remoteAddress) =>
    served.app.inject({ method: "GET", url: "/api/v1/books", remoteAddress }),
  );
  expect((await Promise.all(others)).map((other) => other.statusCode)).toEqual([200, 200]);
});

test("an address that climbs out of the pages' folder: unknown_address, as any other where nothing is", async () => {
  const withPages = await serve(fileURLToPath(new URL("../../docs", import.meta.url)));
  const reply = await withPages.app.inject({ method: "GET", url: "//etc/passwd" });
  await withPages.close();
  expect(reply.json()).toMatchObject({ code: "unknown_address", found: "GET //etc/passwd" });
});
