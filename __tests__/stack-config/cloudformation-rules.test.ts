import { configOf, configProblems } from './samples';

const queue = { Type: 'AWS::SQS::Queue' };

function problems(cloudformationResources: unknown, job: object = {}) {
  return configProblems({ ...(configOf(job) as object), cloudformationResources }).map(
    ({ path, fix }) => `${path.replace('cloudformationResources', 'cf')}: ${fix}`,
  );
}

it('takes every part of a resource', () => {
  const full = {
    Type: 'AWS::SQS::Queue',
    Properties: { a: [1, null, { b: true }] },
    DependsOn: ['other'],
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Snapshot',
    CreationPolicy: { ResourceSignal: { Count: 1 } },
    UpdatePolicy: { AutoScalingReplacingUpdate: {} },
    Metadata: { owner: 'us' },
  };
  expect(problems({ full, other: queue, third: { Type: 'My::Own::Kind::MODULE', DependsOn: 'full' } })).toEqual([]);
});

it.each<[object, string]>([
  [{ 'my-queue': queue }, 'cf.my-queue: write myqueue'],
  [{ queue: { Type: 'SQS' } }, 'cf.queue.Type: write a type such as AWS::SQS::Queue'],
  [
    { f: { Type: 'AWS::Serverless::Function' } },
    'cf.f.Type: use the types that it expands to, such as AWS::Lambda::Function: transforms are not supported',
  ],
  [{ queue: { ...queue, properties: {} } }, 'cf.queue.properties: did you mean "Properties"?'],
  [{ queue: { ...queue, DeletionPolicy: 'Keep' } }, 'cf.queue.DeletionPolicy: use one of these'],
  [{ queue: { ...queue, DependsOn: 'queu' } }, 'cf.queue.DependsOn: did you mean "queue"?'],
  [{ queue: { ...queue, DependsOn: ['queu'] } }, 'cf.queue.DependsOn[0]: did you mean "queue"?'],
  [
    { queue: { ...queue, Properties: { a: [{ Ref: 'job' }] } } },
    'cf.queue.Properties.a[0].Ref: add "job" to cloudformationResources, or use $ResourceParam for a resource of this config',
  ],
  [
    { queue: { ...queue, Properties: { a: { 'Fn::GetAtt': ['JobRole', 'Arn'] } } } },
    'cf.queue.Properties.a["Fn::GetAtt"]: write the ARN or the name of the role of "job": the id is of Stacktape\'s stack',
  ],
  [
    { queue: { ...queue, Properties: { a: { 'Fn::GetAtt': ['queu', 'Arn'] } } } },
    'cf.queue.Properties.a["Fn::GetAtt"]: did you mean "queue"?',
  ],
  [
    { queue: { ...queue, Properties: { a: { 'Fn::GetAtt': 'queu.Arn' } } } },
    'cf.queue.Properties.a["Fn::GetAtt"]: did you mean "queue"?',
  ],
  [
    { queue: { ...queue, Properties: { a: "$ResourceParam('jub', 'stateMachineArn')" } } },
    'cf.queue.Properties.a: did you mean "job"?',
  ],
  [{ queue: { ...queue, Properties: { a: 'x'.repeat(60_000) } } }, 'cf: move some of them to another stack'],
])('%j is refused', (resources, problem) => {
  expect(problems(resources)).toEqual([problem]);
});

it('takes references to each other and to what CloudFormation knows by itself', () => {
  const Properties = {
    a: { Ref: 'AWS::Region' },
    b: { 'Fn::GetAtt': ['other', 'Arn'] },
    c: { 'Fn::Join': ['', [{ Ref: 'other' }]] },
  };
  expect(problems({ queue: { ...queue, Properties }, other: queue })).toEqual([]);
});

it('counts what the template holds', () => {
  const many = Object.fromEntries(Array.from({ length: 501 }, (_, index) => [`q${index}`, queue]));
  const tags = Object.fromEntries(
    Array.from({ length: 201 }, (_, index) => [`t${index}`, `$CfResourceParam('q${index}', 'Arn')`]),
  );
  expect(configProblems({ ...(configOf({ tags }) as object), cloudformationResources: many })).toMatchObject([
    {
      path: 'cloudformationResources',
      found: '501 resources',
      accepted: 'at most 500 resources in one CloudFormation template',
    },
    { path: 'cloudformationResources', found: '201 outputs' },
  ]);
});

it('counts the attributes that the whole config asks for', () => {
  const queues = Object.fromEntries(
    Array.from({ length: 201 }, (_, index) => [`q${index}`, { Type: 'AWS::SQS::Queue' }]),
  );
  const outputs = Object.keys(queues).map((name) => ({ name, value: `$CfResourceParam('${name}', 'Arn')` }));
  expect(configProblems({ ...(configOf({}) as object), cloudformationResources: queues, outputs })).toMatchObject([
    { path: 'cloudformationResources', found: '201 outputs' },
  ]);
});

it('refuses attributes of what is not there', () => {
  const events = [{ type: 'sqs', properties: { sqsQueueArn: "$CfResourceParam('queue', 'Arn')" } }];
  expect(problems({}, { events })).toEqual([
    'resources.job.properties.events[0].properties.sqsQueueArn: add "queue" to cloudformationResources',
  ]);
  expect(problems({ queues: queue }, { events })).toEqual([
    'resources.job.properties.events[0].properties.sqsQueueArn: did you mean "queues"?',
  ]);
});

it('asks for EventBridge where a bucket of CloudFormation starts a job', () => {
  const properties = { bucketArn: "$CfResourceParam('photos', 'Arn')", s3EventType: 's3:ObjectCreated:*' };
  const photos = { Type: 'AWS::S3::Bucket' };
  expect(problems({ photos }, { events: [{ type: 's3', properties }] })).toEqual([
    expect.stringContaining('bucketArn: add useEventBridge: true'),
  ]);
  expect(
    problems({ photos }, { events: [{ type: 's3', properties: { ...properties, useEventBridge: true } }] }),
  ).toEqual([]);
});
