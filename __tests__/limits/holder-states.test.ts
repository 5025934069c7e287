import fc from 'fast-check';
import { LOOK } from '../../modules/limits/holder-states';
import { burst, Simulation, type Status } from './simulation';

it('frees the place of a stopped run whose event is lost at the next minute', async () => {
  const simulation = await burst(2, { concurrentRuns: 1 });
  const [first, second] = simulation.runs;
  if (first !== undefined) await simulation.stop(first);
  expect(simulation.withJobs).toEqual([]);
  await simulation.keep();
  await simulation.drain();
  expect(simulation.withJobs).toEqual([second]);
});

/** Statuses of the runs that have all places of a job: some have ended, and nobody has told. */
const holders = fc.array(fc.constantFrom<Status>('RUNNING', 'SUCCEEDED', 'FAILED', 'ABORTED', 'TIMED_OUT'), {
  minLength: 1,
  maxLength: 1_000,
  size: 'max',
});

/** Whether requests are within a quota: so many in stock, which grow by so many per second. */
function isWithin(quota: { readonly stock: number; readonly perSecond: number }, times: readonly number[]): boolean {
  let [left, before] = [quota.stock, times[0] ?? 0];
  for (const time of times) {
    left = Math.min(quota.stock, left + ((time - before) / 1000) * quota.perSecond) - 1;
    before = time;
    if (left < 0) return false;
  }
  return true;
}

it('looks at all holders in each minute, however many, within the quota, and frees the places of those that ended', async () => {
  const check = async (statuses: readonly Status[]) => {
    const simulation = new Simulation({ concurrentRuns: statuses.length });
    simulation.hold(statuses);
    await simulation.start();
    await simulation.drain();
    const [waiting] = simulation.runs.slice(-1);
    for (let minute = 0; minute < 2; minute++) {
      const began = simulation.now;
      await simulation.keep();
      await simulation.drain();
      expect(simulation.now - began).toBeLessThanOrEqual(30_000);
      if (minute === 0) {
        const ended = statuses.findIndex((status) => status !== 'RUNNING');
        // In the part in which a place was freed, not at the end.
        const part = Math.floor(ended / LOOK.holders) * LOOK.nextAfterSeconds * 1000;
        expect(waiting?.began).toBe(ended < 0 ? undefined : began + part);
      }
      const goOn = statuses.flatMap((status, index) => (status === 'RUNNING' ? [`held-${index}`] : []));
      expect(simulation.table.holders('report')).toEqual([...goOn, ...(waiting?.began ? [waiting.name] : [])]);
      simulation.now = began + 60_000;
    }
    expect(isWithin({ stock: 400, perSecond: 20 }, simulation.looks)).toBe(true);
  };
  const last = (status: Status) => [...Array.from({ length: 999 }, () => 'RUNNING' as const), status];
  await check(last('TIMED_OUT'));
  await check(last('RUNNING'));
  await fc.assert(fc.asyncProperty(holders, check), { numRuns: 8 });
});

it('frees the place of a run that Step Functions has forgotten', async () => {
  const simulation = new Simulation({ concurrentRuns: 1 });
  simulation.hold(['FAILED']);
  simulation.runs.length = 0;
  await simulation.keep();
  await simulation.drain();
  expect(simulation.table.holders('report')).toEqual([]);
});
