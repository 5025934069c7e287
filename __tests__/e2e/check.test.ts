/**
 * `batch-jobs check` as people run it, with AWS and without. Runs and Spot prices are moto's. moto has no Price List API: a server on the
 * loopback interface answers in the form of its model. Nothing here is AWS.
 */

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BatchJobsConfig } from '../../modules/stack-config/config';
import { unavailable } from './engines/moto';
import { type OperatedStack, operatedStack } from './engines/operated-stack';
import { describeWith, terraformAvailable } from './engines/terraform';

const job = (more: object = {}) => ({
  type: 'batch-job' as const,
  properties: {
    container: { packaging: { type: 'prebuilt-image' as const, properties: { image: 'busybox' } } },
    resources: { cpu: 2, memory: 8192, instanceTypes: ['m6i'] },
    ...more,
  },
});

const config: BatchJobsConfig = {
  stackName: 'shop',
  region: 'eu-west-1',
  resources: { report: job({ useSpotInstances: true }), later: job() },
};

const reason = unavailable();
const moto = reason === undefined ? { available: true as const } : { available: false as const, reason };

/** Products of the Price List API: m6i at 0.0535 per vCPU, 0.107 for m6i.large. */
function priceList(types: string): string {
  const items = types.split(',').flatMap((instanceType) => {
    const size = instanceType.split('.')[1] ?? '';
    const vcpus = { large: 2, xlarge: 4 }[size] ?? Number(/^(\d+)xlarge$/.exec(size)?.[1] ?? 32) * 4;
    const USD = (vcpus * 0.0535).toFixed(10);
    const rate = { unit: 'Hrs', pricePerUnit: { USD } };
    return JSON.stringify({
      product: { attributes: { instanceType } },
      terms: { OnDemand: { offer: { priceDimensions: { rate } } } },
    });
  });
  return JSON.stringify({ FormatVersion: 'aws_v1', PriceList: items });
}

describeWith([terraformAvailable(), moto], 'the check of a stack that is half deployed', () => {
  let stack: OperatedStack;
  let prices: Server;
  let env: NodeJS.ProcessEnv;
  beforeAll(async () => {
    stack = await operatedStack(config, {
      without: ({ type, name }) => type === 'aws_sfn_state_machine' && name.startsWith('later'),
    });
    prices = createServer((incoming, outgoing) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const { Filters } = JSON.parse(Buffer.concat(chunks).toString());
        const value = (field: string) => Filters.find(({ Field }: { Field: string }) => Field === field)?.Value;
        if (value('regionCode') !== 'eu-west-1') outgoing.writeHead(400).end('{"__type":"InvalidParameterException"}');
        else outgoing.end(priceList(value('instanceType')));
      });
    });
    await new Promise<void>((listening) => prices.listen(0, '127.0.0.1', listening));
    env = { AWS_ENDPOINT_URL_PRICING: `http://127.0.0.1:${(prices.address() as AddressInfo).port}` };
    await stack.script('report', { runningSeconds: 1 });
    await stack.run('report', 'first');
    await stack.run('report', 'second');
  });
  afterEach(() => stack.front.reset());
  afterAll(async () => {
    prices?.close();
    await stack?.stop();
  });

  it('asks AWS for nothing without --aws, and names the region of its prices', async () => {
    const end = await stack.command(['check']);
    expect(end).toMatchObject({ code: 0, stderr: '' });
    expect(end.stdout).toContain("PER HOUR (us-east-1's price)");
    expect(end.stdout).toMatch(
      /^report +2 vCPUs, 8,192 MiB, Spot +m6i\.xlarge +1 +2 vCPUs, 7,372 MiB +\$0\.192 +\$0\.102$/m,
    );
    expect(end.stdout).toContain('7,680 instead of 8,192 MiB: half the price, on m6i.large');
    expect(end.stdout).toContain('up to 90% less');
    expect(stack.front.calls).toEqual([]);
  });

  it("has the region's prices and Spot prices from AWS, and the duration of runs that succeeded", async () => {
    const end = await stack.command(['check', '--aws', '--json'], { env });
    expect(end.stderr).toBe('Job later is not deployed, so how long its runs take is not known.\n');
    expect(end.code).toBe(0);
    const found = JSON.parse(end.stdout);
    expect(found).toMatchObject({
      stack: 'shop',
      region: 'eu-west-1',
      prices: { instances: { from: 'aws', region: 'eu-west-1' } },
    });
    const [report, later] = found.jobs;
    expect(report.price).toMatchObject({
      instanceType: 'm6i.xlarge',
      alone: 0.214,
      spot: { lowest: 0.00001, highest: 0.00001 },
    });
    expect(report.run).toMatchObject({ from: 'measured', runs: 2 });
    expect(report.run.minutes * 60).toBeGreaterThan(0.5);
    expect(report.run.minutes * 60).toBeLessThan(30);
    expect(report.run.instance).toBeCloseTo((0.214 * report.run.minutes) / 60, 10);
    expect(later.price).toMatchObject({ alone: 0.214 });
    expect(later.price).not.toHaveProperty('spot');
    expect(later).not.toHaveProperty('run');
  });

  it('a duration that is given is not measured, and text has no word of another region', async () => {
    const end = await stack.command(['check', 'report', '--aws', '--minutes', '30'], { env });
    expect(end).toMatchObject({ code: 0, stderr: '' });
    expect(end.stdout).not.toContain('later');
    expect(end.stdout).not.toContain("us-east-1's price");
    expect(end.stdout).toMatch(/30 minutes: instance \$0\.107,/);
    expect(end.stdout).toContain('$0.00001 per hour now for m6i.xlarge, from AWS');
    expect(stack.front.calls.map(({ action }) => action)).not.toContain('ListExecutions');
  });

  it('falls back to the list where AWS has no prices or refuses, and says so', async () => {
    const end = await stack.command(['check', '--aws'], { env: { AWS_ENDPOINT_URL_PRICING: 'http://127.0.0.1:2' } });
    expect(end.code).toBe(0);
    expect(end.stderr).toMatch(/Prices of instances left out: AWS cannot be reached for pricing:GetProducts/);
    expect(end.stdout).toContain("us-east-1's price");
  });

  it.each([
    [['--minutes', '0'], '--minutes "0" is not a number of minutes above 0, up to 527,040 (a year).'],
    [['--minutes', 'ten'], '--minutes "ten" is not a number'],
    [['--region', 'eu-west-1'], '--region is for --aws. Add --aws, or remove --region.'],
    [['reprot'], 'Stack shop has no job "reprot". Did you mean report?'],
  ])('refuses %j with exit code 2', async (args, message) => {
    const end = await stack.command(['check', ...args]);
    expect(end).toMatchObject({ code: 2, stdout: '' });
    expect(end.stderr).toContain(message);
  });
});
