import { IN_REGION } from '../../modules/config/arn-rule';
import type { JobEventOf } from '../../triggers/events';
import { sourceOf } from '../../triggers/registry';
import { source } from '../../triggers/source';
import { facts } from '../../triggers/sqs/facts';
import { page } from '../../triggers/sqs/page';
import { sqs as schema } from '../../triggers/sqs/schema';

const trigger = () => (require('../../triggers/sqs/trigger') as typeof import('../../triggers/sqs/trigger')).SqsTrigger;

const parts = {
  schema,
  trigger,
  sample: () => () => ({ Records: [] }),
  facts: () => facts,
  page: () => page,
  selects: ['sqsQueueName'],
  props: () => ({ queue: { arn: 'arn:aws:sqs:eu-west-1:123456789012:orders' } }),
} as const;

describe('source', () => {
  it('has the type of its schema', () => {
    expect(source(parts).type).toBe('sqs');
  });

  it('does not compile with a property that its events do not have', () => {
    // @ts-expect-error the property is called sqsQueueName
    source({ ...parts, selects: ['queueName'] });
    // @ts-expect-error the same
    source({ ...parts, arns: { queueArn: IN_REGION } });
    // @ts-expect-error the property that accepts the name is called sqsQueueName
    source({ ...parts, arns: { sqsQueueArn: { ...IN_REGION, name: 'queueName' } } });
    // @ts-expect-error an sqs event has no onDeliveryFailure
    source({ ...parts, arns: { 'onDeliveryFailure.sqsQueueArn': IN_REGION } });
    // @ts-expect-error the trigger's property is called batchSize
    source({ ...parts, props: () => ({ ...parts.props(), size: 10 }) });
    // @ts-expect-error the sample is one of another source
    source({ ...parts, sample: () => (event: JobEventOf<'schedule'>) => event });
    // @ts-expect-error the trigger function knows no such kind
    source({ ...parts, facts: () => ({ ...facts, kinds: [{ ...facts.kinds[0], kind: 'queue' }] }) });
    // @ts-expect-error an sqs event has no scheduleRate
    source({ ...parts, page: () => ({ ...page, label: ({ scheduleRate }) => scheduleRate }) });
    // @ts-expect-error the class is not a trigger of queues
    source({ ...parts, trigger: () => Date });
    expect(source(parts)).toMatchObject(parts);
  });
});

describe('sourceOf', () => {
  it('is the source of the type, and loads its trigger when asked', () => {
    expect(sourceOf('sqs').schema).toBe(schema);
    expect(sourceOf('sqs').trigger()).toBe(trigger());
  });
});
