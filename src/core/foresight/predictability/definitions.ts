import type { IndicatorDefinition } from "../../views-predictability.ts";

const paris = "OECD, Paris Declaration on Aid Effectiveness (2005), indicator 7: aid is more predictable";
const busan = "Global Partnership for Effective Development Co-operation, monitoring framework after Busan (2011)";

/** The indicators in the order they are shown. There is no sum of them: they measure different things. */
export const definitions: readonly IndicatorDefinition[] = [
  {
    id: "annual",
    title: "Annual predictability",
    unit: "percent",
    better: "higher",
    definition:
      "Of what was scheduled for the period as the record stood on its first day, the part that had arrived by its last: the sum over givers of the lesser of arrived and scheduled, over all that was scheduled. Each due counts up to what was due, so that nobody's excess makes up for another's lateness.",
    source: `${paris}; ${busan}, indicator 5a.`,
    rows: "Scheduled is what has a due day in the period and was laid down by its first day: parts of calls (from the day the fund's envelope for that year was decided), instalments of pledges, placements with needs. Arrived is what was received, or handed over, against each of them.",
    cannotTell:
      "Sources that count what was committed do not say when it is due: of what they cover nothing is scheduled, and this says so rather than 0 or 100 %. Nor does it tell whether what was scheduled was enough.",
  },
  {
    id: "medium-term",
    title: "Medium-term predictability",
    unit: "percent",
    better: "higher",
    definition:
      "Of the three calendar years after the period, the part for which a forward plan of the giver was on record on its last day; over all givers, each weighted by what it had given by then.",
    source: `${busan}, indicator 5b.`,
    rows: "A forward plan for a year is an instalment or a placement due in it, an envelope of a fund for it in which the giver takes part, or a promise whose title names the years it is for (such as 2024-2027). The weight is what was given directly in the class shown, and what was paid into funds.",
    cannotTell:
      "A plan is not a promise kept, and how much of a year it covers is not weighed. A giver's own budget plans that nobody entered here are not seen.",
  },
  {
    id: "lateness",
    title: "Lateness",
    unit: "days",
    better: "lower",
    definition:
      "Of what fell due in the period: the median of the days from the due day to the day on which all of it had arrived (on time and early: 0). Beside it the ninetieth percentile, by nearest rank, and how often it was over 90 days. What is still open counts with the days so far, which is the least it can become. Further steps, which have no due day, are told by the days they took.",
    source: "Nearest-rank percentiles as in NIST/SEMATECH e-Handbook of Statistical Methods, 7.2.5.2 (empirical).",
    rows: "Parts of calls, instalments and placements by their due days; for the other steps, postings of one promise that move it from class to class on days of their own, first in first out.",
    cannotTell:
      "Releases give one date a row, often only a year: between their classes no days can be counted. Small and large dues count alike.",
  },
  {
    id: "realisation",
    title: "Realisation rate",
    unit: "percent",
    better: "higher",
    definition:
      "Of what had been legally bound by the end of the period, the part that had gone further by then: placed, moved or received, whichever is most. The same for each of the other classes. Each giver's stream and category counts up to what stood in the class.",
    source:
      "Realisation of commitments as in OECD-DAC reporting (disbursements over commitments), by the classes of bindingness of this record.",
    rows: "Sums by giver, stream, category and class up to the last day of the period; for funds, what was called or pledged and what came.",
    cannotTell:
      "Classes are matched by giver, stream and category: no source links each announcement with what came of it. Where no further class is on record, or it is known to an earlier day than what it would be compared with, the rate is not known.",
  },
  {
    id: "revisions",
    title: "Revisions between releases",
    unit: "percent",
    better: "lower",
    definition:
      "Of what the releases before had stated, the part that the releases published in the period took back: the sum, over successive releases, givers, categories and classes, of all decreases, over all that had been stated.",
    source: "Downward revisions over the earlier vintage, as in the literature on real-time data (Croushore 2011).",
    rows: "Each release's sums by giver, category and class, beside those of the release of its series before it, in classes that both state.",
    cannotTell:
      "Increases hold both new support and corrections upwards, so only what was taken back is counted. A conversion at other rates shows as a revision too.",
  },
  {
    id: "volatility",
    title: "Volatility",
    unit: "percent",
    better: "lower",
    definition:
      "How far the years lie from their average: the mean absolute deviation of what was given in each whole calendar year up to the end of the period, over the mean. Steady giving is 0 %.",
    source:
      "Relative mean absolute deviation; for aid see Bulir and Hamann (2008), Volatility of Development Aid, World Development 36. Taken without a trend, and in absolute values so that it stays an exact fraction.",
    rows: "What was given directly in the class shown, and what was paid into funds, by calendar year; at least three whole years.",
    cannotTell:
      "Growth is deviation too. It does not say whether a change was announced in time, and three or four years are few.",
  },
  {
    id: "ad-hoc",
    title: "Ad hoc share",
    unit: "percent",
    better: "lower",
    definition:
      "Of all money that came into funds in the period, the part from voluntary pledges whose instalments all fall in one calendar year. What is called by a key, and what is pledged over several years, is not ad hoc.",
    source:
      "As on the page of a fund; the distinction is that of assessed and multi-year against annual voluntary contributions in the funding reports of the United Nations.",
    rows: "Receipts of the period, by the call or pledge they settle.",
    cannotTell:
      "Money given outside of funds is not in it: no source on record says over how many years such support was undertaken.",
  },
  {
    id: "forward-coverage",
    title: "Forward coverage",
    unit: "months",
    better: "higher",
    definition:
      "How many months of what is needed after the period are covered by what is bound: of a fund, what it holds and what is still owed to it by calls, at the pace of the envelopes that follow; of needs in pieces, what is placed at the pace at which each need asks. The headline is the shortest.",
    source: "Months of cover, as treasuries and humanitarian pipelines state it.",
    rows: "Envelopes by year, what was called, received and paid; needs with their windows, and what is placed with them.",
    cannotTell:
      "Needs are covered by all givers together, so there is no figure of one giver. Needs stated without months (as in the tracker) have no pace. What is placed may still be late.",
  },
  {
    id: "concentration",
    title: "Concentration",
    unit: "index",
    better: "lower",
    definition:
      "The Herfindahl-Hirschman index of givers: the sum of the squares of their shares in all that was given up to the end of the period. 1 is a single giver; its inverse is how many equal givers would be as concentrated.",
    source: "Herfindahl-Hirschman index (Hirschman 1964), in use for donors in OECD-DAC work on fragmentation.",
    rows: "What each giver gave directly in the class shown, and paid into funds, up to the last day of the period.",
    cannotTell:
      "It counts organisations as givers of their own, whose members' shares it does not see. It says nothing of whether the largest giver is likely to stay.",
  },
  {
    id: "burden",
    title: "Burden ratio",
    unit: "ratio",
    better: "near-one",
    definition:
      "A giver's share of what was given up to the end of the period over its share of GDP, both among the nations that gave and whose GDP is known; where it is called by a key, its share of what came in over its share of what was called. 1 is as much as its size.",
    source: "Burden sharing ratios as in Olson and Zeckhauser (1966) and NATO's tables of expenditure over GDP.",
    rows: "What was given as under concentration; GDP of the newest year up to the period on record; calls and receipts.",
    cannotTell:
      "What organisations gave of members' money is not put down to the members. GDP is in dollars of its year, not at purchasing power.",
  },
  {
    id: "earmarks",
    title: "Earmark rigidity",
    unit: "percent",
    better: "lower",
    definition: "Of what fell due to funds in the period, the part that may be used only for lines its giver named.",
    source:
      "Share of earmarked in all contributions, as in the funding reports of the United Nations (tight earmarking).",
    rows: "Parts of calls and instalments by their due days; the earmark of each pledge.",
    cannotTell:
      "Support in kind is for what it is. Conditions in words, and what was given outside of funds, are not seen.",
  },
];
