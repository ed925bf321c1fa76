import { strToU8, zipSync, type Zippable } from "fflate";

/** Parts of the smallest workbook that spreadsheets accept, with the given sheets' XML. */
export function workbookParts(sheets: Readonly<Record<string, string | Uint8Array>>): Record<string, Uint8Array> {
  const names = Object.keys(sheets);
  const parts: Record<string, Uint8Array> = {
    "xl/workbook.xml": strToU8(
      `<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>${names
        .map((name, index) => `<sheet name="${escaped(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`)
        .join("")}</sheets></workbook>`,
    ),
    "xl/_rels/workbook.xml.rels": strToU8(
      `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${names
        .map(
          (_, index) =>
            `<Relationship Id="rId${index + 1}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
        )
        .join("")}</Relationships>`,
    ),
  };
  names.forEach((name, index) => {
    const sheet = sheets[name] ?? "";
    parts[`xl/worksheets/sheet${index + 1}.xml`] = typeof sheet === "string" ? strToU8(sheet) : sheet;
  });
  return parts;
}

export function packed(parts: Zippable): Uint8Array {
  return zipSync(parts, { level: 1 });
}

/** A sheet's XML with text in every cell, numbers where the text is one. */
export function sheetXml(rows: readonly (readonly string[])[]): string {
  return sheetAround(
    rows
      .map(
        (row, index) =>
          `<row r="${index + 1}">${row.map((cell, column) => cellXml(cell, `${letters(column)}${index + 1}`)).join("")}</row>`,
      )
      .join(""),
  );
}

export function sheetAround(rows: string): string {
  return `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData></worksheet>`;
}

function cellXml(cell: string, reference: string): string {
  if (cell === "") return "";
  if (/^-?\d+(?:\.\d+)?$/.test(cell)) return `<c r="${reference}"><v>${cell}</v></c>`;
  return `<c r="${reference}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`;
}

function letters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letters(Math.floor(index / 26) - 1) + last;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
