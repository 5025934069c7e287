import { factsFromAws } from '../../../../cli/check/aws/facts';
import type { CheckFacts } from '../../../../cli/cost/stack-check';
import { Deployment } from '../../../../cli/operate/deployment';
import type { LoadedConfig } from '../../../../modules/stack-config/loaded-config';
import { answers, batchJob, deploymentOf, fault, type Given } from '../../operate/fake-aws';

const OPTIONS = { json: false };
const NOW = new Date('2026-11-27T12:00:00Z');
const job = (instanceTypes: readonly string[], more: object = {}) => ({
  resources: { cpu: 2, memory: 1800, instanceTypes },
  ...more,
});
const product = (instanceType: string, USD: string) =>
  JSON.stringify({
    product: { attributes: { instanceType } },
    terms: { OnDemand: { offer: { priceDimensions: { rate: { unit: 'Hrs', pricePerUnit: { USD } } } } } },
  });
const spotItem = (type: string, price: string) =>
  `<item><instanceType>${type}</instanceType><spotPrice>${price}</spotPrice><timestamp>2026-11-27T11:00:00Z</timestamp><availabilityZone>a</availabilityZone></item>`;

interface Setting extends Given {
  readonly given?: Partial<CheckFacts>;
  readonly jobs?: readonly string[];
  /** Prices of AWS's Price List API, as JSON of products. */
  readonly listed?: readonly string[];
  readonly spot?: readonly string[];
  /** Status of the answers about prices. @default 200 */
  readonly status?: number;
  readonly aws?: object;
}

let closed = 0;
let told: string[];
let asked: string[];

beforeEach(() => {
  [closed, told, asked] = [0, [], []];
  jest.spyOn(console, 'error').mockImplementation((line) => void told.push(line));
});
afterEach(() => jest.restoreAllMocks());

/** What AWS knows of a stack. Its prices are answers to requests that are signed, and its runs answers to clients of the SDK. */
async function facts({ given, jobs = ['report'], listed = [], spot = [], status = 200, aws, ...stack }: Setting) {
  const deployment = deploymentOf(answers({ ListExecutions: {}, ...aws }), stack);
  Object.assign(deployment.clients, { close: () => (closed += 1) });
  const of = jest.spyOn(Deployment, 'of').mockResolvedValue(deployment);
  jest.spyOn(globalThis, 'fetch').mockImplementation(async (url, init) => {
    const body = String(init?.body);
    asked.push(`${new URL(String(url)).hostname} ${body}`);
    if (status !== 200)
      return new Response('<Response><Errors><Error><Code>AccessDenied</Code></Error></Errors></Response>', { status });
    return new Response(
      String(url).includes('pricing')
        ? JSON.stringify({ PriceList: listed })
        : `<DescribeSpotPriceHistoryResponse><spotPriceHistorySet>${spot.join('')}</spotPriceHistorySet></DescribeSpotPriceHistoryResponse>`,
    );
  });
  process.env.AWS_ACCESS_KEY_ID = 'a';
  process.env.AWS_SECRET_ACCESS_KEY = 'b';
  const { file, config } = deployment;
  const found = await factsFromAws({ file, config } as LoadedConfig, OPTIONS, { now: NOW, ...given }, jobs);
  expect(of.mock.calls.at(-1)?.[1]).toBe(OPTIONS);
  return found;
}

const pricing = () => asked.filter((request) => request.includes('pricing'));
const ec2 = () => asked.filter((request) => request.startsWith('ec2.'));

describe('prices on demand', () => {
  it('are those of the region, of all types that jobs can have', async () => {
    const { region, regional, now } = await facts({
      properties: job(['m6i.large']),
      resources: { load: batchJob(job(['c6i.large', 'm6i.large'])) },
      listed: [product('m6i.large', '0.5')],
    });
    expect({ region, now }).toEqual({ region: 'eu-west-1', now: NOW });
    expect(regional).toMatchObject({ region: 'eu-west-1', asOf: '2026-11-27' });
    expect(regional?.of('m6i.large')).toBe(0.5);
    expect(regional?.of('c6i.large')).toBeUndefined();
    expect(pricing()).toEqual([expect.stringContaining('"Value":"m6i.large,c6i.large"')]);
    expect(closed).toBe(1);
  });

  it('are left out if AWS lists none, or does not tell', async () => {
    expect(await facts({ properties: job(['m6i.large']) })).not.toHaveProperty('regional');
    expect(told).toEqual([]);
    expect(await facts({ properties: job(['m6i.large']), status: 403 })).not.toHaveProperty('regional');
    expect(told[0]).toMatch(/^Prices of instances left out: /);
  });

  it('are not asked for where the API has none, with a note', async () => {
    const region = 'cn-north-1';
    expect(
      await facts({ properties: job(['m6i.large']), region, given: { runs: () => undefined } }),
    ).not.toHaveProperty('regional');
    expect(pricing()).toEqual([]);
    expect(told).toEqual(["Prices of instances left out: AWS's Price List API has none for cn-north-1."]);
  });

  it('are not asked for without a type that is known, without a note', async () => {
    const given = { runs: () => undefined };
    for (const region of ['eu-west-1', 'cn-north-1']) await facts({ properties: job(['x9.large']), region, given });
    expect(asked).toEqual([]);
    expect(told).toEqual([]);
  });
});

