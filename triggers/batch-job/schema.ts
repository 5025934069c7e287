import { z } from 'zod';
import { across, type CheckContext, exactlyOne, nonEmpty, refuse, strict, text } from '../../modules/config/checked';
import type { ByName, Written, WrittenProperties } from '../../modules/config/written';
import { foundValue } from '../../modules/problems/found';
import { arnFix, STATE_MACHINE_NAME } from '../../modules/rules/arn-fix';
import { STATE_MACHINE_ARN } from '../../modules/rules/arn-forms';
import {
  EXECUTION_STATUS_CHANGE,
  RUN_ENDS,
  type RunEnd,
  SUCCEEDED_WITH_JOB,
} from '../../modules/rules/execution-events';
import { checkReshaping, reshaping } from '../reshaping';

const ENDS = Object.keys(RUN_ENDS) as [RunEnd, ...RunEnd[]];

const settings = {
  /**
   * Ends of a run that start the job: `succeeded`, `failed` (also if the run timed out) and `stopped` (by a person or a program). At least
   * one, each once. @default ['succeeded']
   */
  on: z
    .array(z.enum(ENDS))
    .superRefine((given, context) => checkEnds(given, context), { when: () => true })
    .default(['succeeded']),
  ...reshaping,
};

/** Settings that a config and the trigger construct have in common. */
export const batchJobSettings = across(strict(settings), checkReshaping);

/** ARN of the state machine of the job that ends. */
export const stateMachineArn = text({
  pattern: STATE_MACHINE_ARN,
  orDirective: true,
  accepted: 'the ARN of a state machine, without a version or an alias',
  fix: (found) => {
    const [arn, partition, service, region, account, kind, name] = found.split(':');
    const meant = [arn, partition, service, region, account, 'stateMachine', name].join(':');
    const isNear = (kind === 'stateMachine' || kind === 'execution') && STATE_MACHINE_ARN.test(meant);
    if (isNear) return `write ${meant}`;
    const example = 'arn:aws:states:eu-west-1:123456789012:stateMachine:shop-import';
    return arnFix({ example, name: STATE_MACHINE_NAME }, found);
  },
});

/** Starts the job when a run of another job ends. */
export const batchJob = strict({
  /** Starts the job when a run of another job ends. */
  type: z.literal('batch-job'),
  /** Which job, which ends of its runs, and what this job receives. */
  properties: across(
    strict({
      /** Name of the other job in this config. Set exactly one of `jobName` and `stateMachineArn`. */
      jobName: nonEmpty("the other job's name").optional(),
      /** ARN of the other job's state machine, in the stack's account and region: the output `<job>StateMachineArn` of its stack. Set exactly one of `jobName` and `stateMachineArn`. */
      stateMachineArn: stateMachineArn.optional(),
      ...settings,
    }),
    (value, context) => {
      exactlyOne(value, ['jobName', 'stateMachineArn'], context);
      checkReshaping(value, context);
    },
  ),
});

function checkEnds(given: unknown, context: CheckContext): void {
  if (!Array.isArray(given)) return;
  const accepted = `a list of ${ENDS.join(', ')}, each at most once`;
  if (given.length === 0) {
    const fix = 'add an end, or remove the property: its default is succeeded';
    refuse(context, { found: foundValue([]), accepted, fix });
  }
  for (const [index, end] of given.entries()) {
    if (given.indexOf(end) === index) continue;
    refuse(context, { found: foundValue(end, ' again'), accepted, fix: 'remove it' }, [index]);
  }
}

export interface BatchJobEventProperties extends WrittenProperties<typeof batchJob>, ByName {}
/** Such an event as written in a config. */
export interface BatchJobEvent extends Written<z.input<typeof batchJob>> {
  readonly properties: BatchJobEventProperties;
}

/**
 * The events that EventBridge gets when runs of a job end. The same for any order of the ends. Leaves out runs that succeeded without a job
 * because the job's `limits` skipped them.
 */
export function runEndPattern(stateMachineArn: string, on: readonly RunEnd[]) {
  const others = ENDS.filter((end) => end !== 'succeeded' && on.includes(end)).flatMap((end) => RUN_ENDS[end]);
  const branches = [
    ...(on.includes('succeeded') ? [SUCCEEDED_WITH_JOB] : []),
    ...(others.length > 0 ? [{ status: others }] : []),
  ];
  const [first, second] = branches;
  // EventBridge accepts no `$or` of one pattern.
  const ends = second === undefined ? first : { $or: branches };
  return { ...EXECUTION_STATUS_CHANGE, detail: { stateMachineArn: [stateMachineArn], ...ends } };
}

/** The properties that say which job, and what its ends send. */
export const SELECTS = ['jobName', 'stateMachineArn', 'input', 'inputPath', 'inputTransformer'] as const;
