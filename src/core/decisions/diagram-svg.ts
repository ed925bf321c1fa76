import type { Diagram, DiagramEdge, DiagramNode } from "./diagram.ts";

const box = { width: 176, height: 64 };
const rowHeight = 92;
const lane = 24;
const margin = 24;
const lineHeight = 22;

type Point = Readonly<{ x: number; y: number }>;
type Drawn = Readonly<{ path: string; badge: Point }>;
type Lanes = Readonly<{ left: ReadonlyMap<number, number>; right: ReadonlyMap<number, number> }>; // lane of each number, counted from the boxes
type Plan = Readonly<{
  diagram: Diagram;
  nodes: ReadonlyMap<string, DiagramNode>;
  lanes: Lanes;
  columns: readonly [number, number];
}>;

/**
 * A procedure's picture as the text of an SVG image. Steps are boxes, ways are numbered arrows, and the list below says what each number is. It takes
 * its colours from the text around it, and a reader of the screen hears the title and the list.
 */
export function diagramSvg(diagram: Diagram): string {
  const plan = planOf(diagram);
  const rows = Math.max(...diagram.nodes.map((node) => node.row)) + 1;
  const longest = Math.max(...diagram.legend.map((line) => line.label.length + 5)) * 7;
  const width = Math.max(plan.columns[1] + box.width + margin, 2 * margin + longest);
  const listTop = 2 * margin + rows * rowHeight;
  const height = listTop + diagram.legend.length * lineHeight;
  const lines = diagram.legend.map((line) => `${line.number}. ${line.text}.`).join(" ");
  const described = `${diagram.summary} Steps: ${diagram.nodes.map((node) => node.title).join(", ")}. ${lines}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${diagram.id}-title ${diagram.id}-text" font-family="system-ui, sans-serif" font-size="13">`,
    `<title id="${diagram.id}-title">${escaped(diagram.title)}</title>`,
    `<desc id="${diagram.id}-text">${escaped(described)}</desc>`,
    `<defs><marker id="${diagram.id}-tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z" fill="currentColor"/></marker></defs>`,
    ...edgesDrawn(plan),
    ...diagram.nodes.map((node) => nodeDrawn(plan, node)),
    ...diagram.legend.map((line, index) => {
      const y = listTop + index * lineHeight;
      return `${badgeAt({ x: margin, y: y - 4 }, line.number)}<text x="${margin + 20}" y="${y}" fill="currentColor">${escaped(line.label)}</text>`;
    }),
    "</svg>",
    "",
  ].join("\n");
}

/** Every number that goes past a step has a lane of its own: left of the boxes between steps of the first column, right of them to the second. */
function planOf(diagram: Diagram): Plan {
  const nodes = new Map(diagram.nodes.map((node) => [node.id, node]));
  const left = new Map<number, number>();
  const right = new Map<number, number>();
  for (const edge of diagram.edges) {
    const [from, to] = [nodes.get(edge.from), nodes.get(edge.to)];
    if (from === undefined || to === undefined || isStraight(from, to)) continue;
    const side = to.column === 0 ? left : right;
    if (!side.has(edge.number)) side.set(edge.number, side.size + 1);
  }
  const first = margin + (left.size + 1) * lane;
  return { diagram, nodes, lanes: { left, right }, columns: [first, first + box.width + (right.size + 3) * lane] };
}

/** Straight down to the next step, or back to itself: needs no lane. */
function isStraight(from: DiagramNode, to: DiagramNode): boolean {
  return from === to || (from.column === 0 && to.column === 0 && to.row === from.row + 1);
}

function cornerOf(plan: Plan, node: DiagramNode): Point {
  return { x: plan.columns[node.column], y: margin + node.row * rowHeight };
}

function nodeDrawn(plan: Plan, node: DiagramNode): string {
  const { x, y } = cornerOf(plan, node);
  const rect = `<rect x="${x}" y="${y}" width="${box.width}" height="${box.height}" rx="6" fill="none" stroke="currentColor" stroke-width="${node.start ? 2.5 : 1}"/>`;
  const title = `<text x="${x + box.width / 2}" y="${y + box.height / 2 + 5}" text-anchor="middle" fill="currentColor">${escaped(node.title)}</text>`;
  return `<g class="step step-${node.kind}">${rect}${title}</g>`;
}

