import { indexed } from '../../modules/config/indexed-config';
import { findingsOf } from '../../modules/config/rule';
import { FREE, REFERENCE_RULES } from '../../modules/stack-config/references';
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

it('resolves the account, and asks for it where it must be known', () => {
  const account = '$AwsAccountId()';
  const fix = 'set allowedAccountIds to a list with the account ID alone, or write the ID itself';
  expect(problems({ outputs: [{ name: 'account', value: account }] }, { tags: { account } })).toEqual([]);
  expect(problems({ tags: { account } })).toEqual([`tags.account: ${fix}`]);
  expect(problems({ namePrefix: `x-${account}` })).toEqual([`namePrefix: ${fix}`]);
  const arn = `$Format('arn:aws:s3:::{}', ${account})`;
  const events = [{ type: 's3', properties: { bucketArn: arn, s3EventType: 's3:ObjectCreated:*' } }];
  expect(problems({}, { events })).toEqual([`resources.job.properties.events[0].properties.bucketArn: ${fix}`]);
});

it('asks for the account of an existing resource once', () => {
  const { resources } = configOf({}) as { resources: object };
  const inbox = { type: 'sqs-queue', existing: { arn: "$Format('arn:aws:sqs:eu-west-1:{}:inbox', $AwsAccountId())" } };
  expect(configProblems({ ...(configOf({}) as object), resources: { ...resources, inbox } })).toEqual([
    expect.objectContaining({ path: 'resources.inbox.existing.arn', accepted: 'the ARN of an SQS queue' }),
  ]);
});

