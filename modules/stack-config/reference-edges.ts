import { parseCfResourceParam, parseResourceParam } from '../config/directive';
import type { IndexedConfig } from '../config/indexed-config';
import type { Path } from '../config/strings-in';
import { type Finding, formatPath } from '../problems/problem';
import { NAMED } from '../resources/referables';
import type { Graph } from '../rules/cycles';
import { FREE } from './references';

/** Name for all of `cloudformationResources`, which is one resource in Terraform. */
export const CLOUDFORMATION = 'cloudformationResources';

/** A reference from one part of a config to another. */
export interface ReferenceEdge {
  /** Name of a resource, or of a section such as `vpc`. */
  readonly from: string;
  /** Name of a resource, or `cloudformationResources`. */
  readonly to: string;
  readonly path: Path;
}

/** A reference between resources of the config, with its notation: a directive or a name. */
export interface WrittenEdge extends ReferenceEdge {
  readonly text: string;
}

/** Sections that refer to resources, or that resources of others refer to. */
const SECTIONS = ['resources', CLOUDFORMATION, 'vpc', 'compute', 'undeliveredEvents', 'notifications', 'alarms'];

/** Every reference in a config, by directive or by name. */
export function referenceEdges(index: IndexedConfig): WrittenEdge[] {
  return index.strings(...SECTIONS).flatMap(({ text, path }) => {
    const to = target(text, path);
    const [section, name] = path;
    return to === undefined ? [] : [{ from: String(section === 'resources' ? name : section), to, text, path }];
  });
}

function target(text: string, path: Path): string | undefined {
  const directive = parseResourceParam(text);
  if (directive !== undefined) return directive.resource;
  if (parseCfResourceParam(text) !== undefined) return CLOUDFORMATION;
  if (path[0] === CLOUDFORMATION || path.some((key) => FREE.has(key))) return undefined;
  const isName =
    path.at(-2) === 'connectTo' ||
    (path.at(-3) === 'connectTo' && path.at(-1) === 'name') ||
    Object.hasOwn(NAMED, path.at(-1) ?? '') ||
    path.at(-1) === 'alarmTopicName';
  return isName ? text : undefined;
}

/** The parts that each part of a config refers to. */
export function graphOf(edges: readonly ReferenceEdge[]): Graph {
  const graph = new Map<string, string[]>();
  for (const { from, to } of edges) {
    graph.set(from, [...(graph.get(from) ?? []), to]);
    if (!graph.has(to)) graph.set(to, []);
  }
  return graph;
}

/** The finding for a cycle, given its references in order. */
export function cycleFinding(steps: readonly Pick<ReferenceEdge, 'path' | 'to'>[], maker: string): Finding {
  const found = steps.map(({ path, to }) => `${formatPath(path)} refers to ${to}`).join(', ');
  return {
    code: 'circular-reference',
    found: `a ring of references: ${found}`,
    accepted: `references that do not lead back: ${maker} creates a resource after the ones it refers to`,
    fix: steps.length > 1 ? 'remove one of these references' : 'remove this reference',
  };
}
