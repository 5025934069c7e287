import { join } from 'node:path';
import { type CheckFacts, stackCheck } from '../../../cli/cost/stack-check';
import { createStackInMemory, documentOf } from '../../../cli/local/stacks/stack-in-memory';
import type { StackCheck } from '../../../cli/model/stack-check';
import { completedConfig } from '../../../modules/stack-config/completed-config';
import type { BatchJobsConfig } from '../../../modules/stack-config/config';

/** The day on which checks of tests are made, soon after both price lists. */
export const NOW = new Date('2026-12-01T00:00:00Z');

/** A job with a prebuilt image. */
export function job(resources: object, more: object = {}) {
  return {
    type: 'batch-job' as const,
    properties: {
      container: { packaging: { type: 'prebuilt-image' as const, properties: { image: 'busybox' } } },
      resources: { cpu: 1, memory: 512, ...resources },
      ...more,
    },
  };
}

/** The check of a config, as commands make it. */
export function checked(given: Partial<BatchJobsConfig>, facts: Partial<CheckFacts> = {}): StackCheck {
  const file = join(__dirname, 'batch-jobs.config.ts');
  const whole = { stackName: 'shop', region: 'us-east-1', resources: {}, ...given };
  const config = completedConfig(whole as BatchJobsConfig, file);
  const stack = createStackInMemory({ file, config });
  return stackCheck(stack, config, documentOf(stack), { now: NOW, ...facts });
}
