import { freePlace, noneTaken, placesKey } from '../orchestration/places';
import { COUNTS, choice, hasEnded, type KeeperRequests, PART } from './keeper-states';

/**
 * How many holders of places are looked at, and after how many seconds the next ones are. An account has 400 requests of GetExecutionHistory
 * in stock, which grow by 20 per second: 1,000 holders, the maximum, take them in three parts. DescribeExecution has half as many.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export const LOOK = { holders: 350, nextAfterSeconds: 15 } as const;

/** How many requests of a part are made at the same time, the most that a Map state makes. */
const LOOKS_AT_ONCE = 40;

/** Frees the places of holders that ended, one part of the holders after another. All of it only if no place is free, or items are counted. */
export function holderStates(requests: KeeperRequests) {
  const { table } = requests;
  return {
    [PART.holders]: requests.task(
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
      PART.line,
    ),
    'None is taken': requests.update(noneTaken(table, '$.job'), PART.line),
    'Divide the holders': {
      Type: 'Pass',
      Parameters: { 'Parts.$': `States.ArrayPartition($.held.Runs, ${LOOK.holders})`, Part: 0 },
      ResultPath: '$.held',
      Next: PART.nextHolders,
    },
    [PART.nextHolders]: {
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
        States: oneHolder(requests),
      },
      ResultPath: null,
      Next: PART.line,
    },
  };
}

/** Frees the places of one holder if it has ended. */
function oneHolder(requests: KeeperRequests) {
  return {
    'Look at the holder': requests.lastEvent('$.run', 'Has the holder ended', 'Free its place'),
    'Has the holder ended': hasEnded('Free its place', 'That is all of it'),
    'Free its place': requests.update(freePlace(requests.table, '$.job', '$.run'), 'That is all of it'),
    // The outputs of a part together are small.
    'That is all of it': { Type: 'Pass', Parameters: {}, End: true },
  };
}
