import type { LocatedFinding } from '../problems/problem';
import type { ProblemCode } from '../problems/problem-code';
import type { IndexedConfig } from './indexed-config';

/** The problems of what a rule looks at, each with its path in the config. Depends on nothing but its arguments. */
type Check<Selected> = (selected: Selected, index: IndexedConfig) => Iterable<LocatedFinding>;

/** A check of a whole config, as data. It runs even if parts of the config have problems, so that one report includes every problem. */
export interface Rule {
  /** Default code of the findings. */
  readonly code: ProblemCode;
  /** Selects what the rule looks at. */
  readonly of: (index: IndexedConfig) => unknown;
  readonly check: Check<unknown>;
}

/**
 * A rule of what a selector such as `eventsOf`, `companionsOf`, `jobs` or `stringsOf` selects.
 *
 * @param code default code of the findings
 *
 * @example
 * export const fifoBatches = rule('conflict', eventsOf(sqs), function* (events, index) {
 *   for (const { properties, path } of events) {
 *     const queue = index.named(properties.sqsQueueName, sqsQueue);
 *     if (queue !== undefined && isFifo(queue) && Number(properties.batchSize) > FIFO_BATCH)
 *       yield { path: [...path, 'batchSize'], finding: { found, accepted, fix } };
 *   }
 * });
 */
export function rule<Selected>(
  code: ProblemCode,
  of: (index: IndexedConfig) => Selected,
  check: Check<Selected>,
): Rule {
  return { code, of, check: check as Check<unknown> };
}

/** The findings of all rules, in the order of the rules. */
export function findingsOf(rules: readonly Rule[], index: IndexedConfig): LocatedFinding[] {
  return rules.flatMap(({ code, of, check }) =>
    [...check(of(index), index)].map(({ path, finding }) => ({ path, finding: { code, ...finding } })),
  );
}
