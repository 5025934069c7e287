import { LbListenerRule, type LbListenerRuleCondition } from '@cdktf/provider-aws/lib/lb-listener-rule';
import { Construct, type IConstruct } from 'constructs';
import type { z } from 'zod';
import { constructSettings } from '../../modules/config/construct-props';
import { type EventTarget, TARGET } from '../../modules/invocation/event-target';
import { ConfigError } from '../../modules/problems/config-error';
import { foundValue } from '../../modules/problems/found';
import { literal, literals } from '../../modules/terraform/literal';
import { LambdaTargetGroup } from './lambda-target-group';
import { loadBalancerSettings, OWN_PRIORITY } from './schema';

/** The listener of the rule: one of this project's load balancers, a provider's `LbListener`, or an object with an ARN. */
export interface ListenerSource {
  readonly arn: string;
  /** Name of the load balancer. All rules of one function on it share a target group. @default each rule has its own target group */
  readonly loadBalancerName?: string;
}

export type ApplicationLoadBalancerProps = z.input<typeof loadBalancerSettings> & {
  readonly listener: ListenerSource;
  /** The function that each request invokes. */
  readonly target: EventTarget;
};

const WANTED = {
  target: TARGET,
  listener: {
    accepted: 'a listener (LoadBalancer.listener(), LbListener or { arn })',
    has: ['arn'],
    names: ['loadBalancerName', 'listenerPort'],
  },
};

/** The rules of each listener, by priority. */
const TAKEN = new WeakMap<ListenerSource, Map<number, IConstruct>>();

/**
 * Invokes a function with each request that matches the conditions. The caller waits for its response.
 *
 * @throws ConfigError if another rule of the same listener object has the same priority.
 *
 * @example
 * import type { TerraformStack } from 'cdktf';
 * import type { BatchJob } from 'cdktf-batch-jobs';
 * import { ApplicationLoadBalancerTrigger } from 'cdktf-batch-jobs/triggers';
 *
 * declare const stack: TerraformStack;
 * declare const job: BatchJob;
 * new ApplicationLoadBalancerTrigger(stack, 'start', {
 *   target: job.trigger,
 *   listener: { arn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/shop/1/2' },
 *   priority: 10,
 *   paths: ['/reports'],
 * });
 */
export class ApplicationLoadBalancerTrigger extends Construct {
  readonly rule: LbListenerRule;
  readonly targetGroup: LambdaTargetGroup;

  constructor(scope: Construct, id: string, props: ApplicationLoadBalancerProps) {
    super(scope, id);
    const settings = constructSettings(this, props, loadBalancerSettings, WANTED);
    const { target, listener } = props;
    this.takePriority(listener, settings.priority);
    this.targetGroup = this.findOrCreateTargetGroup(listener, target, settings.multiValueHeaders ?? false);
    this.rule = new LbListenerRule(this, 'Rule', {
      listenerArn: listener.arn,
      priority: settings.priority,
      condition: listenerRuleConditions(settings),
      action: [{ type: 'forward', targetGroupArn: this.targetGroup.targetGroup.arn }],
      tags: target.tags,
      // A request that arrives before the function is a target would get a 503.
      dependsOn: [this.targetGroup.attachment],
    });
  }

  private takePriority(listener: ListenerSource, priority: number): void {
    const taken = TAKEN.get(listener) ?? new Map<number, IConstruct>();
    const duplicate = taken.get(priority);
    if (duplicate !== undefined) {
      const problem = {
        keys: ['priority'],
        found: `${priority}, the priority of ${duplicate.node.path} too`,
        accepted: OWN_PRIORITY,
        fix: 'change one of the two',
      };
      throw new ConfigError([problem], this.node.path);
    }
    TAKEN.set(listener, taken.set(priority, this));
  }

  private findOrCreateTargetGroup(
    { loadBalancerName }: ListenerSource,
    target: EventTarget,
    multiValueHeaders: boolean,
  ): LambdaTargetGroup {
    if (loadBalancerName === undefined) {
      return new LambdaTargetGroup(this, 'TargetGroup', target, this.node.id, multiValueHeaders);
    }
    const owner = target.function.node.scope ?? this;
    const id = `TargetGroup-${loadBalancerName}`;
    const existing = owner.node.tryFindChild(id);
    if (!(existing instanceof LambdaTargetGroup)) {
      return new LambdaTargetGroup(owner as Construct, id, target, loadBalancerName, multiValueHeaders);
    }
    if (existing.multiValueHeaders === multiValueHeaders) return existing;
    const problem = {
      keys: ['multiValueHeaders'],
      found: foundValue(multiValueHeaders),
      accepted: `${existing.multiValueHeaders}, as the function's other rules on this load balancer have, which share a target group`,
      fix: 'use the same value for all rules of a function on a load balancer',
    };
    throw new ConfigError([problem], this.node.path);
  }
}

/** The conditions of a rule. A request must match all of them. */
function listenerRuleConditions(settings: z.output<typeof loadBalancerSettings>): LbListenerRuleCondition[] {
  const { paths, methods, hosts, headers = [], queryParams = [], sourceIps } = settings;
  return [
    ...(paths ? [{ pathPattern: { values: literals(paths) } }] : []),
    ...(methods ? [{ httpRequestMethod: { values: methods } }] : []),
    ...(hosts ? [{ hostHeader: { values: literals(hosts) } }] : []),
    ...headers.map(({ headerName, values }) => ({
      httpHeader: { httpHeaderName: literal(headerName), values: literals(values) },
    })),
    ...queryParams.map(({ paramName, values }) => ({
      queryString: values.map((value) => ({ key: literal(paramName), value: literal(value) })),
    })),
    ...(sourceIps ? [{ sourceIp: { values: sourceIps } }] : []),
  ];
}
