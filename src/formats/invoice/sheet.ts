import PDFDocument from "pdfkit";
import { fontsForSheet, printable, type InvoiceFonts } from "./fonts.ts";

/** A4 pages being drawn, tagged for screen readers. Lengths are points from the upper left corner. */
export type Sheet = Readonly<{
  doc: PDFKit.PDFDocument;
  root: PDFKit.PDFStructureElement;
  shown: (text: string) => string;
}>;

export type Style = Readonly<{ size: number; bold?: boolean; color?: string; align?: "left" | "right"; link?: string }>;
export type Box = Readonly<{ x: number; y: number; width: number }>;

/** What a piece of text is to a screen reader. */
export type Tag = "H1" | "H2" | "H3" | "P" | "Link" | "TD" | "TH column" | "TH row";

export const page = { width: 595.28, height: 841.89, left: 62, top: 78, bottom: 58, inner: 471.28 } as const;
export const colors = {
  ink: "#161c22",
  muted: "#56606a",
  rule: "#dcd8ce",
  accent: "#12475a",
  raised: "#f4f2ec",
  warnPaper: "#fbeecb",
  warnInk: "#5c3f00",
} as const;

const lineGap = 1.5;

/** An empty first page. What it says of itself (title, day of creation) is given, so that the same content is the same bytes. */
export function openSheet(fonts: InvoiceFonts, info: PDFKit.DocumentInfo): Sheet {
  const doc = new PDFDocument({
    size: "A4",
    margins: { top: page.top, bottom: page.bottom, left: page.left, right: page.left },
    pdfVersion: "1.7",
    lang: "en-GB",
    tagged: true,
    displayTitle: true,
    bufferPages: true,
    compress: false, // Node's zlib packs differently from machine to machine; half the size is not worth other bytes
    info,
  });
  const own = fontsForSheet(fonts);
  doc.registerFont("regular", asSource(own.regular)).registerFont("bold", asSource(own.bold));
  const root = doc.struct("Document");
  doc.addStructure(root);
  return { doc, root, shown: (text) => printable(own, text) };
}

/** The library takes an opened font too; its types are those of an older version. */
const asSource = (font: unknown): PDFKit.Mixins.PDFFontSource => font as PDFKit.Mixins.PDFFontSource;

/** The document's bytes. Nothing can be drawn any more. */
export async function closeSheet({ doc, root }: Sheet): Promise<Uint8Array> {
  root.end();
  doc.end();
  const pieces: Uint8Array[] = [];
  for await (const piece of doc) pieces.push(typeof piece === "string" ? new TextEncoder().encode(piece) : piece);
  const bytes = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

function choose({ doc }: Sheet, style: Style): void {
  doc.font(style.bold === true ? "bold" : "regular", style.size).fillColor(style.color ?? colors.ink);
}

/** How high a text becomes in a width. */
export function heightOf(sheet: Sheet, text: string, width: number, style: Style): number {
  choose(sheet, style);
  return sheet.doc.heightOfString(sheet.shown(text), { width, lineGap });
}

/** The largest size, from the style's down to 8 points, in which a text takes one line. */
export function fitting(sheet: Sheet, text: string, width: number, style: Style): Style {
  choose(sheet, style);
  const needed = sheet.doc.widthOfString(sheet.shown(text));
  return { ...style, size: Math.max(8, Math.min(style.size, Math.floor((style.size * width * 4) / needed) / 4)) };
}

/** Writes a text into a box, tagged below a parent; what does not fit the page goes on over the next. Gives the y below it. */
export function write(
  sheet: Sheet,
  parent: PDFKit.PDFStructureElement,
  tag: Tag,
  text: string,
  box: Box,
  style: Style,
): number {
  const { doc } = sheet;
  choose(sheet, style);
  const { align = "left", link } = style;
  const draw = (): void => {
    const options = { width: box.width, align, lineGap };
    doc.text(sheet.shown(text), box.x, box.y, link === undefined ? options : { ...options, link });
  };
  const [kind = "P", scope] = tag.split(" ");
  // The library knows the scope of a head, its types do not.
  const said: PDFKit.Mixins.StructureElementOptions & { scope?: string } =
    scope === undefined ? {} : { scope: scope === "row" ? "Row" : "Column" };
  parent.add(doc.struct(kind, said, draw));
  return doc.y;
}

/** Draws what means nothing by itself, such as rules and grounds. */
export function decorate({ doc }: Sheet, kind: "Layout" | "Pagination", draw: (doc: PDFKit.PDFDocument) => void): void {
  doc.markContent("Artifact", { type: kind });
  doc.save();
  draw(doc);
  doc.restore();
  doc.endMarkedContent();
}

export function rule(sheet: Sheet, { x, y, width }: Box, color: string, thickness: number): void {
  decorate(sheet, "Layout", (doc) =>
    doc
      .moveTo(x, y)
      .lineTo(x + width, y)
      .lineWidth(thickness)
      .stroke(color),
  );
}

/** Where a block of some height may begin: at y if the page holds it, else at the top of a new one. */
export function placeFor({ doc }: Sheet, y: number, height: number): number {
  if (y + height <= page.height - page.bottom || y <= page.top) return y;
  doc.addPage();
  return page.top;
}
