/** A function that V8's profiler has seen, and what it called. */
interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string };
  readonly children?: readonly number[];
}

/** What this project reads of a `.cpuprofile`. */
export interface Profile {
  readonly nodes: readonly ProfileNode[];
  /** The running function at each moment, by its id. */
  readonly samples: readonly number[];
  /** Microseconds between the moments. */
  readonly timeDeltas: readonly number[];
}

const WAITING = 'waiting';

/** The first that fits a function says what it is for. A function that none fits is part of what called it. */
const PARTS: readonly { readonly part: string; readonly fits: (name: string, url: string) => boolean }[] = [
  { part: WAITING, fits: (name) => name === '(idle)' },
  { part: 'garbage collector', fits: (name) => name === '(garbage collector)' },
  { part: 'child processes', fits: (name, url) => name === 'spawnSync' || /node_modules\/esbuild\//.test(url) },
  { part: 'CDKTF and its providers', fits: (_, url) => /node_modules\/(cdktf|constructs|@cdktf)\//.test(url) },
  { part: 'zod', fits: (_, url) => /node_modules\/zod\//.test(url) },
  { part: 'fast-check', fits: (_, url) => /node_modules\/fast-check\//.test(url) },
  { part: 'Jest', fits: (_, url) => /node_modules\/(@?jest|@swc\/jest|expect|pretty-format|emittery)/.test(url) },
  { part: 'other packages', fits: (_, url) => url.includes('node_modules/') },
  { part: 'temporary folders', fits: (_, url) => url.includes('__tests__/environment/') },
  { part: 'tests', fits: (_, url) => url.includes('__tests__/') },
  { part: 'the project', fits: (_, url) => /\.[jt]sx?$/.test(url) && !url.startsWith('node:') },
];

function partOf({ callFrame }: ProfileNode): string | undefined {
  return PARTS.find(({ fits }) => fits(callFrame.functionName, callFrame.url))?.part;
}

/** The seconds that each part of the work took, the longest first. Node.js's own functions count for their caller. */
export function partsOf({ nodes, samples, timeDeltas }: Profile): ReadonlyMap<string, number> {
  const parents = new Map(nodes.flatMap((node) => (node.children ?? []).map((id) => [id, node] as const)));
  const parts = new Map<number, string>();
  for (const node of nodes) {
    let found: string | undefined;
    for (let at: ProfileNode | undefined = node; at !== undefined && found === undefined; at = parents.get(at.id)) {
      found = partOf(at);
    }
    parts.set(node.id, found ?? 'Node.js');
  }
  const seconds = new Map<string, number>();
  for (const [index, id] of samples.entries()) {
    const part = parts.get(id) ?? 'Node.js';
    seconds.set(part, (seconds.get(part) ?? 0) + Math.max(0, timeDeltas[index] ?? 0) / 1e6);
  }
  return new Map([...seconds].sort(([, one], [, other]) => other - one));
}
