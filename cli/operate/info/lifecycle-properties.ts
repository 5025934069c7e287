import { stateMeaning } from '../../../modules/orchestration/state-names';
import { readStates, submissions } from '../../../modules/orchestration/submissions';
import type { Properties } from './properties';

/** The settings of a job that its state machine's definition contains, in the words of the config. */
export function lifecycleProperties(definition: string): Properties {
  const states = readStates(definition);
  const submitted = submissions(states);
  const timeout = submitted.find(({ timeoutSeconds }) => timeoutSeconds !== undefined)?.timeoutSeconds;
  const attempts = submitted.find(({ maximumAttempts }) => maximumAttempts !== undefined)?.maximumAttempts;
  const waits = [...states].filter(([name]) => stateMeaning(name)?.kind === 'wait').map(([, { Seconds }]) => Seconds);
  return {
    'retryConfig.attempts': attempts === undefined ? undefined : String(attempts),
    'retryConfig wait': waits.length === 0 ? undefined : waits.map((seconds) => `${seconds} s`).join(', '),
    timeout: timeout === undefined ? undefined : `${timeout} s`,
  };
}

/** The ARNs of the job queues that the definition submits to. */
export function queueProperties(definition: string): Properties {
  const [first, ...others] = [...new Set(submissions(readStates(definition)).map(({ queueArn }) => queueArn))];
  return {
    'job queue': first,
    'job queue after Spot interruptions': others.length === 0 ? undefined : others.join(', '),
  };
}
