import type { z } from "zod";
import { MainstayError } from "#core/errors.ts";

type Code = "procedure_invalid" | "calendar_invalid";

/** @throws MainstayError of the code when the text is not JSON */
export function parseJson(text: string, code: Code, fileName: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new MainstayError(code, error instanceof Error ? error.message : "text that is not JSON", { file: fileName });
  }
}

/** The first thing a schema found wrong, with its field; of a choice, what is wrong with the branch that came furthest. */
export function refuseIssues(error: z.ZodError, code: Code, fileName: string): MainstayError {
  const deepest = error.issues.map(furthest).sort((a, b) => b.path.length - a.path.length)[0];
  const more = error.issues.length - 1;
  const found = `${deepest?.message ?? "something else"}${more > 0 ? `, and ${more} more` : ""}`;
  return new MainstayError(code, found, { file: fileName, field: pathText(deepest?.path ?? []) });
}

type Fault = Readonly<{ message: string; path: readonly PropertyKey[] }>;

function furthest(issue: z.core.$ZodIssue): Fault {
  const own: Fault = { message: issue.message, path: issue.path };
  if (issue.code !== "invalid_union") return own;
  const inner = issue.errors
    .filter((branch) => !branch.some((one) => one.code === "unrecognized_keys" && one.path.length === 0))
    .flatMap((branch) => branch.slice(0, 1).map(furthest))
    .map((fault): Fault => ({ message: fault.message, path: [...issue.path, ...fault.path] }));
  return inner.sort((a, b) => b.path.length - a.path.length)[0] ?? own;
}

function pathText(path: readonly PropertyKey[]): string {
  const written = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
  return written === "" ? "the file as a whole" : written.replace(/^\./, "");
}
