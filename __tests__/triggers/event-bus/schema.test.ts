import { eventBus } from '../../../triggers/event-bus/schema';
import { problemsWith, tokens } from '../../stack-config/samples';

const PATTERN = { source: ['shop'] };

function event(properties: object) {
  return { type: 'event-bus', properties: { useDefaultBus: true, eventPattern: PATTERN, ...properties } };
}

describe('an event-bus event', () => {
  it.each([
    {},
    { useDefaultBus: false, eventBusName: 'orders' },
    { useDefaultBus: undefined, eventBusArn: 'arn:aws:events:eu-west-1:123456789012:event-bus/orders' },
    { useDefaultBus: undefined, eventBusArn: "$ResourceParam('orders', 'arn')" },
    { onDeliveryFailure: { sqsQueueName: 'failed' } },
    { input: { full: true } },
    { eventPattern: { 'detail-type': [{ prefix: 'Order' }], account: ['1'], version: ['0'], region: ['eu-west-1'] } },
    { eventPattern: { resources: [{ suffix: '/x' }], 'replay-name': ['again'] } },
    { eventPattern: { detail: { state: ['paid', null, 1, true], by: { name: [{ exists: false }] } } } },
    { eventPattern: { detail: { $or: [{ a: [1] }, { b: [{ numeric: ['>', 5] }] }] } } },
    { eventPattern: { source: [tokens().TEXT] } },
  ])('may have %j', (properties) => {
    expect(problemsWith(eventBus, event(properties))).toEqual([]);
  });

  it.each([
    [{ useDefaultBus: undefined }, 'none of them', 'add useDefaultBus: true or the name of a bus'],
    [{ useDefaultBus: false }, 'none of them', 'add useDefaultBus: true or the name of a bus'],
    [{ eventBusName: 'orders' }, 'eventBusName and useDefaultBus', 'keep eventBusName and remove useDefaultBus'],
    [
      { useDefaultBus: false, eventBusName: 'a', eventBusArn: 'arn:aws:events:eu-west-1:123456789012:event-bus/a' },
      'eventBusArn and eventBusName',
      'keep eventBusArn and remove eventBusName',
    ],
  ])('has exactly one bus, not %j', (properties, found, fix) => {
    expect(problemsWith(eventBus, event(properties))).toEqual([
      { path: 'properties', found, accepted: 'exactly one of eventBusArn, eventBusName, useDefaultBus', fix },
    ]);
  });

  it.each([
    [{}, 'eventPattern', "set the events that start the job, such as source: ['my.app']"],
    [{ source: 'shop' }, 'eventPattern.source', 'write ["shop"]'],
    [{ source: tokens().TEXT }, 'eventPattern.source', 'put it into a list'],
    [{ source: [] }, 'eventPattern.source', 'add a value, or remove the property to match any'],
    [{ source: { prefix: 'sh' } }, 'eventPattern.source', 'write [{"prefix":"sh"}]'],
    [{ detail: { state: 'paid' } }, 'eventPattern.detail.state', 'write ["paid"]'],
    [{ detail: { state: null } }, 'eventPattern.detail.state', 'write [null]'],
    [{ detail: { state: 5 } }, 'eventPattern.detail.state', 'write [5]'],
    [{ detail: {} }, 'eventPattern.detail', 'add a property, or remove it to match any'],
    [
      { detail: { by: { name: [] } } },
      'eventPattern.detail.by.name',
      'add a value, or remove the property to match any',
    ],
    [{ detail: { $or: [{ a: [1] }, { b: 2 }] } }, 'eventPattern.detail.$or[1].b', 'write [2]'],
    [{ sources: ['shop'], source: ['shop'] }, 'eventPattern.sources', 'did you mean "source"?'],
    [{ source: ['x'.repeat(4096)] }, 'eventPattern', 'split it into several events of the job'],
  ])('has not the pattern %j', (eventPattern, path, fix) => {
    const problems = problemsWith(eventBus, event({ eventPattern }));
    expect(problems[0]).toMatchObject({ path: `properties.${path}`, fix });
    expect(problems).toHaveLength(1);
  });

  it('needs a pattern', () => {
    const { eventPattern: _, ...properties } = event({}).properties;
    expect(problemsWith(eventBus, { type: 'event-bus', properties })).toMatchObject([
      { path: 'properties.eventPattern', fix: 'add it: it is required' },
    ]);
  });

  it('checks what the job receives', () => {
    expect(problemsWith(eventBus, event({ input: 1, inputPath: '$.a' }))).toMatchObject([
      { path: 'properties', fix: 'keep input and remove inputPath' },
    ]);
  });
});
