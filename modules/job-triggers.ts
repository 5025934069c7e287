import type { Construct } from 'constructs';
import { createTrigger, type EventSource } from '../triggers/trigger';
import type { TriggerFunction } from './orchestration/trigger-function';
import { ConfigError, statedProblems } from './problems/config-error';
import { inside, type StatedProblem } from './problems/problem';

/**
 * A trigger for each event of a job, in the order of its events.
 *
 * @throws ConfigError with the problems of all events
 */
export function createTriggers(job: Construct, sources: readonly EventSource[], target: TriggerFunction): Construct[] {
  const problems: StatedProblem[] = [];
  const triggers = sources.flatMap((source, index) => {
    const number = sources.slice(0, index).filter(({ type }) => type === source.type).length + 1;
    try {
      return [createTrigger(job, source.id ?? `${source.type}-${number}`, source, target)];
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      const base = ['events', index, 'properties'];
      problems.push(...statedProblems(error).map((problem) => inside(problem, base)));
      return [];
    }
  });
  if (problems.length > 0) throw new ConfigError(problems, job.node.path);
  return triggers;
}
