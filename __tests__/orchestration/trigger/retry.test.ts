import fc from 'fast-check';
import type { Deadline } from '../../../modules/orchestration/trigger/deadline';
import { longestWaitMs, withRetries } from '../../../modules/orchestration/trigger/retry';
import { StartError } from '../../../modules/orchestration/trigger/start-error';

/** Times are sums of fractions. */
const ROUNDING_MS = 1e-6;

/** Time here passes only by waiting, so that waits are exact on a busy machine too. Real ones are in handler.test.ts. */
let now = 0;
jest.mock('node:timers/promises', () => ({
  setTimeout: async (ms: number) => {
    now += ms;
  },
}));

beforeEach(() => {
  now = 0;
});
afterEach(() => jest.restoreAllMocks());

const within = (ms: number): Deadline => {
  const end = now + ms;
  return { remainingMs: () => end - now };
};

/** When each attempt began, until the time was up. */
async function attemptTimes(timeMs: number): Promise<number[]> {
  const began: number[] = [];
  const attempt = () => {
    began.push(now);
    return Promise.reject(new StartError('ThrottlingException', 'Rate exceeded', true));
  };
  await expect(withRetries(attempt, within(timeMs))).rejects.toThrow(/^Out of time after/);
  return began;
}

test('waits double from 50 ms to a second at most, and shrink as the time runs out', () => {
  const bounds = (remainingMs: number) =>
    [0, 1, 2, 3, 4, 5, 60].map((failures) => longestWaitMs(failures, remainingMs));
  expect(bounds(24_500)).toEqual([50, 100, 200, 400, 800, 1000, 1000]);
  expect(bounds(6_000)).toEqual([50, 100, 200, 400, 400, 400, 400]);
  expect(bounds(1_500)).toEqual([50, 100, 100, 100, 100, 100, 100]);
  expect(bounds(300)).toEqual([50, 50, 50, 50, 50, 50, 50]);
});

test('attempts follow each other at the bound when the dice fall so', async () => {
  jest.spyOn(Math, 'random').mockReturnValue(1);
  expect((await attemptTimes(900)).map(Math.floor)).toEqual([
    0, 50, 106, 159, 209, 259, 309, 359, 409, 459, 509, 559, 609, 659, 709, 759,
  ]);
});

test('jitter is full: a random number scales the whole wait', async () => {
  jest.spyOn(Math, 'random').mockReturnValue(0.5);
  expect(await attemptTimes(3_000)).toEqual(expect.arrayContaining([0, 25, 75, 172.5]));
});

test('with any jitter, no attempt except the first begins without a tenth of a second left', async () => {
  await fc.assert(
    fc.asyncProperty(fc.double({ min: 0.05, max: 1, noNaN: true }), fc.nat(3_000), async (jitter, timeMs) => {
      now = 0;
      jest.spyOn(Math, 'random').mockReturnValue(jitter);
      const [first, ...others] = await attemptTimes(timeMs);
      expect(first).toBe(0);
      expect(Math.max(0, ...others)).toBeLessThanOrEqual(Math.max(0, timeMs - 100 + ROUNDING_MS));
    }),
  );
});

test('the last error is reported, with the number of attempts', async () => {
  jest.spyOn(Math, 'random').mockReturnValue(1);
  const cause = new StartError('SlowDown', 'Please.', true);
  await expect(withRetries(() => Promise.reject(cause), within(200))).rejects.toMatchObject({
    code: 'SlowDown',
    message: 'Out of time after 3 attempts: Please.',
    cause,
  });
});

test.each([
  [60_000, 5_000],
  [2_000, 1_000],
  [150, 100],
  [-400, 100],
])('with %d ms left an attempt may take %d ms', async (leftMs, limitMs) => {
  expect(await withRetries(async (timeoutMs) => timeoutMs, within(leftMs))).toBe(limitMs);
});

test('what no retry can cure, and errors of the program, end it at once', async () => {
  for (const error of [new StartError('AccessDenied', 'No.', false), new TypeError('bug')]) {
    const attempt = jest.fn(() => Promise.reject(error));
    await expect(withRetries(attempt, within(5_000))).rejects.toBe(error);
    expect(attempt).toHaveBeenCalledTimes(1);
  }
});
