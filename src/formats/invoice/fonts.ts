import { create, type Font } from "fontkit";

/**
 * Where the fonts come from, as Node resolves them: Source Sans 3, with Latin, Greek and Cyrillic and figures of one width (OFL 1.1). Whoever
 * makes invoices reads them once, by `createRequire(import.meta.url).resolve(invoiceFontFiles.regular)`, and opens them.
 */
export const invoiceFontFiles = {
  regular: "@expo-google-fonts/source-sans-3/400Regular/SourceSans3_400Regular.ttf",
  bold: "@expo-google-fonts/source-sans-3/600SemiBold/SourceSans3_600SemiBold.ttf",
} as const;

/** A font in two weights, opened once for all invoices: reading its tables takes longer than drawing one. */
export type InvoiceFonts = Readonly<Record<"regular" | "bold", OpenedFont>>;
type OpenedFont = Readonly<{ bytes: Uint8Array; tables: object }>;

/** The fonts of one document. */
export type SheetFonts = Readonly<Record<"regular" | "bold", Font>>;

/** The fonts from the bytes of the two files. */
export function openInvoiceFonts(bytes: Readonly<Record<"regular" | "bold", Uint8Array>>): InvoiceFonts {
  return { regular: { bytes: bytes.regular, tables: {} }, bold: { bytes: bytes.bold, tables: {} } };
}

/** The fonts for a document of its own. */
export function fontsForSheet({ regular, bold }: InvoiceFonts): SheetFonts {
  return { regular: fresh(regular), bold: fresh(bold) };
}

/**
 * A font that has the tables read before, as the library does it for a variation of a font. A font itself is not used twice: it remembers for
 * which characters a glyph was first used, so that a document would depend on those before it.
 */
function fresh({ bytes, tables }: OpenedFont): Font {
  const font = create(bytes as Buffer); // any bytes will do; its types ask for more
  if ("fonts" in font) throw new TypeError("a collection of fonts where one font is wanted");
  return Object.assign(font, { _tables: tables });
}

/**
 * A text as it can be printed: composed, on one line, and every character that the fonts do not have spelled out as [U+10E1], so that none is
 * lost in silence or shows as an empty box.
 */
export function printable({ regular, bold }: SheetFonts, text: string): string {
  const line = text.normalize("NFC").replaceAll(/[^\S\u00a0]+|\p{Cc}+/gu, " ");
  return Array.from(line.trim(), (character) => {
    const code = character.codePointAt(0) ?? 0;
    const known = regular.hasGlyphForCodePoint(code) && bold.hasGlyphForCodePoint(code);
    return known ? character : `[U+${code.toString(16).toUpperCase().padStart(4, "0")}]`;
  }).join("");
}
