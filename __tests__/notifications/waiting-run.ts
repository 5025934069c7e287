import type { WaitingRun } from '../../modules/notifications/stuck-message';

/** What the queue watch starts the notifier with. The job has the properties that DescribeJobs returns, as Step Functions writes them. */
export function waitingRun(job: object = {}): WaitingRun {
  return {
    stack: 'reports',
    job: 'nightly',
    stateMachineArn: 'arn:aws:states:eu-west-1:123456789012:stateMachine:reports-nightly',
    afterSeconds: 3600,
    targets: { stuck: [{ topic: 'arn:aws:sns:eu-west-1:123456789012:alerts' }] },
    waiting: [
      {
        JobId: '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0',
        JobName: 'nightly-e04f0ac63e52',
        JobQueue: 'arn:aws:batch:eu-west-1:123456789012:job-queue/reports-spot-cpu-x86-64',
        JobDefinition: 'arn:aws:batch:eu-west-1:123456789012:job-definition/reports-nightly:3',
        Status: 'RUNNABLE',
        StatusReason: "MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT - The job's resources fit no instance",
        CreatedAt: 1732629600123,
        ...job,
      },
    ],
  };
}
