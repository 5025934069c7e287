import { configOf, configProblems } from './samples';

const PACKAGING = { type: 'prebuilt-image', properties: { image: 'busybox:1.37' } };
const DIRECTIVE = "$ResourceParam('job', 'stateMachineArn')";

function problems(more: object, job: object = {}) {
  return configProblems({ ...(configOf(job) as object), ...more }).map(({ path, fix }) => `${path}: ${fix}`);
}

it.each(['resources', 'vpc'])('resolves directives in %s', (section) => {
  const vpc = { vpcId: DIRECTIVE, subnetIds: [DIRECTIVE] };
  expect(section === 'vpc' ? problems({ vpc }) : problems({}, { tags: { arn: DIRECTIVE } })).toEqual([]);
});

it.each([
  ['tags.owner', { tags: { owner: DIRECTIVE } }],
  ['backend.bucket', { backend: { type: 's3', bucket: DIRECTIVE } }],
])('refuses them in %s, which Terraform needs first', (path, more) => {
  expect(problems(more)).toEqual([`${path}: write the value itself`]);
});

it('refuses names of resources that are not there, by the property that names them', () => {
  const events = [{ type: 'sqs', properties: { sqsQueueName: 'inbox' } }];
  expect(problems({}, { events })).toEqual([
    'resources.job.properties.events[0].properties.sqsQueueName: add a resource "inbox" of type sqs-queue',
  ]);
});

it('asks for another name if a resource of another type has the name', () => {
  const events = [{ type: 'sqs', properties: { sqsQueueName: 'job' } }];
  const path = 'resources.job.properties.events[0].properties.sqsQueueName';
  expect(problems({}, { events })).toEqual([
    `${path}: add a resource of type sqs-queue with another name, and use that name`,
  ]);
  const { resources } = configOf({ events }) as { resources: object };
  const queues = { orders: { type: 'sqs-queue' }, returns: { type: 'sqs-queue' } };
  expect(problems({ resources: { ...resources, ...queues } })).toEqual([
    `${path}: use one of these names, or add a resource of type sqs-queue with another name`,
  ]);
});

it("ignores the same words in the user's own strings", () => {
  const names = { topicName: 'orders', sqsQueueName: 'inbox', functionName: 'f' };
  const events = [
    { type: 'schedule', properties: { scheduleRate: 'rate(1 hour)', input: names } },
    { type: 'event-bus', properties: { useDefaultBus: true, eventPattern: { detail: { topicName: ['orders'] } } } },
  ];
  expect(problems({}, { events, container: { ...JOB_CONTAINER, environment: names }, tags: names })).toEqual([]);
});

const PART_FIX = 'set a separate variable or property to it, and combine the values in the job';
const LONGER = `${DIRECTIVE}:1`;

it.each([
  ['tags.v', { tags: { v: `x ${DIRECTIVE}` } }],
  ['container.environment.V', { container: { packaging: PACKAGING, environment: { V: JSON.stringify([DIRECTIVE]) } } }],
  [
    'container.environment[0].value',
    { container: { packaging: PACKAGING, environment: [{ name: 'V', value: LONGER }] } },
  ],
  [
    'events[0].properties.input.a[0]',
    { events: [{ type: 'schedule', properties: { scheduleRate: 'rate(1 hour)', input: { a: [LONGER] } } }] },
  ],
  ['container.packaging.properties.command[0]', { container: { packaging: command(`echo ${DIRECTIVE}`) } }],
])('refuses a directive that is a part of a text: %s', (path, job) => {
  expect(problems({}, job)).toContain(`resources.job.properties.${path}: ${PART_FIX}`);
});

it('says how access is granted where a part of an ARN is wanted', () => {
  const iamRoleStatements = [{ Action: ['states:*'], Resource: [`${DIRECTIVE}/*`] }];
  expect(problems({}, { iamRoleStatements })).toEqual([
    'resources.job.properties.iamRoleStatements[0].Resource[0]: add the resource to connectTo, which grants access to all of it, or write the ARN',
  ]);
});

it('refuses custom directives within a string, and directives as names', () => {
  const directives = [{ name: 'Stage', filePath: 'stage.ts' }];
  const environment = { A: "reports-$Stage('x')" };
  expect(problems({ directives }, { container: { packaging: PACKAGING, environment } })).toEqual([
    `resources.job.properties.container.environment.A: ${PART_FIX}`,
  ]);
  const input = { [DIRECTIVE]: 1 };
  const events = [{ type: 'schedule', properties: { scheduleRate: 'rate(1 hour)', input } }];
  expect(problems({}, { events })).toEqual([
    `resources.job.properties.events[0].properties.input["${DIRECTIVE}"]: write the name itself: directives are for values only`,
  ]);
});

it('still reads directives there', () => {
  const environment = { ARN: "$ResourceParam('jobs', 'stateMachineArn')" };
  expect(problems({}, { container: { ...JOB_CONTAINER, environment } })).toEqual([
    'resources.job.properties.container.environment.ARN: did you mean "job"?',
  ]);
});

function command(line: string) {
  return { type: 'prebuilt-image', properties: { image: 'busybox:1.37', command: [line] } };
}

const JOB_CONTAINER = { packaging: { type: 'prebuilt-image', properties: { image: 'busybox:1.37' } } };
