import { RunsOfStreams } from '../../../../cli/operate/logs/runs-of-streams';
import { deploymentOf, type Request } from '../fake-aws';

const T = Date.UTC(2026, 10, 26, 12);
const MINUTE = 60_000;

/** A run of one attempt, whose container writes to the stream `<name>-stream` (the history's shape is that of Step Functions; it is made). */
interface MadeRun {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

function historyOf({ name, from, to }: MadeRun) {
  const job = {
    JobId: name,
    Status: 'SUCCEEDED',
    CreatedAt: from,
    Attempts: [{ StartedAt: from, StoppedAt: to, Container: { LogStreamName: `${name}-stream`, ExitCode: 0 } }],
    Container: { ExitCode: 0, LogStreamName: `${name}-stream` },
  };
  return [
    { id: 1, type: 'TaskStateEntered', timestamp: new Date(from), stateEnteredEventDetails: { name: 'Attempt 1' } },
    { id: 2, type: 'TaskScheduled', timestamp: new Date(from), taskScheduledEventDetails: { parameters: '{}' } },
    {
      id: 3,
      type: 'TaskSubmitted',
      timestamp: new Date(from),
      taskSubmittedEventDetails: { output: JSON.stringify({ JobId: name }) },
    },
    {
      id: 4,
      type: 'TaskSucceeded',
      timestamp: new Date(to),
      taskSucceededEventDetails: { output: JSON.stringify(job) },
    },
  ];
}

function streams(runs: readonly MadeRun[]) {
  const requests: Request[] = [];
  const deployment = deploymentOf((request) => {
    requests.push(request);
    const { name, input } = request;
    const of = () => runs.find((run) => String(input.executionArn).endsWith(`:${run.name}`)) as MadeRun;
    switch (name) {
      case 'ListExecutions':
        return {
          executions: runs.map((run) => ({
            name: run.name,
            executionArn: `arn:run:${run.name}`,
            status: 'SUCCEEDED',
            startDate: new Date(run.from),
            stopDate: new Date(run.to),
          })),
        };
      case 'DescribeExecution':
        return {
          name: of().name,
          status: 'SUCCEEDED',
          startDate: new Date(of().from),
          stopDate: new Date(of().to),
          input: '{}',
        };
      case 'GetExecutionHistory':
        return { events: historyOf(of()) };
      default:
        throw new Error(name);
    }
  });
  const histories = () => requests.filter(({ name }) => name === 'GetExecutionHistory').length;
  const lists = () => requests.filter(({ name }) => name === 'ListExecutions').length;
  return { streams: new RunsOfStreams(deployment, deployment.jobNamed('report')), histories, lists };
}

it('finds the run of a stream among those that were in progress, and reads each once', async () => {
  const runs = Array.from({ length: 2_000 }, (_, index) => ({
    name: `run-${index}`,
    from: T - index * 10 * MINUTE,
    to: T - index * 10 * MINUTE + 5 * MINUTE,
  }));
  const { streams: of, histories, lists } = streams(runs);
  for (const index of [1999, 1000, 1000, 0]) {
    const { from } = runs[index] as MadeRun;
    const found = await of.of(`run-${index}-stream`, new Date(from + MINUTE));
    expect(found).toMatchObject({ run: `run-${index}`, attempt: { number: 1 }, start: { number: 1 } });
  }
  expect(histories()).toBe(3);
  expect(lists()).toBe(1);
});

it('reads at most 200 runs for a stream, and asks no more for one that it does not find', async () => {
  const runs = Array.from({ length: 300 }, (_, index) => ({ name: `run-${index}`, from: T, to: T + MINUTE }));
  const { streams: of, histories } = streams(runs);
  expect(await of.of('unknown', new Date(T))).toBeUndefined();
  expect(histories()).toBe(200);
  expect(await of.of('unknown', new Date(T))).toBeUndefined();
  expect(histories()).toBe(200);
});
