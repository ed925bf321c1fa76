import type { z } from "zod";
import { MainstayError } from "#core/errors.ts";
import { deepestFault, pathText, shownAt, unstorableIn } from "#core/issues.ts";

type Code =
  | "procedure_invalid"
  | "calendar_invalid"
  | "terms_invalid"
  | "proposal_invalid"
  | "item_kinds_invalid"
  | "scenario_invalid"
  | "forecast_policy_invalid"
  | "planning_frame_invalid";

/** @throws MainstayError of the code when the text is not JSON, or holds what cannot be put on record */
export function parseJson(text: string, code: Code, fileName: string | undefined): unknown {
  const read = parsed(text, code, fileName);
  const unstorable = unstorableIn(read);
  if (unstorable === undefined) return read;
  throw new MainstayError(code, unstorable.found, { file: fileName, field: pathText(unstorable.path) });
}

function parsed(text: string, code: Code, fileName: string | undefined): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new MainstayError(code, error instanceof Error ? error.message : "text that is not JSON", { file: fileName });
  }
}

/** The deepest thing a schema found wrong, with its field; with what was read, also what stands there. */
export function refuseIssues(
  error: z.ZodError,
  code: Code,
  fileName: string | undefined,
  read?: unknown,
): MainstayError {
  const [deepest] = error.issues.map((issue) => deepestFault(issue)).sort((a, b) => b.path.length - a.path.length);
  const { path, message, unknown } = deepest ?? { path: [], message: "something else", unknown: [] };
  const more = error.issues.length - 1;
  const shown = read === undefined || unknown.length > 0 ? message : `${shownAt(read, path)} (${message})`;
  const field = pathText(unknown.length === 0 ? path : [...path, unknown.join(", ")]);
  return new MainstayError(code, `${shown}${more > 0 ? `, and ${more} more` : ""}`, {
    file: fileName,
    field: field === "" ? "the file as a whole" : field,
  });
}
