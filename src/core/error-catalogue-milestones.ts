/** What can be wrong with dated events and what they depend on: a part of the catalogue of errors. */
export const milestoneErrors = {
  unknown_milestone: {
    title: "There is no milestone of that id on record, as known on the day asked.",
    advice: "List them with `npx mainstay milestone list`, or move `known_at` to a later day.",
  },
  milestone_invalid: {
    title: "A milestone cannot be entered as it is.",
    advice: "Correct the field named; docs/milestones.md says what each may hold.",
  },
  milestone_circle: {
    title: "Milestones would depend on each other in a circle.",
    advice: "Take one of the dependences named out.",
  },
  milestone_over: {
    title: "The milestone is over: met, missed or cancelled.",
    advice: "Reopen it with a reason first: `npx mainstay milestone reopen MILESTONE --reason WHY`.",
  },
  milestone_not_over: {
    title: "The milestone is still expected.",
    advice: "Only one that was met, missed or cancelled can be reopened.",
  },
  milestone_of_the_record: {
    title: "The milestone follows from something else on record.",
    advice: "Change that instead: the decision, the call, the pledge, the need or the consignment it is drawn from.",
  },
  milestone_changed_meanwhile: {
    title: "The milestone has been changed meanwhile.",
    advice: "Look at its newest version and say again what is to change.",
  },
} as const;
