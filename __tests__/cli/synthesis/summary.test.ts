import { Testing } from 'cdktf';
import { summary } from '../../../cli/synthesis/summary';
import { parse } from '../../../modules/config/parse';
import { BatchJobsStack } from '../../../modules/stack';
import { batchJobsConfig } from '../../../modules/stack-config/config';
import { folder, removeFolders } from '../../container/folder';

afterEach(removeFolders);

it('says once what is to be known of images, with the property of the first job', () => {
  const job = {
    type: 'batch-job',
    properties: {
      container: { packaging: { type: 'custom-dockerfile', properties: { buildContextPath: 'job' } } },
      resources: { cpu: 1, memory: 512 },
    },
  };
  const config = parse(batchJobsConfig, { stackName: 'reports', resources: { one: job, two: job } }, 'test');
  const baseDir = folder({ 'job/Dockerfile': 'FROM scratch\nCMD ["/job"]\n', 'job/.env': '' });
  const stack = new BatchJobsStack(Testing.app(), config, { baseDir });
  const hints = summary(config, stack, { configFile: 'jobs.yml', outdir: 'cdktf.out' })
    .split('\n')
    .filter((line) => line.includes('secrets'));
  expect(hints).toEqual([
    'Hint: resources.one.properties.container.packaging.properties.buildContextPath: the build context includes a file that might hold ' +
      'secrets: .env. Add what the image does not need to .dockerignore, or "!" and its path if it does',
  ]);
});

it.each<[what: string, properties: object, hinted: boolean]>([
  ['reads nothing', { forEach: { s3Manifest: '$.key' } }, true],
  ['reads other things', { forEach: { s3Manifest: '$.key' }, connectTo: ['queue'] }, true],
  ['reads a bucket', { forEach: { s3Manifest: '$.key' }, connectTo: ['lists'] }, false],
  [
    'has a statement',
    { forEach: { s3Manifest: '$.key' }, iamRoleStatements: [{ Action: ['s3:Get*'], Resource: ['*'] }] },
    false,
  ],
  ['is denied it', { forEach: { s3Manifest: '$.key' }, iamRoleStatements: [denied()] }, true],
  ['needs none', { forEach: { items: '$.keys' } }, false],
])('says of a job with a manifest that %s whether it finds its items', (_, more, hinted) => {
  const resources = {
    lists: { type: 'bucket' },
    queue: { type: 'sqs-queue' },
    tile: {
      type: 'batch-job',
      properties: {
        container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox' } } },
        resources: { cpu: 2, memory: 1800 },
        ...more,
      },
    },
  };
  const config = parse(batchJobsConfig, { stackName: 'reports', resources }, 'test');
  const text = summary(config, new BatchJobsStack(Testing.app(), config), { configFile: 'jobs.yml', outdir: 'out' });
  const hint = 'Hint: resources.tile.properties.forEach.s3Manifest: the job may read no object of Amazon S3';
  expect(text.includes(hint)).toBe(hinted);
  const terminal = { isTTY: true, columns: 70 };
  const places = { configFile: 'jobs.yml', outdir: 'out', terminal };
  const wrapped = summary(config, new BatchJobsStack(Testing.app(), config), places);
  const lines = wrapped.split('\n');
  const [first = -1] = lines.flatMap((line, index) => (line.startsWith('Hint: resources.tile') ? [index] : []));
  expect(first >= 0).toBe(hinted);
  if (hinted) expect(lines[first + 1]).toMatch(/^ {6}\S/);
});

it('says of a password in plain text that it is one, without the password', () => {
  const resources = {
    orders: {
      type: 'relational-database',
      properties: { engine: { type: 'postgres' }, credentials: { masterUserPassword: 'hunter2hunter2' } },
    },
    cache: { type: 'redis-cluster', properties: { defaultUserPassword: 'hunter2hunter2hunter2' } },
  };
  const config = parse(batchJobsConfig, { stackName: 'reports', resources }, 'test');
  const text = summary(config, new BatchJobsStack(Testing.app(), config), { configFile: 'jobs.yml', outdir: 'out' });
  expect(text).toContain(
    'Hint: resources.orders.properties.credentials.masterUserPassword: the password is in plain text',
  );
  expect(text).toContain('Hint: resources.cache.properties.defaultUserPassword: the password is in plain text');
  expect(text).not.toContain('hunter2');
});

