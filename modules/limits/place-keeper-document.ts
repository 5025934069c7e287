import { endedRunStates } from './ended-run-states';
import { holderStates, LOOK } from './holder-states';
import { choice, KeeperRequests, PART } from './keeper-states';
import { lineStates } from './line-states';

export interface PlaceKeeperDocumentInput {
  readonly partition: string;
  readonly tableName: string;
}

/** What a rule starts the state machine with: the limits as they are deployed, which can have changed since a run began to wait. */
export interface PlaceKeeperInput {
  readonly job: string;
  readonly concurrentRuns: number;
  /** As strings, like all numbers of DynamoDB. */
  readonly runsPerHour: string;
  readonly runsPerDay: string;
  /** ARN of the job's executions, without their names. */
  readonly executions: string;
  /** Present if `concurrentRuns` counts the items of runs. */
  readonly countItems?: boolean;
  /** The run that ended. If undefined, the clock started the state machine. */
  readonly run?: string;
}

/** A run that found no free place just before one was freed can enter the line a moment later. */
const SECOND_LOOK_SECONDS = 3;

/**
 * The state machine that keeps the places of runs: it frees those of runs that ended, and gives each free one to the first run in line,
 * whose task token it then returns. EventBridge starts it at each end of a run, and every minute.
 *
 * Executions can overlap, come twice, late, out of order or not at all, and each can end between any two requests:
 *
 * - A place is freed for a run that ended only: by its event, or if Step Functions says so. Freeing it again changes nothing.
 * - A place is given by a conditional update. A run that has one already isn't given another, but its task token is returned again.
 * - A run is removed from the line after its task token was returned, and only if it hasn't waited with a new one since.
 * - What is left undone, the execution of the next minute does. If all places are taken, it also asks whether their runs still go on: all of
 *   them, in parts, and gives the places of each part before it looks at the next one. Of a job that counts items, it always asks.
 */
export function placeKeeperDocument({ partition, tableName }: PlaceKeeperDocumentInput) {
  const requests = new KeeperRequests(partition, tableName);
  return {
    Comment: 'Frees the places of runs that ended, and gives free places to waiting runs',
    StartAt: PART.ended,
    States: { ...endedRunStates(requests), ...holderStates(requests), ...lineStates(requests), ...endStates() },
  };
}

/** Looks at the next part of the holders, or a second time at the line, or ends. */
function endStates() {
  return {
    [PART.end]: choice(
      [
        { Variable: '$.again', IsPresent: true, Next: 'Done' },
        { Variable: '$.run', IsPresent: true, Next: 'Wait for late comers' },
        { Variable: '$.held.Parts', IsPresent: false, Next: 'Done' },
        { Variable: '$.held.Part', NumericGreaterThanEqualsPath: '$.held.Count', Next: 'Done' },
      ],
      'Wait for the quota',
    ),
    'Wait for the quota': { Type: 'Wait', Seconds: LOOK.nextAfterSeconds, Next: PART.nextHolders },
    'Wait for late comers': { Type: 'Wait', Seconds: SECOND_LOOK_SECONDS, Next: 'Look again' },
    'Look again': { Type: 'Pass', Parameters: { look: 2 }, ResultPath: '$.again', Next: PART.line },
    Done: { Type: 'Succeed' },
  };
}
