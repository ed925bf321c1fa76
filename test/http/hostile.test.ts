import { afterAll, beforeAll, expect, test } from "vitest";
import { serve, type Served } from "./support.ts";

let served: Served;
beforeAll(async () => {
  served = await serve();
});
afterAll(async () => served.close());

const addresses = ["decisions", "decisions/x/events", "funds/x/calls", "funds/x/pledges", "funds/x/acts/1/reversal"];
const send = async (address: string, payload: string, type = "application/json") => {
  const headers = { host: "localhost:4870", "content-type": type };
  return served.app.inject({ method: "POST", url: `/api/v1/${address}`, headers, payload });
};

test.each(addresses)("%s: lists in lists without end are refused before anything is shown of them", async (address) => {
  for (const [open, shut] of [
    ["[", "]"],
    ['{"a":', "}"],
  ] as const) {
    const inner = `${open.repeat(60_000)}1${shut.repeat(60_000)}`;
    for (const payload of [inner, `{"type":"text-issued","id":${inner}}`]) {
      const reply = await send(address, payload);
      expect(reply.statusCode).toBe(400);
      expect(reply.json()).toMatchObject({ code: "parameter_invalid", found: "lists or objects more than 64 deep" });
    }
  }
});

test("a body of another kind than is asked is named", async () => {
  const reply = await send("funds/x/calls", "id=a", "application/x-www-form-urlencoded");
  expect(reply.statusCode).toBe(400);
  expect(reply.json()).toMatchObject({
    code: "parameter_invalid",
    found: '"application/x-www-form-urlencoded", where JSON is asked',
    place: "header content_type",
  });
});
