import { SaxesParser, type SaxesAttributeNS } from "saxes";
import { MainstayError, type ErrorPlace } from "#core/errors.ts";
import { limits } from "../limits.ts";
import { pause, type ReadOptions } from "../reading.ts";

/** An element with its text and children. `name` is without prefix, and "" in another namespace than the root's; `line` is 1-based. */
export type XmlElement = Readonly<{
  name: string;
  attributes: Readonly<Record<string, SaxesAttributeNS>>;
  text: string;
  children: readonly XmlElement[];
  line: number;
}>;

export type XmlTaker = Readonly<{
  /** Told of an element that opens; `depth` is 1 at the root. Throws to refuse it. */
  open: (name: string, uri: string, depth: number) => void;
  /** Given a whole element; true when it need not be kept for its parent. */
  close: (element: XmlElement, parent: string, depth: number) => boolean;
}>;

type Frame = { name: string; attributes: XmlElement["attributes"]; text: string; children: XmlElement[]; line: number };

const sliceCharacters = 1_000_000;
const encodings = new Set(["utf-8", "utf8", "utf-16", "us-ascii", "ascii"]);

/**
 * Reads XML 1.0 element by element, holding only what the taker leaves. Entities are those that XML itself has; a document type is refused.
 * @throws MainstayError statement_unreadable | statement_hostile | wrong_encoding | import_cancelled, and what the taker throws
 */
export async function readXml(text: string, options: ReadOptions, taker: XmlTaker): Promise<void> {
  const parser = new SaxesParser({ xmlns: true, defaultXMLVersion: "1.0", forceXMLVersion: true });
  const place = (): ErrorPlace => ({ file: options.fileName, row: parser.line });
  listen(parser, text, taker, place);
  const guarded = (step: () => unknown) => {
    try {
      step();
    } catch (error) {
      if (error instanceof MainstayError) throw error;
      const found = error instanceof Error ? error.message.slice(0, 200) : "an unknown fault";
      throw new MainstayError("statement_unreadable", found.replace(/^\d+:\d+: /, ""), place());
    }
  };
  for (let at = 0; at < text.length; at += sliceCharacters) {
    if (at > 0) await pause(options, at, text.length);
    guarded(() => parser.write(text.slice(at, at + sliceCharacters)));
  }
  guarded(() => parser.close());
}

function listen(parser: SaxesParser<{ xmlns: true }>, text: string, taker: XmlTaker, place: () => ErrorPlace): void {
  const frames: Frame[] = [];
  let root = "";
  let held = 0; // elements that wait for their parents
  const hostile = (found: string) => new MainstayError("statement_hostile", found, place());

  parser.on("xmldecl", ({ encoding }) => {
    if (encoding === undefined || encodings.has(encoding.toLowerCase()) || !/[\u0080-\uffff]/.test(text)) return;
    const found = `the XML declaration says ${encoding}, and the text has letters beyond ASCII`;
    throw new MainstayError("wrong_encoding", found, place());
  });
  parser.on("doctype", () => {
    throw hostile("a document type (DOCTYPE)");
  });
  parser.on("opentag", ({ local, uri, attributes }) => {
    if (frames.length === 0) root = uri;
    if (frames.length >= limits.xmlDepth) throw hostile(`elements more than ${limits.xmlDepth} deep`);
    const name = uri === root ? local : "";
    taker.open(name, uri, frames.length + 1);
    frames.push({ name, attributes, text: "", children: [], line: parser.line });
  });
  const addText = (piece: string) => {
    const frame = frames.at(-1);
    if (frame === undefined || (frame.text === "" && piece.trim() === "")) return;
    frame.text += piece;
    if (frame.text.length > limits.xmlTextCharacters)
      throw hostile(`more than ${limits.xmlTextCharacters} characters in one element`);
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("closetag", () => {
    const frame = frames.pop();
    const parent = frames.at(-1);
    if (frame === undefined) return;
    if (taker.close(frame, parent?.name ?? "", frames.length + 1)) {
      held -= countBelow(frame);
      return;
    }
    parent?.children.push(frame);
    held += 1;
    if (held > limits.xmlElements) throw hostile(`more than ${limits.xmlElements} elements in one entry`);
  });
}

function countBelow(element: XmlElement): number {
  return element.children.reduce((count, child) => count + 1 + countBelow(child), 0);
}

/** The elements along a path of names, all of the last name. */
export function elementsAt(element: XmlElement, ...path: readonly string[]): readonly XmlElement[] {
  return path.reduce<readonly XmlElement[]>(
    (level, name) => level.flatMap(({ children }) => children.filter((child) => child.name === name)),
    [element],
  );
}

/** The first element along a path of names, of the first elements of those before. */
export function elementAt(element: XmlElement, ...path: readonly string[]): XmlElement | undefined {
  let found: XmlElement | undefined = element;
  for (const name of path) found = found?.children.find((child) => child.name === name);
  return found;
}

/** The text of the first element along a path of names, trimmed; null when there is none. */
export function textAt(element: XmlElement, ...path: readonly string[]): string | null {
  return elementAt(element, ...path)?.text.trim() || null;
}
