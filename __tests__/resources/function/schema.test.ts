import { parse } from '../../../modules/config/parse';
import { functionProperties, functionSchema } from '../../../modules/resources/function/schema';
import { events } from '../../../triggers/event-list';
import { problemsWith, tokens } from '../../stack-config/samples';

const PACKAGING = { type: 'stacktape-lambda-buildpack', properties: { entryfilePath: 'src/authorize.ts' } };

const functionResource = functionSchema(events.default([]));

function problems(properties: object) {
  return problemsWith(functionResource, { type: 'function', properties: { packaging: PACKAGING, ...properties } });
}

it('fills in the defaults', () => {
  expect(parse(functionProperties, { packaging: PACKAGING }, 'test')).toEqual({
    packaging: PACKAGING,
    architecture: 'arm64',
    alarms: [],
    connectTo: [],
    joinDefaultVpc: false,
    timeout: 10,
    memory: 1024,
    storage: 512,
    iamRoleStatements: [],
    events: [],
    logging: { disabled: false, retentionDays: 90 },
    tags: {},
  });
});

it('needs its code', () => {
  expect(problemsWith(functionResource, { type: 'function' })).toMatchObject([
    { path: 'properties', fix: 'add properties: function has required ones' },
  ]);
  expect(problemsWith(functionResource, { type: 'function', properties: {} })).toMatchObject([
    { path: 'properties.packaging', fix: 'add it: it is required' },
  ]);
});

it.each(['a.ts', 'a.mts', 'a.cts', 'a.tsx', 'a.js', 'a.mjs', 'a.cjs', 'a.jsx', '../b/c.ts', 'a.ts:main'])(
  'takes %s',
  (entryfilePath) => {
    expect(problems({ packaging: { ...PACKAGING, properties: { entryfilePath } } })).toEqual([]);
  },
);

it.each([
  [{ packaging: { type: 'nixpacks', properties: {} } }, 'properties.packaging.type'],
  [
    { packaging: { type: 'custom-artifact', properties: { handler: 'a' } } },
    'properties.packaging.properties.packagePath',
  ],
  [
    { packaging: { ...PACKAGING, properties: { entryfilePath: 'main.go' } } },
    'properties.packaging.properties.entryfilePath',
  ],
  [
    { packaging: { ...PACKAGING, properties: { entryfilePath: 'a.ts:1' } } },
    'properties.packaging.properties.entryfilePath',
  ],
  [
    { packaging: { ...PACKAGING, properties: { entryfilePath: 'a.ts', handlerFunction: 'a.b' } } },
    'properties.packaging.properties.handlerFunction',
  ],
  [{ architecture: 'arm' }, 'properties.architecture'],
  [{ storage: 511 }, 'properties.storage'],
  [{ storage: 10_241 }, 'properties.storage'],
  [{ iamRoleStatements: [{ Resource: ['*'] }] }, 'properties.iamRoleStatements[0].Action'],
  [{ timeout: 0 }, 'properties.timeout'],
  [{ timeout: 901 }, 'properties.timeout'],
  [{ memory: 127 }, 'properties.memory'],
  [{ memory: 10_241 }, 'properties.memory'],
  [{ logging: { retentionDays: 2 } }, 'properties.logging.retentionDays'],
  [{ tags: { 'aws:x': 'y' } }, 'properties.tags["aws:x"]'],
  [{ events: [{ type: 'kafka-topic', properties: {} }] }, 'properties.events[0].type'],
  [{ handler: 'index.handler' }, 'properties.handler'],
])('%j is refused', (properties, path) => {
  expect(problems(properties).map((problem) => problem.path)).toEqual([path]);
});

it.each(['js-bundle', 'buildpack'])('takes %s, the name of newer versions of Stacktape', (type) => {
  expect(problems({ packaging: { ...PACKAGING, type } })).toEqual([]);
});

it.each([
  [
    'main.go',
    /^build it for the function's architecture, arm64 by default, before.*type: "custom-artifact".*handler: "bootstrap".*runtime: "provided\.al2023"$/,
  ],
  ['src/Save.java:handle', /handler: "<package>\.<Class>::<method>".*runtime: "java17", "java21" or "java25"$/],
  ['main.php', /^use a JavaScript, TypeScript or Python file\. Build other languages before/],
  ['main', /^use a JavaScript, TypeScript or Python file\. Build other languages before/],
])('says what a function in %s needs', (entryfilePath, fix) => {
  expect(problems({ packaging: { ...PACKAGING, properties: { entryfilePath } } })).toMatchObject([
    { fix: expect.stringMatching(fix) },
  ]);
});

