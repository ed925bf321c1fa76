/** Whether a unit is money by its ISO 4217 code; the others count items or time. */
export function isMoney(unit: string): boolean {
  return /^[A-Z]{3}$/.test(unit);
}

/** A unit as words: "EUR", "item:155-mm-howitzer" is "155 mm howitzer", "trainee-days" is "trainee days". */
export function unitWords(unit: string): string {
  return isMoney(unit) ? unit : unit.replace(/^item:/, "").replaceAll("-", " ");
}

/** A release as a sentence names it: a bare number or date gets the word before it. */
export function releaseWords(name: string): string {
  return /^[\d.-]+$/.test(name) ? `release ${name}` : name;
}
