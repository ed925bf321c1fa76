import { grouped } from "./amounts.ts";
import { isMoney, unitWords } from "./units.ts";

/** "EUR 1,250,000.00" for money, "1,170 pieces" for items (the title names them), "40 trainee days" for time. */
export function ownQuantity(unit: string, amount: string | null): string {
  if (amount === null) return "not known";
  if (isMoney(unit)) return `${unit}\u00a0${grouped(amount)}`;
  const word = /(day|month|hour)s?$/.test(unit) ? unitWords(unit) : amount === "1" ? "piece" : "pieces";
  return `${grouped(amount)}\u00a0${word}`;
}
