/** What a schema found wrong, as zod tells it: where, in what words, which fields it does not know, and for a choice what is wrong with each branch. */
export type Issue = Readonly<{ path: readonly PropertyKey[]; message: string; keys?: unknown; errors?: unknown }>;

/** One thing that is wrong; `unknown` names fields that do not belong at the path. */
export type Fault = Readonly<{ path: readonly PropertyKey[]; message: string; unknown: readonly string[] }>;

/** The fault at the deepest place: of a choice, in the branch that came furthest. A branch that does not know the fields given was not meant. */
export function deepestFault(issue: Issue, above: readonly PropertyKey[] = []): Fault {
  const path = [...above, ...issue.path];
  const own: Fault = { path, message: issue.message, unknown: Array.isArray(issue.keys) ? issue.keys.map(String) : [] };
  if (!Array.isArray(issue.errors)) return own;
  const branches = (issue.errors as readonly (readonly Issue[])[])
    .filter((branch) => !branch.some((one) => Array.isArray(one.keys) && one.path.length === 0))
    .flatMap((branch) => branch.slice(0, 1).map((one) => deepestFault(one, path)));
  return branches.sort((one, other) => other.path.length - one.path.length)[0] ?? own;
}

/** A path as a person writes it: `fund.lines[0].id`; empty for the whole. */
export function pathText(path: readonly PropertyKey[]): string {
  const written = path.map((part) => (/^\d+$/.test(String(part)) ? `[${String(part)}]` : `.${String(part)}`)).join("");
  return written.replace(/^\./, "");
}

const deepest = 64; // lists and objects inside each other; the deepest of ours has six

/** What cannot be put on record, and where it stands in a value: a text with a NUL or half a character, or too many lists in lists. */
export function unstorableIn(
  value: unknown,
  path: readonly string[] = [],
): Readonly<{ found: string; path: readonly string[] }> | undefined {
  if (typeof value === "string") {
    if (value.includes("\0")) return { found: "a NUL character", path };
    return value.isWellFormed() ? undefined : { found: "half of a character", path };
  }
  if (typeof value !== "object" || value === null) return undefined;
  // Whoever goes down further, to show or to check it, runs out of room.
  if (path.length >= deepest) return { found: `lists or objects more than ${deepest} deep`, path: path.slice(0, 1) };
  for (const [key, part] of Object.entries(value)) {
    const fault = unstorableIn(part, [...path, key]);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

const shownAtMost = 200;

/** What stands at a path of a value, as it is shown in a refusal. */
export function shownAt(value: unknown, path: readonly PropertyKey[]): string {
  const found = path.reduce(
    (part: unknown, key) => (part as Record<PropertyKey, unknown> | null | undefined)?.[key],
    value,
  );
  return found === undefined ? "nothing" : JSON.stringify(found).slice(0, shownAtMost);
}
