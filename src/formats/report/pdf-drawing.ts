import type { Drawing, Ink, Shape } from "#core/foresight/report/drawing.ts";
import { colors, type Sheet } from "../invoice/sheet.ts";

const inks: Readonly<Record<Ink, string>> = {
  bar: "#8db8c3",
  tick: colors.accent,
  ink: colors.ink,
  muted: colors.muted,
  rule: colors.rule,
};

/** Draws a chart at a place, as one figure that a screen reader has in words. */
export function drawShapes(
  sheet: Sheet,
  { shapes }: Drawing,
  place: Readonly<{ x: number; y: number }>,
  said: string,
): void {
  const { doc } = sheet;
  const draw = (): void => {
    doc.save();
    for (const shape of shapes) drawShape(sheet, shape, place);
    doc.restore();
  };
  sheet.root.add(doc.struct("Figure", { alt: said }, draw));
}

function drawShape(sheet: Sheet, shape: Shape, { x, y }: Readonly<{ x: number; y: number }>): void {
  const { doc } = sheet;
  const color = inks[shape.ink];
  switch (shape.kind) {
    case "rect":
      doc.rect(x + shape.x, y + shape.y, shape.width, shape.height).fill(color);
      return;
    case "line":
      doc
        .moveTo(x + shape.x1, y + shape.y1)
        .lineTo(x + shape.x2, y + shape.y2)
        .lineWidth(shape.thickness)
        .stroke(color);
      return;
    case "text": {
      const words = sheet.shown(shape.text);
      doc.font(shape.bold ? "bold" : "regular", shape.size).fillColor(color);
      const width = shape.anchor === "end" ? doc.widthOfString(words) : 0;
      doc.text(words, x + shape.x - width, y + shape.y, { baseline: "alphabetic", lineBreak: false });
    }
  }
}
