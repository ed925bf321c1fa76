/** Which event counts as delivered: a policy of a book or of a fund. */
export const countedEvents = ["dispatched", "handed-over", "confirmed"] as const;
export type CountedEvent = (typeof countedEvents)[number];

/** What each of them means, in the words of a report. */
export const countedMeanings: Readonly<Record<CountedEvent, string>> = {
  dispatched: "what has been dispatched",
  "handed-over": "what the donor side reports as handed over",
  confirmed: "what the recipient has signed for",
};

export function isCounted(text: string): text is CountedEvent {
  return (countedEvents as readonly string[]).includes(text);
}
