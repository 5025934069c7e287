import { KeeperRequests, PART } from '../../modules/limits/keeper-states';
import { lineStates } from '../../modules/limits/line-states';
import { burst, type Simulation, untilAllEnded } from './simulation';

it('begins with the first run in line', () => {
  expect(Object.keys(lineStates(new KeeperRequests('aws', 'places')))[0]).toBe(PART.line);
});

/** A run with the only place has ended, and the place keeper has made some of its requests for the one that waits. */
async function midway(requests: number): Promise<Simulation> {
  const simulation = await burst(2, { concurrentRuns: 1 });
  const [first] = simulation.runs;
  if (first !== undefined) await simulation.endJob(first);
  await simulation.drain();
  await simulation.keep(first?.name);
  for (let made = 0; made < requests; made++) await simulation.perform(0);
  return simulation;
}

describe.each(Array.from({ length: 12 }, (_, requests) => requests))(
  'after %i requests of the place keeper',
  (made) => {
    const ended = (simulation: Simulation) => {
      expect(simulation.runs.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
      expect(simulation.table.line('report')).toEqual([]);
    };

    it('the next minute does the rest if it ends there', async () => {
      const simulation = await midway(made);
      simulation.crash(0);
      await simulation.drain();
      await simulation.keep();
      await untilAllEnded(simulation, () => expect(simulation.withJobs.length).toBeLessThan(2));
      ended(simulation);
    });

    it('a run can wait with a new task token', async () => {
      const simulation = await midway(made);
      await simulation.timeOut(0);
      // Its request comes before the next one of the place keeper, and after.
      await simulation.perform(simulation.pending.length - 1);
      await simulation.drain();
      await simulation.keep();
      await untilAllEnded(simulation, () => expect(simulation.withJobs.length).toBeLessThan(2));
      ended(simulation);
    });

    it('a second one can begin', async () => {
      const simulation = await midway(made);
      await simulation.keep();
      while (simulation.pending.length > 0) await simulation.perform(simulation.pending.length - 1);
      await untilAllEnded(simulation, () => expect(simulation.withJobs.length).toBeLessThan(2));
      ended(simulation);
    });
  },
);
