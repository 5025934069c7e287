import { join } from 'node:path';
import { Lazy } from 'cdktf';
import { actionWords } from '../../../../cli/console/picture/actions';
import { statementsOf } from '../../../../cli/console/picture/permissions';
import { pictureOf } from '../../../../cli/console/picture/picture';
import { createStackInMemory } from '../../../../cli/local/stacks/stack-in-memory';
import type { JobPicture, PictureItem, StackPicture } from '../../../../cli/model/stack';
import { SERVICE_PRICE_LIST } from '../../../../modules/rules/service-prices';
import { completedConfig } from '../../../../modules/stack-config/completed-config';
import { SMALLEST_JOB } from '../../../stack-config/samples';
import { EVERYTHING } from './everything';

const ROOT = join(__dirname, '../../../..');
const file = join(ROOT, 'everything.ts');

const config = completedConfig(EVERYTHING, 'everything.ts');
const { picture, resources } = pictureOf(createStackInMemory({ file, config }), { file, config }, ROOT);

type Block = { readonly [argument: string]: unknown };

function itemsOf({ jobs, shared }: StackPicture): PictureItem[] {
  return [...jobs.flatMap(({ item, startedBy, runsOn, uses }) => [item, ...startedBy, ...runsOn, ...uses]), ...shared];
}

function band(name: string): JobPicture {
  const found = picture.jobs.find((job) => job.name === name);
  if (found === undefined) throw new Error(`no job ${name}`);
  return found;
}

const shown = ({ title, detail }: PictureItem) => `${title}: ${detail.map(({ text }) => text).join('')}`;
const items = itemsOf(picture);

