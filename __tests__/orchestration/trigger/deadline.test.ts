import { deadlineIn, RESERVE_MS } from '../../../modules/orchestration/trigger/deadline';

// Exact, whatever else the machine does; handler.test.ts shows that the function in its process keeps to it.
beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('half a second before Lambda ends the function, its time is up', () => {
  const deadline = deadlineIn(25_000);
  expect(RESERVE_MS).toBe(500);
  expect(deadline.remainingMs()).toBe(24_500);
  jest.advanceTimersByTime(24_000);
  expect(deadline.remainingMs()).toBe(500);
  jest.advanceTimersByTime(600);
  expect(deadline.remainingMs()).toBe(-100);
});

test('a function that has less than that left is late from the start', () => {
  expect(deadlineIn(100).remainingMs()).toBe(-400);
});
