import { limitsText } from '../../../cli/model/limits-text';

it.each([
  [{ concurrentRuns: 5 }, 'at most 5 at once'],
  [{ concurrentRuns: 50, countItems: true, runsPerDay: 9 }, 'at most 50 items at once, 9 per day'],
  [{ concurrentRuns: 1, countItems: true }, 'at most 1 item at once'],
  [{ runsPerHour: 10 }, 'at most 10 per hour'],
  [{ concurrentRuns: 1, runsPerHour: 100, runsPerDay: 500 }, 'at most 1 at once, 100 per hour, 500 per day'],
])('%j are %s', (limits, text) => {
  expect(limitsText({ whenExceeded: 'wait', ...limits })).toBe(text);
});
