import timers from 'node:timers/promises';
import type { LogLines } from '../../../../cli/operate/logs/filter';
import { JobLog } from '../../../../cli/operate/logs/job-log';
import { LogOutput } from '../../../../cli/operate/logs/log-output';
import { storyOf } from '../../../../cli/operate/story';
import { answers, deploymentOf, fault } from '../fake-aws';
import { recorded } from '../histories/recorded';

const GROUP = '/batch-jobs/shop/report';
const { execution, history } = recorded('succeeded');
const RUN = execution.name ?? '';
const STREAM = storyOf(execution, history).attempts[0]?.starts[0]?.logStream ?? '';
const TIME = Number(execution.startDate);
const listed = {
  name: RUN,
  executionArn: execution.executionArn,
  status: 'SUCCEEDED',
  startDate: execution.startDate,
  stopDate: execution.stopDate,
};

const event = (eventId: string, logStreamName = STREAM, message = 'hello') => ({
  eventId,
  timestamp: TIME,
  logStreamName,
  message,
});

interface Setting {
  readonly lines?: Partial<LogLines>;
  readonly aws?: object;
  readonly json?: boolean;
  readonly isTerminal?: boolean;
}

/** The log of a job whose runs are the recorded one. */
function logOf(events: readonly object[], { lines, aws, json = false, isTerminal = false }: Setting = {}) {
  const answer = answers({
    DescribeLogGroups: { logGroups: [{ logGroupName: GROUP, retentionInDays: 3650 }] },
    FilterLogEvents: { events },
    ListExecutions: { executions: [listed] },
    DescribeExecution: execution,
    GetExecutionHistory: { events: history },
    DescribeJobs: {},
    ...aws,
  });
  const deployment = deploymentOf(answer);
  const written = { out: '', notes: '' };
  const sink = (to: 'out' | 'notes') => ({
    isTTY: isTerminal,
    write: (text: string) => {
      written[to] += text;
      return true;
    },
  });
  const output = new LogOutput(json, sink('out') as never, sink('notes') as never);
  const log = new JobLog(deployment, deployment.jobNamed('report'), GROUP, { follow: false, ...lines }, output);
  const inputs = (name: string) => answer.requests.flatMap((request) => (request.name === name ? [request.input] : []));
  return { log, written, inputs };
}

/** What is printed, without the day and the times, which are of the time zone. */
async function printed(events: readonly object[], setting?: Setting) {
  const { log, written, inputs } = logOf(events, setting);
  expect(await log.print()).toBe(0);
  const lines = written.out
    .trimEnd()
    .replace(/\d\d:\d\d:\d\d/g, 'time')
    .split('\n')
    .filter((line) => !/^\d{4}-\d\d-\d\d$/.test(line));
  return { lines, notes: written.notes, inputs };
}

afterEach(() => jest.restoreAllMocks());

describe('the lines of all runs of a job', () => {
  it('have their run, with a heading for each container', async () => {
    const { lines, inputs } = await printed([event('1'), event('2', STREAM, 'again')]);
    expect(lines).toEqual([`${RUN}: Attempt 1 of 3`, `time ${RUN} | hello`, `time ${RUN} | again`]);
    expect(inputs('FilterLogEvents')[0]).toMatchObject({
      logGroupName: GROUP,
      logStreamNames: undefined,
      filterPattern: undefined,
    });
  });

  it('are those of the last day, or since a time, and can be filtered', async () => {
    jest.spyOn(Date, 'now').mockReturnValue(TIME + 1_000);
    const day = await printed([event('1')]);
    expect(day.inputs('FilterLogEvents')[0]).toMatchObject({ startTime: TIME + 1_000 - 86_400_000 });
    const since = new Date(TIME - 5);
    const { inputs } = await printed([event('1')], { lines: { since, filter: '"x"' } });
    expect(inputs('FilterLogEvents')[0]).toMatchObject({ startTime: TIME - 5, filterPattern: '"x"' });
  });

  it('can be of a container of no known run, which is named by the end of its stream', async () => {
    const { lines } = await printed([event('1', 'batch/default/0123456789')]);
    expect(lines).toEqual(['Container of no known run: batch/default/0123456789', 'time 23456789 | hello']);
  });

  it('have the short name of a run on a terminal: what tells it from others of the job', async () => {
    const short = async (name: string) => {
      const aws = { ListExecutions: { executions: [{ ...listed, name }] } };
      return (await printed([event('1')], { aws, isTerminal: true })).lines.at(-1);
    };
    expect(await short('report-0123456789abcdef0123456789abcdef')).toBe('time 01234567 | hello');
    expect(await short('report-by-hand')).toBe('time by-hand | hello');
    expect(await short('mine')).toBe('time mine | hello');
    expect(await short(`report-${'x'.repeat(30)}`)).toBe(`time ${'x'.repeat(23)}… | hello`);
  });

  it('are documents for programs', async () => {
    const { lines } = await printed([event('1')], { json: true });
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { type: 'container', run: RUN, attempt: 1, start: 1, stream: STREAM },
      expect.objectContaining({ type: 'line', run: RUN, attempt: 1, start: 1, stream: STREAM, text: 'hello' }),
    ]);
  });

  it('say first that older ones are gone', async () => {
    const since = new Date(TIME - 90 * 86_400_000);
    jest.spyOn(Date, 'now').mockReturnValue(TIME);
    const aws = { DescribeLogGroups: { logGroups: [{ logGroupName: GROUP, retentionInDays: 30 }] } };
    const { lines } = await printed([event('1')], { lines: { since }, aws });
    expect(lines[0]).toBe(`Lines older than 30 days are gone: log group ${GROUP} keeps them no longer.`);
  });
});

