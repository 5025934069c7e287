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
    { path: 'resources.job.properties.connectTo[1]', fix: 'remove one of them' },
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
