import {
  listOf,
  type PlanDocument,
  type ResourceChange,
  same,
  type Values,
  valuesInJson,
  valuesOf,
} from './plan-document';
import { queuesOf } from './state-machine-facts';

/**
 * Where jobs get their instances, before and after a plan. After it, the ARNs of new queues and environments are unknown, so that the
 * references in the stack's Terraform JSON lead from a state machine to its queues, and from these to their environments.
 */
export class JobCapacity {
  private readonly byAddress: ReadonlyMap<string, ResourceChange>;
  private readonly byArn: ReadonlyMap<string, ResourceChange>;
  private readonly expressions: ReadonlyMap<string, Values>;

  constructor(changes: readonly ResourceChange[], configuration: PlanDocument['configuration']) {
    this.byAddress = new Map(changes.map((change) => [change.address, change]));
    this.byArn = new Map(changes.map((change) => [String(valuesOf(change.change.before).arn), change]));
    this.expressions = new Map(
      (configuration?.root_module?.resources ?? []).map(({ address, expressions }) => [address, expressions ?? {}]),
    );
  }

  /** What the change of a job's state machine means for its capacity: `Spot capacity (was on-demand)`. */
  facts({ address, change }: ResourceChange): string[] {
    const before = queuesOf(valuesInJson(valuesOf(change.before).definition) ?? {});
    const after = this.references(address, 'definition', 'aws_batch_job_queue');
    const queues = before.map((arn) => this.byArn.get(arn)?.address ?? arn);
    if (queues.length === 0 || after.length === 0 || same([...queues].sort(), [...after].sort())) return [];
    const from = kindOf(before.flatMap((arn) => this.environmentBefore(arn)));
    const to = kindOf(after.flatMap((queue) => this.environmentAfter(queue)));
    // An environment that is not in the plan is not in the stack's state either.
    if (from.model === '' || to.model === '') return ['another job queue'];
    const facts = [
      ...(from.model === to.model ? [] : [`${to.model} capacity (was ${from.model})`]),
      ...(same(from.types, to.types) ? [] : [`instances of ${someOf(to.types)} (was ${someOf(from.types)})`]),
    ];
    return facts.length > 0 ? facts : ['another job queue'];
  }

  private environmentBefore(queue: string): Values[] {
    const order = listOf(valuesOf(this.byArn.get(queue)?.change.before).compute_environment_order);
    return order.map(({ compute_environment: arn }) => valuesOf(this.byArn.get(String(arn))?.change.before));
  }

  private environmentAfter(queue: string): Values[] {
    const environments = this.references(queue, 'compute_environment_order', 'aws_batch_compute_environment');
    return environments.map((address) => valuesOf(this.byAddress.get(address)?.change.after));
  }

  /** Addresses of the resources of a type that an argument refers to. */
  private references(address: string, argument: string, type: string): string[] {
    const texts = referencesIn(this.expressions.get(address)?.[argument]);
    const addresses = texts.flatMap((text) => {
      const [kind, name] = text.split('.');
      return kind === type && name !== undefined ? [`${kind}.${name}`] : [];
    });
    return [...new Set(addresses)];
  }
}

/** The kind of capacity of compute environments. */
function kindOf(environments: readonly Values[]): { readonly model: string; readonly types: readonly string[] } {
  const resources = environments.flatMap(({ compute_resources }) => listOf(compute_resources));
  const models = resources.map(({ type }) => (type === 'SPOT' ? 'Spot' : 'on-demand'));
  const types = resources.flatMap(({ instance_type }) =>
    Array.isArray(instance_type) ? instance_type.map(String) : [],
  );
  return { model: [...new Set(models)].sort().join(' and '), types: [...new Set(types)].sort() };
}

/** Most types or families of instances that are named. */
const MOST_NAMED = 3;

function someOf(types: readonly string[]): string {
  const more = types.length - MOST_NAMED;
  // One more is as long as its name.
  return more > 1 ? `${types.slice(0, MOST_NAMED).join(', ')} and ${more} more` : types.join(', ');
}

/** Expressions are `{ references }`, alone or in the blocks of an argument. */
function referencesIn(expression: unknown): string[] {
  if (Array.isArray(expression)) return expression.flatMap(referencesIn);
  const { references, ...blocks } = valuesOf(expression);
  return [
    ...(Array.isArray(references) ? references.map(String) : []),
    ...Object.values(blocks).flatMap((block) => (typeof block === 'object' ? referencesIn(block) : [])),
  ];
}
