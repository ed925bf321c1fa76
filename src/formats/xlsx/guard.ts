import { MainstayError, type ErrorPlace } from "#core/errors.ts";
import { limits } from "../limits.ts";

const tags = /<(\/?)(?:\w+:)?(c|row|f|si|!DOCTYPE|!ENTITY)(?=[\s/>])([^>]*)>/g;
const documentType = /<!(?:DOCTYPE|ENTITY)/;
const longestTag = 4_096;

/**
 * Watches a part of a workbook as it unpacks and refuses it before anything is built of it: too many cells, rows, columns or shared strings,
 * endless formulas, or a document type (entities). Formulas are never computed; only the values kept beside them are read.
 * @throws MainstayError (from the returned function) too_many_cells | workbook_hostile
 */
export function watchPart(place: ErrorPlace): (piece: Uint8Array) => void {
  const decoder = new TextDecoder("latin1");
  const seen = { cells: 0, strings: 0, formulaFrom: -1 };
  let offset = 0; // of the piece's first character in the part
  let carry = ""; // a tag cut by the piece's end

  function note(closing: boolean, name: string, attributes: string, at: number): void {
    if (name === "f") {
      checkFormula(at);
      seen.formulaFrom = closing || attributes.endsWith("/") ? -1 : at;
    } else if (closing) return;
    else if (name === "si") seen.strings += 1;
    else {
      if (name === "c") seen.cells += 1;
      checkReference(/\br\s*=\s*["']([A-Z]*)(\d*)/i.exec(attributes), place);
    }
    if (seen.cells > limits.sheetCells)
      throw new MainstayError("too_many_cells", `more than ${limits.sheetCells} cells`, place);
    if (seen.strings > limits.sharedStrings)
      throw new MainstayError("workbook_hostile", `more than ${limits.sharedStrings} shared strings`, place);
  }

  function checkFormula(at: number): void {
    if (seen.formulaFrom < 0 || at - seen.formulaFrom <= limits.formulaCharacters) return;
    throw new MainstayError("workbook_hostile", `a formula of more than ${limits.formulaCharacters} characters`, place);
  }

  return (piece) => {
    const text = carry + decoder.decode(piece, { stream: true });
    const start = offset - carry.length;
    offset += piece.length;
    const declared = documentType.exec(text);
    if (declared !== null)
      throw new MainstayError("workbook_hostile", text.slice(declared.index, declared.index + 60), place);
    for (const match of text.matchAll(tags))
      note(match[1] === "/", match[2] ?? "", match[3] ?? "", start + match.index);
    checkFormula(offset);
    const open = text.lastIndexOf("<");
    carry = open >= 0 && text.indexOf(">", open) < 0 && text.length - open < longestTag ? text.slice(open) : "";
  };
}

function checkReference(reference: RegExpExecArray | null, place: ErrorPlace): void {
  if (reference === null) return;
  const [, letters = "", digits = ""] = reference;
  const column = [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  if (Number(digits) > limits.sheetRows || column > limits.sheetColumns)
    throw new MainstayError("too_many_cells", `a cell at ${letters}${digits}`, place);
}
