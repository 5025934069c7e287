/** A run whose end started another run. */
export interface EarlierRun {
  /** Name of its execution. */
  readonly run: string;
  readonly job: string;
  /** As lists and addresses have it. Undefined if the run is elsewhere, or was deleted. */
  readonly id?: string;
}

/** The ending of an execution's name that the trigger function chose: a hash of 128 bits. */
const HASH_ENDING = /-[0-9a-f]{32}$/;

/** Characters of a hash in a short name. */
const SHORT_HASH = 8;
const HASH = 32;

/** Whether the trigger function chose the name of an execution. */
export function isTriggerName(name: string): boolean {
  return HASH_ENDING.test(name);
}

/** The beginning of a run's name, with which commands find it: `report-1a2b3c4d`. A name without a hash stays whole. */
export function shortName(name: string): string {
  return isTriggerName(name) ? name.slice(0, SHORT_HASH - HASH) : name;
}

/**
 * The run whose end is an event of Step Functions. Undefined for any other event.
 *
 * @param text of the event, or its first part: the envelope comes before the detail
 */
export function earlierRun(text: string): EarlierRun | undefined {
  if (!/"source"\s*:\s*"aws\.states"/.test(text)) return undefined;
  const [, machine, run] =
    /"resources"\s*:\s*\[\s*"arn:[\w-]+:states:[\w-]*:\d*:execution:([^:"\\]+):([^:"\\]+)"/.exec(text) ?? [];
  if (machine === undefined || run === undefined) return undefined;
  // The name of a state machine is that of its stack and job. The trigger function begins the names of runs with the job's.
  return { run, job: isTriggerName(run) ? run.replace(HASH_ENDING, '') : machine };
}

/** `run load-1a2b3c4d of job load` */
export function earlierText({ run, job }: EarlierRun): string {
  return `run ${shortName(run)} of job ${job}`;
}
