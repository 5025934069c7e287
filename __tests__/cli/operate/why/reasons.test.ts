import { Command } from 'commander';
import { defined } from '../../../../cli/command-line';
import { answer } from '../../../../cli/operate/why/reason';
import { REASON_GROUPS, REASONS, why } from '../../../../cli/operate/why/reasons';
import { SUBCOMMANDS } from '../../../../cli/subcommands';
import { CASES } from './cases';
import { failed, idle, minutesAgo, RUN, runnable, story } from './sample-facts';

const indexOf = (code: string) => REASONS.findIndex((reason) => reason.code === code);

test('every reason has a case', () => {
  const covered = new Set(CASES.map(([code]) => code));
  expect(REASONS.map(({ code }) => code).filter((code) => !covered.has(code))).toEqual([]);
});

test.each(CASES)('%s (%s)', (code, _origin, facts) => {
  const found = why(facts);
  expect(found.code).toBe(code);
  for (const text of [found.sentence, found.fix, ...(found.command ?? [])])
    expect(text).not.toMatch(/[{}]|undefined|NaN/);
  expect(found.sentence).toMatch(/^[A-Z\d]/);
  expect(found.fix).toMatch(/^[A-Z]/);
});

// Facts that show two causes. The first is the answer, and the second one would be if the order were another.
const BOTH = [
  [
    'a job that no instance can hold, in an invalid environment',
    'blocked-max-vcpus',
    'environment-invalid',
    runnable({
      batchJob: { statusReason: 'MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE' },
      environment: { status: 'INVALID', statusReason: 'CLIENT_ERROR - something' },
    }),
  ],
  [
    'an invalid environment, which AWS Batch also reports of the job',
    'environment-cluster',
    'blocked-invalid-environment',
    runnable({
      batchJob: { statusReason: 'ACTION_REQUIRED - CE(s) associated with the job queue are invalid.' },
      environment: { status: 'INVALID', statusReason: 'CLIENT_ERROR - Clusters can not be blank.' },
    }),
  ],
  [
    'a used-up quota, which AWS Batch reports as no capacity',
    'launch-spot-quota',
    'blocked-no-capacity',
    runnable({
      batchJob: { statusReason: 'CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY - Service cannot fulfill the capacity' },
      environment: { launchFailure: { at: minutesAgo(1), message: 'MaxSpotInstanceCountExceeded' } },
    }),
  ],
  [
    'an instance that does not register, of which AWS Batch knows nothing',
    'instances-not-registered',
    'blocked-undetermined',
    runnable({
      batchJob: { statusReason: 'UNDETERMINED - Batch job is blocked, root cause is undetermined.' },
      environment: { desiredVcpus: 2, lastLaunch: minutesAgo(20) },
    }),
  ],
  [
    'a disabled environment, which failed to launch an instance before',
    'environment-disabled',
    'launch-failed',
    runnable({ environment: { state: 'DISABLED', launchFailure: { at: minutesAgo(1), message: 'something' } } }),
  ],
  [
    'a failed launch, and a quota that is too low',
    'launch-free-plan',
    'quota-too-low',
    runnable({
      environment: {
        launchFailure: { at: minutesAgo(1), message: 'The specified instance type is not eligible for Free Tier.' },
        quota: { code: 'L-34B43A08', name: 'All Standard Spot Instance Requests', vcpus: 1 },
      },
    }),
  ],
  [
    'a quota that is too low, while AWS Batch asks for an instance',
    'quota-zero',
    'instance-starting',
    runnable({
      environment: {
        desiredVcpus: 2,
        quota: { code: 'L-34B43A08', name: 'All Standard Spot Instance Requests', vcpus: 0 },
      },
    }),
  ],
  [
    'no capacity, while other jobs run',
    'blocked-no-capacity',
    'no-room',
    runnable({
      batchJob: { statusReason: 'CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY - Service cannot fulfill the capacity' },
      queue: { running: { number: 1, isMore: false }, runningNames: ['import-1'] },
      environment: { desiredVcpus: 2, registered: 1, connected: 1 },
    }),
  ],
  [
    'a job that waits in a queue that was disabled since, where jobs still run',
    'max-vcpus-in-use',
    'queue-disabled',
    runnable({
      queue: { state: 'DISABLED', running: { number: 1, isMore: false }, runningNames: ['import-1'] },
      environment: { desiredVcpus: 256, registered: 1, connected: 1 },
    }),
  ],
  [
    'a job behind others, while an instance starts for all of them',
    'instance-starting',
    'behind-other-jobs',
    runnable({ queue: { position: 2, head: { name: 'import-1' } }, environment: { desiredVcpus: 2 } }),
  ],
  [
    'a timeout that kills the program',
    'timeout',
    'exit-killed',
    failed({ outcome: 'timed-out', reason: 'Job attempt duration exceeded timeout', exitCode: 137 }),
  ],
  [
    'a rule that is disabled after a run',
    'rule-disabled',
    'succeeded',
    idle(
      { rules: [{ name: 'nightly', isEnabled: false, schedule: 'rate(1 day)' }] },
      { run: { name: RUN, story: story({ status: 'SUCCEEDED' }) } },
    ),
  ],
] as const;

