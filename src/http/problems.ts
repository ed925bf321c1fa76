import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import { z } from "zod";
import { MainstayError, errorCatalogue, type ErrorCode } from "#core/errors.ts";
import { deepestFault, pathText, shownAt, unstorableIn, type Fault } from "#core/issues.ts";

/** A refusal on the wire (RFC 9457). `found` is what was met, `place` where: the parameter, or file, sheet, row, column. */
export type Problem = Readonly<{
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  found?: string | undefined;
  place?: string | undefined;
}>;

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().describe("What to do"),
    code: z.string().describe("One of the codes in docs/errors.md"),
    found: z.string().optional(),
    place: z.string().optional(),
  })
  .meta({ id: "Problem" });

const statuses: Partial<Record<ErrorCode, number>> = {
  unknown_book: 404,
  unknown_party: 404,
  unknown_group: 404,
  unknown_release: 404,
  unknown_promise: 404,
  unknown_source: 404,
  unknown_import: 404,
  unknown_voting_rule: 404,
  unknown_key: 404,
  unknown_address: 404,
  unknown_procedure: 404,
  unknown_proposal: 404,
  unknown_scenario: 404,
  forecast_without_record: 404,
  writing_refused: 403,
  request_too_large: 413,
  file_too_large: 413,
  workbook_too_large: 413,
  too_many_cells: 413,
  too_many_requests: 429,
  release_already_imported_with_other_content: 409,
  release_date_taken: 409,
  scenario_exists_already: 409,
  forecast_cancelled: 409,
  scenario_without_effect: 422,
  forecast_desk_full: 503,
  forecast_failed: 500,
  import_cancelled: 409,
  stage_below_zero: 422,
  posting_unit_mismatch: 422,
  posting_quantity_not_positive: 422,
  rows_refused: 422,
  no_row_readable: 422,
  share_table_must_sum_to_one: 422,
  key_not_in_force: 422,
  indicator_unknown: 422,
  key_bounds_cannot_be_met: 422,
  key_without_members: 422,
  voting_game_too_large: 422,
  statement_currency_differs: 422,
  statement_batch_does_not_add_up: 422,
  statement_reference_twice: 422,
  statement_does_not_balance: 422,
  postings_are_append_only: 409,
  proposal_exists_already: 409,
  proposal_event_out_of_order: 409,
  proposal_transition_not_allowed: 409,
  proposal_closed: 409,
  proposal_text_missing: 409,
  silence_already_expired: 409,
  reservation_stands_already: 409,
  reservation_not_standing: 409,
  text_version_not_next: 409,
  proposal_rule_not_met: 422,
  proposal_rule_met: 422,
  terms_of_another_object: 422,
  not_a_participant: 422,
  position_not_in_procedure: 422,
  invoice_does_not_add_up: 422,
  unknown_fund: 404,
  unknown_call: 404,
  unknown_posting: 404,
  unknown_act: 404,
  authority_missing: 422,
  authority_of_another_purpose: 422,
  authority_not_live: 422,
  authority_exhausted: 422,
  governed_step_not_allowed: 422,
  reallocation_must_balance: 422,
  unknown_authority: 422,
  unknown_fund_line: 422,
  earmark_does_not_allow_line: 422,
  in_kind_not_allowed: 422,
  receipt_exceeds_what_is_left: 422,
  unknown_bank_entry: 422,
  bank_entry_of_several_accounts: 422,
  unknown_payment_reference: 422,
  decision_not_adopted: 422,
  procedure_not_of_the_fund: 422,
  group_not_of_the_fund: 422,
  fund_exists_already: 409,
  fund_opening_ended: 409,
  call_exists_already: 409,
  pledge_exists_already: 409,
  book_exists_already: 409,
  act_taken_back_already: 409,
  group_taken_over_already: 409,
  group_would_be_under_itself: 409,
  statement_on_record_with_other_content: 409,
  posting_taken_back_already: 409,
  unknown_need: 404,
  unknown_offer: 404,
  unknown_coalition: 404,
  need_invalid: 422,
  offer_invalid: 422,
  unknown_item_kind: 422,
  unknown_capability: 422,
  record_named_twice: 409,
  records_refused: 422,
  version_out_of_order: 409,
  change_changes_nothing: 409,
  withdrawn_already: 409,
  offer_is_anothers: 422,
  offer_placed_already: 422,
  consent_not_asked: 422,
  unknown_plan: 404,
  unknown_plan_job: 404,
  need_withdrawn: 422,
  offer_withdrawn: 422,
  offer_consent_missing: 422,
  offer_exhausted: 422,
  plan_not_sound: 422,
  plan_exists_already: 409,
  plan_placed_already: 409,
  plan_terms_changed: 409,
  decision_not_annulled: 409,
  nothing_to_take_back: 409,
  no_standing_plan: 409,
  standing_plan_holds: 409,
  need_covered_meanwhile: 409,
  plan_cancelled: 409,
  plan_solver_failed: 500,
  unknown_consignment: 404,
  unknown_delivery_query: 404,
  sign_link_unknown: 404,
  sign_link_over: 410,
  unknown_placement: 422,
  unknown_consignment_line: 422,
  unknown_delivery_event: 422,
  placement_carried_already: 422,
  consignment_of_several_streams: 422,
  consignment_lines_invalid: 422,
  more_than_stands_there: 422,
  event_out_of_order: 422,
  event_in_the_future: 422,
  event_of_the_other_side: 422,
  event_without_reason: 422,
  consignments_cannot_merge: 422,
  settlement_does_not_fit: 422,
  confirmation_rows_refused: 422,
  consignment_exists_already: 409,
  consignment_changed: 409,
  query_settled_already: 409,
  query_still_open: 409,
  unknown_milestone: 404,
  milestone_invalid: 422,
  milestone_circle: 422,
  milestone_over: 409,
  milestone_not_over: 409,
  milestone_of_the_record: 422,
  milestone_changed_meanwhile: 409,
  unforeseen: 500,
};

