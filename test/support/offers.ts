import type { Offer } from "#core/planning/record.ts";

/** What an offer without any condition says of its conditions. */
export const withoutConditions = {
  years: [],
  condition: "ready",
  repairDays: 0,
  earmark: null,
  caveat: "",
  excludes: [],
  consent: { state: "none", of: null },
  allOrNothing: false,
  hubs: null,
  valuation: null,
  coalition: null,
  fund: null,
  note: "",
} as const satisfies Partial<Offer>;
