import type { Diagram, DiagramEdge, DiagramNode } from "./diagram.ts";

const box = { width: 176, height: 44 };
const step = { x: 236, y: 118 };
const margin = 40;
const lineHeight = 22;
const port = 22;

type Point = Readonly<{ x: number; y: number }>;
type Drawn = Readonly<{ path: string; badge: Point }>;

/**
 * A procedure's picture as the text of an SVG image. Steps are boxes, ways are numbered arrows, and the list below says what each number is. It takes
 * its colours from the text around it, and a reader of the screen hears the title and the list.
 */
export function diagramSvg(diagram: Diagram): string {
  const widest = Math.max(...diagram.nodes.map((node) => node.place)) + 1;
  const deepest = Math.max(...diagram.nodes.map((node) => node.row)) + 1;
  const longest = Math.max(...diagram.legend.map((line) => line.label.length + 5)) * 7;
  const width = Math.max(2 * margin + widest * step.x, 2 * margin + longest);
  const listTop = 2 * margin + deepest * step.y;
  const height = listTop + diagram.legend.length * lineHeight;
  const described = `${diagram.summary} Steps: ${diagram.nodes.map((node) => node.title).join(", ")}. ${diagram.legend.map((line) => `${line.number}. ${line.text}.`).join(" ")}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${diagram.id}-title ${diagram.id}-text" font-family="system-ui, sans-serif" font-size="13" color="CanvasText">`,
    `<title id="${diagram.id}-title">${escaped(diagram.title)}</title>`,
    `<desc id="${diagram.id}-text">${escaped(described)}</desc>`,
    `<defs><marker id="${diagram.id}-tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z" fill="currentColor"/></marker></defs>`,
    ...edgesDrawn(diagram),
    ...diagram.nodes.map(nodeDrawn),
    ...diagram.legend.map(
      (line, index) =>
        badgeAt({ x: margin, y: listTop + index * lineHeight - 4 }, line.number) +
        `<text x="${margin + 20}" y="${listTop + index * lineHeight}" fill="currentColor">${escaped(line.label)}</text>`,
    ),
    "</svg>",
    "",
  ].join("\n");
}

function cornerOf(node: DiagramNode): Point {
  return { x: margin + node.place * step.x, y: margin + node.row * step.y };
}

function nodeDrawn(node: DiagramNode): string {
  const { x, y } = cornerOf(node);
  const rect = `<rect x="${x}" y="${y}" width="${box.width}" height="${box.height}" rx="6" fill="Canvas" stroke="currentColor" stroke-width="${node.start ? 2.5 : 1}"/>`;
  const title = `<text x="${x + box.width / 2}" y="${y + box.height / 2 + 5}" text-anchor="middle" fill="currentColor">${escaped(node.title)}</text>`;
  return `<g class="step step-${node.kind}">${rect}${title}</g>`;
}

function edgesDrawn(diagram: Diagram): readonly string[] {
  const nodes = new Map(diagram.nodes.map((node) => [node.id, node]));
  const used = new Map<string, number>();
  const nextPort = (side: string): number => {
    const taken = used.get(side) ?? 0;
    used.set(side, taken + 1);
    const steps = Math.ceil(taken / 2) * (taken % 2 === 1 ? 1 : -1);
    return Math.max(-box.width / 2 + 10, Math.min(box.width / 2 - 10, steps * port));
  };
  const lines: string[] = [];
  const badges: string[] = [];
  diagram.edges.forEach((edge, index) => {
    const [from, to] = [nodes.get(edge.from), nodes.get(edge.to)];
    if (from === undefined || to === undefined) return;
    const drawn = from === to ? loop(from) : route(from, to, nextPort, index);
    lines.push(arrow(diagram, edge, drawn.path));
    badges.push(badgeAt(drawn.badge, edge.number));
  });
  return [...lines, ...badges];
}

function arrow(diagram: Diagram, edge: DiagramEdge, path: string): string {
  const dashes = edge.byClock ? ' stroke-dasharray="5 4"' : "";
  return `<path class="way" d="${path}" fill="none" stroke="currentColor"${dashes} marker-end="url(#${diagram.id}-tip)"/>`;
}

function loop(node: DiagramNode): Drawn {
  const { x, y } = cornerOf(node);
  const right = x + box.width;
  const path = `M${right} ${y + 10}C${right + 38} ${y + 2} ${right + 38} ${y + box.height - 2} ${right} ${y + box.height - 10}`;
  return { path, badge: { x: right + 28, y: y + box.height / 2 } };
}

/** Down from below to above, up from above to below, in a row from below to below; past other rows through the gap between the boxes. */
function route(from: DiagramNode, to: DiagramNode, nextPort: (side: string) => number, index: number): Drawn {
  const down = to.row >= from.row;
  const leaves = down ? "below" : "above";
  const arrives = to.row > from.row ? "above" : "below";
  const start = portOf(from, leaves, nextPort);
  const end = portOf(to, arrives, nextPort);
  const reach = step.y - box.height;
  const out = (down ? 1 : -1) * reach * 0.55;
  const into = (arrives === "above" ? -1 : 1) * reach * 0.55;
  const spread = 0.38 + 0.08 * (index % 4);
  if (Math.abs(to.row - from.row) <= 1) {
    const [c1, c2] = [
      { x: start.x, y: start.y + out },
      { x: end.x, y: end.y + into },
    ];
    return { path: `M${at(start)}C${at(c1)} ${at(c2)} ${at(end)}`, badge: along(start, c1, c2, end, spread) };
  }
  const gap = cornerOf(from.place > to.place ? from : to).x - (step.x - box.width) / 2 + 8 * ((index % 5) - 2);
  const [enter, leave] = [
    { x: gap, y: start.y + out },
    { x: gap, y: end.y + into },
  ];
  const bend = (a: Point, b: Point): string =>
    `C${at({ x: a.x, y: (a.y + b.y) / 2 })} ${at({ x: b.x, y: (a.y + b.y) / 2 })} ${at(b)}`;
  const path = `M${at(start)}${bend(start, enter)}L${at(leave)}${bend(leave, end)}`;
  return { path, badge: { x: gap, y: enter.y + (leave.y - enter.y) * spread } };
}

function portOf(node: DiagramNode, side: "above" | "below", nextPort: (side: string) => number): Point {
  const { x, y } = cornerOf(node);
  return { x: x + box.width / 2 + nextPort(`${node.id} ${side}`), y: side === "above" ? y : y + box.height };
}

const at = (point: Point): string => `${rounded(point.x)} ${rounded(point.y)}`;
const rounded = (number: number): number => Math.round(number * 10) / 10;

function along(a: Point, b: Point, c: Point, d: Point, t: number): Point {
  const weights = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t ** 2 * (1 - t), t ** 3];
  const sum = (pick: (point: Point) => number): number =>
    [a, b, c, d].reduce((total, point, index) => total + pick(point) * (weights[index] ?? 0), 0);
  return { x: sum((point) => point.x), y: sum((point) => point.y) };
}

function badgeAt({ x, y }: Point, number: number): string {
  const circle = `<circle cx="${rounded(x)}" cy="${rounded(y)}" r="9" fill="Canvas" stroke="currentColor"/>`;
  return `<g class="badge">${circle}<text x="${rounded(x)}" y="${rounded(y + 4)}" text-anchor="middle" font-size="11" fill="currentColor">${number}</text></g>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
