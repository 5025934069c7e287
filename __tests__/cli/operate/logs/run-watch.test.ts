import { RunWatch } from '../../../../cli/operate/logs/run-watch';
import { answers, deploymentOf, fault } from '../fake-aws';

const NOW = Date.parse('2026-11-27T12:00:00Z');
const secondsAgo = (seconds: number) => new Date(NOW - seconds * 1000);
const run = (name: string, stopDate?: Date) => ({ name, startDate: secondsAgo(60), stopDate });

/** What each of several looks finds, and the requests. */
async function looks(...executions: readonly (readonly object[] | Error)[]) {
  const answer = answers({
    ListExecutions: () => {
      const found = executions[answer.requests.length - 1];
      return found instanceof Error
        ? found
        : { executions: found, ...(found && found.length >= 100 && { nextToken: 'more' }) };
    },
  });
  const deployment = deploymentOf(answer);
  const watch = new RunWatch(deployment, deployment.jobNamed('report'));
  const news: unknown[] = [];
  for (const _ of executions) {
    news.push(
      (await watch.next(NOW)).map(
        ({ run: { name }, hasEnded }) =>
          `${name} ${String(hasEnded).replace('true', 'ended').replace('false', 'began')}`,
      ),
    );
  }
  return { news, requests: answer.requests };
}

it('has nothing to say at the first look', async () => {
  const { news, requests } = await looks([run('a'), run('b', secondsAgo(60))]);
  expect(news).toEqual([[]]);
  expect(requests.map(({ input }) => input)).toEqual([
    expect.objectContaining({ maxResults: 100, stateMachineArn: expect.stringMatching(/:shop-report$/) }),
  ]);
});

it('tells runs that have begun or ended since, oldest first', async () => {
  const { news } = await looks(
    [run('a')],
    [run('c'), run('b', secondsAgo(30)), run('a', secondsAgo(30))],
    [run('c'), run('b', secondsAgo(30)), run('a', secondsAgo(30))],
  );
  expect(news).toEqual([[], ['a ended', 'b began', 'b ended', 'c began'], []]);
});

it('tells the end six seconds later, when the last lines have arrived', async () => {
  const { news } = await looks([run('a')], [run('a', secondsAgo(6))], [run('a', secondsAgo(7))]);
  expect(news).toEqual([[], [], ['a ended']]);
});

it('looks at the newest 100 runs only, which are one page', async () => {
  const many = Array.from({ length: 100 }, (_, index) => run(`run-${index}`));
  const { news, requests } = await looks(many, [run('new'), ...many.slice(0, 99)]);
  expect(news).toEqual([[], ['new began']]);
  expect(requests).toHaveLength(2);
});

it('says that the job is not deployed, and throws any other error', async () => {
  await expect(looks(fault('StateMachineDoesNotExist'))).rejects.toThrow('Job report of stack shop is not deployed');
  await expect(looks(fault('AccessDenied'))).rejects.toThrow('It failed (AccessDenied).');
});
