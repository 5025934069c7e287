import { attempt, minutesAgo, runnable, running } from '../sample-facts';
import type { Case } from './case';

/** Cases of jobs that wait. */
export const WAITING: readonly Case[] = [
  [
    'max-vcpus-in-use',
    'made',
    runnable({
      queue: {
        running: { number: 5, isMore: false },
        runningNames: ['report-1', 'report-2', 'import-3', 'import-4', 'import-5'],
      },
      environment: { desiredVcpus: 255, registered: 5, connected: 5 },
    }),
  ],
  ['instances-not-registered', 'made', runnable({ environment: { desiredVcpus: 2, lastLaunch: minutesAgo(20) } })],
  ['agents-disconnected', 'made', runnable({ environment: { desiredVcpus: 2, registered: 2, connected: 0 } })],
  ['behind-other-jobs', 'made', runnable({ queue: { position: 7, head: { name: 'import-1' } } })],
  [
    'behind-other-jobs',
    'made',
    runnable({ queue: { position: undefined, waiting: { number: 100, isMore: true }, head: { name: 'import-1' } } }),
  ],
  ['environment-updating', 'made', runnable({ environment: { status: 'UPDATING' } })],
  ['instance-starting', 'made', runnable({ environment: { desiredVcpus: 2, lastLaunch: minutesAgo(2) } })],
  [
    'no-room',
    'made',
    runnable({
      queue: { running: { number: 1, isMore: false }, runningNames: ['import-1'] },
      environment: { desiredVcpus: 2, registered: 1, connected: 1 },
    }),
  ],
  ['waits-for-instance', 'made', runnable()],
  ['job-unknown', 'made', running()],

  ['waits-for-place', 'made', running({ attempts: [], waits: [{ kind: 'place', from: minutesAgo(1), before: 1 }] })],
  [
    'waits-for-place',
    'made',
    running({ attempts: [], waits: [{ kind: 'place', from: minutesAgo(1), before: 1, ahead: 4 }] }),
  ],
  [
    'waits-for-retry',
    'made',
    running({
      attempts: [attempt({ ended: minutesAgo(1), outcome: 'failed' })],
      waits: [{ kind: 'retry', from: minutesAgo(1), before: 2 }],
    }),
  ],
  [
    'submission-throttled',
    'made',
    running({
      attempts: [attempt({ jobId: undefined, refusals: 3 })],
      waits: [{ kind: 'throttled', from: minutesAgo(1), before: 1 }],
    }),
  ],
  ['being-submitted', 'made', running({ attempts: [] })],
  ['being-submitted', 'made', running({ attempts: [attempt({ ended: minutesAgo(0), outcome: 'failed' })] })],
  ['running', 'made', running({}, { status: 'RUNNING', started: minutesAgo(2) })],
  ['starting', 'made', running({}, { status: 'STARTING' })],
  [
    'starting-slowly',
    'made',
    running(
      {},
      {
        status: 'STARTING',
        task: { created: minutesAgo(30), pullStarted: minutesAgo(30), pullStopped: minutesAgo(25) },
      },
    ),
  ],
  [
    'image-pulled-slowly',
    'made',
    running({}, { status: 'STARTING', task: { created: minutesAgo(30), pullStarted: minutesAgo(30) } }),
  ],
  ['image-pulled-slowly', 'made', running({}, { status: 'STARTING', task: { created: minutesAgo(30) } })],
  // It waited for long, and starts only now.
  ['starting', 'made', running({}, { status: 'STARTING', queued: minutesAgo(90), task: { created: minutesAgo(1) } })],
  ['starting', 'made', running({}, { status: 'STARTING', queued: minutesAgo(90) })],
  ['waits-for-job', 'made', running({}, { status: 'PENDING', dependsOn: ['a-job'] })],
  ['submitted', 'made', running({}, { status: 'SUBMITTED' })],
  ['ending', 'made', running({}, { status: 'FAILED' })],
  ['waits-for-long', 'made', runnable({ batchJob: { queued: minutesAgo(40) } })],
  [
    'waits-for-long',
    'made',
    runnable({ batchJob: { queued: minutesAgo(40) }, environment: { desiredVcpus: 2, registered: undefined } }),
  ],
  [
    'instance-starting',
    'made',
    runnable({ batchJob: { queued: minutesAgo(40) }, environment: { desiredVcpus: 2, lastLaunch: minutesAgo(3) } }),
  ],
  ['queue-unknown', 'made', { ...runnable(), queue: undefined, environments: [], notes: ['The queue left out: ...'] }],
];
