import type { Message } from '@aws-sdk/client-sqs';
import { foundIn } from '../../../../cli/operate/undelivered/found';
import { Receivers } from '../../../../cli/operate/undelivered/receivers';
import { ruleDeadLetter } from '../../../../cli/operate/undelivered/rule-dead-letter';
import { arn, deployment, message, queue, ruleAttributes, SCHEDULED } from './made-messages';

const read = (given: Message, where = queue(), stack = deployment()) =>
  ruleDeadLetter(foundIn(given, where, new Receivers(stack)));

describe('a dead letter of a rule', () => {
  it('has the event and why EventBridge could not deliver it', () => {
    const entry = read(message(SCHEDULED, { MessageAttributes: ruleAttributes() }));
    expect(entry).toMatchObject({
      jobs: ['report'],
      source: 'schedule',
      reason: 'NO_PERMISSIONS: The target has no permission for EventBridge.',
      tries: 186,
      first: new Date('2026-11-26T14:00:00Z'),
      last: new Date(1764165600000),
      error: { RETRY_ATTEMPTS: '185' },
      start: {
        kind: 'rule',
        json: JSON.stringify(SCHEDULED),
        rule: {
          ruleArn: arn('events', 'rule/shop-report-schedule-0'),
          targetArn: arn('lambda', 'function:shop-report-trigger'),
        },
      },
    });
  });

  it("is no job's if the target is another function", () => {
    const entry = read(message(SCHEDULED, { MessageAttributes: ruleAttributes('shop-image-builder') }));
    expect(entry?.start).toMatchObject({ kind: 'none', why: expect.stringContaining('the image builder') });
  });
});

it('starts no run for a dead letter of a rule that is no JSON', () => {
  const entry = read(message('{', { MessageAttributes: ruleAttributes() }));
  expect(entry?.start).toEqual({ kind: 'none', why: 'Its event is no JSON.' });
});

describe('a dead letter of a rule of which little is known', () => {
  const { RULE_ARN, TARGET_ARN } = ruleAttributes() ?? {};
  const given = (more: object = {}) => ({
    MessageAttributes: { ...(RULE_ARN && { RULE_ARN }), ...(TARGET_ARN && { TARGET_ARN }), ...more },
  });

  it('has no reason, and no number of tries', () => {
    const entry = read(message({ a: 1 }, given()));
    expect(entry).toMatchObject({ reason: 'EventBridge does not say why.', source: 'event-bus', first: undefined });
    expect(entry?.tries).toBeUndefined();
    expect(entry).toMatchObject({ start: { kind: 'rule', json: '{"a":1}', invocation: entry?.messageId } });
  });

  it('has a code without an explanation', () => {
    const ERROR_CODE = { DataType: 'String', StringValue: 'SDK_CLIENT_ERROR' };
    expect(read(message(SCHEDULED, given({ ERROR_CODE })))?.reason).toBe('SDK_CLIENT_ERROR');
  });

  it('is for the function of the config that is the target', () => {
    const entry = read(message(SCHEDULED, { MessageAttributes: ruleAttributes('shop-authorize') }));
    expect(entry).toMatchObject({ jobs: [], functions: ['authorize'], start: { kind: 'rule' } });
  });

  it.each(['RULE_ARN', 'TARGET_ARN'])('is none without the attribute %s', (name) => {
    const { [name]: _, ...others } = ruleAttributes() ?? {};
    expect(read(message(SCHEDULED, { MessageAttributes: others }))).toBeUndefined();
  });
});