describe('the picture of a stack', () => {
  it('has a band for each job, with what starts it, what it runs on and what it uses', () => {
    const report = band('report');
    expect(report.lines).toEqual(['2 vCPU, 1800 MiB, arm64', '3 attempts, 20 min timeout, 1 free restart']);
    expect(band('train').lines).toEqual(['4 vCPU, 15000 MiB, 1 GPU', '2 attempts, 6 h timeout']);
    expect(report.startedBy.map(shown)).toEqual([
      'Schedule: cron(0 14 * * ? *)',
      'POST /reports: HTTP API api, users of pool',
      'GET /guarded: HTTP API api, who guard lets in',
      'Any method /{proxy+}: HTTP API api, without an authorizer',
      'POST /start: load balancer balancer',
      'Event bus bus: shop',
      'Default event bus: account',
      'Topic topic: messages that match its filter',
      'Topic elsewhere: every message',
      'Queue inbox: up to 10 messages a run',
      'Stream stream: up to 10 records a run',
      'Stream clicks of CloudFormation: up to 10 records a run',
      'Table orders: up to 100 changes a run',
      'Bucket archive: created incoming/*.csv',
      'Bucket elsewhere: deleted',
      'Log group guard: lines with ERROR',
    ]);
    expect(report.runsOn.map(shown)).toEqual([
      'Spot: c6g.large or larger, at most 256 vCPUs',
      'On-demand fallback: after 1 free restart, at most 256 vCPUs',
    ]);
    expect(band('train').runsOn.map(shown)).toEqual(['On-demand: g5.xlarge or larger, at most 256 vCPUs']);
    expect(band('train').uses.map(shown)).toEqual(['models: file system, read']);
    expect(report.uses.map(shown)).toEqual([
      'archive: bucket, read and write',
      'Amazon SES: mail',
      'bus: event bus',
      'cache: Redis cluster, cache.t4g.micro',
      'database: PostgreSQL, db.r7g.large, two zones',
      'guard: function',
      'inbox: queue, FIFO, read and write',
      'machine: existing state machine',
      'old: existing bucket',
      'orders: table, read and write',
      'pool: user pool',
      'search: resource',
      'stream: stream, read and write',
      'topic: topic',
      'train: job of this stack',
      'warehouse: existing MySQL',
    ]);
  });

  it('has what jobs share, and what no job is connected to', () => {
    expect(picture.shared.map(shown)).toEqual([
      'VPC 10.0.0.0/16: private subnets, 3 zones, NAT gateway',
      'Instances: 100 GiB volumes, at most 256 vCPUs in each environment',
      'Large events: kept 30 days',
      'Undelivered events: kept 14 days',
      'Notifications: of runs',
      'Alarms: 3 alarms',
      'Dashboard: CloudWatch',
      'CloudFormation: 1 resource',
      'deadLetters: queue',
      'unused: event bus',
    ]);
  });

  it('has the places of runs of jobs with limits, with a table that costs money', () => {
    const limited = { type: 'batch-job', properties: { ...SMALLEST_JOB, limits: { concurrentRuns: 5 } } };
    const small = completedConfig({ stackName: 'small', region: 'eu-west-1', resources: { limited } }, 'small.ts');
    const drawn = pictureOf(createStackInMemory({ file, config: small }), { file, config: small }, ROOT);
    const places = drawn.picture.shared.filter(({ id }) => id === 'shared/run-places');
    expect(places.map(shown)).toEqual([
      'Places of runs: for jobs with limits: a table, and the state machine that frees and gives places',
    ]);
    expect(places[0]?.costs?.join()).toContain('DynamoDB');
    const [{ item, lines } = { item: undefined, lines: [] }] = drawn.picture.jobs;
    expect(lines).toEqual(['1 vCPU, 512 MiB', '1 attempt, no timeout', 'at most 5 at once']);
    expect(item?.costs).toEqual(
      expect.arrayContaining([
        'Costs $0.11 per month while no job runs, for the place keeper of its limits, and for stored logs.',
        'A run that gets a place and succeeds at once has 4 state transitions, the first one in an hour 7.',
        'Step Functions charges $0.025 per 1,000 state transitions.',
      ]),
    );
    expect(places[0]?.costs).toContain(
      'Step Functions charges $1.00 per million express workflows, and their duration.',
    );
    const allowed = (of: PictureItem | undefined) =>
      (of?.permissions ?? []).flatMap(({ who, sentences }) => sentences.map(({ text }) => `${who}: ${text}`));
    expect(allowed(item)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^The state machine: May .*items .*the table of the places of runs/),
      ]),
    );
    expect(allowed(places[0])).toEqual(
      expect.arrayContaining([
        'The place keeper: May end the waits of the state machine of job limited.',
        'EventBridge, to start the place keeper: May start executions of the state machine of the places of runs.',
      ]),
    );
  });

  it('names the file and region, and counts the resources', () => {
    const managed = Object.keys(resources).filter((address) => !address.startsWith('data.'));
    expect(picture).toMatchObject({ stackName: 'everything', region: 'eu-west-1', configFile: 'everything.ts' });
    expect(picture.resourceCount).toBe(managed.length);
    expect(picture.resourceCount).toBeGreaterThan(150);
  });

  it('shows every resource in a box, and no other address', () => {
    const drawn = new Set(items.flatMap(({ addresses }) => addresses));
    const managed = Object.keys(resources).filter((address) => !address.startsWith('data.'));
    expect(managed.filter((address) => !drawn.has(address))).toEqual([]);
    expect([...drawn].filter((address) => resources[address] === undefined)).toEqual([]);
  });

  it('shows no password', () => {
    const secret = completedConfig(
      {
        stackName: 'secret',
        resources: {
          cache: { type: 'redis-cluster', properties: { defaultUserPassword: 'hunter2hunter2hunter2' } },
          job: { type: 'batch-job', properties: { ...SMALLEST_JOB, connectTo: ['cache'] } },
        },
      },
      'secret.ts',
    );
    const drawn = pictureOf(createStackInMemory({ file, config: secret }), { file, config: secret }, ROOT);
    expect(JSON.stringify(drawn)).toContain('secret-cache-password');
    expect(JSON.stringify(drawn)).not.toContain('hunter2');
  });

  it('gives each box its own ID, and is the same JSON after another synthesis', () => {
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
    expect(JSON.parse(JSON.stringify(picture))).toEqual(picture);
    const again = pictureOf(createStackInMemory({ file, config }), { file, config }, ROOT);
    expect(JSON.stringify(again.picture)).toBe(JSON.stringify(picture));
  });

  it('shows no token and no expression of Terraform, but what the config says as it is', () => {
    const text = JSON.stringify(picture);
    expect(text.replaceAll('${HOME}', '')).not.toMatch(/\$\{|TfToken|-1\.8\d+e/);
    const environment = band('report').item.settings.find(({ label }) => label === 'Container, environment, ECHO');
    expect(environment?.value).toBe('a ${HOME} <b>"quoted"</b>');
  });

  it('takes sizes from the resources, which overrides can have changed', () => {
    const settings = band('train').item.settings.map(({ label, value }) => `${label}: ${value}`);
    expect(settings).toContain('Overrides, JobDefinition, timeout, attempt_duration_seconds: 90');
    // The volumes are a list of objects.
    expect(settings).toEqual(
      expect.arrayContaining([
        'Volumes 1, type: efs',
        'Volumes 1, mount path: /models',
        'Volumes 1, read only: yes',
        'Volumes 1, UID: 1000',
        'Volumes 1, GID: 1000',
        'Volumes 2, type: tmpfs',
        'Volumes 2, mount path: /tmp',
      ]),
    );
    expect(settings.join()).not.toContain('{');
  });
});

