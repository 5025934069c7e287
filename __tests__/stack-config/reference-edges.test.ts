import { indexed } from '../../modules/config/indexed-config';
import { CLOUDFORMATION, cycleFinding, graphOf, referenceEdges } from '../../modules/stack-config/reference-edges';

const ARN = "$ResourceParam('inbox', 'arn')";
const CF = "$CfResourceParam('clicks', 'Arn')";

function edges(config: object) {
  return referenceEdges(indexed(config as { [section: string]: unknown })).map(({ from, to, path, text }) => [
    from,
    to,
    path.join('.'),
    text,
  ]);
}

const inJob = (properties: object) => edges({ resources: { job: { type: 'batch-job', properties } } });
const at = (path: string) => `resources.job.properties.${path}`;

it('finds a directive wherever it stands, in what users write freely too', () => {
  expect(inJob({ a: [{ b: ARN }], environment: { URL: ARN }, input: CF })).toEqual([
    ['job', 'inbox', at('a.0.b'), ARN],
    ['job', 'inbox', at('environment.URL'), ARN],
    ['job', CLOUDFORMATION, at('input'), CF],
  ]);
});

it('finds the names in connectTo, in both of its forms', () => {
  expect(inJob({ connectTo: ['inbox', { name: 'orders', access: 'read' }, [{ name: 'deeper' }]] })).toEqual([
    ['job', 'inbox', at('connectTo.0'), 'inbox'],
    ['job', 'orders', at('connectTo.1.name'), 'orders'],
  ]);
});

it('finds properties that contain the name of a resource', () => {
  expect(inJob({ events: [{ type: 'sqs', properties: { sqsQueueName: 'inbox', other: 'inbox' } }] })).toEqual([
    ['job', 'inbox', at('events.0.properties.sqsQueueName'), 'inbox'],
  ]);
});

it.each([
  'Condition',
  'environment',
  'eventPattern',
  'filterPolicy',
  'input',
  'inputTransformer',
  'overrides',
  'parameters',
  'tags',
])('finds no names in %s, which has content of the user', (free) => {
  expect(inJob({ [free]: { sqsQueueName: 'inbox', connectTo: ['inbox'] } })).toEqual([]);
});

it.each([
  ['vpc', { vpcId: ARN }, 'vpcId', ARN, 'inbox'],
  ['compute', { securityGroupIds: ARN }, 'securityGroupIds', ARN, 'inbox'],
  ['undeliveredEvents', { alarmTopicName: 'alerts' }, 'alarmTopicName', 'alerts', 'alerts'],
  ['notifications', { onFailure: { snsTopicName: 'alerts' } }, 'onFailure.snsTopicName', 'alerts', 'alerts'],
  [
    'alarms',
    { failedRuns: { notify: { snsTopicName: 'alerts' } } },
    'failedRuns.notify.snsTopicName',
    'alerts',
    'alerts',
  ],
  [CLOUDFORMATION, { a: { Properties: { b: ARN } } }, 'a.Properties.b', ARN, 'inbox'],
])('looks at %s', (section, value, path, text, to) => {
  expect(edges({ [section]: value })).toEqual([[section, to, `${section}.${path}`, text]]);
});

it('looks at no other section', () => {
  expect(edges({ tags: { a: ARN }, backend: { key: ARN } })).toEqual([]);
});

it('finds no names in CloudFormation, whose properties are others', () => {
  expect(edges({ [CLOUDFORMATION]: { a: { Properties: { sqsQueueName: 'inbox' } } } })).toEqual([]);
});

it('has each part in the graph, with all that it refers to', () => {
  const path: string[] = [];
  expect(
    graphOf([
      { from: 'a', to: 'b', path },
      { from: 'a', to: 'c', path },
      { from: 'b', to: 'a', path },
    ]),
  ).toEqual(
    new Map([
      ['a', ['b', 'c']],
      ['b', ['a']],
      ['c', []],
    ]),
  );
});

it('has a name of the config for all of CloudFormation', () => {
  expect(CLOUDFORMATION).toBe('cloudformationResources');
});

it('reports each step of a ring', () => {
  const steps = [
    { path: ['resources', 'a', 0], to: 'b' },
    { path: ['vpc', 'vpcId'], to: 'a' },
  ];
  expect(cycleFinding(steps, 'Terraform')).toEqual({
    code: 'circular-reference',
    found: 'a ring of references: resources.a[0] refers to b, vpc.vpcId refers to a',
    accepted: 'references that do not lead back: Terraform creates a resource after the ones it refers to',
    fix: 'remove one of these references',
  });
  expect(cycleFinding(steps.slice(0, 1), 'CloudFormation')).toMatchObject({ fix: 'remove this reference' });
});
