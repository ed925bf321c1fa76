/** The five classes that make the stages of all streams comparable, in order. */
export const bindingClasses = ["said", "bound", "placed", "moved", "received"] as const;
export type BindingClass = (typeof bindingClasses)[number];

/** What each class means, in the words shown beside a figure. */
export const classMeanings: Readonly<Record<BindingClass, string>> = {
  said: "announced or pledged",
  bound: "legally committed",
  placed: "allocated to a line, need or item",
  moved: "paid, contracted, dispatched or started",
  received: "handed over and confirmed by the recipient",
};

export function isBindingClass(text: string): text is BindingClass {
  return (bindingClasses as readonly string[]).includes(text);
}

/** The place of a class in the order, 1 to 5. */
export function classRank(bindingClass: BindingClass): number {
  return bindingClasses.indexOf(bindingClass) + 1;
}

/** What one posting does to the totals by class: it counts once, at the class it enters (forward) or leaves (backward). */
export type ClassEffect = Readonly<{ class: BindingClass; sign: 1 | -1 }> | null;

/**
 * The effect of moving a quantity between stages of the given classes (`null` is outside the promise).
 * Forward, the class entered gains; backward, the class left loses; inside one class nothing changes.
 * A step that skips a class says nothing of the skipped one, so what a source does not state stays unknown.
 */
export function classEffect(from: BindingClass | null, to: BindingClass | null): ClassEffect {
  const fromRank = from === null ? 0 : classRank(from);
  const toRank = to === null ? 0 : classRank(to);
  if (toRank > fromRank && to !== null) return { class: to, sign: 1 };
  if (toRank < fromRank && from !== null) return { class: from, sign: -1 };
  return null;
}

export const streams = ["finance", "materiel", "training", "staff"] as const;
export type Stream = (typeof streams)[number];

export function isStream(text: string): text is Stream {
  return (streams as readonly string[]).includes(text);
}
