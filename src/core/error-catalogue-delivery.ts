/** What can be wrong with consignments, receipts and queries: a part of the catalogue of errors. */
export const deliveryErrors = {
  unknown_consignment: {
    title: "There is no consignment of that name in the book.",
    advice: "List them with `npx mainstay deliver list --book BOOK`.",
  },
  consignment_exists_already: {
    title: "There is a consignment of that name already.",
    advice: "Choose another name; what was entered stays.",
  },
  unknown_placement: {
    title: "Nothing was placed under that name in the book.",
    advice: "See what was placed with `npx mainstay need show NEED`.",
  },
  placement_carried_already: {
    title: "More would be carried than was placed.",
    advice: "Take only what no consignment carries yet; what was returned to its giver can be carried again.",
  },
  consignment_of_several_streams: {
    title: "A consignment carries things of one stream only.",
    advice: "Make one consignment for materiel, and others for training, staff and money: their courses differ.",
  },
  consignment_lines_invalid: {
    title: "What a consignment is to carry does not fit.",
    advice: "Name each placement or line once, with a whole number of pieces, at least one.",
  },
  unknown_consignment_line: {
    title: "The consignment has no line of that number.",
    advice: "Use one of its lines; `npx mainstay deliver show CONSIGNMENT` numbers them.",
  },
  unknown_delivery_event: {
    title: "The course of such a consignment has no event of that name.",
    advice: "Use one that `npx mainstay deliver show CONSIGNMENT` lists as possible.",
  },
  more_than_stands_there: {
    title: "More pieces are named than stand where the event begins.",
    advice: "Name no more than stand there; `npx mainstay deliver show CONSIGNMENT` says how many do.",
  },
  event_out_of_order: {
    title: "The event does not follow on what happened before.",
    advice: "Enter what is missing in between first, or correct the day.",
  },
  event_in_the_future: {
    title: "An event is entered that has not happened yet.",
    advice: "Enter it when it has happened; what is expected is said by the days of the plan.",
  },
  event_of_the_other_side: {
    title: "That event is reported by the other side.",
    advice: "The donor side reports what it sends and hands over, the recipient what it received and uses.",
  },
  event_without_reason: {
    title: "An event of that kind needs a reason.",
    advice: "Say in a few words what happened and how it is known.",
  },
  consignments_cannot_merge: {
    title: "These consignments cannot become one.",
    advice: "Merge others of the same stream into one; neither may be the other.",
  },
  unknown_delivery_query: {
    title: "There is no query of that number in the book.",
    advice: "List them with `npx mainstay deliver query list --book BOOK`.",
  },
  query_settled_already: {
    title: "The query is settled.",
    advice: "What was settled stands; a further confirmation that differs opens another query.",
  },
  query_still_open: {
    title: "A query about these pieces is not settled yet.",
    advice: "Settle it first with `npx mainstay deliver query settle QUERY --outcome recipient --reason WHY`.",
  },
  settlement_does_not_fit: {
    title: "The query cannot be settled like that.",
    advice: "For a split, give pieces or a day between what both sides say; for the others, neither.",
  },
  sign_link_unknown: {
    title: "That link is not one of ours.",
    advice: "Scan the code again, or ask whoever sent it for a new one.",
  },
  sign_link_over: {
    title: "That link is no longer good.",
    advice: "Ask whoever sent it for a new one; nothing was recorded.",
  },
  consignment_changed: {
    title: "Something else was recorded about the consignment meanwhile.",
    advice: "Look at it again, and sign for what is there now; nothing was recorded twice.",
  },
  confirmation_rows_refused: {
    title: "Some rows of the confirmations cannot be entered, so none was.",
    advice: "Correct the rows named and import the file again; `npx mainstay deliver template` makes one to fill in.",
  },
} as const satisfies Record<string, { title: string; advice: string }>;
