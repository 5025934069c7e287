import validate from 'asl-validator';
import fc from 'fast-check';
import { placeKeeperDocument } from '../../modules/limits/place-keeper-document';
import { placesKey } from '../../modules/orchestration/places';
import { burst, type Limits, Simulation, untilAllEnded } from './simulation';

it('is valid in the Amazon States Language', () => {
  const { isValid, errorsText } = validate(placeKeeperDocument({ partition: 'aws', tableName: 'places' }) as never);
  expect([errorsText(), isValid]).toEqual(['', true]);
});

/** An end that each of both state machines repeats. */
const FAILED_JOB = { error: 'States.TaskFailed', cause: '{"JobId":"job-1"}' };

/** One thing that happens. The number chooses which of several. */
const step = fc.tuple(
  fc.constantFrom(
    ...(['perform', 'perform', 'perform', 'perform', 'perform', 'perform'] as const),
    ...(['start', 'endJob', 'failJob', 'stop', 'deliver', 'deliverLate', 'minute', 'crash', 'timeOut'] as const),
  ),
  fc.nat(1_000),
);

async function take(simulation: Simulation, [what, index]: [string, number], items = 1): Promise<void> {
  const { withJobs, runs, ends } = simulation;
  const run = withJobs[index % Math.max(withJobs.length, 1)];
  switch (what) {
    case 'perform':
      return simulation.perform(index);
    case 'start':
      return runs.length < 8 ? simulation.start(items) : undefined;
    case 'endJob':
      return run && simulation.endJob(run);
    case 'failJob':
      return run && simulation.endJob(run, FAILED_JOB);
    case 'stop': {
      const any = runs[index % Math.max(runs.length, 1)];
      return any && simulation.stop(any);
    }
    // The same end can come many times, and others never.
    case 'deliver':
    case 'deliverLate': {
      const end = what === 'deliver' ? ends.at(-1) : ends[index % Math.max(ends.length, 1)];
      return end === undefined ? undefined : simulation.keep(end);
    }
    case 'minute':
      return simulation.keep();
    case 'crash':
      return simulation.crash(index);
    case 'timeOut':
      return simulation.timeOut(index);
  }
}

it('never lets more runs have jobs than there are places, and never leaves one waiting, whatever comes twice, late or never', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 3 }), fc.array(step, { maxLength: 120 }), async (places, steps) => {
      const simulation = new Simulation({ concurrentRuns: places });
      const check = () => expect(simulation.withJobs.length).toBeLessThanOrEqual(places);
      for (let run = 0; run < 4; run++) await simulation.start();
      for (const next of steps) {
        await take(simulation, next);
        check();
      }
      await untilAllEnded(simulation, check);
      expect(simulation.runs.map(({ status }) => status)).not.toContain('RUNNING');
      // Nobody is left in line, except runs that were stopped there.
      const ended = new Set(simulation.runs.map(({ name }) => name));
      expect(simulation.table.line('report').every((name) => ended.has(name))).toBe(true);
    }),
    { numRuns: 60 },
  );
});

