/** What can be wrong with a bank's statement, and with what it is matched by: a part of the catalogue of errors. */
export const statementErrors = {
  row_longer_than_header: {
    title: "A row has more cells than the table has columns.",
    advice: "Put a text that holds the separator between quotes.",
  },
  creditor_reference_invalid: {
    title: "A creditor reference cannot be made of that.",
    advice: "Give 1 to 21 letters from A to Z and digits, without blanks.",
  },
  currency_code_invalid: {
    title: "That is not a currency's code.",
    advice: "Write the three capitals of ISO 4217, such as EUR.",
  },
  amount_finer_than_currency: {
    title: "An amount has more decimals than its currency.",
    advice: "Give the amount that was booked, in whole smallest parts of the currency; nothing is rounded here.",
  },
  statement_not_recognised: {
    title: "The file is not a bank statement that can be read.",
    advice:
      "Give an ISO 20022 camt.053 statement (001.02 to 001.13), or a table of receipts like docs/examples/receipts.csv.",
  },
  statement_unreadable: {
    title: "The bank statement is cut short or is not well-formed XML.",
    advice: "Download it from the bank again; nothing of it was taken.",
  },
  statement_hostile: {
    title: "The bank statement holds something that no bank sends.",
    advice: "Get the file from the bank again; one that is too long comes in parts, a day or a week each.",
  },
  statement_element_invalid: {
    title: "A bank statement lacks something it must say, or says it in a word that is not the standard's.",
    advice: "Ask the bank for the whole statement, or add what is named here.",
  },
  statement_currency_differs: {
    title: "An amount of a bank statement is in another currency than its account.",
    advice: "Give each account and currency a statement of its own.",
  },
  statement_batch_does_not_add_up: {
    title: "The transactions of a batch do not make up its entry.",
    advice: "Ask the bank for a statement that gives the amount of every transaction of a batch.",
  },
  statement_reference_twice: {
    title: "A bank statement has the same reference twice.",
    advice: "Give each entry its own reference and each statement its own name; what is a copy, leave out.",
  },
  statement_does_not_balance: {
    title: "The entries of a bank statement do not lead from its opening balance to its closing balance.",
    advice: "Ask the bank for the whole statement; a page or an entry is missing or doubled.",
  },
} as const satisfies Record<string, { title: string; advice: string }>;
