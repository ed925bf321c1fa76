/** What can be wrong with what a recipient needs and givers offer: a part of the catalogue of errors. */
export const needErrors = {
  need_invalid: {
    title: "A need cannot be entered as it is.",
    advice: "Correct the field named; docs/needs.md says what each may hold.",
  },
  offer_invalid: {
    title: "An offer cannot be entered as it is.",
    advice: "Correct the field named; docs/needs.md says what each may hold.",
  },
  unknown_item_kind: {
    title: "There is no item kind of that name.",
    advice: "Use an id from the sheet Kinds of the template: `npx mainstay need template needs.xlsx`.",
  },
  unknown_capability: {
    title: "There is no capability of that name.",
    advice: "Use an id from the sheet Kinds of the template: `npx mainstay offer template offers.xlsx`.",
  },
  unknown_coalition: {
    title: "There is no coalition of that name.",
    advice: "List the groups with `npx mainstay groups`; a coalition is a group of that kind.",
  },
  record_named_twice: {
    title: "The same id is given twice.",
    advice: "Give each need and each offer an id of its own.",
  },
  records_refused: {
    title: "Something in the file cannot be entered, so nothing was.",
    advice: "Mend what is named, or leave the bad rows out with --skip-bad.",
  },
  version_out_of_order: {
    title: "A later version is on record already.",
    advice: "Give an instant after that of the version that counts now; what was known before stays as it was.",
  },
  change_without_reason: {
    title: "A change says no reason.",
    advice: "Say in a few words why: the history shows it.",
  },
  change_changes_nothing: {
    title: "The change leaves everything as it is.",
    advice: "Change something, or leave it.",
  },
  withdrawn_already: {
    title: "It has been withdrawn already.",
    advice: "Enter it again by an import of the whole if it is meant anew.",
  },
  offer_is_anothers: {
    title: "An offer's giver and item kind do not change.",
    advice: "Withdraw the offer and enter what is given instead under another id.",
  },
  offer_placed_already: {
    title: "More of the offer is placed than would be left of it.",
    advice: "Offer no less than is placed; what is placed is first taken back from its need.",
  },
  consent_not_asked: {
    title: "The offer does not depend on a third party's consent.",
    advice: "Change the offer first, so that it says whose consent it waits for.",
  },
  sheet_not_found: {
    title: "The file has no table of that kind.",
    advice: "Fill in the template: `npx mainstay need template FILE` or `npx mainstay offer template FILE`.",
  },
  cell_unreadable: {
    title: "A cell does not hold what its column asks for.",
    advice: "Write it as the sheet Notes of the template shows.",
  },
} as const satisfies Record<string, { title: string; advice: string }>;
