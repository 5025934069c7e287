import type { UndeliveredEvent } from '../../../model/deployed';

/** For whom events are. */
export interface Receiver {
  readonly kind: 'job' | 'function';
  readonly name: string;
}

/** Reads the query of an address: `job=report` or `function=tally`. Undefined: for all. */
export function receiverOf({ job, function: name }: Readonly<Record<string, string>>): Receiver | undefined {
  if (job) return { kind: 'job', name: job };
  return name ? { kind: 'function', name } : undefined;
}

/** Whether an event is for a job or function, or can be. */
export function isFor({ jobs, functions }: Pick<UndeliveredEvent, 'jobs' | 'functions'>, { kind, name }: Receiver) {
  return (kind === 'job' ? jobs : functions).includes(name);
}

/** Everybody whom events are for: jobs, then functions, each in alphabetical order. */
export function receiversOf(events: readonly Pick<UndeliveredEvent, 'jobs' | 'functions'>[]): readonly Receiver[] {
  const sorted = (names: readonly string[]) => [...new Set(names)].sort((a, b) => a.localeCompare(b));
  return [
    ...sorted(events.flatMap(({ jobs }) => jobs)).map((name) => ({ kind: 'job', name }) as const),
    ...sorted(events.flatMap(({ functions }) => functions)).map((name) => ({ kind: 'function', name }) as const),
  ];
}
