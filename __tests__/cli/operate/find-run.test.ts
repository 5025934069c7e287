import { AwsFault } from '../../../cli/operate/aws/fault';
import type { DeployedJob, Deployment } from '../../../cli/operate/deployment';
import { findRun, MOST_SEARCHED } from '../../../cli/operate/find-run';
import { newestRuns } from '../../../cli/operate/newest-runs';

interface Command {
  readonly input: {
    readonly stateMachineArn?: string;
    readonly executionArn?: string;
    readonly nextToken?: string;
    readonly maxResults?: number;
  };
}

/** A deployment whose jobs have some runs, a minute apart, and the pages of ListExecutions that were asked for. Made: no engine has so many. */
function deploymentOf(counts: { readonly [job: string]: number }, byHand?: (job: string, index: number) => string) {
  const named = byHand ?? ((job: string, index: number) => `${job}-run-${index}`);
  const pages: string[] = [];
  const jobs = new Map(
    Object.keys(counts).map((name) => [
      name,
      { name, stateMachineName: name, stateMachineArn: `arn:aws:states:eu-west-1:123456789012:stateMachine:${name}` },
    ]),
  );
  const send = async ({ input }: Command) => {
    if (input.executionArn !== undefined) {
      const [job = '', run] = input.executionArn.split(':').slice(-2);
      // The other names are only found by their beginnings.
      if (byHand && Array.from({ length: counts[job] ?? 0 }, (_, index) => named(job, index)).includes(run ?? ''))
        return {};
      throw new AwsFault('no', 'ExecutionDoesNotExist', 'states:DescribeExecution');
    }
    const name = input.stateMachineArn?.split(':').at(-1) ?? '';
    const count = counts[name] ?? 0;
    if (count < 0) throw new AwsFault('no', 'StateMachineDoesNotExist', 'states:ListExecutions');
    pages.push(name);
    const from = Number(input.nextToken ?? 0);
    const to = Math.min(count, from + (input.maxResults ?? 100));
    const executions = Array.from({ length: to - from }, (_, index) => ({
      name: named(name, from + index),
      executionArn: `arn:${name}:${from + index}`,
      status: 'SUCCEEDED',
      startDate: new Date(Date.UTC(2026, 10, 26) - (from + index) * 60_000),
    }));
    return { executions, nextToken: to < count ? String(to) : undefined };
  };
  const deployment = {
    jobs,
    stackName: 'shop',
    account: '123456789012',
    region: 'eu-west-1',
    clients: { sfn: { send } },
    notDeployed: (what?: string) => new Error(`${what ?? 'Nothing'} is not deployed`),
    jobNamed: (name: string) => jobs.get(name),
  };
  return { deployment: deployment as unknown as Deployment, pages };
}

it('a beginning is looked for among a bounded number of runs, and a person is told', async () => {
  const { deployment, pages } = deploymentOf({ report: 25_000 });
  const notes: string[] = [];
  const found = await findRun(deployment, 'report-run-9999', (line) => notes.push(line));
  expect(found.name).toBe('report-run-9999');
  expect(pages).toHaveLength(MOST_SEARCHED / 1_000);
  expect(notes).toEqual([
    'Only the newest 10,000 runs of a job were searched for "report-run-9999": an older one can begin so too.',
  ]);
  await expect(findRun(deployment, 'report-run-20000', () => {})).rejects.toThrow(
    'Stack shop has no run "report-run-20000" among the newest 10,000 runs of a job',
  );
});

it('the job that a name begins with is searched first, and the others only if it has no such run', async () => {
  const { deployment, pages } = deploymentOf({ report: 3, other: 3 });
  expect((await findRun(deployment, 'report-run-2', () => {})).job.name).toBe('report');
  expect(pages).toEqual(['report']);
  await expect(findRun(deployment, 'report-x', () => {})).rejects.toThrow('has no run "report-x" in account');
  expect(pages).toEqual(['report', 'report', 'other']);
});

it('runs of several jobs with one name are told apart by their ARNs only', async () => {
  const { deployment } = deploymentOf({ report: 1, other: 1 }, () => 'by-hand');
  for (const text of ['by-hand', 'by-h']) {
    await expect(findRun(deployment, text, () => {})).rejects.toThrow(
      /^2 jobs have a run "by-hand": report, other\. Name it by the ARN of its execution:\n {2}arn:.*\n {2}arn:.*$/,
    );
  }
});

it('a stack of which nothing is deployed has no runs to find', async () => {
  const { deployment } = deploymentOf({ report: -1, other: -1 });
  await expect(findRun(deployment, 'x', () => {})).rejects.toThrow('Nothing is not deployed');
  await expect(findRun(deployment, 'report@latest', () => {})).rejects.toThrow('Job report is not deployed');
});

it('the newest runs of several jobs are merged from one page of each', async () => {
  const { deployment, pages } = deploymentOf({ a: 2_000, b: 2_000, gone: -1 });
  const missing = new Set<DeployedJob>();
  const jobs = [...deployment.jobs.values()];
  const names: string[] = [];
  for await (const { name } of newestRuns(deployment, { jobs, statuses: [], limit: 6 }, missing)) {
    names.push(name);
    if (names.length === 6) break;
  }
  expect(names).toEqual(['a-run-0', 'b-run-0', 'a-run-1', 'b-run-1', 'a-run-2', 'b-run-2']);
  expect(pages).toEqual(['a', 'b']);
  expect([...missing].map(({ name }) => name)).toEqual(['gone']);
});

it('runs that started before a time end the list without a further page', async () => {
  const { deployment, pages } = deploymentOf({ a: 2_000 });
  const since = new Date(Date.UTC(2026, 10, 26) - 5 * 60_000);
  const names: string[] = [];
  const selection = { jobs: [...deployment.jobs.values()], statuses: [], since, limit: 1_000 };
  for await (const { name } of newestRuns(deployment, selection, new Set())) names.push(name);
  expect(names).toHaveLength(6);
  expect(pages).toHaveLength(1);
});