function edgesDrawn(plan: Plan): readonly string[] {
  const ports = portsOf(plan);
  const arrows: string[] = [];
  const badges: string[] = [];
  const side = new Map<string, number>();
  for (const edge of plan.diagram.edges) {
    const [from, to] = [plan.nodes.get(edge.from), plan.nodes.get(edge.to)];
    if (from === undefined || to === undefined) continue;
    const key = `${edge.from} ${edge.to}`;
    const beside = side.get(key) ?? 0;
    if (isStraight(from, to)) side.set(key, beside + 1);
    const drawn = isStraight(from, to)
      ? straight(plan, from, to, beside, ports(from, "right", edge.number))
      : past(plan, edge, from, to, ports);
    const dashes = edge.byClock ? ' stroke-dasharray="5 4"' : "";
    arrows.push(
      `<path class="way" d="${drawn.path}" fill="none" stroke="currentColor"${dashes} marker-end="url(#${plan.diagram.id}-tip)"/>`,
    );
    badges.push(badgeAt(drawn.badge, edge.number));
  }
  return [...arrows, ...badges];
}

type Ports = (node: DiagramNode, side: "left" | "right", number: number) => number;

/** How far down a side of a box each number leaves or arrives: evenly, in the order of numbers. */
function portsOf({ diagram, nodes }: Plan): Ports {
  const users = new Map<string, Set<number>>();
  const claim = (node: DiagramNode, side: string, number: number): void => {
    const key = `${node.id} ${side}`;
    users.set(key, (users.get(key) ?? new Set()).add(number));
  };
  for (const edge of diagram.edges) {
    const [from, to] = [nodes.get(edge.from), nodes.get(edge.to)];
    if (from === undefined || to === undefined || (from !== to && isStraight(from, to))) continue;
    if (from === to || to.column === 1) claim(from, "right", edge.number);
    else claim(from, "left", edge.number);
    if (from !== to) claim(to, "left", edge.number);
  }
  return (node, side, number) => {
    const numbers = [...(users.get(`${node.id} ${side}`) ?? [])].sort((a, b) => a - b);
    return (box.height * (numbers.indexOf(number) + 1)) / (numbers.length + 1);
  };
}

function straight(plan: Plan, from: DiagramNode, to: DiagramNode, beside: number, port: number): Drawn {
  const { x, y } = cornerOf(plan, from);
  if (from === to) {
    const right = x + box.width;
    return { path: `M${right} ${y + port - 6}h34v12h-34`, badge: { x: right + 34, y: y + port } };
  }
  const middle = x + box.width / 2 + (beside === 0 ? 0 : 40 * beside);
  return { path: `M${middle} ${y + box.height}V${y + rowHeight}`, badge: { x: middle, y: y + box.height + 11 } };
}

function past(plan: Plan, edge: DiagramEdge, from: DiagramNode, to: DiagramNode, ports: Ports): Drawn {
  const [start, end] = [cornerOf(plan, from), cornerOf(plan, to)];
  const arriving = end.y + ports(to, "left", edge.number);
  if (to.column === 0) {
    const leaving = start.y + ports(from, "left", edge.number);
    const at = plan.columns[0] - lane * (plan.lanes.left.get(edge.number) ?? 1);
    return {
      path: `M${start.x} ${rounded(leaving)}H${at}V${rounded(arriving)}H${end.x}`,
      badge: { x: at, y: (leaving + arriving) / 2 },
    };
  }
  const leaving = start.y + ports(from, "right", edge.number);
  const right = start.x + box.width;
  const at =
    from.column === 0
      ? plan.columns[0] + box.width + lane * ((plan.lanes.right.get(edge.number) ?? 1) + 1)
      : right + lane;
  return {
    path: `M${right} ${rounded(leaving)}H${at}V${rounded(arriving)}H${end.x}`,
    badge: { x: right + 12, y: leaving },
  };
}

const rounded = (number: number): number => Math.round(number * 10) / 10;

function badgeAt({ x, y }: Point, number: number): string {
  const circle = `<circle cx="${rounded(x)}" cy="${rounded(y)}" r="9" fill="Canvas" stroke="currentColor"/>`;
  return `<g class="badge">${circle}<text x="${rounded(x)}" y="${rounded(y + 4)}" text-anchor="middle" font-size="11" fill="currentColor">${number}</text></g>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