describe('Spot prices', () => {
  const spot = { useSpotInstances: true };

  it('are those of the cheapest type of each Spot job that is checked, by the prices of the region', async () => {
    const setting = {
      properties: job(['m6i.large', 'c6i.large'], spot),
      resources: {
        load: batchJob(job(['r6i.large'], spot)),
        twin: batchJob(job(['m6i.large', 'c6i.large'], spot)),
        other: batchJob(job(['m6i.large'])),
      },
      jobs: ['report', 'twin', 'other', 'gone'],
      listed: [product('m6i.large', '0.1'), product('c6i.large', '0.2')],
      spot: [spotItem('m6i.large', '0.04')],
    };
    const found = await facts(setting);
    expect(found.spot?.('m6i.large')).toEqual({ lowest: 0.04, highest: 0.04 });
    expect(found.spot?.('c6i.large')).toBeUndefined();
    expect(ec2()).toEqual([expect.stringMatching(/InstanceType\.1=m6i\.large$/)]);
    asked = [];
    await facts({ ...setting, listed: [] });
    // By the list of this package.
    expect(ec2()).toEqual([expect.stringMatching(/InstanceType\.1=c6i\.large$/)]);
  });

  it('are not asked for without a Spot job, and unknown if AWS does not tell', async () => {
    expect((await facts({ properties: job(['m6i.large']) })).spot?.('m6i.large')).toBeUndefined();
    expect(ec2()).toEqual([]);
    const denied = await facts({ properties: job(['m6i.large'], spot), status: 403 });
    expect(denied.spot?.('m6i.large')).toBeUndefined();
    expect(told).toContainEqual(expect.stringMatching(/^Spot prices left out: /));
  });
});

describe('how long runs take', () => {
  const properties = job(['m6i.large']);
  const missing = { ListExecutions: fault('StateMachineDoesNotExist') };

  it('is what was given', async () => {
    const runs = () => ({ minutes: 7, from: 'given' as const });
    const found = await facts({ properties, given: { runs }, aws: missing });
    expect(found.runs).toBe(runs);
    expect(told).toEqual([]);
  });

  it('is measured', async () => {
    const BATCH = { resourceType: 'batch', resource: 'submitJob.sync' };
    const attempt = { StartedAt: 1_000, StoppedAt: 121_000, Container: {} };
    const output = JSON.stringify({
      JobId: 'job-1',
      Status: 'SUCCEEDED',
      StartedAt: 1_000,
      StoppedAt: 121_000,
      Attempts: [attempt],
    });
    const aws = {
      ListExecutions: {
        executions: [{ name: 'a', executionArn: 'arn:a', status: 'SUCCEEDED', startDate: new Date(0) }],
      },
      DescribeExecution: { status: 'SUCCEEDED', startDate: new Date(0), stopDate: new Date(1) },
      GetExecutionHistory: {
        events: [
          { id: 1, type: 'TaskScheduled', taskScheduledEventDetails: { ...BATCH, parameters: '{}' } },
          { id: 2, previousEventId: 1, type: 'TaskSucceeded', taskSucceededEventDetails: { ...BATCH, output } },
        ],
      },
      DescribeJobs: {},
    };
    const { runs } = await facts({ properties, aws });
    expect(runs?.('report')).toEqual({ minutes: 2, runs: 1, from: 'measured' });
    expect(runs?.('gone')).toBeUndefined();
    expect(told).toEqual([]);
  });

  it('is not known of a job without runs', async () => {
    expect((await facts({ properties })).runs?.('report')).toBeUndefined();
    expect(told).toEqual([]);
  });

  it('is not known of a stack that is not deployed, and of a job that is not', async () => {
    expect((await facts({ properties, aws: missing })).runs?.('report')).toBeUndefined();
    expect(told).toEqual(['Stack shop is not deployed, so how long its runs take is not known. Give --minutes.']);
    told = [];
    const one = {
      ListExecutions: ({ stateMachineArn }: { stateMachineArn: string }) =>
        stateMachineArn.endsWith('-load') ? fault('StateMachineDoesNotExist') : {},
    };
    await facts({ properties, resources: { load: batchJob() }, jobs: ['report', 'load'], aws: one });
    expect(told).toEqual(['Job load is not deployed, so how long its runs take is not known.']);
  });

  it('is left out if AWS does not tell', async () => {
    expect(
      (await facts({ properties, aws: { ListExecutions: fault('AccessDenied') } })).runs?.('report'),
    ).toBeUndefined();
    expect(told).toEqual(['How long runs take left out: It failed (AccessDenied).']);
  });
});

it('closes its connections at an error, too', async () => {
  await expect(
    facts({ properties: job(['m6i.large']), aws: { ListExecutions: new Error('a defect') } }),
  ).rejects.toThrow('a defect');
  expect(closed).toBe(1);
});
