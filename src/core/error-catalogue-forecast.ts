/** What can be wrong with forecasts and their scenarios: a part of the catalogue of errors. */
export const forecastErrors = {
  forecast_policy_invalid: {
    title: "What a forecast assumes cannot be read.",
    advice: "Correct the field named in policies/forecast.json; docs/forecast.md explains every parameter.",
  },
  forecast_without_record: {
    title: "There is nothing on record to forecast from.",
    advice: "Choose a later `known_at`, or a book that holds money: `npx mainstay books` lists them.",
  },
  forecast_cancelled: {
    title: "The forecast was cancelled.",
    advice: "Nothing was kept; start it again.",
  },
  forecast_failed: {
    title: "The forecast ended before it was done.",
    advice: "Start it again; with fewer paths where memory is short.",
  },
  forecast_desk_full: {
    title: "Too many forecasts are waiting.",
    advice: "Wait until some are done.",
  },
  scenario_invalid: {
    title: "A scenario cannot be read.",
    advice: "Correct the place named; docs/forecast.md shows a scenario of every kind.",
  },
  unknown_scenario: {
    title: "There is no scenario of that name.",
    advice: "List them with `npx mainstay scenario list`.",
  },
  scenario_exists_already: {
    title: "There is a scenario of that name already.",
    advice: "Choose another name; what is saved under a name is not changed, so that links to it stay true.",
  },
  scenario_without_effect: {
    title: "A scenario changes something that the forecast does not hold.",
    advice: "Name a giver on record, or a decision that is open on the day the forecast is known at.",
  },
} as const;