describe('a job without lines', () => {
  const ago = new Date(2026, 10, 27, 6, 0);
  const none = async (setting: Setting = {}) => (await printed([], setting)).lines;
  const executions = (startDate: Date) => ({ ListExecutions: { executions: [{ ...listed, startDate }] } });

  it('says where they might be: in its newest run', async () => {
    const [first, second, ...more] = await none({ aws: executions(ago) });
    expect(first).toBe('Job report has written no lines in the last day.');
    expect(second).toMatch(new RegExp(`^Its newest run started 2026-11-27 06:00: .*logs.* ${RUN}$`));
    expect(more).toEqual([]);
  });

  it('says which lines were looked for', async () => {
    const lines = { since: ago, filter: '"x"' };
    expect(await none({ aws: executions(ago), lines })).toEqual([
      'Job report has written no such lines since 2026-11-27 06:00.',
    ]);
  });

  it('says how to start it if it has had no runs', async () => {
    const [, second, ...more] = await none({ aws: { ListExecutions: {} } });
    expect(second).toMatch(/^It has had no runs\. Start one: .*start.* report$/);
    expect(more).toEqual([]);
    expect(await none({ aws: { ListExecutions: {} }, lines: { filter: '"x"' } })).toHaveLength(2);
  });

  it('can be not deployed, or unknown', async () => {
    await expect(none({ aws: { ListExecutions: fault('StateMachineDoesNotExist') } })).rejects.toThrow(
      'Job report of stack shop is not deployed',
    );
    await expect(none({ aws: { ListExecutions: fault('AccessDenied') } })).rejects.toThrow('It failed (AccessDenied).');
  });

  it('asks for the newest run only', async () => {
    expect((await printed([])).inputs('ListExecutions')).toEqual([expect.objectContaining({ maxResults: 1 })]);
  });
});

describe('a job that is followed', () => {
  let isOver = false;
  let pauses: number[] = [];

  beforeEach(() => {
    [isOver, pauses] = [false, []];
    jest.spyOn(timers, 'setTimeout').mockImplementation(async (milliseconds = 0) => {
      pauses.push(milliseconds);
      await new Promise(setImmediate);
      // What is followed beside what has failed has no end.
      if (isOver) await new Promise(() => undefined);
    });
  });

  const followed = async (log: JobLog) => {
    await expect(log.follow()).rejects.toThrow('enough');
    isOver = true;
    await new Promise(setImmediate);
    await new Promise(setImmediate);
  };

  it('tells lines as they come, and the starts and ends of runs, also after an error that passes', async () => {
    const looks: unknown[] = [
      { executions: [listed] },
      fault('ThrottlingException'),
      {
        executions: [{ name: 'report-2', executionArn: 'arn:2', status: 'RUNNING', startDate: new Date(TIME) }, listed],
      },
      {
        executions: [
          {
            name: 'report-2',
            executionArn: 'arn:2',
            status: 'TIMED_OUT',
            startDate: new Date(TIME),
            stopDate: new Date(TIME + 90_000),
          },
          listed,
        ],
      },
    ];
    const aws = {
      ListExecutions: ({ maxResults }: { maxResults: number }) => {
        if (maxResults !== 100) return { executions: [listed] };
        const next = looks.shift();
        if (next === undefined) throw new Error('enough');
        return next;
      },
    };
    const lines: unknown[] = [fault('ThrottlingException')];
    const FilterLogEvents = () => lines.shift() ?? { events: [event('1')] };
    const { log, written, inputs } = logOf([], { aws: { ...aws, FilterLogEvents }, json: true });
    await followed(log);
    const documents = written.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(documents.filter(({ type }) => type === 'started' || type === 'result')).toEqual([
      { type: 'started', run: 'report-2', time: new Date(TIME).toISOString() },
      { type: 'result', run: 'report-2', status: 'TIMED_OUT', ended: new Date(TIME + 90_000).toISOString() },
    ]);
    expect(documents).toContainEqual(expect.objectContaining({ type: 'line', text: 'hello' }));
    expect(inputs('DescribeLogGroups')).toHaveLength(1);
    expect(written.notes).toContain('AWS does not answer made:Up, trying again');
    expect(pauses.filter((pause) => pause === 5_000).length).toBeGreaterThanOrEqual(3);
  });

  it('tells ends in words', async () => {
    const looks: unknown[] = [{}, { executions: [listed] }];
    const aws = {
      ListExecutions: ({ maxResults }: { maxResults: number }) => {
        if (maxResults !== 100) return {};
        const next = looks.shift();
        if (next === undefined) throw new Error('enough');
        return next;
      },
    };
    const { log, written } = logOf([], { aws });
    await followed(log);
    expect(written.out).toMatch(new RegExp(`^${RUN} started\n${RUN} succeeded after \\S+ s\n$`));
  });
});
