import { randomUUID } from 'node:crypto';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DescribeExecutionCommand, ListExecutionsCommand } from '@aws-sdk/client-sfn';
import type { BatchJobsConfig } from '../../../modules/stack-config/config';
import { type EndedRun, runEndEvent } from '../../../triggers/batch-job/run-end-event';
import { AwsApi } from '../engines/aws-api';
import { type Emulator, emulatorAvailable, startEmulator } from '../engines/ministack';
import { unavailable } from '../engines/moto';
import { type OperatedStack, operatedStack } from '../engines/operated-stack';
import { describeWith, terraformAvailable } from '../engines/terraform';

const small = {
  container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox:1.37' } } },
  resources: { cpu: 1, memory: 512 },
} as const;

const config: BatchJobsConfig = {
  stackName: 'chain',
  region: 'eu-west-1',
  resources: {
    load: { type: 'batch-job', properties: small },
    report: {
      type: 'batch-job',
      properties: {
        ...small,
        events: [{ type: 'batch-job', properties: { jobName: 'load', on: ['succeeded', 'failed'] } }],
      },
    },
  },
};

const reason = unavailable();
const moto = reason === undefined ? { available: true as const } : { available: false as const, reason };

/**
 * moto runs the state machines, and the trigger function is the bundle. moto sends no events of executions: the test sends them as AWS
 * documents them, if the deployed rule's pattern matches, which ministack decides.
 */
describeWith([terraformAvailable(), moto, emulatorAvailable()], 'a job that follows another one', () => {
  let stack: OperatedStack;
  let lambda: LambdaClient;
  let bus: Emulator;

  beforeAll(async () => {
    [stack, bus] = await Promise.all([operatedStack(config), startEmulator()]);
    const credentials = { accessKeyId: 'emulated', secretAccessKey: 'emulated' };
    lambda = new LambdaClient({ endpoint: stack.front.endpoint, region: 'eu-west-1', credentials });
  });

  afterAll(async () => {
    lambda?.destroy();
    await stack?.stop();
    await bus?.stop();
  });

  /** What Step Functions says of the end of a run. Each end has one id, however often it is delivered. */
  async function endOf(executionArn: string): Promise<unknown> {
    const {
      stateMachineArn = '',
      name = '',
      status,
      startDate,
      stopDate,
      input = '{}',
      output,
      error,
      cause,
    } = await stack.ended(executionArn);
    const ended: EndedRun = {
      ...{ stateMachineArn, name, input, output, error, cause },
      status: status as EndedRun['status'],
      startedAt: startDate?.getTime() ?? 0,
      endedAt: stopDate?.getTime() ?? 0,
    };
    return runEndEvent(ended, { id: randomUUID(), region: 'eu-west-1', account: '123456789012' });
  }

  /** Delivers an event by the rule of the job that follows. @returns whether the rule's pattern matches it */
  async function deliver(event: unknown): Promise<boolean> {
    const { event_pattern: EventPattern } = stack.resource('aws_cloudwatch_event_rule', 'report_').values;
    const api = new AwsApi(bus, 'eu-west-1');
    const { Result } = await api.json<{ Result: boolean }>('events', 'AWSEvents.TestEventPattern', {
      EventPattern,
      Event: JSON.stringify(event),
    });
    if (!Result) return false;
    const input = { FunctionName: 'chain-report-trigger', Payload: JSON.stringify(event) };
    const { FunctionError } = await lambda.send(new InvokeCommand(input));
    expect(FunctionError).toBeUndefined();
    return true;
  }

  /** The runs of a job, the oldest first. */
  async function runs(job: string): Promise<string[]> {
    const stateMachineArn = stack.stateMachineArn(job);
    const { executions = [] } = await stack.sfn.send(new ListExecutionsCommand({ stateMachineArn }));
    return executions
      .sort((one, other) => (one.startDate?.getTime() ?? 0) - (other.startDate?.getTime() ?? 0))
      .flatMap(({ executionArn }) => executionArn ?? []);
  }

  async function inputOf(executionArn = ''): Promise<unknown> {
    const { input = '' } = await stack.sfn.send(new DescribeExecutionCommand({ executionArn }));
    return JSON.parse(input);
  }

  it('has one run for an end that is delivered twice, and another one when either job is rerun', async () => {
    const [loaded] = [await stack.start('load', 'load-1', { day: '2026-01-01' })];
    const end = await endOf(loaded);
    expect(await deliver(end)).toBe(true);
    expect(await deliver(end)).toBe(true);
    const [first = '', ...others] = await runs('report');
    expect(others).toEqual([]);
    expect(await inputOf(first)).toEqual(end);
    expect(await inputOf(first)).toMatchObject({ detail: { name: 'load-1', input: '{"day":"2026-01-01"}' } });

    const rerun = await stack.command(['rerun', 'load-1', '--yes']);
    expect({ code: rerun.code, stderr: rerun.stderr }).toEqual({ code: 0, stderr: '' });
    const again = (await runs('load')).find((arn) => arn.endsWith(':load-1-rerun-1')) ?? '';
    const secondEnd = await endOf(again);
    expect(await deliver(secondEnd)).toBe(true);
    expect(await deliver(secondEnd)).toBe(true);
    const both = await runs('report');
    expect(both).toHaveLength(2);
    expect(await inputOf(both.find((arn) => arn !== first))).toEqual(secondEnd);

    await stack.ended(first);
    const name = first.split(':').at(-1) ?? '';
    const repeated = await stack.command(['rerun', name, '--yes']);
    expect({ code: repeated.code, stderr: repeated.stderr }).toEqual({ code: 0, stderr: '' });
    const all = await runs('report');
    expect(all).toHaveLength(3);
    expect(await inputOf(all.find((arn) => arn.endsWith(`:${name}-rerun-1`)))).toEqual(end);
    // A late delivery still starts nothing.
    expect(await deliver(end)).toBe(true);
    expect(await runs('report')).toHaveLength(3);
  });

  it('starts when the other one fails, and not when it is stopped or starts', async () => {
    const before = (await runs('report')).length;
    const ended = { stateMachineArn: stack.stateMachineArn('load'), startedAt: 1, endedAt: 2, input: '{}' };
    const envelope = { id: randomUUID(), region: 'eu-west-1', account: '123456789012' };
    const ofStatus = (status: string, id = randomUUID()) =>
      runEndEvent({ ...ended, name: `load-${id}`, status: status as EndedRun['status'] }, { ...envelope, id });
    expect(await deliver(ofStatus('ABORTED'))).toBe(false);
    expect(await deliver(ofStatus('RUNNING'))).toBe(false);
    expect(await deliver(ofStatus('FAILED'))).toBe(true);
    expect(await deliver(ofStatus('TIMED_OUT'))).toBe(true);
    expect(await runs('report')).toHaveLength(before + 2);
  });
});
