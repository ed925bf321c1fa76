/** What can be refused of a question for the indicators of predictability: a part of the catalogue of errors. */
export const predictabilityErrors = {
  period_unreadable: {
    title: "That is no period.",
    advice: "Write a year (2023), a half-year (2023H2) or two days (2023-02-24/2024-02-23).",
  },
  too_many_periods: {
    title: "That is more periods than are compared at once.",
    advice: "Ask for at most eight, separated by commas.",
  },
  unknown_predictability_side: {
    title: "Predictability is not told by that.",
    advice: "Ask by giver, fund or stream.",
  },
  unknown_indicator_of_predictability: {
    title: "There is no such indicator of predictability.",
    advice: "The indicators are listed, with what each is, in docs/predictability.md.",
  },
} as const satisfies Record<string, { title: string; advice: string }>;
