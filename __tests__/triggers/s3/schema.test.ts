import { parse } from '../../../modules/config/parse';
import { NOT_ON_EVENTBRIDGE, S3_EVENT_TYPES, s3, s3Settings } from '../../../triggers/s3/schema';
import { problemsWith, tokens } from '../../stack-config/samples';

const ARN = 'arn:aws:s3:::invoices';

function event(properties: object) {
  return { type: 's3', properties: { bucketArn: ARN, s3EventType: 's3:ObjectCreated:*', ...properties } };
}

describe('an s3 event', () => {
  it('listens through notifications, to all keys, by default', () => {
    expect(parse(s3, event({}), 'test').properties).toEqual({
      bucketArn: ARN,
      s3EventType: 's3:ObjectCreated:*',
      useEventBridge: false,
    });
  });

  it.each([
    ...S3_EVENT_TYPES.map((s3EventType) => ({ s3EventType })),
    { bucketArn: "$ResourceParam('invoices', 'arn')" },
    { bucketArn: tokens().TEXT },
    { filterRule: {} },
    { filterRule: { prefix: 'in/', suffix: '.csv' } },
    { filterRule: { prefix: 'a b+c=50%/', suffix: '%' } },
    { filterRule: { prefix: 'x'.repeat(1024) } },
    { useEventBridge: true },
  ])('may have %j', (properties) => {
    expect(problemsWith(s3, event(properties))).toEqual([]);
  });

  it.each([
    [{ bucketArn: 'invoices' }, 'bucketArn', 'write arn:aws:s3:::invoices'],
    [{ bucketArn: `${ARN}/in/*` }, 'bucketArn', 'write nothing after the name, as in arn:aws:s3:::reports'],
    [{ s3EventType: 's3:ObjectCreated' }, 's3EventType', 'did you mean "s3:ObjectCreated:*"?'],
    [
      { filterRule: { prefix: 'in/*' } },
      'filterRule.prefix',
      'write "in/": what lies beyond prefix and suffix is free',
    ],
    [
      { filterRule: { suffix: '*.csv' } },
      'filterRule.suffix',
      'write ".csv": what lies beyond prefix and suffix is free',
    ],
    [
      { filterRule: { prefix: 'dt%3D2026/' } },
      'filterRule.prefix',
      'write the characters themselves, such as = instead of %3D',
    ],
    [{ filterRule: { suffix: 'x'.repeat(1025) } }, 'filterRule.suffix', 'shorten it: no key is longer'],
    [{ filterRule: { sufix: '.csv' } }, 'filterRule.sufix', 'did you mean "suffix"?'],
    [{ useEventBridge: 'yes' }, 'useEventBridge', 'write true without quotes'],
  ])('has not %j', (properties, path, fix) => {
    expect(problemsWith(s3, event(properties))).toMatchObject([{ path: `properties.${path}`, fix }]);
  });

  it.each(NOT_ON_EVENTBRIDGE)('does not hear of %s through EventBridge', (s3EventType) => {
    const finding = {
      found: JSON.stringify(s3EventType),
      fix: 'S3 sends it to no EventBridge bus: remove useEventBridge and use a bucket of the stack',
    };
    expect(problemsWith(s3, event({ s3EventType, useEventBridge: true }))).toMatchObject([
      { path: 'properties.s3EventType', ...finding },
    ]);
    expect(problemsWith(s3Settings, { s3EventType, useEventBridge: true })).toMatchObject([
      { path: 's3EventType', ...finding },
    ]);
  });
});
