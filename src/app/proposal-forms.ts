import type { Terms } from "#core/decisions/terms.ts";
import { readTerms } from "#formats/proposals/terms.ts";
import { decodeText } from "#formats/text/decode.ts";

export { draftSchema } from "#formats/proposals/events.ts";

/**
 * The words of a proposal's text from a file.
 * @throws MainstayError those of decodeText
 */
export function wordsOfFile(bytes: Uint8Array, fileName: string): string {
  return decodeText(bytes, { fileName });
}

/**
 * What a text would do once adopted, from a file of JSON.
 * @throws MainstayError terms_invalid naming file and field, and those of decodeText
 */
export function termsOfFile(bytes: Uint8Array, fileName: string): Terms {
  return readTerms(decodeText(bytes, { fileName }), fileName);
}