describe('a job that counts its items', () => {
  const counted = (concurrentRuns: number): Limits => ({ concurrentRuns, countItems: true });

  it('never has more children than places at the same time, and leaves no run waiting, whatever comes twice, late or never', async () => {
    const runs = fc.array(fc.tuple(step, fc.nat(7)), { maxLength: 120 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), runs, async (places, steps) => {
        const simulation = new Simulation(counted(places));
        const check = () => expect(simulation.children).toBeLessThanOrEqual(places);
        for (let run = 0; run < 4; run++) await simulation.start(2 * run);
        for (const [next, items] of steps) {
          await take(simulation, next, items);
          check();
        }
        await untilAllEnded(simulation, check);
        expect(simulation.runs.map(({ status }) => status)).not.toContain('RUNNING');
        // All places are free again: a run that needs each of them gets them.
        await simulation.keep();
        await simulation.drain();
        await simulation.start(places);
        await simulation.drain();
        expect(simulation.children).toBe(places);
      }),
      { numRuns: 60 },
    );
  });

  it('has runs at the same time as long as their items fit, then waits in order of arrival', async () => {
    const simulation = new Simulation(counted(4));
    for (const items of [3, 3, 1]) {
      await simulation.start(items);
      await simulation.drain();
    }
    const [first, second, third] = simulation.runs;
    // The third one would fit, and doesn't overtake.
    expect(simulation.withJobs).toEqual([first]);
    if (first !== undefined) await simulation.endJob(first);
    await simulation.drain();
    await simulation.keep(first?.name);
    await simulation.drain();
    expect(simulation.withJobs).toEqual([second, third]);
  });

  it('runs more items than places in arrays of as many, one after another, and failed ones in the same places', async () => {
    const simulation = new Simulation(counted(4));
    await simulation.start(10);
    await simulation.drain();
    const [run] = simulation.runs;
    if (run === undefined) throw new Error('No run.');
    for (const outcome of [FAILED_JOB, undefined, FAILED_JOB, undefined]) {
      expect(simulation.children).toBeLessThanOrEqual(4);
      await simulation.endJob(run, outcome);
      await simulation.drain();
    }
    expect([run.status, run.arrays]).toEqual(['SUCCEEDED', [4, 4, 2, 2]]);
    expect(run.visited.filter((name) => name === 'Take a place')).toHaveLength(1);
  });

  it('needs no place for no items, and is skipped with as many as have no room', async () => {
    const simulation = new Simulation({ ...counted(4), whenExceeded: 'skip' });
    for (const items of [3, 2, 1, 0]) {
      await simulation.start(items);
      await simulation.drain();
    }
    expect(simulation.runs.map(({ output }) => output)).toEqual([
      undefined,
      { skipped: 'A limit of the job was reached.' },
      undefined,
      { items: 0 },
    ]);
  });

  it('lets a run go on that has more items than a lowered limit, alone', async () => {
    const simulation = new Simulation(counted(4));
    for (const items of [2, 4]) {
      await simulation.start(items);
      await simulation.drain();
    }
    const [first, second] = simulation.runs;
    simulation.limits = counted(1);
    await simulation.keep();
    await simulation.drain();
    expect(simulation.withJobs).toEqual([first]);
    if (first !== undefined) await simulation.endJob(first);
    await simulation.drain();
    await simulation.keep(first?.name);
    await simulation.drain();
    expect(simulation.withJobs).toEqual([second]);
  });

  it.each([
    [counted(3), { concurrentRuns: 3 }],
    [{ concurrentRuns: 3 }, counted(3)],
  ])('leaves no run waiting if the limits change from %j to %j while runs have places', async (before, after) => {
    const simulation = new Simulation(before);
    const start = async () => {
      for (let run = 0; run < 5; run++) {
        await simulation.start(2);
        await simulation.drain();
      }
    };
    await start();
    simulation.limits = after;
    await start();
    await untilAllEnded(simulation, () => undefined);
    expect(simulation.runs.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 'SUCCEEDED'));
    // And back, in the same hour.
    simulation.limits = before;
    await start();
    await simulation.keep();
    await untilAllEnded(simulation, () => undefined);
    expect(simulation.runs.map(({ status }) => status)).not.toContain('RUNNING');
  });

  it('counts from zero when nobody has a place, after an earlier place keeper counted none of those that it freed', async () => {
    const simulation = new Simulation(counted(3));
    await simulation.start(3);
    await simulation.drain();
    const [first] = simulation.runs;
    if (first !== undefined) await simulation.endJob(first);
    await simulation.drain();
    const names = { '#run': first?.name ?? '' };
    const Key = JSON.parse(JSON.stringify(placesKey('report')));
    simulation.table.call({
      resource: 'arn:aws:states:::aws-sdk:dynamodb:updateItem',
      parameters: { Key, UpdateExpression: 'REMOVE Holders.#run', ExpressionAttributeNames: names },
    });
    await simulation.keep();
    await simulation.drain();
    for (let run = 0; run < 3; run++) {
      await simulation.start(1);
      await simulation.drain();
    }
    expect(simulation.children).toBe(3);
  });
});