/** The status of a refusal: 400 for input that cannot be read, unless the catalogue of statuses says otherwise. */
export function statusOf(code: ErrorCode): number {
  return code.startsWith("database_") ? 503 : (statuses[code] ?? 400);
}

function problemOf(error: MainstayError): Problem {
  const entry = errorCatalogue[error.code];
  const place = (["file", "sheet", "row", "column", "field"] as const)
    .filter((part) => error.place[part] !== undefined)
    .map((part) => (part === "field" ? parameterName(String(error.place.field)) : `${part} ${error.place[part]}`))
    .join(", ");
  return {
    type: `urn:mainstay:problem:${error.code}`,
    title: entry.title,
    status: statusOf(error.code),
    detail: entry.advice,
    code: error.code,
    ...(error.found === undefined ? {} : { found: error.found }),
    ...(place === "" ? {} : { place }),
  };
}

/** A field as the address spells it: the command line's `known-at` is `known_at` here. */
function parameterName(field: string): string {
  return field.replaceAll("-", "_");
}

export async function sendProblem(reply: FastifyReply, error: MainstayError): Promise<FastifyReply> {
  const problem = problemOf(error);
  return reply
    .code(problem.status)
    .type("application/problem+json; charset=utf-8")
    .header("cache-control", "no-store")
    .serializer(JSON.stringify)
    .send(problem);
}

/** Turns whatever was thrown into a refusal with a code. Only what nobody foresaw is logged, and nothing of it is told. */
export function asMainstayError(error: unknown, request: FastifyRequest): MainstayError {
  if (error instanceof MainstayError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) return invalidParameter(error, request);
  const { statusCode, code, message } = error as FastifyError;
  if (statusCode === 413) return new MainstayError("request_too_large", message);
  if (statusCode === 415) {
    const given = JSON.stringify(request.headers["content-type"] ?? "").slice(0, 200);
    return new MainstayError("parameter_invalid", `${given}, where JSON is asked`, { field: "header content_type" });
  }
  if (statusCode === 429) return new MainstayError("too_many_requests");
  if (statusCode === 403) return new MainstayError("unknown_address", `${request.method} ${request.url.slice(0, 200)}`);
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new MainstayError("parameter_invalid", message || code);
  request.log.error({ err: error }, "unforeseen");
  return new MainstayError("unforeseen", undefined, { field: `request ${request.id}` });
}

type Issue = Readonly<{
  instancePath: string;
  message?: string | undefined;
  keyword: string;
  params: Readonly<Record<string, unknown>>;
}>;

function invalidParameter(error: Readonly<{ validation: readonly Issue[] }>, request: FastifyRequest): MainstayError {
  const inBody = (error as { validationContext?: string }).validationContext === "body";
  const { path, message, unknown } = faultOf(error.validation[0]);
  if (unknown.length > 0)
    return new MainstayError("parameter_invalid", "a parameter that is not one of this address's", {
      field: pathText([...path, unknown.join(", ")]),
    });
  const given = inBody ? request.body : { ...(request.params as object), ...(request.query as object) };
  const field = pathText(path);
  return new MainstayError("parameter_invalid", `${shownAt(given, path)} (${message})`, {
    field: field === "" && inBody ? "body" : field,
  });
}

function faultOf(issue: Issue | undefined): Fault {
  return deepestFault({
    path: (issue?.instancePath ?? "").split("/").filter(Boolean),
    message: issue?.message ?? "not readable",
    keys: issue?.params["keys"],
    errors: issue?.params["errors"],
  });
}

/** @throws MainstayError parameter_invalid where a body holds what cannot be put on record: a text with a NUL or half a character, or lists without end */
function refuseUnstorable(body: unknown): void {
  const fault = unstorableIn(body);
  if (fault !== undefined) throw new MainstayError("parameter_invalid", fault.found, { field: pathText(fault.path) });
}

/** Every refusal, whoever makes it, goes out as a problem. What no text on record can hold is refused before it is looked up or shown. */
export function refuseWithProblems(app: FastifyInstance): void {
  app.addHook("preValidation", async (request) => {
    const given = Object.entries({ ...(request.params as object), ...(request.query as object) });
    const [name] = given.find(([, value]) => typeof value === "string" && value.includes("\0")) ?? [];
    if (name !== undefined) throw new MainstayError("parameter_invalid", "a NUL character", { field: name });
    if (!Buffer.isBuffer(request.body)) refuseUnstorable(request.body);
  });
  app.setErrorHandler(async (error, request, reply) => sendProblem(reply, asMainstayError(error, request)));
}
