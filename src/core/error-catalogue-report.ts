/** What can be wrong with the question of a pledge report: a part of the catalogue of errors. */
export const reportErrors = {
  report_period_not_begun: {
    title: "The period had not begun on the day whose knowledge is asked for.",
    advice: "Ask for an earlier period, or for what was known on a later day.",
  },
  report_format_unknown: {
    title: "A pledge report is not written in that format.",
    advice: "Ask for html, pdf, xlsx, csv or json.",
  },
} as const satisfies Record<string, { title: string; advice: string }>;
