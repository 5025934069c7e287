/** Files next to the configs of {@link KINDS}, by path. */
export const FILES: { readonly [path: string]: string } = {
  'package.json': '{}',
  'fine.ts': 'export default () => {};',
  'main.ts': 'console.log(1);',
  'broken.ts': 'export const = 5;',
  'no-handler.ts': 'export const other = () => {};',
  'import.ts': "import 'not-installed';",
  'lib/data.json': '{}',
  'handler.py': 'def run(event, context):\n    pass\n',
  'zip/index.js': 'exports.handler = () => {};',
  'image/Dockerfile': 'FROM busybox\nCOPY no-such-file /\n',
  'empty/README.md': 'nothing',
};

const busybox = { type: 'prebuilt-image', properties: { image: 'public.ecr.aws/docker/library/busybox:1.37' } };
const small = { cpu: 1, memory: 512 };
const artifact = (handler = 'index.handler') => ({
  type: 'custom-artifact',
  properties: { packagePath: 'zip', handler },
});
const statement = (Sid: string) => [{ Sid, Action: ['s3:GetObject'], Resource: ['*'] }];

/** Resources in a config, by name. */
export type Resources = { readonly [name: string]: { readonly type: string; readonly properties?: object } };

function jobNamed(name: string, properties: object, beside: object = {}): Resources {
  const { container = {}, ...others } = properties as { container?: object };
  const all = { container: { packaging: busybox, ...container }, resources: small, ...others };
  return { [name]: { type: 'batch-job', properties: all, ...beside } };
}

function job(properties: object, beside: object = {}): Resources {
  return jobNamed('report', properties, beside);
}

function code(properties: object, beside: object = {}): Resources {
  return { hook: { type: 'function', properties: { packaging: artifact(), ...properties }, ...beside } };
}

function image(type: string, properties: object): Resources {
  return job({ container: { packaging: { type, properties } } });
}

function bundled(entryfilePath: string, more: object = {}): Resources {
  return code({ packaging: { type: 'stacktape-lambda-buildpack', properties: { entryfilePath, ...more } } });
}

const broken = { JobDefinition: { nothing: 1 } };
const many = (count: number, length: number) =>
  Array.from({ length: count }, (_, index) => `arn:aws:s3:::${'x'.repeat(length)}${index}`);

const event = (type: string, properties: object) => ({ type, properties });
const bus = event('event-bus', { useDefaultBus: true, eventPattern: { source: ['a'] } });

/** A kind of problem that only the construction or the synthesis of a stack finds. */
export interface Kind {
  /** The source file that reports it. */
  readonly source: string;
  readonly resources: Resources;
  /** Sections of the config. @default none */
  readonly sections?: object;
  /** Ends of paths of problems that can be its cause, so that it comes in the report after these. @default none */
  readonly after?: readonly string[];
}

