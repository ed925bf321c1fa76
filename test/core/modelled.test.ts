import { expect, test } from "vitest";
import { modelledWords } from "#core/modelled.ts";

test.each([
  ["All of it: made up.", "Modelled: All of it: made up."],
  ["Modelled on a public proposal.", "Modelled on a public proposal."],
  ["modelled on a pledge", "modelled on a pledge"],
  ["Modelledness is no word of it", "Modelled: Modelledness is no word of it"],
])("%s", (modelled, words) => {
  expect(modelledWords(modelled)).toBe(words);
});
