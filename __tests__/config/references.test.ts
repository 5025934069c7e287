import { configOf, configProblems } from './samples';

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

it("takes the same words for nothing where the text is the user's own", () => {
  const names = { topicName: 'orders', sqsQueueName: 'inbox', functionName: 'f' };
  const events = [
    { type: 'schedule', properties: { scheduleRate: 'rate(1 hour)', input: names } },
    { type: 'event-bus', properties: { useDefaultBus: true, eventPattern: { detail: { topicName: ['orders'] } } } },
  ];
  expect(problems({}, { events, container: { ...JOB_CONTAINER, environment: names }, tags: names })).toEqual([]);
});

it('still reads directives there', () => {
  const environment = { ARN: "$ResourceParam('jobs', 'stateMachineArn')" };
  expect(problems({}, { container: { ...JOB_CONTAINER, environment } })).toEqual([
    'resources.job.properties.container.environment.ARN: did you mean "job"?',
  ]);
});

const JOB_CONTAINER = { packaging: { type: 'prebuilt-image', properties: { image: 'busybox:1.37' } } };
