import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Testing } from 'cdktf';
import { BatchJobsStack, ConfigError, defineConfig, loadConfig, resourceParam } from 'cdktf-batch-jobs';
import { fullConfig } from './stack-config/samples';
import { Synthesis } from './synthesis';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stack-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const busybox = { type: 'prebuilt-image', properties: { image: 'busybox:1.37' } } as const;

const config = defineConfig({
  stackName: 'reports',
  region: 'eu-west-1',
  resources: {
    inbox: { type: 'sqs-queue' },
    report: {
      type: 'batch-job',
      properties: {
        container: { packaging: busybox, environment: { INBOX_URL: resourceParam('inbox', 'url') } },
        resources: { cpu: 1, memory: 512 },
      },
    },
  },
});

function written(name: string, value: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(value));
  return path;
}

function refused(given: unknown): ConfigError {
  try {
    new BatchJobsStack(Testing.app(), given as typeof config);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

it('takes a config as it is written, and fills the defaults in', () => {
  const stack = new BatchJobsStack(Testing.app(), config);
  expect(stack.node.id).toBe('reports');
  expect(new Synthesis(stack).one('aws_sqs_queue', 'inbox')).toMatchObject({ name: 'reports-inbox' });
  expect([...stack.jobs.keys()]).toEqual(['report']);
});

it('makes the same of a config, of what loadConfig has read, and of the config in it', async () => {
  const loaded = await loadConfig(written('any-name.json', config));
  const json = [config, loaded, loaded.config].map((given) =>
    Testing.synth(new BatchJobsStack(Testing.app(), given), true),
  );
  expect(json[1]).toBe(json[0]);
  expect(json[2]).toBe(json[0]);
});

it('makes the same of a config that was completed by hand', async () => {
  const loaded = await loadConfig(written('full.json', fullConfig()));
  // As a config that went through JSON: another object, with every default in it.
  const again = JSON.parse(JSON.stringify(loaded.config));
  expect(Testing.synth(new BatchJobsStack(Testing.app(), again, { baseDir: folder }))).toBe(
    Testing.synth(new BatchJobsStack(Testing.app(), loaded)),
  );
});

it('finds the files of a config that was loaded where the config is', async () => {
  const job = structuredClone(config.resources.report) as { properties: { container: { packaging: unknown } } };
  job.properties.container.packaging = { type: 'custom-dockerfile', properties: { buildContextPath: 'job' } };
  const path = written('reports.json', { ...config, resources: { inbox: { type: 'sqs-queue' }, job } });
  mkdirSync(join(folder, 'job'));
  writeFileSync(join(folder, 'job', 'Dockerfile'), 'FROM busybox\n');
  const loaded = await loadConfig(path);
  expect(new BatchJobsStack(Testing.app(), loaded).buildContexts.get('job')).toBeDefined();
  expect(() => new BatchJobsStack(Testing.app(), loaded.config)).toThrow(ConfigError);
});

it('reports every problem of a config at once, under the name of its stack', () => {
  const { report } = config.resources;
  const wrong = { ...config, regoin: 'eu-west-1', resources: { report, other: { type: 'sqs-queue', propertys: {} } } };
  const { message, problems } = refused(wrong);
  expect(problems.map(({ path }) => path)).toEqual([
    'resources.report.properties.container.environment.INBOX_URL',
    'resources.other.propertys',
    'regoin',
  ]);
  expect(message).toMatch(/^reports: 3 problems/);
});

it.each([[undefined], [null], ['batch-jobs.config.ts'], [42], [[]], [() => config]])('refuses %p', (given) => {
  expect(refused(given).source).toBe('BatchJobsStack');
});

it('says what to do with a promise', () => {
  expect(refused(loadConfig(written('a.json', config))).problems).toMatchObject([
    { path: '', found: 'a promise', accepted: 'a config', fix: 'await it, as in `await loadConfig()`' },
  ]);
});

it('checks a loaded config again after it was changed', async () => {
  const loaded = await loadConfig(written('a.json', config));
  loaded.config.tags.Team = 'data';
  expect(new Synthesis(new BatchJobsStack(Testing.app(), loaded)).section('provider')).toMatchObject({
    aws: [{ default_tags: [{ tags: { Team: 'data' } }] }],
  });
  loaded.config.compute.maxVcpus = 0;
  expect(refused(loaded)).toMatchObject({ source: 'a.json', problems: [{ path: 'compute.maxVcpus', found: '0' }] });
});

it('leaves directives that are functions of a file to loadConfig', () => {
  const directives = [{ name: 'Stage', filePath: 'stage.ts' }];
  const { problems } = refused({ ...config, directives, tags: { stage: '$Stage()' } });
  expect(problems).toMatchObject([{ path: 'tags.stage', fix: expect.stringContaining('loadConfig') }]);
});

describe('one report', () => {
  const LOGS = 'arn:aws:logs:eu-west-1:123456789012:log-group';
  const entry = (type: string) => ({ type, properties: { entryfilePath: 'missing.ts' } });
  const image = entry('stacktape-image-buildpack');
  const job = { container: { packaging: image }, resources: { cpu: 1, memory: 512 } };
  const code = { type: 'function', properties: { packaging: entry('stacktape-lambda-buildpack') } };
  const statement = (Sid: string) => [{ Sid, Action: ['s3:GetObject'], Resource: ['*'] }];
  const entries = ['container.packaging.properties', 'packaging.properties'].map((place) => `${place}.entryfilePath`);

  it('has the problems of all resources that only their construction finds', () => {
    const { problems } = refused({
      ...config,
      resources: {
        hook: { ...code, properties: { ...code.properties, iamRoleStatements: statement('WriteLog') } },
        report: {
          type: 'batch-job',
          properties: {
            ...job,
            iamRoleStatements: statement('ReadLargeEvents'),
            executionRoleStatements: statement('WriteLog'),
            events: [{ type: 'schedule', properties: { scheduleRate: 'rate(1 day)' } }],
          },
          overrides: { JobDefinition: { nothing: 1 } },
        },
        inbox: { type: 'sqs-queue', overrides: { SqsQueue: { nothing: 1 } } },
      },
    });
    expect(problems.map(({ path }) => path)).toEqual([
      `resources.report.properties.${entries[0]}`,
      `resources.hook.properties.${entries[1]}`,
      'resources.hook.properties.iamRoleStatements[0].Sid',
      'resources.report.properties.iamRoleStatements[0].Sid',
      'resources.report.properties.executionRoleStatements[0].Sid',
      'resources.report.overrides.JobDefinition.nothing',
      'resources.inbox.overrides.SqsQueue.nothing',
    ]);
  });

  it('has no problem that another one causes: of what is not made yet', () => {
    const { problems } = refused({
      ...config,
      resources: {
        hook: { ...code, overrides: { Function: { description: 'x' } } },
        report: {
          type: 'batch-job',
          properties: {
            ...job,
            connectTo: ['hook'],
            container: { ...job.container, environment: { HOOK: resourceParam('hook', 'arn') } },
          },
          overrides: { JobDefinition: { tags: { a: 'b' } } },
        },
      },
      overrides: { Nothing: { a: 1 } },
    });
    expect(problems.map(({ path }) => path)).toEqual([
      `resources.report.properties.${entries[0]}`,
      `resources.hook.properties.${entries[1]}`,
    ]);
  });

  it('has the problems of what refers to a function or job that has some, and of its events and overrides', () => {
    const ring = (other: string) => ({ OTHER: resourceParam(other, 'stateMachineArn') });
    const { problems } = refused({
      ...config,
      resources: {
        hook: {
          ...code,
          properties: {
            ...code.properties,
            events: [{ type: 'cloudwatch-log', properties: { logGroupArn: `${LOGS}:/aws/lambda/reports-hook` } }],
          },
          overrides: { Function: { nothing: 1 } },
        },
        first: {
          type: 'batch-job',
          properties: { ...job, container: { packaging: image, environment: ring('second') } },
        },
        second: {
          type: 'batch-job',
          properties: {
            ...job,
            container: { packaging: busybox, environment: ring('first') },
            connectTo: ['hook'],
            iamRoleStatements: statement('ReadLargeEvents'),
          },
        },
      },
      overrides: { LaunchTemplate: { nothing: 1 } },
    });
    expect(problems.map(({ path }) => path).sort()).toEqual([
      'overrides.LaunchTemplate.nothing',
      `resources.first.properties.container.environment.OTHER`,
      `resources.first.properties.${entries[0]}`,
      'resources.hook.overrides.Function.nothing',
      'resources.hook.properties.events[0].properties.logGroupArn',
      `resources.hook.properties.${entries[1]}`,
      'resources.second.properties.iamRoleStatements[0].Sid',
    ]);
  });

  it('has what only construction finds beside what the schema refuses, also of a config that no file has', () => {
    const report = { type: 'batch-job', properties: { ...job, container: { packaging: busybox } } };
    const { message, problems } = refused({
      ...config,
      resources: { report: { ...report, overrides: { JobDefinition: { nothing: 1 } } } },
      tag: {},
    });
    expect(problems.map(({ path }) => path)).toEqual(['resources.report.overrides.JobDefinition.nothing', 'tag']);
    expect(message).toMatch(/^reports: 2 problems/);
  });

  /** A config with faults of different kinds, of which only construction and synthesis find any. */
  function faulty(faults: readonly string[]) {
    const has = (fault: string) => faults.includes(fault);
    const simple = { container: { packaging: busybox }, resources: { cpu: 1, memory: 512 } };
    const other = (name: string, fault: string) => ({
      ...busyboxWith(has(fault) ? { OTHER: resourceParam(name, 'stateMachineArn') } : {}),
      resources: simple.resources,
    });
    const one = (fault: string, resource: string) => has(fault) && { overrides: { [resource]: { nothing: 1 } } };
    return {
      ...config,
      resources: {
        db: {
          type: 'relational-database',
          properties: {
            engine: {
              type: 'postgres',
              properties: { version: '16.4', primaryInstance: { instanceSize: 'db.t4g.micro' } },
            },
            credentials: { masterUserPassword: "$Secret('db')" },
          },
          ...one('database', 'Instance'),
        },
        desk: { type: 'http-api-gateway', ...one('gateway', 'Api') },
        bus: { type: 'event-bus', ...one('bus', 'EventBus') },
        visitors: { type: 'user-auth-pool', ...one('pool', 'UserPool') },
        inbox: { type: 'sqs-queue' },
        hook: {
          type: 'function',
          properties: {
            packaging: {
              type: 'custom-artifact',
              properties: { packagePath: has('artifact') ? 'no.zip' : folder, handler: 'index.handler' },
            },
            runtime: 'nodejs22.x',
            iamRoleStatements: has('statement') ? statement('WriteLog') : [],
          },
        },
        first: { type: 'batch-job', properties: other('second', 'cycle') },
        second: { type: 'batch-job', properties: other('first', 'cycle') },
        large: {
          type: 'batch-job',
          properties: {
            ...simple,
            iamRoleStatements: [{ Action: ['s3:GetObject'], Resource: has('sum') ? long : long.slice(0, 60) }],
          },
        },
        third: {
          type: 'batch-job',
          properties: {
            ...simple,
            container: { packaging: has('file') ? image : busybox },
            connectTo: ['db', 'bus', 'visitors', 'hook'],
            events: [
              { type: 'http-api-gateway', properties: { httpApiGatewayName: 'desk', method: 'GET', path: '/' } },
            ],
            iamRoleStatements: has('job statement') ? statement('ReadLargeEvents') : [],
          },
        },
      },
    };
  }

  // Too long for one policy. Among other faults, 60 of them are none.
  const long = Array.from({ length: 400 }, (_, index) => `arn:aws:s3:::${'x'.repeat(200)}${index}`);
  const busyboxWith = (environment: object) => ({ container: { packaging: busybox, environment } });

  it('has the sum of the faults that are found one by one', () => {
    const faults = [
      ...['database', 'gateway', 'bus', 'pool', 'sum', 'artifact', 'statement'],
      ...['cycle', 'file', 'job statement'],
    ];
    writeFileSync(join(folder, 'index.js'), 'exports.handler = () => {};');
    const paths = (given: readonly string[]) => {
      try {
        Testing.synth(new BatchJobsStack(Testing.app(), faulty(given) as typeof config), true);
        return [];
      } catch (error) {
        if (error instanceof ConfigError) return error.problems.map(({ path }) => path);
        throw error;
      }
    };
    expect(paths([])).toEqual([]);
    const each = faults.map((fault) => paths([fault]));
    expect(each.map(({ length }) => length)).not.toContain(0);
    expect([...paths(faults)].sort()).toEqual(each.flat().sort());
  });

  it('has the files that are missing beside what the schema and its rules refuse', async () => {
    const file = written('all.json', {
      ...config,
      tag: {},
      resources: {
        hook: { ...code, properties: { ...code.properties, timeout: 0 } },
        report: { type: 'batch-job', properties: { ...job, connectTo: ['inbox'] } },
      },
    });
    const error = await loadConfig(file).catch((thrown: unknown) => thrown);
    const found = (error as ConfigError).problems.map(({ path, place }) => [path, place === undefined ? 0 : 1]);
    expect(found).toEqual([
      [`resources.hook.properties.${entries[1]}`, 1],
      ['resources.hook.properties.timeout', 1],
      [`resources.report.properties.${entries[0]}`, 1],
      ['resources.report.properties.connectTo[0]', 1],
      ['tag', 1],
    ]);
  });
});

it('a wrong name of a tag of Stacktape is reported where the name is, and a wrong value where the value is', async () => {
  const lines = ['serviceName: reports', 'region: eu-west-1', 'resources: {}', 'stackConfig:', '  tags:'];
  const file = join(folder, 'stacktape.yml');
  writeFileSync(
    file,
    [...lines, '    - value: fine', '      name: aws:team', '    - name: owner', '      value: a*b', ''].join('\n'),
  );
  const error = (await loadConfig(file).catch((thrown: unknown) => thrown)) as ConfigError;
  expect(error.problems.map(({ path, place }) => [path, place?.line])).toEqual([
    ['stackConfig.tags[0].name', 7],
    ['stackConfig.tags[1].value', 9],
  ]);
});
