import { TerraformElement, type TerraformStack } from 'cdktf';
import { parseResourceParam } from './config/directive';
import { indexed } from './config/indexed-config';
import { formatPath, type StatedProblem } from './problems/problem';
import type { ResourceCatalog } from './resources/catalog';
import { cycles } from './rules/cycles';
import {
  CLOUDFORMATION,
  cycleFinding,
  graphOf,
  type ReferenceEdge,
  referenceEdges,
  type WrittenEdge,
} from './stack-config/reference-edges';
import { terraformGraph } from './terraform/graph';
import { resolved } from './terraform/resolved';
import { addressOf } from './terraform/unique-addresses';

/** Sections of a config, by the IDs of their constructs. */
const SECTIONS: { readonly [constructId: string]: string } = {
  'cloudformation-resources': CLOUDFORMATION,
  'batch-network': 'vpc',
  'batch-platform': 'undeliveredEvents',
};

/** Sections whose values are used in the resources of other sections. */
const SHARED: ReadonlySet<string> = new Set(['vpc', 'compute', 'undeliveredEvents', 'notifications', 'alarms']);

/** Types that `connectTo` refers to by names known in advance, so that nothing waits for them. */
const CONNECTED_BY_NAME: ReadonlySet<string | undefined> = new Set(['batch-job', 'function']);

interface CycleContext {
  readonly config: { readonly [section: string]: unknown };
  readonly catalog: ResourceCatalog;
}

/**
 * Circular references, each as a problem. Terraform creates a resource after those that it refers to, so it could create none of them.
 * Checks the stack's Terraform resources, because not every resource of a job or companion depends on the names in its config: a job can
 * refer to the log group of a job that refers to its own.
 */
export function cycleProblems(stack: TerraformStack, { config, catalog }: CycleContext): StatedProblem[] {
  const edges = referenceEdges(indexed(config));
  // Most configs have no circular reference, and a closer look takes a second synthesis.
  if (!mayHoldCycle(edges)) return [];
  const parts = new Map(stack.node.findAll().flatMap((element) => partOf(element) ?? []));
  const found = cycles(terraformGraph(stack.toTerraform())).map((cycle) => {
    const steps = cycle.flatMap((address, index): Step[] => {
      const next = cycle[(index + 1) % cycle.length] ?? address;
      const [from, to] = [parts.get(address), parts.get(next)];
      // Everything in the network can contain the network's properties.
      const between = edges.filter((edge) => edge.to === to && (edge.from === from || SHARED.has(edge.from)));
      const written = between.find((edge) => leadsTo(next, edge, stack, catalog));
      return written === undefined ? [] : [{ ...written, place: edges.indexOf(written) }];
    });
    return closed(fromItsBeginning(steps), config);
  });
  return found.sort(([a], [b]) => (a?.place ?? 0) - (b?.place ?? 0)).map((steps) => problem(steps, config));
}

/** A reference in a cycle, and its position among those of the config. */
interface Step extends ReferenceEdge {
  readonly place: number;
}

/** The same cycle, beginning with the reference that is first in the config. */
function fromItsBeginning(steps: readonly Step[]): readonly Step[] {
  const first = steps.reduce((best, { place }, index) => (place < (steps[best]?.place ?? 0) ? index : best), 0);
  return [...steps.slice(first), ...steps.slice(0, first)];
}

/** The same cycle with the dependencies that no property shows, such as that of a database on the network. */
function closed(steps: readonly Step[], config: CycleContext['config']): Step[] {
  return steps.flatMap((step, index) => {
    const next = steps[(index + 1) % steps.length] ?? step;
    if (next.from === step.to) return [step];
    const path = step.to in types(config) ? ['resources', step.to] : [step.to];
    return [step, { from: step.to, to: next.from, path, place: step.place }];
  });
}

function problem(steps: readonly Step[], config: CycleContext['config']): StatedProblem {
  const finding = cycleFinding(steps, 'Terraform');
  const connectable = steps.find(
    ({ path, to }) => path.includes('environment') && CONNECTED_BY_NAME.has(types(config)[to]?.type),
  );
  const fix =
    connectable === undefined
      ? finding.fix
      : `list ${connectable.to} in connectTo instead of ${formatPath(connectable.path)}: the variables that it adds make no ring`;
  return { keys: steps[0]?.path ?? [], ...finding, fix };
}

function types({ resources }: CycleContext['config']): { readonly [name: string]: { readonly type?: string } } {
  return (resources ?? {}) as ReturnType<typeof types>;
}

/** Whether a reference makes something wait for the resource of an address. For a name, only the resource that it belongs to is known. */
function leadsTo(address: string, { text }: WrittenEdge, stack: TerraformStack, catalog: ResourceCatalog): boolean {
  const directive = parseResourceParam(text);
  if (directive === undefined) return true;
  return resolved(stack, catalog.param(directive.resource, directive.param)).includes(address);
}

/** The address of an element, and the part of the config that created it. */
function partOf(element: unknown): [[address: string, part: string]] | undefined {
  if (!TerraformElement.isTerraformElement(element)) return undefined;
  const address = addressOf(element);
  const [, id = ''] = element.node.path.split('/');
  return address === undefined ? undefined : [[address, SECTIONS[id] ?? id]];
}

/** Whether the names alone allow a cycle. The network itself can contain everything that the network and the shared parts refer to. */
function mayHoldCycle(edges: readonly ReferenceEdge[]): boolean {
  return edges.some(({ from }) => SHARED.has(from)) || cycles(graphOf(edges)).length > 0;
}
