import { jobPicture } from '../../../../cli/console/picture/job-box';
import type { Painter } from '../../../../cli/console/picture/painter';
import { StackResources } from '../../../../cli/console/picture/stack-resources';

jest.mock('../../../../cli/console/picture/capacity', () => ({
  capacityItem: (job: string, _: unknown, pool: object) => ({ id: `${job} on`, pool }),
  hourCost: () => 'an hour',
}));
jest.mock('../../../../cli/console/picture/companion-box', () => ({
  companionItem: (...[id, name, , , access]: [string, string, object, object, string | undefined]) => ({
    id,
    name,
    access,
  }),
  givenTo: ({ given }: { given: object }) => given,
}));
jest.mock('../../../../cli/console/picture/source-box', () => ({
  sourceBox: ({ box }: { box: object }, made: readonly object[]) => ({
    title: 'title',
    detail: [{ text: `${made.length} own` }],
    companions: [],
    ...box,
  }),
}));
jest.mock('../../../../cli/console/picture/settings', () => ({
  ...jest.requireActual('../../../../cli/console/picture/settings'),
  settingsOf: (given: object, _: unknown, about = '') => Object.keys(given).map((name) => `${about}${name}`),
}));

type Given = Parameters<typeof jobPicture>;

const readable = { value: (value: unknown) => `<${value}>`, text: (text: string) => `"${text}"` };

/** A document's resources, each `[type, path, block]`. */
type Made = readonly (readonly [type: string, path: string, block?: object])[];

function stackOf(made: Made): StackResources {
  const resource: Record<string, Record<string, object>> = {};
  for (const [index, [type, path, block]] of made.entries()) {
    resource[type] = { ...resource[type], [`r${index}`]: { ...block, '//': { metadata: { path: `stack/${path}` } } } };
  }
  return new StackResources({ resource } as ConstructorParameters<typeof StackResources>[0]);
}

const PROPS = {
  events: [],
  connectTo: [],
  resources: { cpu: 2, memory: 1800 },
  retryConfig: {
    attempts: 1,
    retryIntervalSeconds: 0,
    retryIntervalMultiplier: 1,
    spotInterruption: { freeRestarts: 4, thenOnDemand: false },
  },
  timeout: undefined,
  useSpotInstances: false,
};

/** The picture of the job `etl`. */
function picture({
  props = {},
  overrides = undefined as object | undefined,
  made = [] as Made,
  triggers = [] as string[],
  pools = [] as object[],
  resources = {},
} = {}) {
  const shown = new Set<string>();
  const painter = {
    config: { resources },
    resources: stackOf(made),
    readable,
    names: { companion: (name: string) => `bucket ${name}` },
    shown,
    item: ({ made: parts, ...item }: { made: { path: string }[] }) => ({
      ...item,
      made: parts.map(({ path }) => path),
    }),
  } as unknown as Painter;
  const properties = { ...PROPS, ...props };
  const job = { type: 'batch-job', properties, ...(overrides !== undefined && { overrides }) } as unknown as Given[1];
  const drawn = jobPicture('etl', job, { triggers, pools } as unknown as Given[2], painter);
  return { ...drawn, shown: [...shown] };
}

it('a job has its name, settings, lines and costs', () => {
  const { item, name, lines, policy, startedBy, runsOn, uses } = picture({ pools: [{ queue: 'a' }, { queue: 'b' }] });
  expect({ name, startedBy, uses, lines }).toEqual({
    name: 'etl',
    startedBy: [],
    uses: [],
    lines: ['<2> vCPU, <1800> MiB', '1 attempt, no timeout'],
  });
  expect(item).toEqual({
    id: 'etl',
    kind: 'job',
    title: 'etl',
    detail: [{ text: '<2> vCPU, <1800> MiB, 1 attempt, no timeout' }],
    settings: ['resources', 'retryConfig', 'timeout', 'useSpotInstances', 'overrides'],
    costs: [
      { withoutPrice: 'Costs nothing while no job runs, except for stored logs.' },
      'an hour',
      { withoutPrice: 'A run that succeeds at once has one state transition.' },
    ],
    made: [],
  });
  expect(policy).toBeDefined();
  expect(runsOn).toEqual([{ queue: 'a' }, { queue: 'b' }].map((pool) => ({ id: 'etl on', pool })));
});

it('what has boxes of its own is no setting', () => {
  const props = { iamRoleStatements: [], executionRoleStatements: [], volumes: [] };
  expect(picture({ props }).item.settings).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/Statements|events|connect/)]),
  );
});