describe('what only Terraform knows', () => {
  const image = {
    type: 'prebuilt-image',
    properties: { image: Lazy.stringValue({ produce: () => '${var.image}' }) },
  } as const;
  const later = completedConfig(
    {
      stackName: 'later',
      vpc: { vpcId: Lazy.stringValue({ produce: () => '${var.vpc}' }), subnetIds: ['subnet-0123456789abcdef0'] },
      cloudformationResources: { clicks: { Type: 'AWS::Kinesis::Stream' } },
      resources: {
        train: {
          type: 'batch-job',
          properties: {
            container: { packaging: image },
            resources: { cpu: Lazy.numberValue({ produce: () => 4 }), memory: 15_000, gpu: 1 },
            events: [{ type: 'sqs', properties: { sqsQueueArn: Lazy.stringValue({ produce: () => '${var.queue}' }) } }],
            iamRoleStatements: [
              { Action: ['sqs:SendMessage'], Resource: [Lazy.stringValue({ produce: () => 'arn:${var.rest}' })] },
            ],
          },
        },
      },
    },
    'later.ts',
  );
  const { picture: shownLater } = pictureOf(
    createStackInMemory({ file, config: later }),
    { file, config: later },
    ROOT,
  );

  it('is said in words, and is no token, no expression and no huge number', () => {
    const [train] = shownLater.jobs;
    expect(JSON.stringify(shownLater)).not.toMatch(/\$\{|TfToken|-1\.8\d+e/);
    expect(train?.lines[0]).toBe('4 vCPU, 15000 MiB, 1 GPU');
    expect(train?.startedBy.map(shown)).toEqual(['Queue <known at deployment>: up to 10 messages a run']);
    expect(train?.runsOn.map(({ costs: [, price] }) => price)).toEqual([
      'The price of the instances is not known here.',
    ]);
    expect(shownLater.shared[0]).toMatchObject({
      title: 'VPC <known at deployment>',
      detail: [{ text: 'existing, 1 subnet' }],
    });
    const told = train?.item.permissions.flatMap(({ sentences }) => sentences.map(({ text }) => text));
    expect(told).toContain('May send messages to arn:<known at deployment>.');
  });
});

describe('permissions', () => {
  const told = (item: PictureItem) => item.permissions.flatMap(({ sentences }) => sentences);
  const policies = Object.entries(resources).flatMap(([address, json]) =>
    Object.entries(json as Block).flatMap(([argument, text]) =>
      /^(assume_role_)?policy$/.test(argument) && !/lifecycle/.test(address) ? [{ address, text }] : [],
    ),
  );

  it('tell each action of each statement of each policy, and none besides', () => {
    expect(policies.length).toBeGreaterThan(30);
    for (const { address, text } of policies) {
      const owner = items.find((item) => item.addresses.includes(address));
      const actions = (statementsOf(text) ?? []).flatMap(({ Action }) => [Action].flat().map(String));
      const sentences = owner === undefined ? [] : told(owner);
      for (const action of actions) {
        const about = sentences.filter((sentence) => sentence.actions.includes(action));
        const [verb = action, object = ''] = actionWords(action) ?? [];
        expect([
          address,
          action,
          about.some((sentence) => sentence.text.includes(verb) && sentence.text.includes(object)),
        ]).toEqual([address, action, true]);
      }
    }
    const all = new Set(
      policies.flatMap(({ text }) => statementsOf(text) ?? []).flatMap(({ Action }) => [Action].flat().map(String)),
    );
    all.add('lambda:InvokeFunction');
    expect(
      items
        .flatMap(told)
        .flatMap(({ actions }) => actions)
        .filter((action) => !all.has(action)),
    ).toEqual([]);
  });

  it('are sentences about the names of the config', () => {
    const groups = new Map(
      band('report').item.permissions.map(({ who, sentences }) => [who, sentences.map(({ text }) => text)]),
    );
    const container = groups.get('The container') ?? [];
    expect(container).toContain(
      'May list objects, multipart uploads and object versions in bucket archive and bucket old-reports.',
    );
    expect(container).toContain('May send messages to queue inbox.');
    expect(container).toContain('May call es:ESHttpGet on arn:aws:es:eu-west-1:123456789012:domain/search/*.');
    expect(container).toContain('May read objects in the bucket of large events below report/.');
    expect(groups.get('The trigger function')).toContain('May start executions of the state machine of job report.');
    expect(groups.get('AWS, to start the container')).toContain('May write log lines to the log group of job report.');
  });

  it('tell conditions, and what is denied', () => {
    const texts = told(band('report').item).map(({ text }) => text);
    const condition =
      'if aws:SecureTransport is true and s3:max-keys is at most 10 or is missing and a value of aws:TagKeys does not match a* and not b* and aws:TokenIssueTime is missing';
    expect(texts).toContain(`May publish messages to arn:aws:sns:eu-west-1:123456789012:others ${condition}.`);
    expect(texts).toContain(`May call foo:Bar on arn:aws:sns:eu-west-1:123456789012:others ${condition}.`);
    expect(texts).toContain('May not call s3:* on bucket secret.');
  });

  it('tell who may use a resource', () => {
    const archive = band('report').uses.find(({ title }) => title === 'archive');
    expect(archive?.permissions).toContainEqual({
      who: 'Who may use bucket archive',
      sentences: [
        { text: 'Nobody may call s3:* on bucket archive if aws:SecureTransport is false.', actions: ['s3:*'] },
      ],
    });
  });
});

describe('costs', () => {
  const costs = (title: string) => items.find((item) => item.title === title)?.costs ?? [];

  it('are those of the resources, with the region and the date of the prices', () => {
    expect(band('train').runsOn[0]?.costs).toEqual([
      'Costs nothing while no job runs.',
      'The smallest instance that fits, g5.xlarge, costs $1.01 per hour on demand (list price of us-east-1, 2026-07-20).',
      'A public address costs $0.005 per hour for each instance, and none in private subnets.',
      `List prices of us-east-1 in US dollars, compared with other lists on ${SERVICE_PRICE_LIST.asOf}, without free tiers. Other regions differ.`,
    ]);
    expect(costs('VPC 10.0.0.0/16')).toEqual(
      expect.arrayContaining([
        'The NAT gateway costs $0.045 per hour (about $33 per month), also while no job runs.',
        'The public address costs $0.005 per hour (about $4 per month), also while no job runs.',
        'The endpoint of Amazon S3 is free.',
      ]),
    );
    expect(costs('cache')[0]).toBe('The 2 nodes (cache.t4g.micro) cost about $23 per month, also while no job runs.');
    expect(costs('stream')[0]).toBe('The stream costs $0.04 per hour (about $29 per month), also while no job runs.');
    expect(costs('POST /start')[0]).toBe(
      'The load balancer costs $0.0225 per hour (about $16 per month), also while no job runs.',
    );
    expect(costs('Alarms')[0]).toBe('The 3 alarms cost $0.70 per month.');
  });

  it('are those of instances that stay running', () => {
    const kept = (given: object) => {
      const text = { stackName: 'kept', compute: { minVcpus: 4 }, resources: given };
      const completed = completedConfig(text, 'kept.ts');
      const stack = createStackInMemory({ file, config: completed });
      const [job] = pictureOf(stack, { file, config: completed }, ROOT).picture.jobs;
      return job?.runsOn.map(({ costs: [first] }) => first);
    };
    const job = (given: object) => ({
      report: {
        type: 'batch-job',
        properties: {
          container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox' } } },
          resources: { cpu: 2, memory: 1800, instanceTypes: ['c6i'] },
          ...given,
        },
      },
    });
    expect(kept(job({ useSpotInstances: true, retryConfig: { attempts: 2 } }))).toEqual([
      'Keeps 4 vCPUs running while no job runs: at least $124 per month on demand (list price of us-east-1, 2026-07-20).',
    ]);
    expect(kept(job({ resources: { cpu: 2, memory: 1800, instanceTypes: ['m9z'] } }))).toEqual([
      'Keeps 4 vCPUs running while no job runs. Their price is not known here.',
    ]);
  });

  it('say what is not known', () => {
    expect(costs('database')).toEqual([
      'The database (db.r7g.large) has an hourly price, also while no job runs. The price of db.r7g.large is not known here.',
      'Its initial storage costs $4.60 per month.',
      'The secret with its password costs $0.40 per month.',
      `List prices of us-east-1 in US dollars, compared with other lists on ${SERVICE_PRICE_LIST.asOf}, without free tiers. Other regions differ.`,
    ]);
    expect(costs('warehouse')).toEqual(['The stack makes nothing for it: its costs are not known here.']);
  });
});
