import { type JobDetailInput, jobDetail } from '../../../cli/local/job-detail';

const INPUT = {
  id: 'id',
  name: 'name',
  definition: 'definition:1',
  queue: 'queue',
  createdAt: 1,
  container: { image: 'busybox' },
  environment: { A: '1', B: '' },
  memory: 512,
  retry: undefined,
  timeoutSeconds: undefined,
  runs: [],
  succeeded: true,
} as unknown as JobDetailInput;

it('a job that never ran', () => {
  expect(jobDetail(INPUT)).toEqual({
    Attempts: [],
    Container: {
      Command: [],
      Environment: [
        { Name: 'A', Value: '1' },
        { Name: 'B', Value: '' },
      ],
      Image: 'busybox',
      ResourceRequirements: [{ Type: 'MEMORY', Value: '512' }],
    },
    CreatedAt: 1,
    DependsOn: [],
    IsCancelled: false,
    IsTerminated: false,
    JobDefinition: 'definition:1',
    JobId: 'id',
    JobName: 'name',
    JobQueue: 'queue',
    RetryStrategy: { Attempts: 1 },
    Status: 'SUCCEEDED',
  });
});

it('its command, retries, timeout and failure', () => {
  const container = { ...INPUT.container, command: ['a', 'b'] };
  const retry = { attempts: 3 } as JobDetailInput['retry'];
  expect(jobDetail({ ...INPUT, container, retry, timeoutSeconds: 0, succeeded: false })).toMatchObject({
    Container: { Command: ['a', 'b'] },
    RetryStrategy: { Attempts: 3 },
    Timeout: { AttemptDurationSeconds: 0 },
    Status: 'FAILED',
  });
});

it('each attempt, and the last one as that of the job', () => {
  const runs = [
    { startedAt: 10, stoppedAt: 20, statusReason: 'Essential container in task exited', exitCode: 0 },
    { startedAt: 30, stoppedAt: 40, statusReason: 'Host EC2 terminated', reason: 'CannotStartContainerError' },
  ];
  const detail = jobDetail({ ...INPUT, runs });
  expect(detail).toMatchObject({
    Attempts: [
      {
        Container: { ExitCode: 0, LogStreamName: 'local' },
        StartedAt: 10,
        StatusReason: 'Essential container in task exited',
        StoppedAt: 20,
      },
      {
        Container: { Reason: 'CannotStartContainerError', LogStreamName: 'local' },
        StartedAt: 30,
        StatusReason: 'Host EC2 terminated',
        StoppedAt: 40,
      },
    ],
    Container: { Image: 'busybox', Reason: 'CannotStartContainerError', LogStreamName: 'local' },
    StartedAt: 30,
    StatusReason: 'Host EC2 terminated',
    StoppedAt: 40,
  });
  // No empty keys: conditions on what is present would take them for values.
  expect(JSON.stringify(detail)).not.toContain('null');
  const { Attempts, Container } = detail as unknown as { Attempts: { Container: object }[]; Container: object };
  expect(Attempts.map((attempt) => Object.keys(attempt.Container))).toEqual([
    ['ExitCode', 'LogStreamName'],
    ['Reason', 'LogStreamName'],
  ]);
  expect(Container).not.toHaveProperty('ExitCode');
});
