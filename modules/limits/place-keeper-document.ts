import {
  beginDay,
  beginHour,
  firstInLine,
  freePlace,
  lineKey,
  noneTaken,
  PLACE_RETRIES,
  placesKey,
  takePlace,
  text,
  UNMET,
} from '../orchestration/places';

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

/**
 * How many holders of places are looked at, and after how many seconds the next ones are. An account has 400 requests of GetExecutionHistory
 * in stock, which grow by 20 per second: 1,000 holders, the maximum, take them in three parts. DescribeExecution has half as many.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export const LOOK = { holders: 350, nextAfterSeconds: 15 } as const;

/** How many requests of a part are made at the same time, the most that a Map state makes. */
const LOOKS_AT_ONCE = 40;

/** Types of the last event of an execution's history after its end. */
const ENDS = ['ExecutionSucceeded', 'ExecutionFailed', 'ExecutionTimedOut', 'ExecutionAborted'];

/** Whether the job counts the items of its runs. */
const COUNTS = { Variable: '$.countItems', IsPresent: true };

/** A run that found no free place just before one was freed can enter the line a moment later. */
const SECOND_LOOK_SECONDS = 3;

/** Names that Step Functions has for a task token that nobody waits for any more. */
const NOBODY_WAITS = ['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'].flatMap(sfnErrors);
const UNKNOWN_RUN = sfnErrors('ExecutionDoesNotExist');

