import { RETRY_LIMITS, retryPlanProblem, retryPlanProblems } from '../../modules/rules/retries';

describe('an impossible plan', () => {
  test('names every value at fault at once', () => {
    const input = { attempts: 0, retryIntervalSeconds: -1, retryIntervalMultiplier: -1, timeout: 1 };
    expect(retryPlanProblems(input).map(({ path }) => path.join('.'))).toEqual([
      'attempts',
      'retryIntervalSeconds',
      'retryIntervalMultiplier',
      'timeout',
    ]);
    expect(retryPlanProblem(input)).toBeUndefined();
  });

  test('has waits that overflow', () => {
    expect(retryPlanProblem({ attempts: 100, retryIntervalSeconds: 1e300, retryIntervalMultiplier: 1e300 })).toMatch(
      /add up to more than 100,000,000,000 seconds/,
    );
  });

  test('begins at exactly one year of waits', () => {
    const wait = (seconds: number) => ({ attempts: 2, retryIntervalSeconds: seconds });
    expect(retryPlanProblem(wait(RETRY_LIMITS.executionSeconds))).toBeDefined();
    expect(retryPlanProblem(wait(RETRY_LIMITS.executionSeconds - 1))).toBeUndefined();
  });
});
