/**
 * What is synthesized, run: Terraform resolves the stack's documents (against a mocked AWS), moto runs them.
 * moto has no restarts of Batch's own, so a Spot interruption that uses no attempt is simulated around the local interpreter.
 */

import { interpret } from '../../cli/local/state-machine/interpreter';
import type { Json } from '../../cli/local/state-machine/json-value';
import type { BatchJobsConfig } from '../../modules/stack-config/config';
import { type Moto, placeStateMachine, startMoto, unavailable } from './engines/moto';
import { describeWith, terraformAvailable, workspace } from './engines/terraform';
import { synthesize } from './synthesize';

const config: BatchJobsConfig = {
  stackName: 'runs',
  region: 'eu-west-1',
  resources: {
    report: {
      type: 'batch-job',
      properties: {
        container: {
          packaging: {
            type: 'prebuilt-image',
            properties: { image: 'busybox', command: ['sh', '-c', 'echo "${HOME} %{x}"'] },
          },
          environment: { GREETING: 'hello ${name}' },
        },
        resources: { cpu: 1, memory: 512 },
        useSpotInstances: true,
        timeout: 90,
        retryConfig: {
          attempts: 3,
          retryIntervalSeconds: 1,
          retryIntervalMultiplier: 2,
          spotInterruption: { freeRestarts: 2, thenOnDemand: true },
        },
      },
    },
  },
};

interface Documents {
  readonly definition: string;
  readonly containerProperties: Parameters<typeof placeStateMachine>[2];
  readonly retryStrategy: { readonly attempts: number; readonly evaluate_on_exit: { readonly action: string }[] };
}

/** The documents as AWS would get them. */
async function documents(): Promise<Documents> {
  const synthesized = synthesize(config);
  const copy = workspace(synthesized.dir);
  try {
    const resources = [...(await copy.mockApply()).resources.values()];
    const of = (type: string) => resources.find((resource) => resource.type === type)?.values ?? {};
    const [retryStrategy] = of('aws_batch_job_definition').retry_strategy as Documents['retryStrategy'][];
    return {
      definition: String(of('aws_sfn_state_machine').definition),
      containerProperties: JSON.parse(String(of('aws_batch_job_definition').container_properties)),
      retryStrategy: retryStrategy as Documents['retryStrategy'],
    };
  } finally {
    copy.dispose();
    synthesized.dispose();
  }
}

const reason = unavailable();
const moto = reason === undefined ? { available: true as const } : { available: false as const, reason };

describeWith([terraformAvailable(), moto], 'synthesized documents', () => {
  let server: Moto;
  let made: Documents;

  beforeAll(async () => {
    [server, made] = await Promise.all([startMoto(), documents()]);
  });

  afterAll(async () => {
    await server?.stop();
  });

  it('succeed in one state, and the container gets the event, its attempt and its own variables', async () => {
    const machine = await placeStateMachine(server, made.definition, made.containerProperties);
    const run = await machine.run({ name: 'report-1', input: '{"id":7}' });
    expect(run.execution.status).toBe('SUCCEEDED');
    expect(run.visited).toEqual(['Attempt 1']);
    expect(run.jobs[0]?.detail.container?.command).toEqual(['sh', '-c', 'echo "${HOME} %{x}"']);
    expect(run.jobs[0]?.detail.timeout).toEqual({ attemptDurationSeconds: 90 });
    expect(run.jobs[0]?.environment).toMatchObject({
      GREETING: 'hello ${name}',
      STP_TRIGGER_EVENT_DATA: '{"id":7}',
      STP_MAXIMUM_ATTEMPTS: '3',
      STP_CURRENT_ATTEMPT: '1',
    });
  });

  it('retry a failing job after 1 and 2 seconds, with the numbers of its attempts', async () => {
    const machine = await placeStateMachine(server, made.definition, made.containerProperties, [3, 'timeout', 0]);
    const run = await machine.run();
    expect(run.execution.status).toBe('SUCCEEDED');
    expect(run.jobs.map(({ environment }) => environment.STP_CURRENT_ATTEMPT)).toEqual(['1', '2', '3']);
    const seconds = run.waits.map(({ milliseconds }) => Math.round(milliseconds / 1000));
    expect(seconds).toEqual([1, 2]);
  });

  it("end with the job's error and cause when all attempts are used up", async () => {
    const machine = await placeStateMachine(server, made.definition, made.containerProperties, [42]);
    const run = await machine.run();
    expect(run.jobs).toHaveLength(3);
    expect(run.execution).toMatchObject({ status: 'FAILED', error: 'States.TaskFailed' });
    expect(JSON.parse(run.execution.cause ?? '')).toMatchObject({ Container: { ExitCode: 42 } });
  });

  it('send an attempt without free restarts to the on-demand queue, with the same number', async () => {
    const machine = await placeStateMachine(server, made.definition, made.containerProperties, ['reclaim', 0]);
    const run = await machine.run();
    expect(run.execution.status).toBe('SUCCEEDED');
    expect(run.jobs.map(({ environment }) => environment.STP_CURRENT_ATTEMPT)).toEqual(['1', '1']);
    expect(new Set(run.jobs.map(({ queueName }) => queueName)).size).toBe(2);
  });

  it('restart an interrupted job inside its attempt (the local interpreter, since moto has no restarts of AWS Batch)', async () => {
    const { attempts, evaluate_on_exit: rules } = made.retryStrategy;
    expect(attempts).toBe(3);
    expect(rules).toMatchObject([
      { action: 'RETRY', on_status_reason: 'Host EC2*' },
      { action: 'RETRY', on_exit_code: '143' },
      { action: 'EXIT', on_reason: '*' },
    ]);
    const ends = ['Host EC2 (instance i-1) terminated.', 'Host EC2 (instance i-2) terminated.', undefined];
    const starts: string[] = [];
    const run = await interpret(JSON.parse(made.definition), {
      task: ({ parameters }) => {
        // Batch runs one submitted job until an end that its rules do not restart, at most `attempts` times.
        for (const reason of ends.slice(0, attempts)) {
          starts.push(JSON.stringify(parameters).match(/STP_CURRENT_ATTEMPT","Value":"(\d+)/)?.[1] ?? '');
          if (reason === undefined) return { output: { Status: 'SUCCEEDED' } as Json };
        }
        throw new Error('the job was interrupted more often than it can be restarted');
      },
    });
    expect(run.status).toBe('SUCCEEDED');
    expect(run.visited).toEqual(['Attempt 1']);
    expect(starts).toEqual(['1', '1', '1']);
  });
});
