import type { Deployment } from '../../../../cli/operate/deployment';
import { type InfoOptions, info } from '../../../../cli/operate/info/command';
import { answers, batchJob, deploymentOf, type Given } from '../fake-aws';
import { printed } from '../printed';

/** A stack whose config cannot be synthesized: a synthesis would take a second. */
function stack(given?: Given): Deployment {
  const definition = { revision: 7, containerProperties: { image: 'busybox\u001B[2J\u001B[1m' } };
  const answer = answers({
    DescribeStateMachine: { definition: '{}' },
    DescribeJobDefinitions: { jobDefinitions: [definition] },
    ListRuleNamesByTarget: {},
  });
  const deployment = deploymentOf(answer, given);
  Object.defineProperty(deployment, 'file', {
    get: () => {
      throw new Error('The image is missing.');
    },
  });
  return deployment;
}

const run = (deployment: Deployment, name?: string, options: Partial<InfoOptions> = {}) =>
  printed(deployment, () => info(name, { json: false, ...options } as InfoOptions));

const two = { resources: { load: batchJob() } };

it('prints what is deployed of all jobs, or of one', async () => {
  const all = await run(stack(two));
  expect(all).toMatchObject({ code: 0, err: '' });
  expect(all.out).toContain('report');
  expect(all.out).toContain('load');
  const one = await run(stack(two), 'load');
  expect(one.code).toBe(0);
  expect(one.out).not.toContain('report');
});

it('prints more of one job that is named', async () => {
  expect((await run(stack(), 'report')).out.length).toBeGreaterThan((await run(stack())).out.length);
});

it('shows control characters instead of sending them to a terminal, except for colors', async () => {
  const { out } = await run(stack());
  expect(out).toContain('busybox^[[2J\u001B[1m');
});

it('prints one JSON document', async () => {
  const { code, out } = await run(stack(two), 'load', { json: true });
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ stack: 'shop', jobs: [{ name: 'load', definition: { revision: 7 } }] });
  expect(out).toMatch(/^\{\n {2}"stack"/);
});

it('has nothing to say of a stack without jobs, and of a job that is not in the config', async () => {
  const none = stack();
  Object.assign(none, { jobs: new Map() });
  await expect(run(none)).rejects.toThrow('Stack shop has no batch job.');
  await expect(run(stack(), 'reprot')).rejects.toThrow('Stack shop has no job "reprot". Did you mean report?');
});

describe('a policy', () => {
  it.each(['read', 'steer', 'key'] as const)('%s is one of the whole stack', async (policy) => {
    await expect(run(stack(), 'report', { policy })).rejects.toThrow(
      '--policy is for the whole stack. Remove the name of the job.',
    );
  });

  it('is printed as JSON', async () => {
    const read = await run(stack(), undefined, { policy: 'read' });
    expect(read).toMatchObject({ code: 0, err: '' });
    expect(read.out).toMatch(/^\{\n {2}"Version": "2012-10-17"/);
    expect(read.out).not.toContain('lambda:InvokeFunction');
    expect((await run(stack(), undefined, { policy: 'steer' })).out).toContain('lambda:InvokeFunction');
  });

  it('that is too large for a managed one comes with what to do', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `${'x'.repeat(77)}${index}`);
    const resources = Object.fromEntries(
      names.map((name, index) => [`job${index}`, { ...batchJob(), overrides: { StateMachine: { name } } }]),
    );
    const { code, out, err } = await run(stack({ resources }), undefined, { policy: 'read' });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toHaveProperty('Statement');
    expect(err).toMatch(
      /^The policy has \d,\d{3} characters, and a managed policy can have 6,144: divide its statements between two policies\.$/,
    );
  });

  it('of the key needs a key', async () => {
    await expect(run(stack(), undefined, { policy: 'key' })).rejects.toThrow(
      'The config names no key. Set encryption.kmsKeyArn first.',
    );
    const kmsKeyArn = 'arn:aws:kms:eu-west-1:123456789012:key/12345678-1234-1234-1234-123456789012';
    const { code, out } = await run(stack({ stack: { encryption: { kmsKeyArn } } }), undefined, { policy: 'key' });
    expect(code).toBe(0);
    expect(out).toMatch(/^\{\n {2}"Version"/);
    expect(out).toContain('kms:Decrypt');
  });
});
