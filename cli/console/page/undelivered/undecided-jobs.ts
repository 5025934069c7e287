import type { UndeliveredEvent } from '../../../model/deployed';

/** The jobs among which a person must choose, sorted. An event of a function is sent to the function. */
export function undecidedJobs(events: readonly Pick<UndeliveredEvent, 'jobs' | 'functions'>[]): readonly string[] {
  const jobs = events.flatMap((event) => (event.jobs.length > 1 && event.functions.length === 0 ? event.jobs : []));
  return [...new Set(jobs)].sort();
}