it('the runtime beside a file of another language is no problem of its own: the code that is built before has it', () => {
  const properties = { entryfilePath: 'Save.java', languageSpecificConfig: { javaVersion: 17 } };
  expect(problems({ packaging: { ...PACKAGING, properties }, runtime: 'java17' }).map(({ path }) => path)).toEqual([
    'properties.packaging.properties.entryfilePath',
  ]);
});

it.each([
  ['provided.al2023', 'bootstrap'],
  ['java21', 'posts.Save::handle'],
  ['dotnet8', 'App::App.Save::Handle'],
  ['ruby3.4', 'save.handle'],
])('and takes it: %s', (runtime, handler) => {
  const packaging = { type: 'custom-artifact', properties: { packagePath: 'build', handler } };
  expect(problems({ packaging, runtime })).toEqual([]);
});

describe('variables', () => {
  it('are in a list or in a map', () => {
    expect(problems({ environment: [{ name: 'TOKEN_ISSUER', value: 'x' }] })).toEqual([]);
    expect(problems({ environment: { TOKEN_ISSUER: 'x', RETRIES: 3, STRICT: true } })).toEqual([]);
  });

  it.each([
    [{ AWS_REGION: 'x' }, 'properties.environment.AWS_REGION', 'rename or remove it: Lambda sets this variable'],
    [
      [{ name: 'LAMBDA_TASK_ROOT', value: 'x' }],
      'properties.environment[0].name',
      'rename or remove it: Lambda sets this variable',
    ],
    [
      [
        { name: 'AB', value: 1 },
        { name: 'AB', value: 2 },
      ],
      'properties.environment[1].name',
      'remove one of them',
    ],
    [[{ name: '1A', value: 1 }], 'properties.environment[0].name', 'use a name such as TOKEN_ISSUER'],
    [[{ name: 'A-B', value: 1 }], 'properties.environment[0].name', 'use a name such as TOKEN_ISSUER'],
  ])('%j is refused', (environment, path, fix) => {
    expect(problems({ environment })).toMatchObject([{ path, fix }]);
  });

  it('take 4,096 bytes and not one more', () => {
    expect(problems({ environment: { AB: 'x'.repeat(4094) } })).toEqual([]);
    expect(problems({ environment: { AB: 'ü'.repeat(2047), N1: 'x' } })).toMatchObject([
      { path: 'properties.environment', found: '4,099 bytes of names and values' },
    ]);
  });

  it('whose value Terraform alone knows are not counted', () => {
    const { TEXT, NUMBER } = tokens();
    expect(problems({ environment: { AB: TEXT, CD: NUMBER, EF: 'x'.repeat(4088) } })).toEqual([]);
  });
});

it('an existing one is named by its ARN', () => {
  const ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:orders';
  const LOG = 'arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/orders';
  const existing = (given: object) => problemsWith(functionResource, { type: 'function', existing: given });
  const { TEXT } = tokens();
  for (const arn of [
    ARN,
    `${ARN}:live`,
    `${ARN}:$LATEST`,
    ARN.replace('aws', 'aws-cn'),
    TEXT,
    "$CfResourceParam('F', 'Arn')",
  ])
    expect(existing({ arn })).toEqual([]);
  for (const arn of ['', 'orders', 'arn:aws:lambda:f', LOG, `${ARN}:live:2`]) {
    const fix = expect.stringMatching(
      /^write .*(such as|as in) arn:aws:lambda:eu-west-1:123456789012:function:orders$/,
    );
    expect(existing({ arn })).toMatchObject([{ path: 'existing.arn', fix }]);
  }
  for (const logGroupArn of [LOG, `${LOG}:*`, TEXT]) expect(existing({ arn: ARN, logGroupArn })).toEqual([]);
  for (const logGroupArn of ['/aws/lambda/orders', ARN])
    expect(existing({ arn: ARN, logGroupArn })).toMatchObject([
      { path: 'existing.logGroupArn', found: `"${logGroupArn}"` },
    ]);
  expect(existing({ arn: ARN, logGroupArn: ARN })).toMatchObject([
    { fix: 'that is a function: write arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/orders' },
  ]);
});

