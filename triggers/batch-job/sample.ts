import type { EventBridgeEvent } from 'aws-lambda';
import { RUN_ENDS, type RunEnd } from '../../modules/rules/execution-events';
import { stateMachineName } from '../../modules/rules/job-names';
import { partitionOf } from '../../modules/rules/partitions';
import type { SourceEvent } from '../event-schema';
import { reshaped } from '../reshaped';
import { arnOf, type SampleContext } from '../sample-context';
import { type EndedRun, type RunEndDetail, runEndEvent } from './run-end-event';
import type { batchJob as schema } from './schema';

/** The end of a run of the other job: the first end that the event names. */
export function batchJob({ properties }: SourceEvent<typeof schema>, context: SampleContext): unknown {
  return reshaped(sampleEnd(properties, context), properties);
}

function sampleEnd(
  { jobName, stateMachineArn = '', on }: SourceEvent<typeof schema>['properties'],
  context: SampleContext,
): EventBridgeEvent<string, RunEndDetail> {
  const { stackName, region, account, now, uuid } = context;
  const [end = 'succeeded'] = on;
  const owner = jobName ?? /^\$ResourceParam\(\s*['"]?([^'",)]+)/.exec(stateMachineArn)?.[1];
  const arn =
    owner === undefined
      ? arnOf(context, 'states', { arn: stateMachineArn }, (name) => `stateMachine:${name}`)
      : `arn:${partitionOf(region)}:states:${region}:${account}:stateMachine:${stateMachineName(stackName, owner)}`;
  const ended: EndedRun = {
    stateMachineArn: arn,
    name: `${owner ?? 'sample'}-${uuid().replaceAll('-', '')}`,
    status: STATUS[end],
    startedAt: now.getTime() - 60_000,
    endedAt: now.getTime(),
    input: '{}',
    ...(end === 'succeeded' && { output: '{"Status":"SUCCEEDED"}' }),
    ...(end === 'failed' && { error: 'States.TaskFailed', cause: 'sample' }),
  };
  return runEndEvent(ended, { id: uuid(), region, account });
}

const STATUS = {
  succeeded: RUN_ENDS.succeeded[0],
  failed: RUN_ENDS.failed[0],
  stopped: RUN_ENDS.stopped[0],
} as const satisfies { readonly [End in RunEnd]: string };
