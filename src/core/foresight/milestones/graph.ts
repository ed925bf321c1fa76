/** What depends on what: for each id, the ids it depends on. Ids that are named and not listed depend on nothing. */
export type Dependences = ReadonlyMap<string, readonly string[]>;

/** A circle as the ids on it, the first again at the end; null where there is none. */
export function circleIn(graph: Dependences): readonly string[] | null {
  const done = new Set<string>();
  for (const start of graph.keys()) {
    const circle = circleFrom(graph, start, done);
    if (circle !== null) return circle;
  }
  return null;
}

/** Depth first, without recursion, since a chain may be as long as the record. */
function circleFrom(graph: Dependences, start: string, done: Set<string>): readonly string[] | null {
  const path: string[] = [];
  const onPath = new Set<string>();
  const open: { id: string; next: number }[] = [];
  const enter = (id: string): void => {
    path.push(id);
    onPath.add(id);
    open.push({ id, next: 0 });
  };
  if (!done.has(start)) enter(start);
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const on = graph.get(top.id)?.[top.next];
    top.next += 1;
    if (on === undefined) {
      done.add(top.id);
      onPath.delete(top.id);
      path.pop();
      open.pop();
    } else if (onPath.has(on)) {
      return [...path.slice(path.indexOf(on)), on];
    } else if (!done.has(on)) {
      enter(on);
    }
  }
  return null;
}

/** The ids of a graph without circles, each after all that it depends on. */
export function inOrder(graph: Dependences): readonly string[] {
  const order: string[] = [];
  const seen = new Set<string>();
  for (const start of graph.keys()) {
    const open = [start];
    for (let id = open.at(-1); id !== undefined; id = open.at(-1)) {
      const waiting = seen.has(id) ? [] : (graph.get(id) ?? []).filter((on) => !seen.has(on) && graph.has(on));
      if (waiting.length > 0) open.push(...waiting);
      else {
        open.pop();
        if (!seen.has(id)) order.push(id);
        seen.add(id);
      }
    }
  }
  return order;
}

/** A version of one node, from an instant on. */
export type DatedDependence = Readonly<{ id: string; knownAt: string; dependsOn: readonly string[] }>;

/**
 * A circle that the versions make at any instant from `since` on; null where there is none. Versions of one id are in their order; each holds until the next.
 */
export function circleSince(versions: readonly DatedDependence[], since: string): readonly string[] | null {
  const from = Date.parse(since);
  const instants = [...new Set([from, ...versions.map((one) => Date.parse(one.knownAt)).filter((at) => at > from)])];
  for (const instant of instants.toSorted((one, other) => one - other)) {
    const graph = new Map<string, readonly string[]>();
    for (const one of versions) if (Date.parse(one.knownAt) <= instant) graph.set(one.id, one.dependsOn);
    const circle = circleIn(graph);
    if (circle !== null) return circle;
  }
  return null;
}