it('limits have a line, and keep a place keeper', () => {
  const limits = { concurrentRuns: 1, whenExceeded: 'wait' };
  const { lines, item } = picture({ props: { limits } });
  expect(lines).toHaveLength(3);
  expect(item.costs?.[0]).toMatch(
    /^Costs \S.* per month while no job runs, for the place keeper of its limits, and for stored logs\.$/,
  );
});

describe('the size', () => {
  const size = (given: Parameters<typeof picture>[0]) => picture(given).lines[0];
  const definition = (container: unknown): Made => [
    ['aws_batch_job_definition', 'etl/JobDefinition', { container_properties: container }],
  ];

  it.each([
    [{ cpu: 1, memory: 512, gpu: 1 }, '<1> vCPU, <512> MiB, <1> GPU'],
    [{ cpu: 1, memory: 512, architecture: 'arm64' }, '<1> vCPU, <512> MiB, arm64'],
    [{ cpu: 1, memory: 512, architecture: 'x86_64' }, '<1> vCPU, <512> MiB'],
  ])('of %j is that of the config', (resources, expected) => {
    expect(size({ props: { resources } })?.replaceAll(/[<>]/g, '')).toBe(expected.replaceAll(/[<>]/g, ''));
    expect(size({ props: { resources } })).toContain('<1> vCPU');
  });

  it('is that of the job definition, where overrides can have changed it', () => {
    const resourceRequirements = [
      { type: 'VCPU', value: '8' },
      { type: 'MEMORY', value: 4096 },
      { type: 'GPU', value: '2' },
    ];
    expect(size({ made: definition(JSON.stringify({ resourceRequirements })) })).toBe('"8" vCPU, "4096" MiB, "2" GPU');
    expect(size({ made: definition('{}') })).toBe('<2> vCPU, <1800> MiB');
    expect(size({ made: definition(undefined) })).toBe('<2> vCPU, <1800> MiB');
  });
});

it.each<[string, object, string]>([
  ['a timeout', { timeout: 1200 }, '1 attempt, 20 min timeout'],
  ['attempts', { retryConfig: { ...PROPS.retryConfig, attempts: 3 } }, '3 attempts, no timeout'],
  ['items', { forEach: {} }, '1 attempt for each item, no timeout'],
  [
    'more memory after it ran out',
    { retryConfig: { ...PROPS.retryConfig, attempts: 3, onOutOfMemory: { memoryMultiplier: 2, maxMemory: 6000 } } },
    '3 attempts, no timeout, up to 6000 MiB after running out of memory',
  ],
  [
    'Spot with one restart',
    { useSpotInstances: true, retryConfig: { ...PROPS.retryConfig, spotInterruption: { freeRestarts: 1 } } },
    '1 attempt, no timeout, 1 free restart',
  ],
  ['Spot', { useSpotInstances: true }, '1 attempt, no timeout, 4 free restarts'],
  [
    'Spot without restarts',
    { useSpotInstances: true, retryConfig: { ...PROPS.retryConfig, spotInterruption: { freeRestarts: 0 } } },
    '1 attempt, no timeout',
  ],
])('the attempts of a job with %s', (_, props, expected) => {
  expect(picture({ props }).lines[1]).toBe(expected);
});

describe('a source', () => {
  const trigger: Made = [
    ['aws_scheduler_schedule', 'etl/Schedule1/Resource'],
    ['aws_batch_job_definition', 'etl/JobDefinition'],
    ['aws_s3_bucket', 'uploads/Resource'],
  ];
  const event = (box = {}) => ({ type: 'schedule', properties: { scheduleRate: 'x' }, box });

  it('has its box, and what was made for it is not made for the job', () => {
    const { startedBy, item, shown } = picture({
      props: { events: [event(), event()] },
      made: trigger,
      triggers: ['etl/Schedule1'],
    });
    expect(startedBy).toEqual([
      {
        id: 'etl/events/0',
        kind: 'schedule',
        title: 'title',
        detail: [{ text: '1 own' }],
        settings: ['scheduleRate'],
        made: ['etl/Schedule1/Resource'],
      },
      expect.objectContaining({ id: 'etl/events/1', detail: [{ text: '0 own' }], made: [] }),
    ]);
    expect(item).toMatchObject({ made: ['etl/JobDefinition'] });
    expect(shown).toEqual([]);
  });

  it('has its schedule, limits and job', () => {
    const box = { schedule: 'rate', limits: 'limits', job: 'other' };
    expect(picture({ props: { events: [event(box)] } }).startedBy[0]).toMatchObject(box);
  });

  it('has what its companions are, unless they are none', () => {
    const { startedBy, shown } = picture({
      props: { events: [event({ companions: ['uploads', 'none', 'job'] })] },
      made: trigger,
      resources: { uploads: { type: 'bucket', given: { versioning: true } }, job: { type: 'batch-job' } },
    });
    expect(startedBy[0]).toMatchObject({
      settings: ['scheduleRate', 'Bucket uploadsversioning'],
      made: ['uploads/Resource'],
    });
    expect(shown).toEqual(['uploads', 'none', 'job']);
  });
});

