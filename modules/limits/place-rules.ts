import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target';
import { Construct } from 'constructs';
import type { Places } from '../orchestration/places';
import { DELIVERY_RETRIES } from '../rules/delivery-retries';
import { EXECUTION_STATUS_CHANGE, FAILED_EXECUTION } from '../rules/execution-events';
import { stateMachineName } from '../rules/job-names';
import { NAME_LIMITS, physicalName } from '../rules/naming';
import { jsonLiteral } from '../terraform/literal';
import type { PlaceKeeperInput } from './place-keeper-document';
import type { RunPlaces } from './run-places';

export interface PlaceRulesProps extends Places {
  readonly places: RunPlaces;
  readonly jobName: string;
  readonly stateMachineArn: string;
  readonly tags?: { readonly [key: string]: string };
}

/** An older event helps nobody: the place keeper looks at the places every minute. */
const RETRIES = { ...DELIVERY_RETRIES, maximumEventAgeInSeconds: 3_600 };

/**
 * Starts the place keeper at each end of a job's runs, and every minute. Step Functions puts its events on the account's default bus. It
 * doesn't promise each of them, and no event says that an hour or a day has begun.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 */
export class PlaceRules extends Construct {
  readonly endRule: CloudwatchEventRule;
  readonly minuteRule: CloudwatchEventRule;
  readonly targets: readonly CloudwatchEventTarget[];

  constructor(scope: Construct, id: string, props: PlaceRulesProps) {
    super(scope, id);
    const { places, jobName: job, stateMachineArn, concurrentRuns, countItems, runsPerHour, runsPerDay, tags } = props;
    const { stackName, aws } = places;
    const executions = aws.arn('states', `execution:${stateMachineName(stackName, job)}`);
    const input: PlaceKeeperInput = {
      job,
      concurrentRuns,
      runsPerHour: String(runsPerHour),
      runsPerDay: String(runsPerDay),
      executions,
      ...(countItems && { countItems }),
    };
    const dependsOn = places.grantRuns(this, stateMachineArn, executions);
    const createTarget = (id: string, rule: CloudwatchEventRule, what: object) =>
      new CloudwatchEventTarget(this, id, {
        rule: rule.name,
        arn: places.stateMachine.arn,
        roleArn: places.ruleRole.arn,
        retryPolicy: RETRIES,
        dependsOn,
        ...what,
      });
    this.endRule = new CloudwatchEventRule(this, 'EndRule', {
      name: physicalName(NAME_LIMITS.eventRule, stackName, job, 'frees-place'),
      description: `Frees the places of ended runs of ${job}`,
      eventPattern: jsonLiteral({
        ...EXECUTION_STATUS_CHANGE,
        detail: { stateMachineArn: [stateMachineArn], status: ['SUCCEEDED', ...FAILED_EXECUTION] },
      }),
      state: 'ENABLED',
      tags,
    });
    this.minuteRule = new CloudwatchEventRule(this, 'MinuteRule', {
      name: physicalName(NAME_LIMITS.eventRule, stackName, job, 'keeps-places'),
      description: `Gives free places to waiting runs of ${job}`,
      scheduleExpression: 'rate(1 minute)',
      state: 'ENABLED',
      tags,
    });
    this.targets = [
      createTarget('EndTarget', this.endRule, {
        inputTransformer: {
          inputPaths: { run: '$.detail.name' },
          inputTemplate: jsonLiteral({ ...input, run: '<run>' }),
        },
      }),
      createTarget('MinuteTarget', this.minuteRule, { input: jsonLiteral(input) }),
    ];
  }
}
