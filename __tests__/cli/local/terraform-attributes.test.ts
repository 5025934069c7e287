import { retryStrategyIn } from '../../../cli/local/terraform-attributes';

it('a job definition without a retry strategy has none', () => {
  expect(retryStrategyIn(undefined)).toBeUndefined();
});

it.each([
  [{ attempts: 2 }, { attempts: 2, evaluateOnExit: [] }],
  [[{ attempts: 2 }], { attempts: 2, evaluateOnExit: [] }],
  [
    { evaluate_on_exit: [{ action: 'exit', on_reason: 'a*', on_status_reason: 'b' }] },
    { attempts: 1, evaluateOnExit: [{ action: 'EXIT', onReason: 'a*', onStatusReason: 'b' }] },
  ],
])('%j', (block, strategy) => {
  expect(retryStrategyIn(block)).toEqual(strategy);
});
