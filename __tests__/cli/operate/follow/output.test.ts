import timers from 'node:timers/promises';
import { ContainerOutput } from '../../../../cli/operate/follow/output';
import { RequestRetries } from '../../../../cli/operate/follow/request-retries';
import type { ContainerStart } from '../../../../cli/operate/run-story';
import type { Report } from '../../../../cli/run-report/report';
import { answers, deploymentOf, fault, type Given } from '../fake-aws';
import { attempt, story } from '../why/sample-facts';

const NOW = 1_764_165_600_000;
const event = (eventId: string, message = eventId) => ({ eventId, timestamp: NOW, message });

let pauses: number[];
let now: number;
beforeEach(() => {
  pauses = [];
  now = NOW;
  jest.spyOn(Date, 'now').mockImplementation(() => now);
  jest.spyOn(timers, 'setTimeout').mockImplementation(async (milliseconds = 0) => {
    pauses.push(milliseconds);
    now += milliseconds;
  });
});
afterEach(() => jest.restoreAllMocks());

/** The output of containers. Each list of events is what one look at CloudWatch Logs finds, the last one is repeated. */
function output(looks: readonly (readonly object[] | Error)[], given?: Given) {
  let look = 0;
  const answer = answers({
    FilterLogEvents: () => {
      const found = looks[Math.min(look++, looks.length - 1)];
      return found instanceof Error ? found : { events: found };
    },
  });
  const told: string[] = [];
  const report = {
    tell: ({ type, text }: { type: string; text?: string }) => told.push(`${type}: ${text}`),
    lines: async (text: string, time: Date) => void told.push(`${time.getTime() - NOW} ${text}`),
  } as unknown as Report;
  const deployment = deploymentOf(answer, given);
  const of = new ContainerOutput(deployment, deployment.jobNamed('report'), report, new RequestRetries(report));
  return { of, told, inputs: () => answer.requests.map(({ input }) => input) };
}

const run = (...starts: readonly Partial<ContainerStart>[]) =>
  story({
    attempts: [attempt({ starts: starts.map((start, index) => ({ number: index + 1, isReclaim: false, ...start })) })],
  });
const running = run({ started: new Date(NOW), logStream: 'stream-1' });

describe('new lines', () => {
  it('are those of the last container, with their times, until there are no more', async () => {
    const { of, told, inputs } = output([[event('a')], [event('a'), event('b')], []]);
    expect(await of.showNew(running)).toBe(true);
    expect(told).toEqual(['0 a', '0 b']);
    expect(inputs()[0]).toMatchObject({ logGroupName: '/batch-jobs/shop/report', logStreamNames: ['stream-1'] });
    expect(await of.showNew(running)).toBe(false);
    expect(told).toHaveLength(2);
  });

  it.each([
    ['no attempt', story({ attempts: [] })],
    ['no container', run()],
    ['a container without a stream', run({ started: new Date(NOW) })],
    ['a container that has not started', run({ logStream: 'stream-1' })],
  ])('are none of a run with %s', async (_, of) => {
    const { of: shown, inputs } = output([[event('a')]]);
    expect(await shown.showNew(of)).toBe(false);
    expect(inputs()).toEqual([]);
  });

  it('are shown again after an error that passes', async () => {
    const { of, told } = output([fault('ThrottlingException'), [event('a')], []]);
    expect(await of.showNew(running)).toBe(true);
    expect(told).toEqual(['note: AWS does not answer made:Up, trying again', '0 a']);
  });
});

describe('the output of a container that ended', () => {
  it('is read every second until six seconds after its end, and then no more', async () => {
    const { of, told, inputs } = output([[event('a')], [], [event('b')], []]);
    await of.finish('stream-1', new Date(NOW - 4_000));
    expect(pauses).toEqual([1_000, 1_000]);
    expect(told).toEqual(['0 a', '0 b']);
    const count = inputs().length;
    await of.finish('stream-1', new Date(NOW));
    expect(await of.showNew(running)).toBe(false);
    expect(inputs()).toHaveLength(count);
  });

  it('is read once if it ended long ago, and after the time at which its last lines are there', async () => {
    const { of } = output([[]]);
    await of.finish('stream-1', new Date(NOW - 6_000));
    expect(pauses).toEqual([]);
    await of.finish('stream-2', new Date(NOW - 5_999));
    expect(pauses).toEqual([1_000]);
  });

  it('goes on where the lines before ended', async () => {
    const { of, told } = output([[event('a')], [], [event('a'), event('b')], []]);
    await of.showNew(running);
    await of.finish('stream-1', new Date(0));
    expect(told).toEqual(['0 a', '0 b']);
  });
});

describe('output that cannot be shown', () => {
  it('is told once, and not asked for again', async () => {
    const { of, told, inputs } = output([fault('AccessDenied')]);
    expect(await of.showNew(running)).toBe(false);
    expect(told).toEqual(['note: the output cannot be shown: It failed (AccessDenied).']);
    await of.showNew(running);
    await of.finish('stream-1', new Date(NOW));
    expect(inputs()).toHaveLength(1);
    expect(pauses).toEqual([]);
  });

  it('is not on CloudWatch Logs if the job has no logging', async () => {
    const { of, told, inputs } = output([[event('a')]], { properties: { logging: { disabled: true } } });
    expect(told).toEqual(['note: logging is disabled for this job, so its output is only on the instance']);
    expect(await of.showNew(running)).toBe(false);
    await of.finish('stream-1', new Date(NOW));
    expect(inputs()).toEqual([]);
  });

  it('ends the command at any other error', async () => {
    await expect(output([fault('InvalidParameterException')]).of.showNew(running)).rejects.toThrow('InvalidParameter');
    await expect(output([new Error('a defect')]).of.showNew(running)).rejects.toThrow('a defect');
  });
});
