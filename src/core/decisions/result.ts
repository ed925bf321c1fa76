import { describeError, MainstayError, type ErrorCode } from "../errors.ts";

/** Why something is not done: a code of the catalogue, what was met, and the whole sentence for a person. */
export type Refusal = Readonly<{ code: ErrorCode; found: string; message: string }>;

/** What was asked for, or why it is refused. */
export type Result<T> = Readonly<{ ok: true; value: T }> | Readonly<{ ok: false; refusal: Refusal }>;

export function accepted<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function refused(code: ErrorCode, found: string): Readonly<{ ok: false; refusal: Refusal }> {
  return { ok: false, refusal: { code, found, message: describeError(code, found, {}) } };
}

/** The value of a result. @throws MainstayError with the refusal's code */
export function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new MainstayError(result.refusal.code, result.refusal.found);
}