function denied() {
  return { Effect: 'Deny', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::lists/*'] };
}

describe('at 80 columns', () => {
  const properties = {
    container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox' } } },
    resources: { cpu: 2, memory: 1800 },
    useSpotInstances: true,
    timeout: 1200,
    retryConfig: { attempts: 3 },
    events: [
      { type: 'schedule', properties: { scheduleRate: 'cron(0 14 * * ? *)' } },
      { type: 'schedule', properties: { scheduleRate: 'rate(12 hours)' } },
    ],
  };
  const lines = (resources: object, configFile = 'batch-jobs.config.ts', compute?: object) => {
    const config = parse(batchJobsConfig, { stackName: 'reports', region: 'eu-west-1', resources, compute }, 'test');
    const stack = new BatchJobsStack(Testing.app(), config);
    return summary(config, stack, { configFile, outdir: 'cdktf.out' }).split('\n');
  };

  it('has a block for each job, and the next commands', () => {
    expect(lines({ nightlyReport: { type: 'batch-job', properties } })).toEqual([
      expect.stringMatching(/^Stack reports: 1 job, \d+ Terraform resources$/),
      '',
      '  nightlyReport  2 vCPU, 1800 MiB, Spot (c6i.large or larger)',
      '                 cron(0 14 * * ? *)',
      '                 rate(12 hours)',
      '                 3 attempts, 20 min timeout',
      '',
      'Wrote cdktf.out/stacks/reports/cdk.tf.json',
      '',
      'Next  npm run local -- nightlyReport  run it on this machine, without AWS',
      '      npm run check                   see its instances and prices',
      '      npm run diff                    see what a deployment would change',
      '      npm run deploy                  deploy it to AWS, with Terraform',
    ]);
  });

  it('has no command for jobs if the stack has none', () => {
    const found = lines({ inbox: { type: 'sqs-queue' } });
    expect(found.slice(found.findIndex((line) => line.startsWith('Next')))).toEqual([
      'Next  npm run check   see what it costs',
      '      npm run diff    see what a deployment would change',
      '      npm run deploy  deploy it to AWS, with Terraform',
    ]);
  });

  it('has the memory that the last of its attempts can get, and that items have attempts of their own', () => {
    const more = {
      timeout: undefined,
      forEach: { count: 3 },
      retryConfig: { attempts: 2, onOutOfMemory: { maxMemory: 16_384 } },
    };
    expect(lines({ crop: { type: 'batch-job', properties: { ...properties, ...more, events: [] } } })).toContain(
      '        2 attempts for each item, up to 3600 MiB after running out of memory',
    );
  });

  it('has the limits of a job next to its attempts', () => {
    const limits = { concurrentRuns: 5, runsPerDay: 500 };
    expect(lines({ report: { type: 'batch-job', properties: { ...properties, limits } } })).toContain(
      '          3 attempts, 20 min timeout, at most 5 at once, 500 per day',
    );
  });

  it.each([80, 120])('names the job that a job follows, and how that ends, at %d columns', (width) => {
    const ending = (jobName: string, on: string[]) => ({ type: 'batch-job', properties: { jobName, on } });
    const job = (events: object[] = []) => ({ type: 'batch-job', properties: { ...properties, events } });
    const resources = {
      importOrdersOfAllShops: job(),
      tellTeam: job([
        ending('importOrdersOfAllShops', ['succeeded']),
        ending('crop', ['failed', 'stopped']),
        ...properties.events,
      ]),
      crop: job(),
    };
    const config = parse(batchJobsConfig, { stackName: 'reports', region: 'eu-west-1', resources }, 'test');
    const stack = new BatchJobsStack(Testing.app(), config);
    const all = summary(config, stack, { configFile: 'jobs.yml', outdir: 'cdktf.out', width }).split('\n');
    expect(all.filter((line) => line.length > width)).toEqual([]);
    expect(all.join(' ').replace(/\s+/g, ' ')).toContain(
      'cron(0 14 * * ? *) rate(12 hours) after importOrdersOfAllShops succeeds, after crop fails or is stopped 3 attempts',
    );
  });

  it('is nowhere wider, and names the config in the next commands', () => {
    const name = 'a'.repeat(30);
    const all = lines({ [name]: { type: 'batch-job', properties } }, 'examples/jobs.yml');
    expect(all.filter((line) => line.length > 80)).toEqual([]);
    expect(all[0]).toContain('Stack reports from examples/jobs.yml: ');
    expect(all).toContain('      npm run diff -- --config examples/jobs.yml');
  });

  it('says what vCPUs that stay running cost', () => {
    const job = (given: object) => ({ type: 'batch-job', properties: { ...properties, ...given } });
    const hint = (resources: object, compute: object) =>
      lines(resources, 'jobs.yml', compute).find((line) => line.startsWith('Hint: compute'));
    expect(hint({ one: job({}) }, {})).toBeUndefined();
    expect(hint({ one: job({ useSpotInstances: false }) }, { minVcpus: 4 })).toMatch(
      /^Hint: compute\.minVcpus: the compute environment keeps 4 vCPUs running while no job runs: at least \$\d+ per month on demand \(list price of us-east-1, \d{4}-\d\d-\d\d\)$/,
    );
    const two = { one: job({}), two: job({ useSpotInstances: false }) };
    expect(hint(two, { minVcpus: 1 })).toMatch(
      /each of the 2 compute environments keeps 1 vCPU running.*\. Spot costs up to 90% less$/,
    );
    const unknown = job({ resources: { cpu: 2, memory: 1800, instanceTypes: ['m9z'] } });
    expect(hint({ ...two, unknown }, { minVcpus: 1 })).toMatch(/Their price is not known here$/);
  });
});

describe('what the stack costs', () => {
  const job = (resources: object) => ({
    type: 'batch-job',
    properties: {
      container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox' } } },
      resources: { cpu: 1, memory: 512, ...resources },
    },
  });
  const costs = (given: object) => {
    const config = parse(batchJobsConfig, { stackName: 'reports', region: 'us-east-1', ...given }, 'test');
    const stack = new BatchJobsStack(Testing.app(), config);
    const document = JSON.parse(Testing.synth(stack));
    const places = { configFile: 'jobs.yml', outdir: 'cdktf.out', now: new Date('2026-12-01'), width: 120, document };
    return summary(config, stack, places)
      .split('\n')
      .filter((line) => line.startsWith('Costs'));
  };

  it('is a line: nothing, or by the month and at most by the hour', () => {
    expect(costs({ resources: {} })).toEqual([]);
    expect(costs({ resources: { one: job({}) } })).toEqual([
      'Costs  $0 per month while nothing runs, at most $24.57 per hour on demand',
    ]);
    const nat = { vpc: { privateSubnets: true }, region: 'eu-west-1', resources: { one: job({}) } };
    expect(costs(nat)).toEqual([
      "Costs  $36.50 per month while nothing runs, at most $24.57 per hour on demand (us-east-1's price)",
    ]);
  });

  it('what is unknown is no 0', () => {
    const compute = { minVcpus: 1 };
    expect(costs({ compute, resources: { one: job({ instanceTypes: ['x99'] }) }, dashboard: true })).toEqual([
      'Costs  more than $3 per month while nothing runs',
    ]);
  });
});

it('has the next times of schedules, the earliest first, on the clocks of their zone', () => {
  const events = [
    { scheduleRate: 'at(2027-03-01T09:30:00)', timezone: 'Asia/Tokyo' },
    { scheduleRate: 'cron(0 20 L * ? *)', timezone: 'America/Los_Angeles' },
    { scheduleRate: 'cron(0 14 * * ? *)' },
    { scheduleRate: 'cron(0 9 * * ? 2020)', timezone: 'Europe/Berlin' },
    { scheduleRate: 'rate(6 hours)', startDate: '2026-01-01T00:00:00Z' },
    { scheduleRate: 'rate(7 hours)' },
  ];
  const properties = {
    container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox' } } },
    resources: { cpu: 1, memory: 512 },
    events: events.map((each) => ({ type: 'schedule', properties: each })),
  };
  const resources = { report: { type: 'batch-job', properties } };
  const config = parse(batchJobsConfig, { stackName: 'reports', region: 'eu-west-1', resources }, 'test');
  const now = new Date('2026-11-26T22:50:00Z');
  for (const width of [80, 120]) {
    const text = summary(config, new BatchJobsStack(Testing.app(), config), {
      configFile: 'jobs.yml',
      outdir: 'cdktf.out',
      width,
      now,
    });
    const lines = text.split('\n').filter((line) => !line.startsWith('Hint: '));
    expect(lines.filter((line) => line.length > width)).toEqual([]);
    expect(lines.filter((line) => line.includes('next ')).map((line) => line.trim())).toEqual(
      [
        'next 2026-11-27 00:00 UTC, 2026-11-27 06:00',
        'next 2026-11-27 14:00 UTC, 2026-11-28 14:00',
        'next 2026-11-30 20:00 America/Los_Angeles (2026-12-01 04:00 UTC),',
        '2026-12-31 20:00',
      ]
        .slice(0, width === 80 ? 3 : 2)
        .concat(
          width === 80 ? [] : ['next 2026-11-30 20:00 America/Los_Angeles (2026-12-01 04:00 UTC), 2026-12-31 20:00'],
        ),
    );
    // Each next time is below its schedule, and the rest is a number.
    const block = lines.slice(
      lines.findIndex((line) => line.startsWith('  report')) + 1,
      lines.indexOf('          1 attempt'),
    );
    expect(block[0]).toBe('          rate(6 hours) from 2026-01-01T00:00:00Z');
    expect(block.slice(2, 4)).toEqual([
      '          cron(0 14 * * ? *)',
      '          next 2026-11-27 14:00 UTC, 2026-11-28 14:00',
    ]);
    expect(block.at(-1)).toBe('          and 3 more schedules');
    expect(text).toContain(
      'Hint: resources.report.properties.events[3].properties.scheduleRate: this schedule never fires again. Remove the event if it is done',
    );
    expect(text).toContain('Hint: resources.report.properties.events[4].properties.startDate: the start has passed.');
  }
});

it('says of companions what works otherwise than in Stacktape, and nothing of existing ones', () => {
  const hintsOf = (resources: object) => {
    const config = parse(batchJobsConfig, { stackName: 'reports', resources }, 'test');
    const text = summary(config, new BatchJobsStack(Testing.app(), config), { configFile: 'jobs.yml', outdir: 'out' });
    return text.split('\n').flatMap((line) => /^Hint: ([\w.]+): /.exec(line)?.[1] ?? []);
  };
  const types = { staff: 'user-auth-pool', web: 'application-load-balancer', api: 'http-api-gateway' };
  const written = Object.fromEntries(Object.entries(types).map(([name, type]) => [name, { type }]));
  const clicks = { type: 'kinesis-stream', properties: { shardCount: 2 } };
  expect(hintsOf({ ...written, clicks })).toEqual([
    'resources.staff.properties.allowOnlyAdminsToCreateAccount',
    'resources.web.properties.certificateArn',
    'resources.clicks.properties.shardCount',
  ]);
  const staff = { ...written.staff, existing: { userPoolId: 'eu-west-1_a1B2c3D4e', clientId: 'abc' } };
  const web = { ...written.web, properties: { listeners: [{ port: 80, protocol: 'HTTP' }] } };
  expect(hintsOf({ staff, web })).toEqual([]);
});

it('says of a function with events what invokes it and when, and which of them might not be intended', () => {
  const packaging = { type: 'stacktape-lambda-buildpack', properties: { entryfilePath: 'index.ts' } };
  const of = (events: readonly object[]) => ({ type: 'function', properties: { packaging, events } });
  const schedule = { type: 'schedule', properties: { scheduleRate: 'rate(1 day)', endDate: '2020-01-01T00:00:00Z' } };
  const resources = {
    inbox: { type: 'sqs-queue' },
    tally: of([schedule, { type: 'sqs', properties: { sqsQueueName: 'inbox' } }]),
    idle: of([]),
  };
  const config = parse(batchJobsConfig, { stackName: 'reports', resources }, 'test');
  const baseDir = folder({ 'index.ts': 'export const handler = async () => 1;\n' });
  const stack = new BatchJobsStack(Testing.app(), config, { baseDir });
  const text = summary(config, stack, { configFile: 'jobs.yml', outdir: 'out' });
  expect(text).toMatch(/^Stack reports from jobs\.yml: 2 functions, \d+ Terraform resources$/m);
  expect(text).toMatch(/^ +tally +function\n +rate\(1 day\) until 2020-01-01T00:00:00Z\n +sqs$/m);
  expect(text).not.toMatch(/^ +idle/m);
  expect(text).toMatch(/^Hint: resources\.tally\.properties\.events\[0\]\.properties\.scheduleRate: this schedule/m);
});
