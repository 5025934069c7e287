import type { Properties } from './properties';

/** The settings of a job that its state machine's definition contains, in the words of the config. */
export function lifecycleProperties(definition: unknown): Properties {
  const states = Object.entries(record(record(definition).States));
  const submissions = states.map(([, state]) => record(record(state).Parameters)).filter(({ JobQueue }) => JobQueue);
  const timeout = submissions.map(({ Timeout }) => record(Timeout).AttemptDurationSeconds).find(isPresent);
  const waits = states.filter(([name]) => /^Wait before attempt/.test(name)).map(([, state]) => record(state).Seconds);
  const [first, ...others] = [...new Set(submissions.map(({ JobQueue }) => String(JobQueue)))];
  return {
    'retryConfig.attempts': maximumAttempts(submissions),
    'retryConfig wait': waits.length === 0 ? undefined : waits.map((seconds) => `${seconds} s`).join(', '),
    timeout: timeout === undefined ? undefined : `${timeout} s`,
    'job queue': first,
    'job queue after Spot interruptions': others.length === 0 ? undefined : others.join(', '),
  };
}

/** Every ARN of a job queue that a definition submits to, in the order of its use. */
export function queueArnsOf(definition: string): string[] {
  return [...new Set([...definition.matchAll(/"JobQueue"\s*:\s*"([^"]+)"/g)].map(([, arn = '']) => arn))];
}

function maximumAttempts(submissions: readonly Values[]): string | undefined {
  const variables = submissions.flatMap(({ ContainerOverrides }) => record(ContainerOverrides).Environment ?? []);
  const found = (variables as Values[]).find(({ Name }) => Name === 'STP_MAXIMUM_ATTEMPTS');
  return found?.Value === undefined ? undefined : String(found.Value);
}

type Values = { readonly [key: string]: unknown };

function record(value: unknown): Values {
  return typeof value === 'object' && value !== null ? (value as Values) : {};
}

function isPresent(value: unknown): boolean {
  return value !== undefined;
}
