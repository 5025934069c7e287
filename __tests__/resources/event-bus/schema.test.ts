import { eventBusResource } from '../../../modules/resources/event-bus/schema';
import { problemsWith } from '../../stack-config/samples';

const ARN = 'arn:aws:events:eu-west-1:123456789012:event-bus/orders';

describe('an event bus in a config', () => {
  it.each([
    {},
    { properties: {} },
    { existing: { arn: ARN } },
    { existing: { arn: 'arn:aws-cn:events:cn-north-1:123456789012:event-bus/aws.partner/shop.com/1' } },
  ])('is %j', (bus) => {
    expect(problemsWith(eventBusResource, { type: 'event-bus', ...bus })).toEqual([]);
  });

  it.each([
    ['orders', 'write an ARN such as'],
    [
      'arn:aws:events:eu-west-1:123456789012:rule/orders',
      'write an ARN with event-bus/ before the name, and not rule/, as in',
    ],
    [`${ARN}:x`, 'write nothing after the name, as in'],
  ])('is not at %s', (arn, fix) => {
    expect(problemsWith(eventBusResource, { type: 'event-bus', existing: { arn } })).toEqual([
      {
        path: 'existing.arn',
        found: JSON.stringify(arn),
        accepted: 'the ARN of a bus, such as arn:aws:events:eu-west-1:123456789012:event-bus/orders',
        fix: `${fix} arn:aws:events:eu-west-1:123456789012:event-bus/orders`,
      },
    ]);
  });

  it('has no other properties', () => {
    const properties = { name: 'orders' };
    expect(problemsWith(eventBusResource, { type: 'event-bus', properties })).toMatchObject([
      { path: 'properties.name', fix: 'remove it' },
    ]);
  });
});
