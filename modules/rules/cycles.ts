/** The elements that each element of a graph waits for. */
export type Graph = ReadonlyMap<string, readonly string[]>;

/** Cycles of a graph, the shortest first. Each is a list of elements in order. No two cycles share an element. */
export function cycles(graph: Graph): string[][] {
  const left = withoutEnds(graph);
  const found: string[][] = [];
  for (;;) {
    const all = [...left].flatMap((element) => cycleThrough(element, graph, left) ?? []);
    const shortest = all.reduce<string[] | undefined>(
      (best, cycle) => (best !== undefined && best.length <= cycle.length ? best : cycle),
      undefined,
    );
    if (shortest === undefined) return found;
    found.push(shortest);
    for (const element of shortest) left.delete(element);
  }
}

/** Removes the elements that wait for nothing, repeatedly. The others are in a cycle or lead to one. */
function withoutEnds(graph: Graph): Set<string> {
  const left = new Set(graph.keys());
  for (let before = -1; before !== left.size; ) {
    before = left.size;
    for (const element of left) {
      if (!graph.get(element)?.some((other) => left.has(other))) left.delete(element);
    }
  }
  return left;
}

/** The shortest path from an element back to itself. */
function cycleThrough(start: string, graph: Graph, among: ReadonlySet<string>): string[][] | undefined {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (const element of queue) {
    for (const next of graph.get(element) ?? []) {
      if (next === start) return [wayTo(element, start, cameFrom)];
      if (!among.has(next) || cameFrom.has(next)) continue;
      cameFrom.set(next, element);
      queue.push(next);
    }
  }
  return undefined;
}

function wayTo(end: string, start: string, cameFrom: ReadonlyMap<string, string>): string[] {
  const way = [end];
  for (let at = end; at !== start; way.unshift(at)) at = cameFrom.get(at) ?? start;
  return way;
}
