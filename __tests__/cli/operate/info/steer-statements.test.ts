import { STEERING_ACTIONS } from '../../../../cli/operate/aws/iam-action';
import { job } from '../../../synthesis';
import { ACCOUNT, actionsOf, policyOf, type Resources, report, resourcesOf } from './operator-policies';

describe('steering', () => {
  const resources: Resources = {
    report: {
      type: 'batch-job',
      properties: job({
        events: [
          { type: 'kinesis-stream', properties: { kinesisStreamName: 'orders' } },
          { type: 'dynamo-db-stream', properties: { streamArn: `arn:aws:dynamodb:${ACCOUNT}:table/t/stream/2026` } },
        ],
      }),
    },
    orders: { type: 'kinesis-stream' },
  };

  it('is reading and the actions that change something or read records of events', () => {
    const steer = policyOf(resources, 'steer');
    const read = policyOf(resources, 'read');
    expect(steer.Statement.slice(0, read.Statement.length)).toEqual(read.Statement);
    const more = actionsOf(steer).filter((action) => !actionsOf(read).includes(action));
    expect(more).toEqual([...STEERING_ACTIONS].sort());
  });

  it('reads the streams of events, which can belong to others', () => {
    const steer = policyOf(resources, 'steer');
    expect(resourcesOf(steer, 'kinesis:GetRecords')).toEqual([`arn:aws:kinesis:${ACCOUNT}:stream/shop-*`]);
    expect(resourcesOf(steer, 'dynamodb:GetRecords')).toEqual([
      `arn:aws:dynamodb:${ACCOUNT}:table/shop-*/stream/*`,
      `arn:aws:dynamodb:${ACCOUNT}:table/t/stream/2026`,
    ]);
    expect(actionsOf(policyOf({ report }, 'steer')).filter((action) => /kinesis|dynamodb/.test(action))).toEqual([]);
  });
});
