import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readStreams } from "../../src/formats/reference/streams.ts";

describe("stage chains", () => {
  const text = readFileSync(new URL("../../policies/streams.json", import.meta.url), "utf8");

  test("every stream has a chain through all five classes", () => {
    expect(readStreams(text).streams.map((stream) => stream.id)).toEqual(["finance", "materiel", "training", "staff"]);
  });

  test.each([
    ["no JSON", "{", "}{"],
    ["a class that is none", '"class": "said"', '"class": "heard"'],
    ["two leading stages of one class", '"class": "moved", "leads": false', '"class": "moved", "leads": true'],
    [
      "a chain that goes backward",
      '"name": "Contracted", "class": "moved"',
      '"name": "Contracted", "class": "received"',
    ],
  ])("%s is refused", (_, found, wrong) => {
    const changed = text.replace(found, wrong);
    expect(changed).not.toBe(text);
    expect(() => readStreams(changed)).toThrow(expect.objectContaining({ code: "reference_invalid" }));
  });
});
