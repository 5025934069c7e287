import {
  MAX_CONTAINER_OVERRIDES_LENGTH,
  overridesBudget,
} from '../../../modules/orchestration/trigger/overrides-budget';
import { fitsOverrides } from '../../../modules/orchestration/trigger/payload';

const VARIABLES = { STP_MAXIMUM_ATTEMPTS: '10', STP_CURRENT_ATTEMPT: '10' };

/** The overrides of a job with the longest names that Batch allows, with the event in them. */
function overridesLength(eventJson: string): number {
  const environment = Object.entries({
    STP_TRIGGER_EVENT_DATA: eventJson,
    ...VARIABLES,
    AWS_BATCH_JOB_ID: '4a8b6ac1-3c1c-4a8c-9c0e-2b4d8e7f9a10',
    AWS_BATCH_JOB_ATTEMPT: '10',
    AWS_BATCH_CE_NAME: 'c'.repeat(128),
    AWS_BATCH_JQ_NAME: 'q'.repeat(128),
    MANAGED_BY_AWS: 'STARTED_BY_STEP_FUNCTIONS',
  }).map(([name, value]) => ({ name, value }));
  return JSON.stringify({ containerOverrides: [{ name: 'default', environment }] }).length;
}

test('an event that just fits keeps the overrides within the limit of ECS, the variables of Batch and Step Functions included', () => {
  const budget = overridesBudget(VARIABLES);
  const largest = JSON.stringify('x'.repeat(budget - '"\\"\\""'.length));
  expect(fitsOverrides(largest, budget)).toBe(true);
  expect(fitsOverrides(largest.replace('x', 'xx'), budget)).toBe(false);
  expect(overridesLength(largest)).toBeLessThanOrEqual(MAX_CONTAINER_OVERRIDES_LENGTH);
  // Room that is given away would send events to the bucket for nothing.
  expect(overridesLength(largest)).toBeGreaterThan(MAX_CONTAINER_OVERRIDES_LENGTH - 64);
});

test('every character of another override is a character less', () => {
  const budget = overridesBudget(VARIABLES);
  expect(overridesBudget({ ...VARIABLES, STP_MAXIMUM_ATTEMPTS: '100' })).toBe(budget - 1);
  expect(overridesBudget({ ...VARIABLES, X: '"' })).toBe(budget - ',{"name":"X","value":"\\""}'.length);
  expect(overridesBudget(VARIABLES, 'EVENT')).toBe(budget + 'STP_TRIGGER_EVENT_DATA'.length - 'EVENT'.length);
});
