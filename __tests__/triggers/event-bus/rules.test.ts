import { configProblems, SMALLEST_JOB } from '../../stack-config/samples';

function config(eventBusArn: string): unknown {
  const events = [{ type: 'event-bus', properties: { eventBusArn, eventPattern: { source: ['shop'] } } }];
  return {
    stackName: 'reports',
    resources: {
      job: { type: 'batch-job', properties: { ...SMALLEST_JOB, events } },
      orders: { type: 'event-bus' },
      queue: { type: 'sqs-queue' },
    },
  };
}

describe('eventBusArn', () => {
  it.each(["$ResourceParam('orders', 'arn')", 'arn:aws:events:eu-west-1:123456789012:event-bus/orders'])(
    'may be %s',
    (arn) => {
      expect(configProblems(config(arn))).toEqual([]);
    },
  );

  it.each([
    ["$ResourceParam('queue', 'arn')", 'an sqs-queue'],
    ["$ResourceParam('orders', 'name')", 'an event-bus'],
  ])('is not %s', (arn, type) => {
    expect(configProblems(config(arn))).toEqual([
      {
        path: 'resources.job.properties.events[0].properties.eventBusArn',
        found: `"${arn}" of ${type}`,
        accepted: 'the arn of an event-bus',
        fix: "write $ResourceParam('orders', 'arn')",
      },
    ]);
  });
});