describe('what it uses', () => {
  it('is a companion, a job or mail, each once', () => {
    const connectTo = ['uploads', { name: 'uploads' }, 'other', 'aws:ses', 'aws:new'];
    const resources = { uploads: { type: 'bucket' }, other: { type: 'batch-job' } };
    const { uses, shown } = picture({ props: { connectTo }, resources });
    expect(uses).toEqual([
      { id: 'etl/uses/uploads', name: 'uploads', access: undefined },
      { id: 'etl/uses/other', kind: 'job', title: 'other', detail: [{ text: 'job of this stack' }], made: [] },
      { id: 'etl/uses/aws:ses', kind: 'aws:ses', title: 'Amazon SES', detail: [{ text: 'mail' }], made: [] },
      { id: 'etl/uses/aws:new', kind: 'aws:new', title: 'aws:new', detail: [{ text: 'mail' }], made: [] },
    ]);
    expect(shown).toEqual(['uploads', 'other', 'aws:ses', 'aws:new']);
  });

  const role = (path: string, ...statements: object[]): Made => [
    ['aws_iam_role_policy', path, { policy: JSON.stringify({ Statement: statements }) }],
    ['aws_s3_bucket', 'uploads/Resource'],
  ];
  const own = '${aws_s3_bucket.r1.arn}';

  it.each<[string, Made, string | undefined]>([
    ['reads', role('etl/JobRole/Policy', { Action: 's3:GetObject', Resource: `${own}/*` }), 'read'],
    ['writes', role('etl/JobRole/Policy', { Action: ['s3:PutObject'], Resource: [own] }), 'write'],
    [
      'does both',
      role(
        'etl/JobRole/Policy',
        { Action: 's3:PutObject', Resource: own },
        { Action: ['s3:GetObject'], Resource: ['x', own] },
      ),
      'read and write',
    ],
    ['may not', role('etl/JobRole/Policy', { Effect: 'Deny', Action: 's3:GetObject', Resource: own }), undefined],
    [
      'reads another',
      role('etl/JobRole/Policy', { Action: 's3:GetObject', Resource: '${aws_s3_bucket.r9.arn}' }),
      undefined,
    ],
    ['has another role that reads', role('etl/Trigger/Role', { Action: 's3:GetObject', Resource: own }), undefined],
    [
      'has a policy that is none',
      [
        ['aws_iam_role_policy', 'etl/JobRole/Policy', {}],
        ['aws_s3_bucket', 'uploads/Resource'],
      ],
      undefined,
    ],
  ])('a job that %s', (_, made, access) => {
    const { uses } = picture({ props: { connectTo: ['uploads'] }, resources: { uploads: { type: 'bucket' } }, made });
    expect(uses).toEqual([{ id: 'etl/uses/uploads', name: 'uploads', access }]);
  });

  const efs = (name: string, readOnly: boolean) => ({ type: 'efs', properties: { efsFilesystemName: name, readOnly } });

  it.each([
    [[true], 'read'],
    [[false], 'read and write'],
    [[true, false], 'read and write'],
    [[false, true], 'read and write'],
    [[true, true], 'read'],
  ])('a file system that is mounted read-only: %j', (readOnly, access) => {
    const volumes = [{ type: 'host', properties: {} }, ...readOnly.map((each) => efs('files', each))];
    const { uses, shown } = picture({ props: { volumes }, resources: { files: { type: 'efs-filesystem' } } });
    expect(uses).toEqual([{ id: 'etl/uses/files', name: 'files', access }]);
    expect(shown).toEqual(['files']);
  });

  it('a file system that is not there has no box', () => {
    const props = { volumes: [efs('none', true), efs('other', true)] };
    expect(picture({ props, resources: { other: { type: 'batch-job' } } })).toMatchObject({ uses: [], shown: [] });
  });
});
