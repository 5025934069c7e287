import { firstInLine, freePlace, lineKey, placesKey, takePlace, text, UNMET } from '../orchestration/places';
import { COUNTS, caught, choice, hasEnded, type KeeperRequests, NOBODY_WAITS, PART } from './keeper-states';

/** The first run in line, and its task token. */
const FIRST = '$.first.Items[0].Run.S';
const TOKEN = '$.first.Items[0].TaskToken.S';

/** Gives places to the first run in line and returns its task token, until nobody waits or there is no room. */
export function lineStates(requests: KeeperRequests) {
  return {
    [PART.line]: requests.task('dynamodb:query', firstInLine(requests.table, '$.job'), {
      ResultSelector: { 'Count.$': '$.Count', 'Items.$': '$.Items' },
      ResultPath: '$.first',
      Next: 'Does anybody wait',
    }),
    'Does anybody wait': choice(
      [{ Variable: '$.first.Count', NumericEquals: 0, Next: PART.end }],
      'Does it count its items',
    ),
    ...giving(requests),
    ...leaving(requests),
  };
}

/** Gives the first run its places. */
function giving(requests: KeeperRequests) {
  const { table } = requests;
  const starts = { runsPerHour: '$.runsPerHour', runsPerDay: '$.runsPerDay' };
  return {
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
    'Give it its places': requests.update(
      takePlace(table, '$.job', FIRST, { ...starts, places: '$.needed.Places', room: '$.needed.Room' }),
      'Return its token',
      'Read its place',
    ),
    'Give it a place': requests.update(
      takePlace(table, '$.job', FIRST, { ...starts, concurrentRuns: "States.Format('{}', $.concurrentRuns)" }),
      'Return its token',
      'Read its place',
    ),
    // There is no room, or another execution gave it a place and got no further.
    'Read its place': requests.task(
      'dynamodb:getItem',
      {
        TableName: table,
        Key: placesKey('$.job'),
        ConsistentRead: true,
        ProjectionExpression: 'Holders.#run',
        ExpressionAttributeNames: { '#run.$': FIRST },
      },
      { ResultPath: '$.mine', Next: 'Has it a place' },
    ),
    'Has it a place': choice(
      [{ Variable: '$.mine.Item.Holders', IsPresent: true, Next: 'Return its token' }],
      PART.end,
    ),
  };
}

/** Returns the first run's task token and removes the run from the line. The places of one that has ended are free again. */
function leaving(requests: KeeperRequests) {
  const { table } = requests;
  return {
    'Return its token': requests.task(
      'sfn:sendTaskSuccess',
      { 'TaskToken.$': TOKEN, Output: '{}' },
      { Catch: caught(NOBODY_WAITS, 'Look at it'), Next: 'Take it off the line' },
    ),
    'Look at it': requests.lastEvent(FIRST, 'Has it ended', 'Take its place back'),
    'Has it ended': hasEnded('Take its place back', 'Take it off the line'),
    'Take its place back': requests.update(freePlace(table, '$.job', FIRST), 'Take it off the line'),
    'Take it off the line': requests.task(
      'dynamodb:deleteItem',
      {
        TableName: table,
        Key: lineKey('$.job', FIRST),
        ConditionExpression: 'TaskToken = :token',
        ExpressionAttributeValues: { ':token': text(TOKEN) },
      },
      { Catch: caught(UNMET, PART.line), Next: PART.line },
    ),
  };
}
