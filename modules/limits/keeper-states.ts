import { PLACE_RETRIES, UNMET } from '../orchestration/places';

/** The states with which the parts of the place keeper begin. */
export const PART = {
  /** Frees the place of the run that ended. */
  ended: 'Has a run ended',
  /** Frees the places of holders that ended. */
  holders: 'Read the places',
  nextHolders: 'Choose a part',
  /** Gives free places to the runs in line. */
  line: 'First in line',
  end: 'Is that all',
} as const;

/** Whether the job counts the items of its runs. */
export const COUNTS = { Variable: '$.countItems', IsPresent: true };

/** Types of the last event of an execution's history after its end. */
const ENDS = ['ExecutionSucceeded', 'ExecutionFailed', 'ExecutionTimedOut', 'ExecutionAborted'];

/** Names that Step Functions has for a task token that nobody waits for any more. */
export const NOBODY_WAITS = ['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'].flatMap(sfnErrors);
const UNKNOWN_RUN = sfnErrors('ExecutionDoesNotExist');

/** An error that no retry of the same request can change is listed before the retries. */
const RETRIES = [{ ErrorEquals: [...NOBODY_WAITS, ...UNKNOWN_RUN], MaxAttempts: 0 }, ...PLACE_RETRIES];

/** The requests of the place keeper, as states. */
export class KeeperRequests {
  constructor(
    private readonly partition: string,
    readonly table: string,
  ) {}

  /** A request to a service of AWS. Its result is dropped, unless `more` puts it elsewhere. */
  task(action: string, Parameters: object, more: object) {
    return {
      Type: 'Task',
      Resource: `arn:${this.partition}:states:::aws-sdk:${action}`,
      Parameters,
      Retry: RETRIES,
      ResultPath: null,
      ...more,
    };
  }

  /** A conditional update. @param unmet the state after it if the condition isn't met */
  update(Parameters: object, Next: string, unmet = Next) {
    return this.task('dynamodb:updateItem', Parameters, { Catch: caught(UNMET, unmet), Next });
  }

  /** Asks for the last event of a run's history. @param unknown the state after it if Step Functions doesn't know the run */
  lastEvent(run: string, Next: string, unknown: string) {
    return this.task(
      'sfn:getExecutionHistory',
      {
        'ExecutionArn.$': `States.Format('{}:{}', $.executions, ${run})`,
        ReverseOrder: true,
        MaxResults: 1,
        IncludeExecutionData: false,
      },
      {
        ResultSelector: { 'Type.$': '$.Events[0].Type' },
        ResultPath: '$.last',
        Catch: caught(UNKNOWN_RUN, unknown),
        Next,
      },
    );
  }
}

/** Whether the run of {@link KeeperRequests.lastEvent} has ended. */
export function hasEnded(then: string, otherwise: string) {
  return choice(
    ENDS.map((type) => ({ Variable: '$.last.Type', StringEquals: type, Next: then })),
    otherwise,
  );
}

export function choice(Choices: readonly object[], Default: string) {
  return { Type: 'Choice', Choices, Default };
}

export function caught(ErrorEquals: readonly string[], Next: string) {
  return [{ ErrorEquals, ResultPath: '$.unmet', Next }];
}

/** A name of the API, as Step Functions reports it. */
function sfnErrors(name: string): string[] {
  return [`Sfn.${name}Exception`, `Sfn.${name}`];
}
