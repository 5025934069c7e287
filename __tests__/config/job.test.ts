import { jobProps } from '../../modules/config/job';
import { problemsWith, SMALLEST_JOB, SMALLEST_JOB_COMPLETED, tokens } from '../stack-config/samples';

const job = (more: object) => ({ ...SMALLEST_JOB, ...more });
const resources = (more: object) => job({ resources: { ...SMALLEST_JOB.resources, ...more } });
const retried = (retryConfig: object) => job({ retryConfig });
const problems = (value: unknown) =>
  problemsWith(jobProps, value).map(({ path, accepted, fix }) => ({ path, accepted, fix: String(fix) }));

it('the smallest job has all defaults', () => {
  expect(jobProps.parse(SMALLEST_JOB)).toEqual(SMALLEST_JOB_COMPLETED);
});

it.each([
  [resources({ cpu: 448, memory: 25_165_824, gpu: 16, sharedMemoryMb: 25_165_824 })],
  [resources({ memory: 4, gpu: 1, sharedMemoryMb: 1, instanceTypes: ['c7i'], useInstanceStore: true })],
  [resources({ architecture: 'arm64' })],
  [job({ timeout: 60 })],
  [job({ timeout: 31_536_000 })],
  [retried({ attempts: 100, retryIntervalSeconds: 0.5, retryIntervalMultiplier: 1 })],
  [retried({ spotInterruption: { freeRestarts: 0, thenOnDemand: true } })],
  [retried({ spotInterruption: { freeRestarts: 9 } })],
  [retried({ attempts: 2, onOutOfMemory: { maxMemory: 5, memoryMultiplier: 1.1 } })],
  [job({ logging: { disabled: true, retentionDays: 1 } })],
])('%j is right', (value) => {
  expect(problems(value).filter(({ path }) => path !== 'retryConfig.retryIntervalSeconds')).toEqual([]);
});

it('an attempt that is killed for memory is followed by one with twice as much', () => {
  expect(jobProps.parse(retried({ onOutOfMemory: { maxMemory: 2048 } })).retryConfig.onOutOfMemory).toEqual({
    memoryMultiplier: 2,
    maxMemory: 2048,
  });
});

describe('vCPUs', () => {
  it.each([
    [1024, '1024 ECS CPU units are 1 vCPU: write 1'],
    [500, '500 Kubernetes millicores are 0.5 vCPU: write 1, the next whole number'],
    [449, 'write the number of vCPUs; no instance has more than 448'],
    [0.5, 'use 1: EC2 jobs need whole vCPUs'],
    [0, 'use 1: EC2 jobs need whole vCPUs'],
  ])('are not %d', (cpu, fix) => {
    const accepted = 'a whole number from 1 to 448 vCPUs';
    expect(problems(resources({ cpu }))).toEqual([{ path: 'resources.cpu', accepted, fix }]);
  });
});

describe.each(['memory', 'sharedMemoryMb'])('%s', (property) => {
  it.each([
    [0.5, 'memory is in MiB: write 512 for 0.5 GiB'],
    [26_306_674_688, 'memory is in MiB: write 25088'],
    [25_165_825, 'memory is in MiB: write the number of MiB that the job needs'],
    [512.5, 'use 513'],
    [0, property === 'memory' ? 'use 4 to 25,165,824 MiB' : 'use 1'],
    [-1, `use ${property === 'memory' ? 4 : 1} to 25,165,824 MiB`],
  ])('is not %d', (value, fix) => {
    expect(problems(resources({ [property]: value }))).toMatchObject([{ path: `resources.${property}`, fix }]);
  });
});

it('memory of a few MiB was meant in GiB, but shared memory can be so little', () => {
  expect(problems(resources({ memory: 3 }))).toMatchObject([{ fix: 'memory is in MiB: write 3072 for 3 GiB' }]);
  expect(problems(resources({ sharedMemoryMb: 3 }))).toEqual([]);
});

