import { indexed } from '../../modules/config/indexed-config';
import { injectedVariables } from '../../modules/stack-config/connect-to';
import { configProblems, SMALLEST_JOB } from './samples';

const resources = {
  photos: { type: 'bucket' },
  inbox: { type: 'sqs-queue', existing: { arn: 'arn:aws:sqs:eu-west-1:123456789012:inbox' } },
  api: { type: 'http-api-gateway' },
  users: { type: 'user-auth-pool' },
  usersClient: { type: 'user-auth-pool' },
  hello: {
    type: 'function',
    properties: { packaging: { type: 'stacktape-lambda-buildpack', properties: { entryfilePath: 'hello.ts' } } },
  },
};

const problemsOf = (properties: object, more: object = {}) =>
  configProblems({
    stackName: 'reports',
    resources: { ...resources, job: { type: 'batch-job', properties: { ...SMALLEST_JOB, ...properties } }, ...more },
  });

it('takes what can be connected to', () => {
  expect(problemsOf({ connectTo: ['photos', 'inbox', 'users', 'hello', 'job', 'aws:ses'] })).toEqual([]);
});

it.each([
  [
    'a name that is nearly one',
    ['photo'],
    {
      path: 'resources.job.properties.connectTo[0]',
      found: '"photo"',
      accepted:
        'the name of a resource that can be connected to: photos, inbox, users, usersClient, hello, job, aws:ses',
      fix: 'did you mean "photos"?',
    },
  ],
  ['a name of nothing', ['xyz'], { found: '"xyz"', fix: 'add a resource "xyz"' }],
  ['a name of nothing that is nearly a service', ['aws:sns'], { fix: 'did you mean "aws:ses"?' }],
  [
    'another service',
    ['aws:rekognition'],
    { fix: 'grant access with iamRoleStatements: aws:ses is the only service with a name here' },
  ],
  [
    'what cannot be connected to',
    ['api'],
    {
      found: '"api", which is an http-api-gateway',
      fix: "remove it: calling an http-api-gateway needs no permission. Read its address with $ResourceParam('api', 'domain')",
    },
  ],
  [
    'the same twice',
    ['photos', 'photos'],
    {
      path: 'resources.job.properties.connectTo[1]',
      found: '"photos" again, as at [0]',
      fix: 'remove it',
    },
  ],
  [
    'what sets the same variable',
    ['users', 'usersClient'],
    { found: '"usersClient", which sets STP_USERS_CLIENT_ID as "users" does', fix: 'rename one of them' },
  ],
])('refuses %s', (_, connectTo, problem) => {
  expect(problemsOf({ connectTo })).toEqual([expect.objectContaining(problem)]);
});

it.each([
  ['list', [{ name: 'STP_PHOTOS_NAME', value: 'x' }], '[0].name'],
  ['map', { STP_PHOTOS_NAME: 'x' }, '.STP_PHOTOS_NAME'],
])('refuses a variable of the user’s that a connection sets: %s', (_, environment, path) => {
  const container = { ...SMALLEST_JOB.container, environment };
  expect(problemsOf({ container, connectTo: ['photos'] })).toEqual([
    {
      path: `resources.job.properties.container.environment${path}`,
      found: '"STP_PHOTOS_NAME"',
      accepted: 'a name that connectTo does not set',
      fix: 'rename or remove it: connectTo "photos" sets it',
    },
  ]);
  expect(problemsOf({ container, connectTo: [] })).toEqual([]);
});

it('says the same of a function', () => {
  const { packaging } = resources.hello.properties;
  const properties = { packaging, connectTo: ['nothing', 'photos'], environment: { STP_PHOTOS_ARN: 'x' } };
  expect(problemsOf({}, { hello: { type: 'function', properties } }).map(({ path }) => path)).toEqual([
    'resources.hello.properties.connectTo[0]',
    'resources.hello.properties.environment.STP_PHOTOS_ARN',
  ]);
});

it('counts the parameters that a resource has as it is declared', () => {
  const index = indexed({ resources });
  expect(injectedVariables('inbox', index)).toEqual(['STP_INBOX_NAME', 'STP_INBOX_ARN']);
  expect(injectedVariables('api', index)).toEqual([]);
  expect(injectedVariables('nothing', index)).toEqual([]);
});

it('says nothing of what is wrong anyway', () => {
  const problems = problemsOf({ connectTo: [1, ''] }, { odd: { type: 'odd' } });
  expect(problems.map(({ path }) => path)).toEqual([
    'resources.job.properties.connectTo[0]',
    'resources.job.properties.connectTo[1]',
    'resources.odd.type',
  ]);
});

