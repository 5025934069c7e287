import type { PlanJson } from './terraform';
import { objectAt } from './terraform-document';

/** An attribute that the emulator does not give back as it got it, so that each later plan wants to set it again. */
export interface EmulatorGap {
  readonly resourceType: string;
  /** Dotted, `*` for any index or key: `retry_strategy.*.attempts`. Includes everything below it. */
  readonly attribute: string;
  readonly reason: string;
}

const AUTHORIZER = 'ministack returns the fields of both kinds of authorizer for either kind';
const ALARM = 'ministack leaves it out of DescribeAlarms in the XML that the provider asks for, though it stores it';

/**
 * What ministack 1.5.33, its Batch service completed by ministack_batch.py, is known to lose. Only attributes: a resource that a
 * second plan wants to create, replace or delete is never a gap. Nothing here concerns a job without triggers: VPC, launch
 * template, Batch, IAM, Step Functions, Lambda, logs, schedule, queue and bucket all come back as they were sent.
 *
 * What it cannot apply at all, and no list can cure:
 * - an event source mapping on a Kinesis stream consumer (enhanced fan-out): "Invalid event source ARN";
 * - a listener rule with a `query_string` condition: it comes back without its values, and the provider dies of that.
 */
const EMULATOR_GAPS: readonly EmulatorGap[] = [
  {
    resourceType: 'aws_apigatewayv2_authorizer',
    attribute: 'authorizer_payload_format_version',
    reason: AUTHORIZER,
  },
  { resourceType: 'aws_apigatewayv2_authorizer', attribute: 'jwt_configuration', reason: AUTHORIZER },
  ...[
    'actions_enabled',
    'alarm_actions',
    'alarm_description',
    'dimensions',
    'extended_statistic',
    'ok_actions',
    'period',
    'statistic',
    'treat_missing_data',
  ].map((attribute) => ({
    resourceType: 'aws_cloudwatch_metric_alarm',
    attribute,
    reason: ALARM,
  })),
  ...['logs_config', 'queued_timeout'].map((attribute) => ({
    resourceType: 'aws_codebuild_project',
    attribute,
    reason: 'ministack does not store it',
  })),
  {
    resourceType: 'aws_vpc_security_group_ingress_rule',
    attribute: 'referenced_security_group_id',
    reason: 'the provider requests no account id here, so it reads a group of the same account as `<account>/<group>`',
  },
];

/** A difference that a plan after an apply shows and no gap explains. */
export interface UnexplainedChange {
  readonly address: string;
  /** What Terraform would do: `update`, or `delete+create`. */
  readonly actions: string;
  /** Dotted path of the attribute; empty for the resource as a whole. */
  readonly attribute: string;
  readonly before: unknown;
  /** `'(known after apply)'` if Terraform does not know the value yet. */
  readonly after: unknown;
}

const UNKNOWN = '(known after apply)';

/**
 * What a plan would change, without what the emulator is known to lose. Empty is what a test wants to see.
 *
 * An update makes the provider expect new values of some computed attributes (the ARN of a job definition's next revision). If
 * all that is really different about a resource is a gap, these are explained with it.
 */
export function unexplainedChanges(
  plan: PlanJson,
  gaps: readonly EmulatorGap[] = EMULATOR_GAPS,
): readonly UnexplainedChange[] {
  const resources = (plan.resource_changes ?? []).flatMap(({ address, type, change }) => {
    const actions = change.actions.join('+');
    if (actions === 'no-op' || actions === 'read') {
      return [];
    }
    if (actions !== 'update') {
      return [{ address, actions, attribute: '', before: change.before, after: change.after }];
    }
    const differences = [...differencesBetween(change.before, change.after, change.after_unknown)];
    const ofType = gaps.filter(({ resourceType }) => resourceType === type);
    const unexplained = differences.filter(({ attribute }) => !ofType.some((gap) => covers(gap, attribute)));
    const onlyConsequences =
      unexplained.length < differences.length && unexplained.every(({ after }) => after === UNKNOWN);
    return onlyConsequences ? [] : unexplained.map((difference) => ({ address, actions, ...difference }));
  });
  const outputs = Object.entries(plan.output_changes ?? {}).flatMap(([name, { actions, before, after }]) =>
    actions.join('+') === 'no-op'
      ? []
      : [{ address: `output.${name}`, actions: actions.join('+'), attribute: '', before, after }],
  );
  return [...resources, ...outputs];
}

type Difference = Pick<UnexplainedChange, 'attribute' | 'before' | 'after'>;

function* differencesBetween(
  before: unknown,
  after: unknown,
  unknown: unknown,
  path: readonly string[] = [],
): Generator<Difference> {
  if (unknown === true) {
    yield { attribute: path.join('.'), before, after: UNKNOWN };
    return;
  }
  const [left, right] = [childrenOf(before), childrenOf(after)];
  if (left === undefined || right === undefined) {
    if (!Object.is(before ?? null, after ?? null)) {
      yield { attribute: path.join('.'), before, after };
    }
    return;
  }
  const pending = childrenOf(unknown) ?? {};
  for (const key of new Set([...Object.keys(left), ...Object.keys(right), ...Object.keys(pending)])) {
    yield* differencesBetween(left[key], right[key], pending[key], [...path, key]);
  }
}

function childrenOf(value: unknown): Record<string, unknown> | undefined {
  return Array.isArray(value) ? Object.fromEntries(value.entries()) : objectAt(value);
}

function covers({ attribute }: EmulatorGap, path: string): boolean {
  const actual = path.split('.');
  return attribute.split('.').every((part, index) => part === '*' || part === actual[index]);
}
