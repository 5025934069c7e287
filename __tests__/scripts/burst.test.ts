import { startsTable, submissionsTable } from '../../scripts/burst';
import { chosenWaits, previousWaits, type StartsOutcome, startsBurst } from '../../scripts/burst/starts';
import { chosenRetries, previousRetries, submissionsBurst } from '../../scripts/burst/submissions';

describe('a burst of runs, at a fiftieth of its size against a fiftieth of the quota', () => {
  const FIFTIETH = { bucket: 1, refill: 1 };

  test.each([
    [20_000, 'a million', 1.15, 46],
    [8_000, 'four hundred thousand', 1.3, 23],
    [2_000, 'a hundred thousand', 2.2, 15],
  ])(
    'of %d, for %s: none is given up, the last starts in time, and retries cost what the page says',
    (runs, _, late, transitions) => {
      const outcome = submissionsBurst({ runs, retries: chosenRetries(), quota: FIFTIETH });
      expect(outcome.failed).toBe(0);
      expect(outcome.lastSeconds / outcome.idealSeconds).toBeLessThan(late);
      expect(outcome.transitions / runs).toBeLessThan(transitions);
    },
  );

  test('of a hundred and fifty thousand starts even where attempts are so many that a submission has one round', () => {
    expect(submissionsBurst({ runs: 3_000, retries: chosenRetries(1), quota: FIFTIETH }).failed).toBe(0);
  });

  test('failed in part before, which shows that the simulation can fail', () => {
    const { failed } = submissionsBurst({ runs: 8_000, retries: previousRetries, quota: FIFTIETH });
    expect(failed).toBeGreaterThan(4_000);
  });
});

describe('a burst of events, at a tenth of its size', () => {
  const play = (waits: typeof chosenWaits): StartsOutcome =>
    startsBurst({ events: 5_000, functions: 100, quota: { bucket: 80, refill: 15 }, waits });

  test('a thousand functions where 150 executions start in a second: no event is left over, and few functions run out of time', () => {
    const now = play(chosenWaits);
    const before = play(previousWaits);
    expect(now.undelivered).toBe(0);
    expect(now.failedInvocations).toBeLessThan(50);
    expect(before.failedInvocations).toBeGreaterThan(3 * now.failedInvocations);
    expect(now.calls).toBeLessThan(before.calls);
  });

  test('more functions than the quota can ever serve: each event ends once, started or undelivered', () => {
    const outcome = startsBurst({
      events: 3_000,
      functions: 3_000,
      quota: { bucket: 1, refill: 10 },
      waits: chosenWaits,
    });
    expect(outcome.undelivered).toBeGreaterThan(0);
    expect(outcome.undelivered).toBeLessThan(3_000);
    expect(outcome.failedInvocations).toBeGreaterThan(3 * outcome.undelivered);
  });
});

test('the same seed plays the same burst, and prints a line for each', () => {
  expect(submissionsTable([100], 3)).toEqual(submissionsTable([100], 3));
  expect(submissionsTable([100], 3)).toHaveLength(2 + 3);
  expect(startsTable(50, 1)).toHaveLength(2 + 8);
});