describe('the version of Node.js of a function', () => {
  const problemsOf = (languageSpecificConfig: object, more: object = {}) =>
    problemsWith(functionResource, {
      type: 'function',
      properties: {
        packaging: { type: 'js-bundle', properties: { entryfilePath: 'a.ts', languageSpecificConfig } },
        ...more,
      },
    });

  it.each<[object, object]>([
    [{}, { runtime: 'nodejs22.x' }],
    [
      { nodeVersion: 24, outputModuleFormat: 'cjs', disableSourceMaps: true, tsConfigPath: 'a' },
      { runtime: 'nodejs24.x' },
    ],
  ])('may be %j %j', (settings, more) => {
    expect(problemsOf(settings, more)).toEqual([]);
  });

  it.each<[object, object, string, string, string]>([
    [{ nodeVersion: 20 }, {}, 'packaging.properties.languageSpecificConfig.nodeVersion', '20', 'use one of these'],
    [
      {},
      { runtime: 'python3.13' },
      'runtime',
      '"python3.13"',
      'remove it, or build the code before synthesis, and use custom-artifact',
    ],
    [{}, { runtime: 'nodejs18.x' }, 'runtime', '"nodejs18.x"', 'did you mean "nodejs22.x"?'],
    [
      { nodeVersion: 24 },
      { runtime: 'nodejs22.x' },
      'runtime',
      '"nodejs22.x" and nodeVersion 24',
      'remove one of them',
    ],
  ])('not %j %j', (settings, more, path, found, fix) => {
    expect(problemsOf(settings, more)).toMatchObject([{ path: `properties.${path}`, found, fix }]);
  });
});

describe('a Python file', () => {
  const problemsOf = (languageSpecificConfig: object, more: object = {}) =>
    problemsWith(functionResource, {
      type: 'function',
      properties: {
        packaging: {
          type: 'stacktape-lambda-buildpack',
          properties: { entryfilePath: 'a.py:run', languageSpecificConfig },
        },
        ...more,
      },
    });

  it.each<[object, object]>([
    [{}, { runtime: 'python3.13' }],
    [{ pythonVersion: 3.12, packageManagerFile: 'requirements.txt' }, { runtime: 'python3.12' }],
    [{ pythonVersion: '3.10' }, { runtime: 'python3.10' }],
  ])('can have %j %j', (settings, more) => {
    expect(problemsOf(settings, more)).toEqual([]);
  });

  const SETTINGS = 'packaging.properties.languageSpecificConfig';

  it.each<[object, object, string, string, string]>([
    [
      { nodeVersion: 24 },
      {},
      `${SETTINGS}.nodeVersion`,
      'a setting for JavaScript or TypeScript, of a file in Python',
      'remove it',
    ],
    [{ pythonVersion: 3.9 }, {}, `${SETTINGS}.pythonVersion`, '3.9', 'use 3.12'],
    [{ pythonVersion: 3.1 }, {}, `${SETTINGS}.pythonVersion`, '3.1', "write '3.10' in quotes"],
    [
      {},
      { runtime: 'nodejs24.x' },
      'runtime',
      '"nodejs24.x"',
      'remove it, or build the code before synthesis, and use custom-artifact',
    ],
    [
      { pythonVersion: 3.12 },
      { runtime: 'python3.13' },
      'runtime',
      '"python3.13" and pythonVersion 3.12',
      'remove one of them',
    ],
  ])('cannot have %j %j', (settings, more, path, found, fix) => {
    expect(problemsOf(settings, more)).toMatchObject([{ path: `properties.${path}`, found, fix }]);
  });

  it('has the only settings for Python', () => {
    const packaging = {
      type: 'js-bundle',
      properties: { entryfilePath: 'a.ts', languageSpecificConfig: { pythonVersion: 3.12 } },
    };
    expect(problemsWith(functionResource, { type: 'function', properties: { packaging } })).toMatchObject([
      {
        path: `properties.${SETTINGS}.pythonVersion`,
        found: 'a setting for Python, of a file in JavaScript or TypeScript',
      },
    ]);
  });
});