describe('a connection that allows less', () => {
  const more = {
    inbox: { type: 'sqs-queue' },
    photos: { type: 'bucket' },
    bus: { type: 'event-bus' },
    orders: { type: 'relational-database', properties: { engine: { type: 'postgres' } } },
    balancer: { type: 'application-load-balancer' },
  };
  const rows = (connectTo: unknown) =>
    problemsOf({ connectTo }, more).map(({ path, fix }) => [
      path.replace('resources.job.properties.connectTo', ''),
      fix,
    ]);

  it.each([
    [[{ name: 'photos' }]],
    [
      [
        { name: 'photos', access: 'read', prefix: 'in/' },
        { name: 'photos', access: 'write', prefix: 'out/' },
      ],
    ],
    [
      [
        { name: 'photos', access: 'read' },
        { name: 'photos', access: 'write' },
      ],
    ],
    [[{ name: 'bus', access: 'write' }, 'photos', { name: 'inbox', access: 'readWrite' }, { name: 'orders' }]],
  ])('takes %j', (connectTo) => {
    expect(rows(connectTo)).toEqual([]);
  });

  it.each<[unknown, [path: string, fix: string][]]>([
    [[{ name: 'photos', access: 'reed' }], [['[0].access', 'did you mean "read"?']]],
    [[{ name: 'photos', prefix: 'in/*' }], [['[0].prefix', 'write in/, which selects every key that starts so']]],
    [[{ name: 'inbox', prefix: 'in/' }], [['[0].prefix', 'remove prefix']]],
    [[{ name: 'bus', access: 'read' }], [['[0].access', 'use write, or remove access']]],
    [
      [{ name: 'orders', access: 'read', prefix: 'a' }],
      [
        ['[0].access', 'remove access'],
        ['[0].prefix', 'remove prefix'],
      ],
    ],
    [[{ name: 'aws:ses', access: 'write' }], [['[0].access', 'remove access']]],
    [['photos', { name: 'photos', access: 'read' }], [['[1]', 'remove connectTo[1], or narrow connectTo[0] too']]],
    [[{ name: 'photos', access: 'read' }, 'photos'], [['[1]', 'remove connectTo[0], or narrow connectTo[1] too']]],
    [
      [
        { name: 'photos', prefix: 'in/' },
        { name: 'photos', access: 'read', prefix: 'in/a/' },
      ],
      [['[1]', 'remove connectTo[1], or narrow connectTo[0] too']],
    ],
    // One finding for each fault: what an entry with another fault is meant to allow is unknown.
    [
      [
        { name: 'photos', access: 'reed' },
        { name: 'photos', access: 'reed' },
      ],
      [
        ['[0].access', 'did you mean "read"?'],
        ['[1].access', 'did you mean "read"?'],
      ],
    ],
    [['photos', { name: 'photos', prefix: '/in/' }], [['[1].prefix', 'write in/: keys start without /']]],
    [
      [
        { name: 'inbox', prefix: 'in/' },
        { name: 'inbox', prefix: 'in/' },
      ],
      [
        ['[0].prefix', 'remove prefix'],
        ['[1].prefix', 'remove prefix'],
      ],
    ],
    [
      ['photo', 'photo'],
      [
        ['[0]', 'did you mean "photos"?'],
        ['[1]', 'did you mean "photos"?'],
      ],
    ],
    [
      ['photos', { name: 'photos', access: 'reed' }, 'photos'],
      [
        ['[1].access', 'did you mean "read"?'],
        ['[2]', 'remove it'],
      ],
    ],
    [[{ name: 'photo', access: 'read' }], [['[0].name', 'did you mean "photos"?']]],
    [
      [{ name: 'balancer', access: 'read' }],
      [
        [
          '[0].name',
          "remove it: calling an application-load-balancer needs no permission. Read its address with $ResourceParam('balancer', 'domain')",
        ],
      ],
    ],
    [[{ nme: 'photos' }], [['[0].nme', 'did you mean "name"?']]],
  ])('refuses %j', (connectTo, problems) => {
    expect(rows(connectTo)).toEqual(problems);
  });

  it('sets its variables once, which no other may set', () => {
    const container = { ...SMALLEST_JOB.container, environment: { STP_PHOTOS_NAME: 'x' } };
    const connectTo = [
      { name: 'photos', access: 'read', prefix: 'a/' },
      { name: 'photos', access: 'read', prefix: 'b/' },
    ];
    expect(problemsOf({ container, connectTo }, more).map(({ fix }) => fix)).toEqual([
      'rename or remove it: connectTo "photos" sets it',
    ]);
  });
});