it('never lets more runs begin in an hour and on a day than allowed', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 3, max: 5 }),
      fc.array(fc.tuple(step, fc.nat(20)), { maxLength: 80 }),
      async (runsPerHour, runsPerDay, steps) => {
        const simulation = new Simulation({ concurrentRuns: 8, runsPerHour, runsPerDay });
        for (let run = 0; run < 4; run++) await simulation.start();
        for (const [next, minutes] of steps) {
          await take(simulation, next);
          // A request that was sent in one hour can be carried out in the next.
          simulation.now += minutes * 60_000;
        }
        const counts = new Map<string, number>();
        for (const window of simulation.windows) counts.set(window, (counts.get(window) ?? 0) + 1);
        for (const [window, count] of counts)
          expect(count).toBeLessThanOrEqual(window.length === 13 ? runsPerHour : runsPerDay);
      },
    ),
    { numRuns: 40 },
  );
});

it('gives places in order of arrival', async () => {
  const simulation = await burst(12, { concurrentRuns: 2 });
  for (let ended = 0; ended < 12; ended++) {
    const [run] = simulation.withJobs;
    if (run === undefined) break;
    await simulation.endJob(run);
    await simulation.keep(run.name);
    await simulation.drain();
  }
  expect(simulation.began).toEqual(simulation.runs.map(({ name }) => name));
});

it.each(['wait', 'skip'] as const)(
  '%s: runs that begin an hour at the same moment all get places',
  async (whenExceeded) => {
    const simulation = new Simulation({ concurrentRuns: 3, whenExceeded });
    for (let hour = 0; hour < 2; hour++) {
      for (let run = 0; run < 3; run++) await simulation.start();
      // Each run makes one request in turn.
      await simulation.drain();
      expect(simulation.withJobs).toHaveLength(3);
      for (const run of simulation.withJobs) {
        await simulation.endJob(run);
        await simulation.keep(run.name);
      }
      await simulation.drain();
      simulation.now += 3_600_000;
    }
    expect(simulation.runs.map(({ output }) => output)).toEqual(
      Array.from({ length: 6 }, () => ({ JobId: 'job-1', Status: 'SUCCEEDED' })),
    );
  },
);

it('fills a raised limit, and empties to a lowered one, while runs wait', async () => {
  const simulation = await burst(10, { concurrentRuns: 2 });
  expect(simulation.withJobs).toHaveLength(2);
  simulation.limits = { concurrentRuns: 5 };
  await simulation.keep();
  await simulation.drain();
  expect(simulation.withJobs).toHaveLength(5);
  simulation.limits = { concurrentRuns: 1 };
  for (let left = 5; left > 1; left--) {
    const [run] = simulation.withJobs;
    if (run !== undefined) await simulation.endJob(run);
    await simulation.keep(run?.name);
    await simulation.drain();
    expect(simulation.withJobs).toHaveLength(left - 1);
  }
});

it('gives waiting runs their turn after whenExceeded is changed to skip, and skips new ones', async () => {
  const simulation = await burst(3, { concurrentRuns: 1 });
  simulation.limits = { concurrentRuns: 1, whenExceeded: 'skip' };
  await simulation.start();
  await simulation.drain();
  const [first, second, third, fourth] = simulation.runs;
  expect([fourth?.status, fourth?.began]).toEqual(['SUCCEEDED', undefined]);
  for (const ended of [first, second]) {
    if (ended !== undefined) await simulation.endJob(ended);
    await simulation.keep(ended?.name);
    await simulation.drain();
  }
  expect(simulation.withJobs).toEqual([third]);
});
