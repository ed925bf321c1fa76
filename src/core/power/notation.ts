import { MainstayError } from "../errors.ts";

/** How much is enough: a number, or at least or more than a part (`"55/100"`) of the whole. */
export type Threshold = Readonly<{ count?: number; weight?: number; atLeast?: string; moreThan?: string }>;

/** The least whole number that reaches a threshold of a whole, reckoned exactly. @throws MainstayError voting_game_invalid */
export function thresholdOf(threshold: Threshold, whole: number): number {
  const { count, weight, atLeast, moreThan } = threshold;
  if (atLeast !== undefined) {
    const [top, bottom] = fraction(atLeast);
    return Number((BigInt(whole) * top + bottom - 1n) / bottom);
  }
  if (moreThan !== undefined) {
    const [top, bottom] = fraction(moreThan);
    return Number((BigInt(whole) * top) / bottom) + 1;
  }
  return weight ?? count ?? 0;
}

/**
 * Reads a threshold as people write it: `62`, `65%`, `2/3` (at least that part), `majority` (more than half), `all`.
 * @throws MainstayError voting_game_invalid
 */
export function readThreshold(text: string, field: string): Threshold {
  const word = text.trim().toLowerCase();
  if (word === "majority") return { moreThan: "1/2" };
  if (word === "all") return { atLeast: "1/1" };
  if (/^\d{1,15}$/.test(word)) return { weight: Number(word) };
  const percent = /^(\d{1,3})(?:\.(\d{1,6}))?\s*%$/.exec(word);
  if (percent !== null) {
    const digits = percent[2] ?? "";
    return { atLeast: `${percent[1]}${digits}/100${"0".repeat(digits.length)}` };
  }
  if (/^\d{1,9}\/\d{1,9}$/.test(word)) return { atLeast: `${word}` };
  throw new MainstayError(
    "voting_game_invalid",
    `${JSON.stringify(text)}, neither a number, a percentage, a fraction, majority nor all`,
    { field },
  );
}

/**
 * Reads weights with commas, a repeated one as weight x times: `29x4,27x2,14`.
 * @throws MainstayError voting_game_invalid, voting_game_too_large
 */
export function readWeights(text: string, most: number): readonly number[] {
  const weights: number[] = [];
  for (const part of text.split(",")) {
    const found = /^(\d{1,15})(?:[x*](\d{1,6}))?$/.exec(part.trim());
    if (found === null)
      throw new MainstayError("voting_game_invalid", `${JSON.stringify(part)} among the weights`, { field: "weights" });
    const times = Number(found[2] ?? "1");
    if (weights.length + times > most)
      throw new MainstayError("voting_game_too_large", `more than ${most} weights`, { field: "weights" });
    for (let time = 0; time < times; time += 1) weights.push(Number(found[1]));
  }
  return weights;
}

/** Reads a whole number. @throws MainstayError voting_game_invalid */
export function readCount(text: string, field: string): number {
  if (!/^\d{1,4}$/.test(text.trim())) throw new MainstayError("voting_game_invalid", JSON.stringify(text), { field });
  return Number(text);
}

function fraction(text: string): readonly [bigint, bigint] {
  const [top = "0", bottom = "1"] = text.split("/");
  if (BigInt(bottom) === 0n)
    throw new MainstayError("voting_game_invalid", `${text}, a part of nothing`, { field: "quota" });
  return [BigInt(top), BigInt(bottom)];
}
