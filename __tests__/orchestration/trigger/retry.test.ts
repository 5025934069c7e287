import { deadlineIn } from '../../../modules/orchestration/trigger/deadline';
import { withRetries } from '../../../modules/orchestration/trigger/retry';
import { StartError } from '../../../modules/orchestration/trigger/start-error';

const throttled = () => new StartError('ThrottlingException', 'Rate exceeded', true);

afterEach(() => jest.restoreAllMocks());

/** Runs out of time with the given jitter, and returns when each attempt began, in milliseconds after the first. */
async function attemptTimes(jitter: number, timeMs: number): Promise<number[]> {
  jest.spyOn(Math, 'random').mockReturnValue(jitter);
  const began: number[] = [];
  const attempt = () => {
    began.push(performance.now());
    return Promise.reject(throttled());
  };
  await expect(withRetries(attempt, deadlineIn(timeMs))).rejects.toThrow(/^Out of time after/);
  return began.map((time) => time - (began[0] ?? 0));
}

test('waits double from 50 ms to 500 ms at most', async () => {
  const times = await attemptTimes(1, 2_700);
  const waits = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  const expected = [50, 100, 200, 400, 500, 500];
  expect(waits).toHaveLength(expected.length);
  for (const [index, wait] of waits.entries()) {
    expect(wait).toBeGreaterThan((expected[index] ?? 0) - 3);
    expect(wait).toBeLessThan((expected[index] ?? 0) + 60);
  }
});

test('jitter is full: half of the random range waits half as long', async () => {
  const [, first = 0, second = 0] = await attemptTimes(0.5, 760);
  expect(first).toBeGreaterThan(22);
  expect(first).toBeLessThan(50);
  expect(second - first).toBeGreaterThan(47);
  expect(second - first).toBeLessThan(100);
});

test('an attempt may take half of what is left, five seconds at most, a tenth of a second at least', async () => {
  const limits: number[] = [];
  for (const timeMs of [60_500, 2_500, 0]) {
    await withRetries(async (timeoutMs) => limits.push(timeoutMs), deadlineIn(timeMs));
  }
  expect(limits[0]).toBe(5_000);
  expect(limits[1]).toBeGreaterThan(950);
  expect(limits[1]).toBeLessThanOrEqual(1_000);
  expect(limits[2]).toBe(100);
});

test('an error of the program is not retried', async () => {
  let attempts = 0;
  const attempt = () => {
    attempts++;
    return Promise.reject(new TypeError('bug'));
  };
  await expect(withRetries(attempt, deadlineIn(5_000))).rejects.toThrow(TypeError);
  expect(attempts).toBe(1);
});
