/** What can be wrong with a fund, its money and what decisions allow: a part of the catalogue of errors. */
export const fundErrors = {
  authority_missing: {
    title: "A step that calls, spends or moves a fund's money names no authority.",
    advice:
      "Name an authority that a decision granted: `npx mainstay fund show FUND` lists them. Without one, take it through a decision first (docs/procedures.md).",
  },
  authority_of_another_purpose: {
    title: "The authority allows something else.",
    advice: "Use one of the right kind, fund and line; `npx mainstay fund show FUND` lists what each allows.",
  },
  authority_not_live: {
    title: "The authority is not in force on that day.",
    advice: "Use one whose decision stands and whose period covers the day; what was already posted under it stays.",
  },
  authority_exhausted: {
    title: "There is not enough left of the authority.",
    advice: "Ask for no more than is left, or have more authorised by a decision.",
  },
  governed_step_not_allowed: {
    title: "A fund's money does not move that way.",
    advice: "Place it, pay it, move it to another line, or take a posting back with a reason.",
  },
  reallocation_must_balance: {
    title: "What leaves a line does not arrive in the other under the same earmark.",
    advice:
      "Move the same amount out of the one and into the other, free money as free and earmarked money under its earmark.",
  },
  unknown_authority: {
    title: "There is no authority of that id.",
    advice: "List a fund's authorities with `npx mainstay fund show FUND`.",
  },
  terms_invalid: {
    title: "What a text would do cannot be read or does not fit.",
    advice: "Correct the field named; docs/funds.md shows the terms of every kind.",
  },
  unknown_fund: {
    title: "There is no fund of that id.",
    advice: "List the funds of a book with `npx mainstay fund list --book BOOK`.",
  },
  unknown_fund_line: {
    title: "The fund has no line of that id.",
    advice: "Use one of its lines; `npx mainstay fund show FUND` lists them.",
  },
  fund_exists_already: {
    title: "There is a fund, or a party, of that id already.",
    advice: "Give the fund another id in the terms.",
  },
  fund_opening_ended: {
    title: "The decision that opened the fund is no longer in force.",
    advice:
      "Such a fund takes in nothing new: no key, call or pledge. What it holds can still be spent and moved to another fund, each by a decision of its own.",
  },
  procedure_not_of_the_fund: {
    title: "The fund decides this by another procedure.",
    advice: "Open the proposal under the procedure that the fund's terms name for it.",
  },
  group_not_of_the_fund: {
    title: "Another group decides on the fund.",
    advice:
      "Open the proposal in the group that contributes to the fund or that opened it, or in one that either is under.",
  },
  decision_not_adopted: {
    title: "No decision of that id is in force.",
    advice:
      "Name a proposal that was adopted and neither annulled nor expired; `npx mainstay decision list` shows them.",
  },
  unknown_call: {
    title: "The fund has no call of that id.",
    advice: "List its calls with `npx mainstay fund show FUND`.",
  },
  call_exists_already: {
    title: "There is a call of that id, or of that year and instalment, already.",
    advice: "Give it another id or instalment, or take the first back.",
  },
  earmark_does_not_allow_line: {
    title: "The earmark does not allow that line.",
    advice: "Money stays inside its earmark: choose a line that it names, or move free money.",
  },
  pledge_exists_already: {
    title: "There is a pledge of that id already.",
    advice: "Give the pledge another id.",
  },
  statement_on_record_with_other_content: {
    title: "A bank statement of that number is on record with other content.",
    advice: "Check with the bank which one holds; a corrected statement has a number of its own.",
  },
  unknown_bank_entry: {
    title: "The fund has no bank entry of that statement and reference.",
    advice: "List what is not matched with `npx mainstay receipts list FUND`.",
  },
  bank_entry_of_several_accounts: {
    title: "Statements of several accounts have an entry of that number.",
    advice: "Say whose with `--account`; `npx mainstay receipts list FUND --json` gives the account of each.",
  },
  unknown_payment_reference: {
    title: "Nothing of the fund is payable under that reference.",
    advice:
      "Use the reference of an invoice or of a pledge's instalment; `npx mainstay call show FUND CALL` lists them.",
  },
  receipt_exceeds_what_is_left: {
    title: "More is matched than the entry or the claim has left.",
    advice: "Match no more than what is left of the entry and outstanding of the claim.",
  },
  in_kind_not_allowed: {
    title: "The fund's rule credits no more in kind.",
    advice: "Look at the rule in the fund's terms; what it does not credit is paid in money.",
  },
  unknown_act: {
    title: "The fund has no act of that number.",
    advice: "List its acts with `npx mainstay fund show FUND --acts`.",
  },
  act_taken_back_already: {
    title: "That act has been taken back already.",
    advice: "An act is taken back once; what is right instead is entered anew.",
  },
  group_taken_over_already: {
    title: "The group is under another from then on already.",
    advice: "Choose an earlier end for that first, or another group.",
  },
  group_would_be_under_itself: {
    title: "The group would come under itself by way of others.",
    advice: "Choose another group to bring it under, or end the decision that brought that one under it first.",
  },
  invoice_does_not_add_up: {
    title: "An invoice contradicts itself, and is not issued.",
    advice: "Make its lines add up to its total, each line once.",
  },
} as const satisfies Record<string, { title: string; advice: string }>;
