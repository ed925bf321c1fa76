/** Ways to take a figure along: text, CSV, SVG and PNG, all made in the reader's own browser. */

const drawn = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linejoin",
  "stroke-linecap",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "font-style",
  "text-anchor",
  "dominant-baseline",
  "font-variant-numeric",
  "paint-order",
] as const;

/** Hands a file to the reader. */
export function saveFile(name: string, type: string, content: string | Blob): void {
  const address = URL.createObjectURL(typeof content === "string" ? new Blob([content], { type }) : content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** RFC 4180 with a line of heads; unknown cells are empty. */
export function csvOf(heads: readonly string[], rows: readonly (readonly (string | null)[])[]): string {
  const cell = (text: string | null) =>
    text === null ? "" : /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  return [heads, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

/** A copy of the drawing that looks the same outside the page: computed styles written in, title and notes added. */
export function standaloneSvg(drawing: SVGSVGElement, title: string, notes: string): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const [from, to] = [
    [drawing, ...drawing.querySelectorAll("*")],
    [copy, ...copy.querySelectorAll("*")],
  ];
  from.forEach((element, index) => {
    const style = getComputedStyle(element);
    for (const name of drawn) to[index]?.setAttribute(name, style.getPropertyValue(name));
    to[index]?.removeAttribute("class");
  });
  const { width, height } = drawing.getBoundingClientRect();
  const page = getComputedStyle(document.documentElement);
  const [paper, ink] = [page.getPropertyValue("background-color"), page.getPropertyValue("color")];
  const [head, foot] = [34, 26];
  copy.setAttribute("x", "12");
  copy.setAttribute("y", String(head));
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  const text = (y: number, size: number, weight: number, words: string) =>
    `<text x="12" y="${y}" font-family="Arial, sans-serif" font-size="${size}" font-weight="${weight}" fill="${ink}">${escapeXml(words)}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width + 24}" height="${height + head + foot}" viewBox="0 0 ${width + 24} ${height + head + foot}"><rect width="100%" height="100%" fill="${paper}"/>${text(22, 15, 700, title)}${new XMLSerializer().serializeToString(copy)}${text(height + head + 16, 10, 400, notes)}</svg>`;
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** The drawing as a PNG at twice its size. */
export async function pngOf(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * 2;
  canvas.height = image.naturalHeight * 2;
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("This browser gives no canvas to draw on.");
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done, fail) =>
    canvas.toBlob(
      (blob) => (blob === null ? fail(new Error("The picture could not be made.")) : done(blob)),
      "image/png",
    ),
  );
}