it.each([
  [resources({ gpu: 0 }), 'resources.gpu', 'a whole number from 1 to 16 GPUs'],
  [resources({ gpu: 17 }), 'resources.gpu', 'a whole number from 1 to 16 GPUs'],
  [resources({ instanceTypes: [] }), 'resources.instanceTypes', expect.any(String)],
  [resources({ instanceTypes: [''] }), 'resources.instanceTypes[0]', expect.stringContaining('m6i.large')],
  [resources({ architecture: 'arm' }), 'resources.architecture', expect.any(String)],
  [job({ timeout: 59 }), 'timeout', 'a whole number from 60 to 31,536,000 seconds'],
  [retried({ attempts: 0 }), 'retryConfig.attempts', 'a whole number from 1 to 100 attempts'],
  [retried({ attempts: 101 }), 'retryConfig.attempts', 'a whole number from 1 to 100 attempts'],
  [
    retried({ spotInterruption: { freeRestarts: 10 } }),
    'retryConfig.spotInterruption.freeRestarts',
    'a whole number from 0 to 9 restarts',
  ],
  [retried({ retryIntervalMultiplier: 0.9 }), 'retryConfig.retryIntervalMultiplier', 'a number, 1 or more'],
  [
    retried({ onOutOfMemory: { maxMemory: 8, memoryMultiplier: 1 } }),
    'retryConfig.onOutOfMemory.memoryMultiplier',
    'a number, 1.1 or more',
  ],
  [retried({ onOutOfMemory: true }), 'retryConfig.onOutOfMemory', 'an object such as { maxMemory: 8192 }'],
  [
    retried({ onOutOfMemory: { maxMemory: 4 } }),
    'retryConfig.onOutOfMemory.maxMemory',
    'a whole number from 5 to 25,165,824 MiB',
  ],
  [job({ logging: { retentionDays: 2 } }), 'logging.retentionDays', expect.stringMatching(/^1, 3, 5/)],
])('%j is refused', (value, path, accepted) => {
  expect(problems(value)).toMatchObject([{ path, accepted }]);
});

it.each([
  [resources({ gpu: 1.5 }), 'use 2: a container can only have whole GPUs'],
  [retried({ spotInterruption: { freeRestarts: 10 } }), 'use 9: AWS Batch starts one job up to 10 times'],
  [job({ timeout: 59 }), 'use 60: AWS Batch rejects a timeout under 60 seconds, and an execution can last one year'],
  [retried({ onOutOfMemory: { maxMemory: 3 } }), 'memory is in MiB: write 3072 for 3 GiB'],
  [retried({ retryIntervalSeconds: -1000 }), 'use 0 to 31,536,000 seconds'],
])('%j has its fix: %s', (value, fix) => {
  expect(problems(value)).toMatchObject([{ fix }]);
});

describe('a number that only Terraform knows', () => {
  const { NUMBER } = tokens();

  it.each([
    [job({ timeout: NUMBER }), 'the state machine'],
    [retried({ attempts: NUMBER }), 'the state machine'],
    [retried({ retryIntervalSeconds: NUMBER }), 'the state machine'],
    [retried({ retryIntervalMultiplier: NUMBER }), 'the state machine'],
    [retried({ onOutOfMemory: { maxMemory: NUMBER } }), 'the state machine'],
    [retried({ onOutOfMemory: { maxMemory: 9, memoryMultiplier: NUMBER } }), 'the state machine'],
    [retried({ spotInterruption: { freeRestarts: NUMBER } }), 'the job definition'],
  ])('cannot shape what synthesis writes: %j', (value, document) => {
    const [problem, ...others] = problems(value);
    expect(problem?.fix).toContain(document);
    expect(others).toEqual([]);
  });
});

describe('a log that is kept nowhere', () => {
  const logForwarding = { type: 'http-endpoint', properties: { endpointUrl: 'https://logs.example.com' } };

  it('cannot be sent elsewhere', () => {
    expect(problems(job({ logging: { disabled: true, logForwarding } }))).toEqual([
      {
        path: 'logging.logForwarding',
        accepted: 'either logging.disabled or logForwarding',
        fix: 'remove one of them',
      },
    ]);
  });

  it('is none that is sent elsewhere', () => {
    expect(problems(job({ logging: { disabled: false, logForwarding } }))).toEqual([]);
  });
});

describe('the waits between attempts', () => {
  it('add up to less than a year', () => {
    const [problem, ...others] = problemsWith(
      jobProps,
      retried({ attempts: 100, retryIntervalSeconds: 60, retryIntervalMultiplier: 2 }),
    );
    expect(problem).toMatchObject({
      path: 'retryConfig',
      found: '100 attempts, first wait 60 s, multiplier 2',
      accepted: 'waits that add up to less than a year',
      fix: expect.stringMatching(/^lower attempts, retryIntervalSeconds or retryIntervalMultiplier: /),
    });
    expect(others).toEqual([]);
  });

  it('are those of the values that the config says', () => {
    expect(problems(retried({ attempts: 3, retryIntervalSeconds: 31_535_999 }))).toMatchObject([
      { path: 'retryConfig' },
    ]);
    expect(problems(retried({ attempts: 2, retryIntervalSeconds: 31_535_999 }))).toEqual([]);
    expect(problems(retried({ retryIntervalSeconds: 31_536_000, retryIntervalMultiplier: 2 }))).toEqual([]);
    expect(problems(retried({ attempts: 100, retryIntervalMultiplier: 2 }))).toEqual([]);
  });

  it.each(['attempts', 'retryIntervalSeconds', 'retryIntervalMultiplier'])('are not known with a text as %s', (key) => {
    const value = retried({ attempts: 100, retryIntervalSeconds: 31_536_000, [key]: 'many' });
    expect(problems(value).map(({ path }) => path)).toEqual([`retryConfig.${key}`]);
  });
});
