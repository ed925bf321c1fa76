/** What can be wrong with needs, offers and plans: a part of the catalogue of errors. */
export const planningErrors = {
  item_kinds_invalid: {
    title: "The kinds of items cannot be read.",
    advice: "Correct the field named in the file of policies/items.",
  },
  planning_frame_invalid: {
    title: "Capacities and prices to plan with cannot be entered as they are.",
    advice: "Correct the field named; `npx mainstay plan frame show --json` prints a frame to start from.",
  },
  plan_days_in_wrong_order: {
    title: "The days to plan for end before they begin.",
    advice: "Give a first day and a last day that is not before it.",
  },
  unknown_need: {
    title: "There is no need of that name in the book.",
    advice: "List them with `npx mainstay need list --book BOOK`.",
  },
  unknown_offer: {
    title: "There is no offer of that name in the book.",
    advice: "List them with `npx mainstay offer list --book BOOK`.",
  },
  need_withdrawn: {
    title: "The need has been withdrawn.",
    advice: "Nothing is placed with it any more; solve a plan anew, which leaves it out.",
  },
  offer_withdrawn: {
    title: "The offer has been withdrawn.",
    advice: "Nothing of it is placed any more; solve a plan anew, which leaves it out.",
  },
  offer_consent_missing: {
    title: "A third party's consent to the offer is not there.",
    advice:
      "Put the consent on record with `npx mainstay offer consent OFFER --state given`, or solve a plan anew, which leaves the offer out.",
  },
  offer_exhausted: {
    title: "There is not enough left of the offer.",
    advice: "What is left has been placed elsewhere meanwhile; solve a plan anew, which takes that into account.",
  },
  need_covered_meanwhile: {
    title: "What was placed since the plan was made covers a need of it already.",
    advice: "Solve a plan anew, which takes what is placed into account.",
  },
  plan_terms_changed: {
    title: "An offer or a need says something else since the plan was made.",
    advice: "Solve a plan anew, which keeps to what is said now: `npx mainstay plan solve --standing PLAN`.",
  },
  unknown_plan: {
    title: "There is no plan of that name in the book.",
    advice: "List them with `npx mainstay plan list --book BOOK`.",
  },
  decision_not_annulled: {
    title: "The decision was not annulled.",
    advice:
      "What is placed under a decision that stands stays placed; annul it with `npx mainstay decision annul DECISION REASON` first.",
  },
  nothing_to_take_back: {
    title: "Nothing that was placed under the decision can be taken back now.",
    advice:
      "What a consignment carries comes back first: `npx mainstay deliver event CONSIGNMENT return`, then try again. `npx mainstay decision show DECISION` lists it.",
  },
  no_standing_plan: {
    title: "No plan stands in the book.",
    advice:
      "Solve one with `npx mainstay plan solve --book BOOK`; a quick one or one that leaves offers out stands only once it is accepted.",
  },
  standing_plan_holds: {
    title: "Every offer that the standing plan counts on is still there.",
    advice: "Nothing is to be planned anew; solve a further plan with `npx mainstay plan solve --standing PLAN`.",
  },
  plan_exists_already: {
    title: "There is a plan of that name already.",
    advice: "Choose another name; a plan that is kept is never changed.",
  },
  plan_not_sound: {
    title: "The plan breaks a limit, and cannot be adopted.",
    advice: "See what it breaks with `npx mainstay plan check PLAN`, and solve one anew.",
  },
  plan_placed_already: {
    title: "Nothing of the plan is left to place.",
    advice: "See what is placed with `npx mainstay plan show PLAN`.",
  },
  unknown_plan_job: {
    title: "There is no solving of that id.",
    advice: "They are remembered while the program runs; see the plans that are kept with `npx mainstay plan list`.",
  },
  plan_cancelled: {
    title: "The solving was cancelled; nothing was kept.",
    advice: "Start it again, or with --seconds to keep the best there is by then.",
  },
  plan_desk_full: {
    title: "Too many plans wait to be solved.",
    advice: "Wait for some of them to end, or cancel some.",
  },
  plan_contradictory: {
    title: "What is asked of the plan contradicts itself.",
    advice: "Drop or change one of what is named; nothing was solved.",
  },
  plan_solver_failed: {
    title: "The solver ended without an answer.",
    advice: "Start it again; with --preview a quick plan needs no solver.",
  },
} as const satisfies Record<string, { title: string; advice: string }>;
