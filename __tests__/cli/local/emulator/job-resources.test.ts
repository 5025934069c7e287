import { jobResources } from '../../../../cli/local/emulator/job-resources';

type Stack = Parameters<typeof jobResources>[1];

/** What a job needs of a stack's resources. */
function needed(resources: object, document: object = {}, job = 'etl') {
  return jobResources(job, {
    config: { stackName: 'reports', resources },
    document: { resource: document },
    fill: (value: unknown) => JSON.parse(JSON.stringify(value).replaceAll('${a}', 'filled')),
    physicalName: (name: string) => (name === 'unnamed' ? undefined : `physical-${name}`),
  } as unknown as Stack);
}

const job = (properties: object) => ({ type: 'batch-job', properties });
const queue = (properties: object = {}) => ({ type: 'sqs-queue', properties });
const names = (resources: object, name?: string) => needed(resources, {}, name).map((each) => each.name);

it('a job that mentions nothing needs nothing', () => {
  expect(needed({ etl: job({ resources: { cpu: 1 }, timeout: null }), q: queue() })).toEqual([]);
  expect(needed({}, {}, 'none')).toEqual([]);
});

it.each([
  ['connectTo', { connectTo: ['q'] }],
  ['an entry of connectTo with what it allows', { connectTo: [{ name: 'q', access: 'read' }] }],
  ['a name', { events: [{ type: 'sqs', properties: { sqsQueueName: 'q' } }] }],
  ['a format', { container: { environment: { URL: "$CfFormat('{}/x', $ResourceParam('q', 'url'))" } } }],
  ['a directive', { container: { environment: { URL: "$ResourceParam('q', 'url')" } } }],
])('a resource is found in %s', (_, properties) => {
  expect(names({ etl: job(properties), q: queue(), other: queue() })).toEqual(['q']);
});

it.each([
  ['another property', { container: { command: ['q'] } }],
  ['a property called Name', { Name: 'q', name: 'q' }],
  ['a list of another property', { dependsOn: ['q'] }],
  ['a name that is no resource', { connectTo: ['toString', 'none'] }],
])('none is found in %s', (_, properties) => {
  expect(names({ etl: job(properties), q: queue() })).toEqual([]);
});

it('what another resource needs comes first, and each once', () => {
  const resources = {
    etl: job({ connectTo: ['q', 'd', 'q'] }),
    q: queue({ deadLetterQueueName: 'd' }),
    d: queue({ backQueueName: 'q' }),
  };
  expect(names(resources)).toEqual(['d', 'q']);
});

it.each(['batch-job', 'function'])('what a %s refers to is its own matter', (type) => {
  const resources = {
    etl: job({ connectTo: ['other'] }),
    other: { type, properties: { connectTo: ['q', 'etl'] } },
    q: queue(),
  };
  expect(names(resources)).toEqual(['other']);
});

it('the stack has the arguments of what it makes', () => {
  const metadata = (path: string) => ({ '//': { metadata: { path } } });
  const mine = { name: '${a}', ...metadata('reports/q/Resource') };
  const document = {
    aws_sqs_queue: { no: {}, other: metadata('reports/x/Resource'), mine },
    aws_sns_topic: { same: metadata('reports/q/Resource') },
  };
  expect(needed({ etl: job({ connectTo: ['q'] }), q: queue() }, document)).toEqual([
    {
      name: 'q',
      type: 'sqs-queue',
      terraformType: 'aws_sqs_queue',
      arguments: { name: 'filled', ...metadata('reports/q/Resource') },
    },
  ]);
});

it('of what it does not make, it has the name, if the config tells it', () => {
  expect(needed({ etl: job({ connectTo: ['q', 'unnamed'] }), q: queue(), unnamed: queue() })).toEqual([
    { name: 'q', type: 'sqs-queue', terraformType: 'aws_sqs_queue', existingName: 'physical-q' },
    { name: 'unnamed', type: 'sqs-queue', terraformType: 'aws_sqs_queue', existingName: undefined },
  ]);
});

it('no emulator is asked for resources of other types', () => {
  const resources = { etl: job({ connectTo: ['x', 'f'] }), x: { type: 'unheard-of' }, f: { type: 'function' } };
  expect(needed(resources).map(({ type, terraformType }) => [type, terraformType])).toEqual([
    ['unheard-of', undefined],
    ['function', undefined],
  ]);
});
