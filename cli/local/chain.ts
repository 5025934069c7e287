import { randomUUID } from 'node:crypto';
import { parseResourceParam } from '../../modules/config/directive';
import { RUN_VARIABLES } from '../../modules/config/environment';
import { asObject } from '../../modules/config/value-at';
import { RUN_ENDS, type RunEnd, SKIPPED_OUTPUT_START } from '../../modules/rules/execution-events';
import type { ResolvedConfig } from '../../modules/stack-config/config';
import { type EndedRun, runEndEvent } from '../../triggers/batch-job/run-end-event';
import type { JobEventOf } from '../../triggers/events';
import { reshaped } from '../../triggers/reshaped';
import type { Faults, LocalArguments } from './arguments';
import type { GivenEvent } from './job-event';
import type { LocalJob } from './local-job';

/** A run of a job of the config that has ended. */
export interface EndedJob extends EndedRun {
  readonly job: string;
  /** ID of its recording. Undefined if it has none. */
  readonly id?: string;
}

/** A run that starts because another one has ended. */
export interface NextRun {
  readonly job: string;
  readonly event: GivenEvent;
  readonly after: EndedJob;
}

type Follow = JobEventOf<'batch-job'>['properties'];

/** The runs that the end of a run starts, with the event that each gets, in the order of the config. */
export function nextRuns(ended: EndedJob, { resources }: Pick<ResolvedConfig, 'resources'>): NextRun[] {
  const [, , , region = '', account = ''] = ended.stateMachineArn.split(':');
  // One event: EventBridge delivers it to each rule that it matches.
  const event = runEndEvent(ended, { id: randomUUID(), region, account });
  return Object.entries(resources).flatMap(([job, resource]) => {
    if (resource.type !== 'batch-job') return [];
    return resource.properties.events.flatMap((each): NextRun[] => {
      if (each.type !== 'batch-job' || !follows(each.properties, ended)) return [];
      const given = reshaped(event, each.properties);
      return [{ job, event: { source: 'batch-job', event: given, text: JSON.stringify(given) }, after: ended }];
    });
  });
}

function follows({ jobName, stateMachineArn = '', on }: Follow, { job, status, output, ...ended }: EndedJob): boolean {
  const isWanted = on.some((end: RunEnd) => (RUN_ENDS[end] as readonly string[]).includes(status));
  if (!isWanted || output?.startsWith(SKIPPED_OUTPUT_START)) return false;
  const other = jobName ?? parseResourceParam(stateMachineArn)?.resource;
  // The account of a local run is nobody's.
  return other === undefined ? nameIn(stateMachineArn) === nameIn(ended.stateMachineArn) : other === job;
}

function nameIn(arn: string): string | undefined {
  return arn.split(':')[6];
}

/**
 * The detail of a job, as the output or the cause of a run, with the variables that it has in AWS: those of the job definition and those of
 * each run. What the command line gives stays out of the events of other runs: values of secrets, and the developer's credentials.
 */
export function withoutGivenVariables(text: string | undefined, { container }: Pick<LocalJob, 'container'>) {
  const detail = text?.includes('"Environment"') ? jsonObject(text) : undefined;
  const job = asObject(detail?.Container);
  if (detail === undefined || !Array.isArray(job.Environment)) return text;
  const Environment = (job.Environment as readonly { readonly Name: string; readonly Value: string }[]).flatMap(
    ({ Name, Value }) => {
      if ((RUN_VARIABLES as readonly string[]).includes(Name)) return [{ Name, Value }];
      return Object.hasOwn(container.environment, Name) ? [{ Name, Value: container.environment[Name] }] : [];
    },
  );
  return JSON.stringify({ ...detail, Container: { ...job, Environment } });
}

function jsonObject(text: string): { readonly [key: string]: unknown } | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Faults are for the run that a person starts. */
const NO_FAULTS: Faults = { failAttempts: [], throttle: 0 };

/** What a run that follows another one is told: the same, for another job and without faults. */
export function nextArguments(options: LocalArguments, { name, container }: LocalJob): LocalArguments {
  const { variables } = options;
  const own = { ...container.environment, ...container.secrets };
  return {
    ...options,
    job: name,
    // The event is in no file that can be read again. The recording has it.
    eventFile: '',
    eventType: undefined,
    deliverTwice: false,
    faults: NO_FAULTS,
    variables: {
      ...variables,
      env: variables.env.filter((each) => !each.name.startsWith('STP_') || Object.hasOwn(own, each.name)),
      secrets: variables.secrets.filter((each) => Object.hasOwn(container.secrets, each.name)),
    },
  };
}
