import type { TaskCall } from '../../cli/local/state-machine/interpreter';
import { retryPlan } from '../../modules/orchestration/retry-plan';
import { ENDED, ENDS, failedJob, walk } from './walked-document';

describe('a job that gets more memory after an attempt that was killed for it', () => {
  const levelled = (input: object = {}) =>
    retryPlan({ attempts: 6, memory: 1800, onOutOfMemory: { maxMemory: 6000 }, ...input });
  const memoryOf = ({ parameters }: TaskCall) =>
    (parameters as { ContainerOverrides: { ResourceRequirements?: unknown } }).ContainerOverrides.ResourceRequirements;
  const memory = (value: string) => [{ Type: 'MEMORY', Value: value }];

  test('has the next level after each such end, the last one for good, and no other end changes it', async () => {
    const { calls, run } = await walk(levelled(), ['failure', 'memory', 'timeout', 'memory', 'memory']);
    expect(calls.map(memoryOf)).toEqual([
      undefined,
      memory('1800'),
      memory('3600'),
      memory('3600'),
      memory('6000'),
      memory('6000'),
    ]);
    expect(run.status).toBe('SUCCEEDED');
  });

  test('has the second level at once if its first attempt was killed', async () => {
    const { calls } = await walk(levelled(), ['memory', 'failure', 'memory']);
    expect(calls.map(memoryOf)).toEqual([undefined, memory('3600'), memory('3600'), memory('6000')]);
  });

  test('keeps the level while submissions are refused, and on on-demand capacity', async () => {
    const spot = { useSpotInstances: true, spotInterruption: { thenOnDemand: true } };
    const { calls, submissions } = await walk(levelled(spot), [
      'memory',
      'throttle',
      'throttle',
      'reclaim',
      'throttle',
      'failure',
    ]);
    expect(submissions).toEqual(['1 spot', '2 spot', '2 spot', '2 spot', '2 on-demand', '2 on-demand', '3 spot']);
    expect(calls.slice(1).map(memoryOf)).toEqual(Array.from({ length: 6 }, () => memory('3600')));
  });

  test('is killed on on-demand capacity too', async () => {
    const spot = { useSpotInstances: true, spotInterruption: { thenOnDemand: true } };
    const { calls } = await walk(levelled(spot), ['reclaim', 'memory', 'reclaim', 'memory']);
    expect(calls.map(memoryOf)).toEqual([undefined, undefined, memory('3600'), memory('3600'), memory('6000')]);
  });

  test('goes on after a failure without a cause, with the memory that it had', async () => {
    const { calls } = await walk(levelled(), [{ error: 'States.Timeout', cause: '' }, 'memory']);
    expect(calls.map(memoryOf)).toEqual([undefined, memory('1800'), memory('3600')]);
  });

  test('is not given more by an event that quotes the reason', async () => {
    const Value = '{"Reason":"OutOfMemoryError: x"}';
    const quoting = failedJob({
      Container: { Environment: [{ Name: 'STP_TRIGGER_EVENT_DATA', Value }], ExitCode: 1 },
      StatusReason: ENDED,
    });
    const { calls } = await walk(levelled(), [quoting]);
    expect(calls.map(memoryOf)).toEqual([undefined, memory('1800')]);
  });

  test('ends with the reason of its last attempt', async () => {
    const { run } = await walk(levelled({ attempts: 2 }), ['memory', 'memory']);
    expect(run).toMatchObject({ status: 'FAILED', cause: ENDS.memory.cause });
  });
});
