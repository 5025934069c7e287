import type { Attempt, Run, Start } from '../../../cli/model/run';

/** The time at which the runs of these tests begin. */
export const T0 = Date.UTC(2026, 10, 25, 14, 0, 2);

/** A time in the runs, in seconds. */
export const at = (seconds: number): number => T0 + seconds * 1000;

/** A run in AWS on Spot capacity, with what differs. */
export function run(differences: Partial<Run> = {}): Run {
  return {
    id: 'nightlyReport-67cd5321',
    name: 'nightlyReport-67cd5321',
    job: 'nightlyReport',
    place: 'aws',
    outcome: 'failed',
    startedAt: T0,
    endedAt: at(600),
    source: 'schedule',
    maximum: 3,
    event: { source: 'schedule', bytes: 293 },
    attempts: [],
    waits: [],
    policy: { attempts: 3, waits: [5, 10], freeRestarts: 3, thenOnDemand: false, isSpot: true, timeout: 1200 },
    ...differences,
  };
}

/** Attempt 1, from second 0 to 300. */
export function attempt(differences: Partial<Attempt> = {}): Attempt {
  return {
    number: 1,
    outcome: 'failed',
    begunAt: T0,
    endedAt: at(300),
    refusals: [],
    starts: [start()],
    ...differences,
  };
}

/** Start 1, which ran from second 60 to 300 and exited with code 1. */
export function start(differences: Partial<Start> = {}): Start {
  return {
    number: 1,
    outcome: 'failed',
    onDemand: false,
    queuedAt: T0,
    startedAt: at(60),
    stoppedAt: at(300),
    exitCode: 1,
    ...differences,
  };
}

/** The run of the mock-up: two failures, two interruptions, a move to on-demand capacity, a success. */
export const SPOT_STORY: Run = run({
  outcome: 'succeeded',
  endedAt: at(1661),
  trigger: { at: T0, endedAt: at(0.4), duplicates: 0 },
  policy: { attempts: 3, waits: [5, 10], freeRestarts: 1, thenOnDemand: true, isSpot: true, timeout: 1200 },
  waits: [
    { kind: 'retry', from: at(322), to: at(327), seconds: 5, before: 2 },
    { kind: 'retry', from: at(1322), to: at(1332), seconds: 10, before: 3 },
  ],
  attempts: [
    attempt({
      endedAt: at(322),
      starts: [start({ startingAt: at(72), startedAt: at(104), stoppedAt: at(322), instanceType: 'c6i.large' })],
    }),
    attempt({
      number: 2,
      begunAt: at(327),
      endedAt: at(1322),
      starts: [
        start({
          outcome: 'interrupted',
          exitCode: 143,
          queuedAt: at(327),
          startingAt: at(341),
          startedAt: at(352),
          stoppedAt: at(702),
          instanceType: 'c6i.large',
        }),
        start({
          number: 2,
          outcome: 'interrupted',
          exitCode: 143,
          restart: 1,
          queuedAt: at(702),
          startingAt: at(788),
          startedAt: at(826),
          stoppedAt: at(1019),
          instanceType: 'c7i.large',
        }),
        start({
          number: 3,
          onDemand: true,
          queuedAt: at(1019),
          startingAt: at(1052),
          startedAt: at(1086),
          stoppedAt: at(1322),
          instanceType: 'c6i.large',
          reason: 'Essential container in task exited',
        }),
      ],
    }),
    attempt({
      number: 3,
      outcome: 'succeeded',
      begunAt: at(1332),
      endedAt: at(1661),
      starts: [
        start({
          outcome: 'succeeded',
          exitCode: 0,
          queuedAt: at(1332),
          startingAt: at(1340),
          startedAt: at(1349),
          stoppedAt: at(1661),
          instanceType: 'c7i.large',
        }),
      ],
    }),
  ],
});

/** Second at which the live runs are looked at. */
export const NOW = at(420);

const LIVE = { outcome: 'running', endedAt: undefined } as const;

/** A run that goes on, in its first attempt. */
export function live(startDifferences: Partial<Start> | undefined, differences: Partial<Run> = {}): Run {
  const starts =
    startDifferences === undefined ? [] : [start({ stoppedAt: undefined, exitCode: undefined, ...startDifferences })];
  const outcome = startDifferences?.outcome ?? 'queued';
  return run({ ...LIVE, attempts: [attempt({ outcome, endedAt: undefined, starts })], ...differences });
}

/** A run whose last attempt ended in a way, on attempt `number`. */
export function ended(
  differences: Partial<Attempt>,
  startDifferences?: Partial<Start>,
  runDifferences: Partial<Run> = {},
): Run {
  const starts = startDifferences === undefined ? [] : [start(startDifferences)];
  return run({
    policy: { ...run().policy, attempts: 1 },
    maximum: 1,
    attempts: [attempt({ starts, ...differences })],
    ...runDifferences,
  });
}
