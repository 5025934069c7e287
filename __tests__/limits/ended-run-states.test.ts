import { endedRunStates } from '../../modules/limits/ended-run-states';
import { KeeperRequests, PART } from '../../modules/limits/keeper-states';
import { burst } from './simulation';

it('begins with the run that ended, and leaves the line before it frees the place', () => {
  const states = Object.keys(endedRunStates(new KeeperRequests('aws', 'places')));
  expect(states.slice(0, 3)).toEqual([PART.ended, 'Leave the line', 'Free the place']);
});

it('takes a run off the line that was stopped while it waited, and leaves the places of others', async () => {
  const simulation = await burst(3, { concurrentRuns: 1 });
  const [first, second, third] = simulation.runs;
  if (second !== undefined) await simulation.stop(second);
  await simulation.keep(second?.name);
  await simulation.drain();
  expect(simulation.table.line('report')).toEqual([third?.name]);
  expect(simulation.table.holders('report')).toEqual([first?.name]);
});
