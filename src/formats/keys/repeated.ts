const token = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/g;

/** An object or a list that is being read: the names met so far (null in a list), and the part of it that is being read. */
type Level = { names: Set<string> | null; at: string | number };

/**
 * The path ("shares.isl") of the first name that an object of a JSON text holds a second time; undefined where none does.
 * JSON.parse keeps the last of them and says nothing. The text is one that it reads.
 */
export function repeatedName(json: string): string | undefined {
  const levels: Level[] = [];
  let last = "";
  for (const [word] of json.matchAll(token)) {
    const level = levels.at(-1);
    if (word === "{") levels.push({ names: new Set(), at: "" });
    else if (word === "[") levels.push({ names: null, at: 0 });
    else if (word === "}" || word === "]") levels.pop();
    else if (word === "," && level?.names === null) level.at = Number(level.at) + 1;
    else if (word === ":" && level?.names != null) {
      level.at = String(JSON.parse(last));
      if (level.names.has(level.at)) return levels.map(({ at }) => at).join(".");
      level.names.add(level.at);
    } else last = word;
  }
  return undefined;
}
