import { TerraformElement, type TerraformStack } from 'cdktf';
import { parseResourceParam } from './config/directive';
import { formatPath, type Problem } from './config/problem';
import {
  CLOUDFORMATION,
  graphOf,
  type ReferenceEdge,
  referenceEdges,
  ringFinding,
  type WrittenEdge,
} from './config/reference-edges';
import { resolved } from './resolved';
import type { ResourceCatalog } from './resources/catalog';
import { rings } from './rings';
import { terraformGraph } from './terraform-graph';
import { addressOf } from './unique-addresses';

/** Sections of a config, by the ids of the constructs that they become. */
const SECTIONS: { readonly [constructId: string]: string } = {
  'cloudformation-resources': CLOUDFORMATION,
  'batch-network': 'vpc',
  'batch-platform': 'undeliveredEvents',
};

/** Sections whose values stand in what the stack makes of others. */
const SHARED: ReadonlySet<string> = new Set(['vpc', 'undeliveredEvents']);

/** Resources that `connectTo` refers to by names that are known beforehand, so that nothing waits for them. */
const CONNECTED_BY_NAME: ReadonlySet<string | undefined> = new Set(['batch-job', 'function']);

interface Surroundings {
  readonly config: { readonly [section: string]: unknown };
  readonly catalog: ResourceCatalog;
}

/**
 * Rings of references, each as a problem: Terraform makes a resource after those that it refers to, and so could make none of them. Judged
 * by what the stack became, since not everything of a resource refers to what its config names: a job may ask for the log group of one that
 * asks for its own.
 */
export function ringProblems(stack: TerraformStack, { config, catalog }: Surroundings): Problem[] {
  const edges = referenceEdges(config);
  // Most configs have none, and looking closer costs a second synthesis.
  if (!mayHoldRing(edges)) return [];
  const parts = new Map(stack.node.findAll().flatMap((element) => partOf(element) ?? []));
  const found = rings(terraformGraph(stack.toTerraform())).map((ring) => {
    const steps = ring.flatMap((address, index): Step[] => {
      const next = ring[(index + 1) % ring.length] ?? address;
      const [from, to] = [parts.get(address), parts.get(next)];
      // What the network is given may stand in whatever is in it.
      const between = edges.filter((edge) => edge.to === to && (edge.from === from || SHARED.has(edge.from)));
      const written = between.find((edge) => leadsTo(next, edge, stack, catalog));
      return written === undefined ? [] : [{ ...written, place: edges.indexOf(written) }];
    });
    return closed(fromItsBeginning(steps), config);
  });
  return found.sort(([a], [b]) => (a?.place ?? 0) - (b?.place ?? 0)).map((steps) => problem(steps, config));
}

/** A reference on a ring, and its place among those of the config. */
interface Step extends ReferenceEdge {
  readonly place: number;
}

/** The same ring, told from the reference that stands first in the config. */
function fromItsBeginning(steps: readonly Step[]): readonly Step[] {
  const first = steps.reduce((best, { place }, index) => (place < (steps[best]?.place ?? 0) ? index : best), 0);
  return [...steps.slice(first), ...steps.slice(0, first)];
}

/** The same ring with what no property says, such as that a database needs the network. */
function closed(steps: readonly Step[], config: Surroundings['config']): Step[] {
  return steps.flatMap((step, index) => {
    const next = steps[(index + 1) % steps.length] ?? step;
    if (next.from === step.to) return [step];
    const path = step.to in types(config) ? ['resources', step.to] : [step.to];
    return [step, { from: step.to, to: next.from, path, place: step.place }];
  });
}

function problem(steps: readonly Step[], config: Surroundings['config']): Problem {
  const finding = ringFinding(steps, 'Terraform');
  const connectable = steps.find(
    ({ path, to }) => path.includes('environment') && CONNECTED_BY_NAME.has(types(config)[to]?.type),
  );
  const fix =
    connectable === undefined
      ? finding.fix
      : `list ${connectable.to} in connectTo instead of ${formatPath(connectable.path)}: the variables that it adds make no ring`;
  return { path: formatPath(steps[0]?.path ?? []), ...finding, fix };
}

function types({ resources }: Surroundings['config']): { readonly [name: string]: { readonly type?: string } } {
  return (resources ?? {}) as ReturnType<typeof types>;
}

/** Whether an edge is why something waits for the resource of an address. Of names nobody can tell more than whose they are. */
function leadsTo(address: string, { text }: WrittenEdge, stack: TerraformStack, catalog: ResourceCatalog): boolean {
  const directive = parseResourceParam(text);
  if (directive === undefined) return true;
  return resolved(stack, catalog.param(directive.resource, directive.param)).includes(address);
}

/** The address of an element, and the part of the config that it was made for. */
function partOf(element: unknown): [[address: string, part: string]] | undefined {
  if (!TerraformElement.isTerraformElement(element)) return undefined;
  const address = addressOf(element);
  const [, id = ''] = element.node.path.split('/');
  return address === undefined ? undefined : [[address, SECTIONS[id] ?? id]];
}

/** Whether names alone allow a ring. Whatever the network and the shared parts refer to may stand in the network itself. */
function mayHoldRing(edges: readonly ReferenceEdge[]): boolean {
  return edges.some(({ from }) => SHARED.has(from)) || rings(graphOf(edges)).length > 0;
}