test.each(BOTH)('%s: %s, not %s', (_name, first, second, facts) => {
  expect(why(facts).code).toBe(first);
  expect(REASONS[indexOf(second)]?.find(facts)).toBeDefined();
  expect(indexOf(first)).toBeLessThan(indexOf(second));
});

test('a job behind a blocked one waits for the reason of that one', () => {
  const statusReason =
    'MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT - The job resource requirement (vCPU/memory/GPU) is higher';
  const facts = runnable({ queue: { position: 2, head: { name: 'import-1', statusReason } } });
  expect(why(facts)).toMatchObject({
    code: 'blocked-job-too-large',
    sentence: `Run ${RUN} waits behind import-1, which needs more vCPUs, memory or GPUs than any instance of the compute environment has (default_x86_64).`,
  });
});

test('what delays the first job of a queue delays those behind it', () => {
  const facts = runnable({ queue: { position: 2, head: { name: 'import-1' } }, environment: { desiredVcpus: 2 } });
  expect(why(facts).sentence).toBe(`Run ${RUN} waits behind import-1, which waits for an instance that is starting.`);
});

test('one usable environment is enough', () => {
  const facts = runnable();
  const [usable] = facts.environments;
  if (usable === undefined) throw new Error('the sample has an environment');
  const broken = {
    ...usable,
    name: 'other',
    status: 'INVALID',
    statusReason: 'CLIENT_ERROR - Clusters can not be blank.',
  };
  expect(why({ ...facts, environments: [broken, usable] }).code).toBe('waits-for-instance');
});

test('the jobs that use all vCPUs are named', () => {
  const [, , facts] = CASES.find(([code]) => code === 'max-vcpus-in-use') ?? [];
  expect(facts && why(facts).sentence).toBe(
    `Run ${RUN} waits because other jobs use 255 of the 256 vCPUs that compute.maxVcpus allows: report-1, report-2, import-3 and 2 others.`,
  );
});

test('a quota is named as Service Quotas names it', () => {
  const [, , facts] = CASES.find(([code]) => code === 'quota-zero') ?? [];
  expect(facts && why(facts)).toMatchObject({
    sentence: `Run ${RUN} waits because the account may not run any Spot vCPUs of this kind in eu-west-1: its quota is 0.`,
    fix: 'Request a quota of at least 2 vCPUs in the Service Quotas console: EC2, "All Standard (A, C, D, H, I, M, R, T, Z) Spot Instance Requests" (L-34B43A08).',
  });
});

test('codes are unique, except for causes that a run can have while it starts and after it failed', () => {
  const codes = REASON_GROUPS.flatMap(({ reasons }) => reasons.map(({ code }) => code));
  const twice = codes.filter((code, index) => codes.indexOf(code) !== index);
  expect(twice.every((code) => /^(image|secret|log-group|container|architecture|gpu|command)-/.test(code))).toBe(true);
});

test('a text without a value is a defect', () => {
  const reason = { code: 'made', sentence: '{missing}', fix: 'Nothing.', find: () => ({}) };
  expect(() => answer(reason, {})).toThrow('The reason made has no value for missing.');
});

test('each command exists, with the arguments and options that a reason gives it', () => {
  const commands = new Set(REASONS.flatMap(({ command }) => command ?? []));
  for (const command of commands) {
    const [name = '', ...words] = command.split(' ');
    const subcommand = SUBCOMMANDS.find((one) => one.name === name);
    if (subcommand === undefined) throw new Error(`${command}: there is no command ${name}`);
    const parsed = defined(new Command(name), subcommand, () => undefined);
    const { operands, unknown } = parsed.parseOptions(words);
    expect(unknown).toEqual([]);
    const { registeredArguments: wanted } = parsed;
    expect(wanted.filter(({ required }) => required).length).toBeLessThanOrEqual(operands.length);
    expect(wanted.some(({ variadic }) => variadic) || wanted.length >= operands.length).toBe(true);
  }
});

describe('a run that ran out of memory', () => {
  const oom = { container: 'OutOfMemoryError: Container killed due to memory usage', exitCode: 137 };
  const told = (memory: number | undefined, maxMemory?: number) => {
    const facts = failed(oom);
    const { run, job } = facts;
    const attempts = run?.story.attempts.map((each) => ({ ...each, memory })) ?? [];
    const { sentence, fix } = why({
      ...facts,
      job: { ...job, maxMemory },
      run: run && { ...run, story: { ...run.story, attempts } },
    });
    return [sentence, fix];
  };

  test('is told of the property that gives the next attempt more', () => {
    expect(told(undefined)).toEqual([
      expect.stringMatching(/ because it used more memory than resources\.memory \(3800 MiB\)\.$/),
      'Raise resources.memory, or set retryConfig.onOutOfMemory to give the next attempt more, and deploy.',
    ]);
  });

  test('is told what its last attempt had, and that more attempts would get more', () => {
    expect(told(7600, 30_000)).toEqual([
      expect.stringMatching(/ because it used more memory than the 7600 MiB of its last attempt\.$/),
      'Raise retryConfig.attempts, and deploy: the next attempt would have more, up to 30000 MiB.',
    ]);
  });

  test('is told that the maximum is too low', () => {
    expect(told(30_000, 30_000)[1]).toBe('Raise retryConfig.onOutOfMemory.maxMemory, and deploy.');
  });
});
