import {
  beginDay,
  beginHour,
  firstInLine,
  lineKey,
  PLACE_RETRIES,
  PLACES,
  type Places,
  takePlace,
  UNMET,
} from './places';
import { SKIPPED_OUTPUT } from './skipped-run';
import { FAILED, PLACE } from './state-names';
import { matchesOneOf, type Retrier, type ServiceTask, type State, type StateFragment } from './states-language';

/** A place that a run needs before its first attempt. */
export interface PlaceNeeded extends Places {
  readonly tableName: string;
  readonly jobName: string;
  readonly whenExceeded: 'wait' | 'skip';
}

/** Name of the run. */
const RUN = '$$.Execution.Name';

/** Where a run that counts its items has the numbers of {@link takePlace}, as texts. */
const COUNTED = { places: '$.Answer.Places', room: '$.Answer.Room' } as const;

/**
 * How long a run waits until it enters the line again with a new task token, in seconds. The place keeper wakes it when it is its turn.
 * This only matters if that never happens, because the limits were removed while it waited. Each time is four events of the execution's
 * history: 2,920 in a year. The attempts can need 20,000 of the 25,000.
 */
const REJOIN_SECONDS = 43_200;

/**
 * All requests for a job are for one partition of DynamoDB, with a fixed quota. A burst waits here, up to about 50 minutes for a request.
 * Delays are random, so that runs throttled together don't retry together. A fault inside DynamoDB also passes: a wait of weeks can see more
 * than a few.
 */
const THROTTLED: Retrier = {
  ErrorEquals: [
    'DynamoDb.ProvisionedThroughputExceededException',
    'DynamoDb.ThrottlingException',
    'DynamoDb.RequestLimitExceededException',
    'DynamoDb.InternalServerErrorException',
  ],
  IntervalSeconds: 1,
  BackoffRate: 2,
  MaxDelaySeconds: 60,
  MaxAttempts: 100,
  JitterStrategy: 'FULL',
};

const RETRIES = [THROTTLED, ...PLACE_RETRIES];

/** What becomes of the data between the states: each result and error replaces it, or is put next to it. */
const REPLACED = { dropped: {}, line: {}, unmet: {}, refusal: {}, at: '$' };
const KEPT = {
  dropped: { ResultPath: null },
  line: { ResultPath: '$.Line' },
  unmet: { ResultPath: '$.Unmet' },
  refusal: { ResultPath: '$.Refusal' },
  at: '$.Refusal',
};

/** Patterns for the error of a table that a later deployment removed, or that the state machine lost its permission for by that. */
const LIMITS_GONE = ['*not authorized*', '*AccessDenied*', '*resource not found*', '*ResourceNotFound*'];

/**
 * The states before a run's first attempt, if the job has limits. The run takes a place, or waits for one, or is skipped.
 *
 * No state gives the place back: the place keeper does at the end of the execution, however it ends. So the states of the attempts, the
 * error, the cause and the output of a run are the same as without limits.
 *
 * - A run that finds others in line doesn't overtake them.
 * - A waiting run costs nothing: its state waits for a task token, which the place keeper returns.
 * - The states ignore their input, which can be any JSON: the attempts read the event from the context object.
 * - A run that counts its items takes its places after these were found. The states then keep their input, which has the answer.
 */
export function placeStates(needed: PlaceNeeded, partition: string, next: string): StateFragment {
  const { tableName: table, jobName: job, whenExceeded, countItems = false, ...limits } = needed;
  const full = whenExceeded === 'wait' ? PLACE.wait : PLACE.skipped;
  const kept = countItems ? KEPT : REPLACED;
  const update = (Parameters: ServiceTask['Parameters'], met: string, unmet: string): ServiceTask => ({
    Type: 'Task',
    Resource: tableRequest(partition, 'updateItem'),
    Parameters,
    ...kept.dropped,
    Retry: RETRIES,
    Catch: [{ ErrorEquals: UNMET, ...kept.unmet, Next: unmet }, ...refused(kept)],
    Next: met,
  });
  const taking = takePlace(table, job, RUN, countItems ? { ...limits, ...COUNTED } : limits);
  const states: Record<string, State> = {
    [PLACE.take]: update(taking, next, PLACE.hour),
    // Another run can have begun the hour just before, and then there can be places.
    [PLACE.hour]: update(beginHour(table, job), PLACE.day, PLACE.day),
    [PLACE.day]: update(beginDay(table, job), PLACE.retake, PLACE.retake),
    [PLACE.retake]: update(taking, next, full),
    // A run that waits when the limits are removed goes on, and so does one that just begins with the earlier state machine. It had the
    // permission before.
    [PLACE.refused]: {
      Type: 'Choice',
      Choices: [{ ...matchesOneOf(`${kept.at}.Cause`, LIMITS_GONE), Next: next }],
      Default: FAILED,
    },
  };
  if (whenExceeded === 'skip') {
    return {
      entry: PLACE.take,
      states: { ...states, [PLACE.skipped]: { Type: 'Pass', Parameters: SKIPPED_OUTPUT, End: true } },
    };
  }
  return {
    entry: PLACE.look,
    states: { ...lookStates(needed, partition), ...states, [PLACE.wait]: waitState(needed, partition, next) },
  };
}

/** Looks whether others are in line: a run that finds some doesn't overtake them. */
function lookStates({ tableName, jobName, countItems }: PlaceNeeded, partition: string): Record<string, State> {
  const kept = countItems ? KEPT : REPLACED;
  return {
    [PLACE.look]: {
      Type: 'Task',
      Resource: tableRequest(partition, 'query'),
      Parameters: firstInLine(tableName, jobName),
      ...kept.line,
      Retry: RETRIES,
      Catch: refused(kept),
      Next: PLACE.line,
    },
    [PLACE.line]: {
      Type: 'Choice',
      Choices: [{ Variable: countItems ? '$.Line.Count' : '$.Count', NumericEquals: 0, Next: PLACE.take }],
      Default: PLACE.wait,
    },
  };
}

/** Enters the line with a task token, and waits until the place keeper returns it. */
function waitState({ tableName, jobName, countItems }: PlaceNeeded, partition: string, next: string): ServiceTask {
  const kept = countItems ? KEPT : REPLACED;
  return {
    Type: 'Task',
    Resource: `${tableRequest(partition, 'putItem')}.waitForTaskToken`,
    TimeoutSeconds: REJOIN_SECONDS,
    Parameters: {
      TableName: tableName,
      Item: {
        ...lineKey(jobName, RUN),
        [PLACES.arrived]: { 'S.$': '$$.Execution.StartTime' },
        Run: { 'S.$': RUN },
        TaskToken: { 'S.$': '$$.Task.Token' },
        ...(countItems && { Places: { 'N.$': COUNTED.places } }),
      },
    },
    ...kept.dropped,
    Retry: [
      // More often than in a year, after which Step Functions ends the execution. The runs of a burst don't all enter at once.
      {
        ErrorEquals: ['States.Timeout'],
        IntervalSeconds: 60,
        BackoffRate: 1,
        MaxAttempts: 10_000,
        JitterStrategy: 'FULL',
      },
      ...RETRIES,
    ],
    Catch: refused(kept),
    Next: next,
  };
}

function tableRequest(partition: string, action: string): string {
  return `arn:${partition}:states:::aws-sdk:dynamodb:${action}`;
}

function refused({ refusal }: typeof KEPT | typeof REPLACED) {
  return [{ ErrorEquals: ['States.ALL'], ...refusal, Next: PLACE.refused }];
}
