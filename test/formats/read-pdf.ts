import { getDocumentProxy } from "unpdf";

/** A piece of a PDF's text with its tag ("Artifact" for what a screen reader passes over), page (from 1) and the places of its first and last line. */
export type Piece = Readonly<{
  tag: string;
  text: string;
  page: number;
  lines: readonly Readonly<{ x: number; y: number; width: number; size: number }>[];
}>;

type Node = Readonly<{ role?: string; id?: string; children?: readonly Node[] }>;
type Item = Readonly<{
  type?: string;
  tag?: string;
  id?: string | null;
  str?: string;
  width?: number;
  height?: number;
  transform?: readonly number[];
}>;

/** What an independent reader finds in a PDF: its pieces in the order they are drawn, and what it says of itself. */
export async function readPdf(bytes: Uint8Array) {
  const document = await getDocumentProxy(bytes.slice()); // the reader takes the bytes away
  const pieces: Piece[] = [];
  const links: string[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const roles = rolesOf((await page.getStructTree()) as Node | null);
    const { items } = await page.getTextContent({ includeMarkedContent: true });
    pieces.push(...piecesOf(items as readonly Item[], roles, number));
    const annotations = (await page.getAnnotations()) as readonly Readonly<{ unsafeUrl?: string }>[];
    links.push(...annotations.map(({ unsafeUrl }) => unsafeUrl ?? "elsewhere"));
  }
  const { info } = (await document.getMetadata()) as Readonly<{ info: object }>;
  const marks = (await document.getMarkInfo()) as Readonly<{ Marked: boolean }> | null;
  return { pages: document.numPages, pieces, links, info, tagged: marks?.Marked === true };
}

/** The role of each piece of content that the structure names, with the row's for a cell. */
function rolesOf(tree: Node | null): ReadonlyMap<string, string> {
  const roles = new Map<string, string>();
  const visit = (node: Node, role: string): void => {
    if (node.id !== undefined) roles.set(node.id, role);
    for (const child of node.children ?? []) visit(child, child.role ?? role);
  };
  if (tree !== null) visit(tree, "Root");
  return roles;
}

function piecesOf(items: readonly Item[], roles: ReadonlyMap<string, string>, page: number): Piece[] {
  const pieces: { tag: string; parts: string[]; lines: Piece["lines"][number][] }[] = [];
  for (const item of items) {
    if (item.type?.startsWith("beginMarkedContent") === true) {
      const role = item.id == null ? item.tag : roles.get(item.id);
      pieces.push({ tag: role ?? "untagged", parts: [], lines: [] });
    }
    const piece = pieces.at(-1);
    if (piece === undefined || item.str === undefined || item.str === "") continue;
    piece.parts.push(item.str);
    const [, , , , x = 0, y = 0] = item.transform ?? [];
    piece.lines.push({ x, y, width: item.width ?? 0, size: item.height ?? 0 });
  }
  return pieces
    .filter((piece) => piece.parts.length > 0)
    .map(({ tag, parts, lines }) => ({ tag, text: oneLine(parts.join(" ")), page, lines }));
}

/** Lines joined and blanks of every kind made one, so that only the words are compared. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