/** The smallest configs with each of these problems, by what is wrong. */
export const KINDS: { readonly [what: string]: Kind } = {
  "a Sid of a job's role": {
    source: 'modules/access/added-statements.ts',
    resources: job({ iamRoleStatements: statement('ReadLargeEvents') }),
  },
  'a Sid of an execution role': {
    source: 'modules/access/added-statements.ts',
    resources: job({ executionRoleStatements: statement('WriteLog') }),
  },
  'a Sid of a function': {
    source: 'modules/access/added-statements.ts',
    resources: code({ iamRoleStatements: statement('WriteLog') }),
  },
  'an attribute in overrides of a job': { source: 'modules/batch-job.ts', resources: job({}, { overrides: broken }) },
  'a resource in overrides of a job': {
    source: 'modules/batch-job.ts',
    resources: job({}, { overrides: { Event1Rule: { name: 'x' } } }),
    after: ['connectTo[0]'],
  },
  'an attribute in overrides of a companion': {
    source: 'modules/stack-overrides.ts',
    resources: { shelf: { type: 'bucket', overrides: { Bucket: { nothing: 1 } } } as Resources[string] },
  },
  'an attribute in overrides of a function': {
    source: 'modules/stack-overrides.ts',
    resources: code({}, { overrides: { Function: { nothing: 1 } } }),
  },
  'an attribute in overrides of what jobs share': {
    source: 'modules/stack-overrides.ts',
    resources: job({}),
    sections: { overrides: { LaunchTemplate: { nothing: 1 } } },
  },
  "no Dockerfile in a job's folder": {
    source: 'modules/container/build-plan.ts',
    resources: image('custom-dockerfile', { buildContextPath: 'empty' }),
  },
  'a package that is not installed': {
    source: 'modules/container/build-plan.ts',
    resources: image('stacktape-image-buildpack', { entryfilePath: 'import.ts' }),
  },
  'code that is no TypeScript': {
    source: 'modules/container/build-plan.ts',
    resources: image('stacktape-image-buildpack', { entryfilePath: 'broken.ts' }),
  },
  "a volume over a job's code": {
    source: 'modules/container/build-plan.ts',
    resources: job({
      container: {
        packaging: {
          type: 'stacktape-image-buildpack',
          properties: { entryfilePath: 'main.ts', includeFiles: ['lib/**'] },
        },
      },
      volumes: [{ type: 'tmpfs', properties: { mountPath: '/app/lib', sizeMb: 16 } }],
    }),
  },
  "a function's code that is no TypeScript": { source: 'modules/function-code.ts', resources: bundled('broken.ts') },
  'two names of a handler': {
    source: 'modules/function-code.ts',
    resources: bundled('fine.ts:default', { handlerFunction: 'other' }),
  },
  'no such handler in code that is built already': {
    source: 'modules/function-code.ts',
    resources: code({ packaging: artifact('other.handler') }),
  },
  'secrets for code that is built already': {
    source: 'modules/function-code.ts',
    resources: code({ environment: { PASSWORD: "$Secret('db')" } }),
  },
  'no such handler in Python': { source: 'modules/function-code.ts', resources: bundled('handler.py:other') },
  'a ring of references': {
    source: 'modules/stack.ts',
    resources: {
      ...jobNamed('one', { container: { environment: { OTHER: "$ResourceParam('two', 'stateMachineArn')" } } }),
      ...jobNamed('two', { container: { environment: { OTHER: "$ResourceParam('one', 'stateMachineArn')" } } }),
    },
  },
  'a policy that is too long': {
    source: 'modules/sums/watch.ts',
    resources: job({ iamRoleStatements: [{ Action: ['s3:GetObject'], Resource: many(400, 200) }] }),
  },
  'a job definition that is too long': {
    source: 'modules/sums/watch.ts',
    resources: job({ container: { environment: { LONG: 'x'.repeat(30_000) } } }),
  },
  'tags that differ in case': {
    source: 'modules/sums/watch.ts',
    resources: job({ tags: { team: 'a' } }),
    sections: { tags: { Team: 'b' } },
  },
  'a name of a rule that its permission does not cover': {
    source: 'modules/invocation/event-rule.ts',
    resources: job({ events: [bus] }, { overrides: { Event1Rule: { name: 'x' } } }),
  },
  "the function's own log": {
    source: 'triggers/cloudwatch-log/trigger.ts',
    resources: code({
      events: [
        {
          type: 'cloudwatch-log',
          properties: { logGroupArn: 'arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/reports-hook' },
        },
      ],
    }),
  },
};

const api = (method: string, more: object = {}) =>
  event('http-api-gateway', { httpApiGatewayName: 'desk', method, path: '/a', ...more });
const balanced = (more: object) =>
  event('application-load-balancer', { loadBalancerName: 'front', priority: 1, paths: ['/a'], ...more });

/** Problems of files that construction refuses as well: configs that the schema or a rule refuses before. */
export const RULED: { readonly [source: string]: Resources } = {
  'modules/access/container-variables.ts': job({ container: { environment: { A: "$Secret('db'" } } }),
  'modules/batch-platform.ts': jobNamed('a job', {}),
  'modules/resources/application-load-balancer/construct.ts': {
    front: { type: 'application-load-balancer' },
    ...job({ events: [balanced({ listenerPort: 9999 })] }),
  },
  'triggers/application-load-balancer/trigger.ts': {
    front: { type: 'application-load-balancer' },
    ...job({ events: [balanced({}), balanced({ paths: ['/b'] })] }),
  },
  'triggers/event-bus/trigger.ts': {
    bus: { type: 'event-bus' },
    ...job({ events: [event('event-bus', { ...bus.properties, eventBusName: 'bus' })] }),
  },
  'triggers/http-api-gateway/trigger.ts': {
    desk: { type: 'http-api-gateway' },
    ...job({ events: [api('GET'), api('GET')] }),
  },
  'triggers/http-api-gateway/authorizer.ts': {
    desk: { type: 'http-api-gateway' },
    ...job({ events: [api('GET', { authorizer: { type: 'other', properties: {} } })] }),
  },
  'triggers/s3/bucket-notification.ts': {
    shelf: { type: 'bucket' },
    ...job({
      events: ['a', 'ab'].map((prefix) =>
        event('s3', {
          bucketArn: "$ResourceParam('shelf', 'arn')",
          s3Event: 's3:ObjectCreated:*',
          filterRule: { prefix },
        }),
      ),
    }),
  },
  'triggers/s3/trigger.ts': job({
    events: [event('s3', { bucketArn: 'arn:aws:s3:::elsewhere', s3Event: 's3:ObjectCreated:*' })],
  }),
  'triggers/sns/trigger.ts': {
    topic: { type: 'sns-topic' },
    ...job({ events: ['a', 'b'].map((a) => event('sns', { topicName: 'topic', filterPolicy: { a: [a] } })) }),
  },
  'triggers/sqs/trigger.ts': {
    inbox: { type: 'sqs-queue', properties: { fifoEnabled: true } },
    ...job({ events: [event('sqs', { sqsQueueName: 'inbox', batchSize: 100 })] }),
  },
};
