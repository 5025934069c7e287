import { beginDay, beginHour, freePlace, lineKey } from '../orchestration/places';
import { choice, type KeeperRequests, PART } from './keeper-states';

/** Frees the places of the run that ended, if the execution has one, and counts from zero in a new hour and on a new day. */
export function endedRunStates(requests: KeeperRequests) {
  const { table } = requests;
  const hasRun = (Next: string) => [{ Variable: '$.run', IsPresent: true, Next }];
  return {
    [PART.ended]: choice(hasRun('Leave the line'), 'Begin the hour'),
    // First: the run cannot be given a place after its place was freed.
    'Leave the line': requests.task(
      'dynamodb:deleteItem',
      { TableName: table, Key: lineKey('$.job', '$.run') },
      { Next: 'Free the place' },
    ),
    'Free the place': requests.update(freePlace(table, '$.job', '$.run'), 'Begin the hour'),
    'Begin the hour': requests.update(beginHour(table, '$.job'), 'Begin the day'),
    'Begin the day': requests.update(beginDay(table, '$.job'), 'Did the clock start this'),
    'Did the clock start this': choice(hasRun(PART.line), PART.holders),
  };
}