/** An error that no retry of the same request can change is listed before the retries. */
const RETRIES = [{ ErrorEquals: [...NOBODY_WAITS, ...UNKNOWN_RUN], MaxAttempts: 0 }, ...PLACE_RETRIES];

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
export function placeKeeperDocument({ partition, tableName: table }: PlaceKeeperDocumentInput) {
  const resource = (action: string) => `arn:${partition}:states:::aws-sdk:${action}`;
  const first = '$.first.Items[0].Run.S';
  const token = '$.first.Items[0].TaskToken.S';
  const starts = { runsPerHour: '$.runsPerHour', runsPerDay: '$.runsPerDay' };
  const task = (action: string, Parameters: object, more: object) => ({
    Type: 'Task',
    Resource: resource(action),
    Parameters,
    Retry: RETRIES,
    ResultPath: null,
    ...more,
  });
  const caught = (ErrorEquals: readonly string[], Next: string) => [{ ErrorEquals, ResultPath: '$.unmet', Next }];
  const update = (Parameters: object, Next: string, unmet = Next) =>
    task('dynamodb:updateItem', Parameters, { Catch: caught(UNMET, unmet), Next });
  const lastEvent = (run: string, next: string, unknown: string) =>
    task(
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
        Next: next,
      },
    );
  const hasEnded = (Next: string) => ENDS.map((type) => ({ Variable: '$.last.Type', StringEquals: type, Next }));
  return {
    Comment: 'Frees the places of runs that ended, and gives free places to waiting runs',
    StartAt: 'Has a run ended',
    States: {
      'Has a run ended': choice([{ Variable: '$.run', IsPresent: true, Next: 'Leave the line' }], 'Begin the hour'),
      // First: the run cannot be given a place after its place was freed.
      'Leave the line': task(
        'dynamodb:deleteItem',
        { TableName: table, Key: lineKey('$.job', '$.run') },
        { Next: 'Free the place' },
      ),
      'Free the place': update(freePlace(table, '$.job', '$.run'), 'Begin the hour'),
      'Begin the hour': update(beginHour(table, '$.job'), 'Begin the day'),
      'Begin the day': update(beginDay(table, '$.job'), 'Did the clock start this'),
      'Did the clock start this': choice(
        [{ Variable: '$.run', IsPresent: true, Next: 'First in line' }],
        'Read the places',
      ),
      'Read the places': task(
        'dynamodb:getItem',
        { TableName: table, Key: placesKey('$.job'), ConsistentRead: true },
        {
          ResultSelector: { 'Runs.$': '$.Item.Holders.M.*.S' },
          ResultPath: '$.held',
          Next: 'Count the holders',
        },
      ),
      'Count the holders': {
        Type: 'Pass',
        Parameters: { 'Runs.$': '$.held.Runs', 'Count.$': 'States.ArrayLength($.held.Runs)' },
        ResultPath: '$.held',
        Next: 'Are all places taken',
      },
      'Are all places taken': choice(
        [
          // The number of runs doesn't tell: one of them can have all places.
          { And: [COUNTS, { Variable: '$.held.Count', NumericEquals: 0 }], Next: 'None is taken' },
          { ...COUNTS, Next: 'Divide the holders' },
          { Variable: '$.held.Count', NumericGreaterThanEqualsPath: '$.concurrentRuns', Next: 'Divide the holders' },
        ],
        'First in line',
      ),
      'None is taken': update(noneTaken(table, '$.job'), 'First in line'),
      'Divide the holders': {
        Type: 'Pass',
        Parameters: { 'Parts.$': `States.ArrayPartition($.held.Runs, ${LOOK.holders})`, Part: 0 },
        ResultPath: '$.held',
        Next: 'Choose a part',
      },
      'Choose a part': {
        Type: 'Pass',
        Parameters: {
          'Parts.$': '$.held.Parts',
          'Count.$': 'States.ArrayLength($.held.Parts)',
          'Runs.$': 'States.ArrayGetItem($.held.Parts, $.held.Part)',
          'Part.$': 'States.MathAdd($.held.Part, 1)',
        },
        ResultPath: '$.held',
        Next: 'Look at holders',
      },
      'Look at holders': {
        Type: 'Map',
        ItemsPath: '$.held.Runs',
        ItemSelector: { 'run.$': '$$.Map.Item.Value', 'job.$': '$.job', 'executions.$': '$.executions' },
        MaxConcurrency: LOOKS_AT_ONCE,
        ItemProcessor: {
          ProcessorConfig: { Mode: 'INLINE' },
          StartAt: 'Look at the holder',
          States: {
            'Look at the holder': lastEvent('$.run', 'Has the holder ended', 'Free its place'),
            'Has the holder ended': choice(hasEnded('Free its place'), 'That is all of it'),
            'Free its place': update(freePlace(table, '$.job', '$.run'), 'That is all of it'),
            // The outputs of a part together are small.
            'That is all of it': { Type: 'Pass', Parameters: {}, End: true },
          },
        },
        ResultPath: null,
        Next: 'First in line',
      },
      'First in line': task('dynamodb:query', firstInLine(table, '$.job'), {
        ResultSelector: { 'Count.$': '$.Count', 'Items.$': '$.Items' },
        ResultPath: '$.first',
        Next: 'Does anybody wait',
      }),
      'Does anybody wait': choice(
        [{ Variable: '$.first.Count', NumericEquals: 0, Next: 'Is that all' }],
        'Does it count its items',
      ),
      // If not, it came before the job did.
      'Does it count its items': choice(
        [{ And: [COUNTS, { Variable: '$.first.Items[0].Places', IsPresent: true }], Next: 'Count its places' }],
        'Give it a place',
      ),
      'Count its places': {
        Type: 'Pass',
        Parameters: {
          'Places.$': '$.first.Items[0].Places.N',
          'Room.$':
            "States.Format('{}', States.MathAdd($.concurrentRuns, States.StringToJson(States.Format('-{}', $.first.Items[0].Places.N))))",
        },
        ResultPath: '$.needed',
        Next: 'Give it its places',
      },
      'Give it its places': update(
        takePlace(table, '$.job', first, { ...starts, places: '$.needed.Places', room: '$.needed.Room' }),
        'Return its token',
        'Read its place',
      ),
      'Give it a place': update(
        takePlace(table, '$.job', first, { ...starts, concurrentRuns: "States.Format('{}', $.concurrentRuns)" }),
        'Return its token',
        'Read its place',
      ),
      // There is no room, or another execution gave it a place and got no further.
      'Read its place': task(
        'dynamodb:getItem',
        {
          TableName: table,
          Key: placesKey('$.job'),
          ConsistentRead: true,
          ProjectionExpression: 'Holders.#run',
          ExpressionAttributeNames: { '#run.$': first },
        },
        { ResultPath: '$.mine', Next: 'Has it a place' },
      ),
      'Has it a place': choice(
        [{ Variable: '$.mine.Item.Holders', IsPresent: true, Next: 'Return its token' }],
        'Is that all',
      ),
      'Return its token': task(
        'sfn:sendTaskSuccess',
        { 'TaskToken.$': token, Output: '{}' },
        { Catch: caught(NOBODY_WAITS, 'Look at it'), Next: 'Take it off the line' },
      ),
      'Look at it': lastEvent(first, 'Has it ended', 'Take its place back'),
      'Has it ended': choice(hasEnded('Take its place back'), 'Take it off the line'),
      'Take its place back': update(freePlace(table, '$.job', first), 'Take it off the line'),
      'Take it off the line': task(
        'dynamodb:deleteItem',
        {
          TableName: table,
          Key: lineKey('$.job', first),
          ConditionExpression: 'TaskToken = :token',
          ExpressionAttributeValues: { ':token': text(token) },
        },
        { Catch: caught(UNMET, 'First in line'), Next: 'First in line' },
      ),
      'Is that all': choice(
        [
          { Variable: '$.again', IsPresent: true, Next: 'Done' },
          { Variable: '$.run', IsPresent: true, Next: 'Wait for late comers' },
          { Variable: '$.held.Parts', IsPresent: false, Next: 'Done' },
          { Variable: '$.held.Part', NumericGreaterThanEqualsPath: '$.held.Count', Next: 'Done' },
        ],
        'Wait for the quota',
      ),
      'Wait for the quota': { Type: 'Wait', Seconds: LOOK.nextAfterSeconds, Next: 'Choose a part' },
      'Wait for late comers': { Type: 'Wait', Seconds: SECOND_LOOK_SECONDS, Next: 'Look again' },
      'Look again': { Type: 'Pass', Parameters: { look: 2 }, ResultPath: '$.again', Next: 'First in line' },
      Done: { Type: 'Succeed' },
    },
  };
}

function choice(Choices: readonly object[], Default: string) {
  return { Type: 'Choice', Choices, Default };
}

/** A name of the API, as Step Functions reports it. */
function sfnErrors(name: string): string[] {
  return [`Sfn.${name}Exception`, `Sfn.${name}`];
}