it('asks for the whole name of an existing resource, and not for a directive', () => {
  const { resources } = configOf({}) as { resources: object };
  const files = {
    type: 'bucket',
    existing: { arn: "$Format('arn:aws:s3:::{}', $ResourceParam('job', 'logGroupArn'))" },
  };
  expect(problems({ resources: { ...resources, files } })).toEqual([
    'resources.files.existing.arn: write it whole, as it is in AWS',
  ]);
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
const FORMAT = `$CfFormat('{}', ${DIRECTIVE})`;
const event = (type: string, properties: object) => ({ type, properties });
const LONGER = `${DIRECTIVE}:1`;

it.each([
  ['tags.v', { tags: { v: `x ${DIRECTIVE}` } }, 'x {}'],
  [
    'container.environment.V',
    { container: { packaging: PACKAGING, environment: { V: JSON.stringify([DIRECTIVE]) } } },
    '["{}"]',
  ],
  [
    'container.environment[0].value',
    { container: { packaging: PACKAGING, environment: [{ name: 'V', value: LONGER }] } },
    '{}:1',
  ],
  [
    'events[0].properties.input.a[0]',
    { events: [{ type: 'schedule', properties: { scheduleRate: 'rate(1 hour)', input: { a: [LONGER] } } }] },
    '{}:1',
  ],
  ['container.packaging.properties.command[0]', { container: { packaging: command(`echo ${DIRECTIVE}`) } }, 'echo {}'],
  [
    'iamRoleStatements[0].Resource[0]',
    { iamRoleStatements: [{ Action: ['states:*'], Resource: [`${DIRECTIVE}/*`] }] },
    '{}/*',
  ],
])('refuses a directive that is a part of a text: %s', (path, job, pattern) => {
  expect(problems({}, job)).toContain(`resources.job.properties.${path}: write $Format('${pattern}', ${DIRECTIVE})`);
});

it('refuses a part of a text that cannot be in a format', () => {
  const environment = { V: `{} ${DIRECTIVE}`, X: `a $Format('{}', 'b')` };
  const at = 'resources.job.properties.container.environment';
  expect(problems({}, { container: { packaging: PACKAGING, environment } })).toEqual([
    `${at}.V: ${PART_FIX}`,
    `${at}.X: ${PART_FIX}`,
  ]);
});

it.each([
  [
    'events[0].properties.bucketArn',
    { events: [event('s3', { bucketArn: FORMAT, s3EventType: 's3:ObjectCreated:*' })] },
    'a bucket',
  ],
  ['events[0].properties.snsTopicArn', { events: [event('sns', { snsTopicArn: FORMAT })] }, 'an sns-topic'],
])('wants one resource in %s, whose kind is read here', (path, job, kind) => {
  expect(problems({}, job)).toEqual([
    `resources.job.properties.${path}: add ${kind} to resources and write $ResourceParam('<its name>', 'arn'), or write an ARN`,
  ]);
});

it('reads the directives of a format where text can be', () => {
  const wrong = "$CfFormat('{}/*', $ResourceParam('jobs', 'stateMachineArn'))";
  const job = (text: string) => ({
    container: { ...JOB_CONTAINER, environment: { A: text } },
    iamRoleStatements: [{ Action: ['states:*'], Resource: [text] }],
  });
  expect(problems({}, { ...job(FORMAT), tags: { v: FORMAT } })).toEqual([]);
  expect(problems({}, job(wrong))).toEqual([
    'resources.job.properties.container.environment.A: did you mean "job"?',
    'resources.job.properties.iamRoleStatements[0].Resource[0]: did you mean "job"?',
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

/** The codes and paths of what these rules alone find in a config, whatever else is wrong with it. */
const places = (config: object) =>
  findingsOf(REFERENCE_RULES, indexed({ ...config })).map(({ path, finding }) => [finding.code, path.join('.')]);
const ofJob = (properties: object) => ({ resources: { job: { type: 'batch-job', properties } } });
const inJob = (path: string) => `resources.job.properties.${path}`;

describe('a name', () => {
  const named = { sqsQueueName: 'inbox' };

  it.each(['resources', 'notifications', 'alarms'])('is one in %s, at any depth', (section) => {
    expect(places({ [section]: { a: [{ b: named }] } })).toEqual([['unknown-name', `${section}.a.0.b.sqsQueueName`]]);
  });

  it.each(['tags', 'backend', 'vpc', 'compute', 'cloudformationResources', 'other'])('is a text in %s', (section) => {
    expect(places({ [section]: named })).toEqual([]);
  });

  it.each([...FREE])("is a text in the user's own %s", (property) => {
    expect(places(ofJob({ [property]: { more: [named] } }))).toEqual([]);
  });

  it('is a text in what users write themselves, of which there are these', () => {
    expect([...FREE]).toEqual([
      ...['Condition', 'environment', 'eventPattern', 'filterCriteria', 'filterPolicy', 'input', 'inputTransformer'],
      ...['overrides', 'parameters', 'tags'],
    ]);
  });

  it('is no item of a list, no inherited property, and no number', () => {
    expect(places(ofJob({ sqsQueueName: ['inbox'], toString: 'inbox', queueName: 'inbox' }))).toEqual([]);
    expect(places(ofJob({ sqsQueueName: 5 }))).toEqual([]);
  });

  it('may be that of a resource of the type', () => {
    const { resources } = ofJob(named);
    expect(places({ resources: { ...resources, inbox: { type: 'sqs-queue' } } })).toEqual([]);
  });

  it('with a directive in it is a directive in a text', () => {
    expect(places(ofJob({ sqsQueueName: `x${DIRECTIVE}` }))).toEqual([['invalid-directive', inJob('sqsQueueName')]]);
  });
});

describe('the report of a name', () => {
  const event = (sqsQueueName: string) => ({ events: [{ type: 'sqs', properties: { sqsQueueName } }] });
  const report = (name: string, others: object = {}, job: object = event(name)) => {
    const { resources } = configOf(job) as { resources: object };
    return configProblems({ stackName: 'reports', resources: { ...resources, ...others } }).map(
      ({ found, accepted, fix }) => [found, accepted, fix],
    );
  };
  const queue = { type: 'sqs-queue' };

  it('says that the config has none', () => {
    expect(report('inbox')).toEqual([
      ['"inbox"', 'the name of an sqs-queue; the config has none', 'add a resource "inbox" of type sqs-queue'],
    ]);
  });

  it('lists those that fit, without others', () => {
    const others = { orders: queue, returns: queue, news: { type: 'sns-topic' } };
    expect(report('inbox', others)).toEqual([
      ['"inbox"', 'the name of an sqs-queue: orders, returns', 'add a resource "inbox" of type sqs-queue'],
    ]);
    expect(report('order', others).map(([, , fix]) => fix)).toEqual(['did you mean "orders"?']);
    expect(report('inbox', { orders: queue })).toEqual([
      ['"inbox"', 'the name of an sqs-queue: orders', 'did you mean "orders"?'],
    ]);
  });

  it('says what has the name instead', () => {
    expect(report('news', { news: { type: 'sns-topic' } })).toEqual([
      [
        '"news", which is an sns-topic',
        'the name of an sqs-queue; the config has none',
        'add a resource of type sqs-queue with another name, and use that name',
      ],
    ]);
  });

  it('does not offer a job to itself', () => {
    const after = (jobName: string) => ({ events: [{ type: 'batch-job', properties: { jobName } }] });
    const accepted = (name: string, others = {}) => report(name, others, after(name)).map(([, text]) => text);
    expect(accepted('load')).toEqual(['the name of a batch-job; the config has no other']);
    const { job } = (configOf({}) as { resources: { job: object } }).resources;
    expect(accepted('load', { extract: job })).toEqual(['the name of a batch-job: extract']);
  });

  it('offers any resource to a notification of all jobs', () => {
    const topics = { snsTopicName: 'alert', news: { type: 'sns-topic' } };
    const { resources } = configOf({}) as { resources: object };
    const problem = configProblems({
      stackName: 'reports',
      resources: { ...resources, news: topics.news, onFailure: topics.news },
      notifications: { onFailure: { snsTopicName: 'alert' } },
    });
    expect(problem.map(({ path, accepted }) => [path, accepted])).toEqual([
      ['notifications.onFailure.snsTopicName', 'the name of an sns-topic: news, onFailure'],
    ]);
  });
});

describe('a directive', () => {
  const unknown = "$ResourceParam('jobs', 'arn')";

  it.each(['resources', 'cloudformationResources', 'vpc', 'compute', 'notifications', 'alarms', 'backend', 'tags'])(
    'is looked at in %s',
    (section) => {
      expect(places({ ...ofJob({}), [section]: { at: unknown } })).toEqual([['invalid-directive', `${section}.at`]]);
    },
  );

  it('is a text in other sections', () => {
    expect(places({ ...ofJob({}), directives: { at: unknown }, stackName: unknown })).toEqual([]);
  });

  it.each(['cloudformationResources', 'vpc', 'compute', 'notifications', 'alarms'])('is resolved in %s', (section) => {
    expect(places({ ...ofJob({}), [section]: { at: DIRECTIVE } })).toEqual([]);
  });

  it('refers to an attribute of a CloudFormation resource', () => {
    const at = (name: string, type: unknown = 'AWS::Kinesis::Stream') =>
      places({
        cloudformationResources: { clicks: { Type: type } },
        vpc: { at: `$CfResourceParam('${name}', 'Arn')` },
      });
    expect(at('clicks')).toEqual([]);
    expect(at('taps')).toEqual([['invalid-directive', 'vpc.at']]);
    expect(at('clicks', 5)).toEqual([['invalid-directive', 'vpc.at']]);
  });

  it('refers to no resource without a type, or of an unknown one', () => {
    const at = (job: object) => places({ resources: { job }, vpc: { at: DIRECTIVE } });
    expect(at({ type: 'batch-job' })).toEqual([]);
    expect(at({})).toEqual([['invalid-directive', 'vpc.at']]);
    expect(at({ type: 5 })).toEqual([['invalid-directive', 'vpc.at']]);
    // The type is reported by itself.
    expect(at({ type: 'other' })).toEqual([]);
  });

  it('of the config is one only by a name that is a text', () => {
    const at = (directives: unknown) => places({ directives, vpc: { at: "x $Stage('a')" } });
    expect(at([{ name: 'Stage' }])).toEqual([['invalid-directive', 'vpc.at']]);
    expect(at([{ name: 'Other' }])).toEqual([]);
    expect(at([{}, { name: 5 }, { name: ['Stage'] }])).toEqual([]);
    expect(at('Stage')).toEqual([]);
  });

  it('is no key, not even after a space or as a part of one', () => {
    const at = (key: string) => places({ vpc: { [key]: 1 } });
    for (const key of ['$Anything(', ` ${DIRECTIVE}`, `x${DIRECTIVE}`]) {
      expect(at(key)).toEqual([['invalid-directive', `vpc.${key}`]]);
    }
    expect(at('$Anything')).toEqual([]);
    expect(problems({}, { tags: { [DIRECTIVE]: 'x' } })).toContain(
      `resources.job.properties.tags["${DIRECTIVE}"]: write the name itself: directives are for values only`,
    );
  });

  it('where none is resolved, or in a key, is reported with what is accepted', () => {
    const accepted = (more: object) => configProblems({ ...(configOf({}) as object), ...more })[0]?.accepted;
    expect(accepted({ tags: { owner: DIRECTIVE } })).toBe('a value that is known before any resource exists');
    const input = { [DIRECTIVE]: 1 };
    const events = [{ type: 'schedule', properties: { scheduleRate: 'rate(1 hour)', input } }];
    expect(accepted(configOf({ events }) as object)).toBe('a name without a directive in it');
  });
});
