import type { Message } from '@aws-sdk/client-sqs';
import { foundIn } from '../../../../cli/operate/undelivered/found';
import { Receivers } from '../../../../cli/operate/undelivered/receivers';
import { scheduleDeadLetter } from '../../../../cli/operate/undelivered/schedule-dead-letter';
import { arn, deployment, message, queue, ruleAttributes } from './made-messages';

const read = (given: Message, where = queue(), stack = deployment()) =>
  scheduleDeadLetter(foundIn(given, where, new Receivers(stack)));

describe('a dead letter of a schedule', () => {
  const SCHEDULE = arn('scheduler', 'schedule/default/shop-report-schedule-0');
  const text = (StringValue: string) => ({ DataType: 'String', StringValue });
  const given = (more: { readonly [name: string]: { DataType: string; StringValue: string } } = {}) => ({
    MessageAttributes: {
      ...ruleAttributes(),
      RULE_ARN: text(''),
      SCHEDULE_ARN: text(SCHEDULE),
      SCHEDULED_TIME: text('2026-11-26T14:00:00Z'),
      ...more,
    },
  });

  it('has the event and why EventBridge Scheduler could not deliver it', () => {
    const event = { id: `${SCHEDULE}/2026-11-26T14:00:00Z`, source: 'aws.scheduler', input: { full: false } };
    expect(read(message(event, given()))).toMatchObject({
      jobs: ['report'],
      source: 'schedule',
      reason: 'NO_PERMISSIONS: The target has no permission for EventBridge.',
      tries: 186,
      first: new Date('2026-11-26T14:00:00Z'),
      start: { kind: 'event', json: JSON.stringify(event) },
    });
  });

  it('names the firing, also if the message is the input as the schedule has it', () => {
    const event = { id: '<aws.scheduler.schedule-arn>/<aws.scheduler.scheduled-time>', source: 'aws.scheduler' };
    expect(read(message(event, given()))?.start).toMatchObject({
      json: JSON.stringify({ id: `${SCHEDULE}/2026-11-26T14:00:00Z`, source: 'aws.scheduler' }),
    });
  });

  it.each([
    ['{', {}, 'Its event is no JSON.'],
    [{ id: 'a' }, { IS_PAYLOAD_TRUNCATED: text('true') }, 'EventBridge Scheduler kept only a part of its event.'],
  ])('starts no run of %j with %j', (event, more, why) => {
    expect(read(message(event, given(more)))?.start).toEqual({ kind: 'none', why });
  });
});

describe('a dead letter of a schedule of which little is known', () => {
  const text = (StringValue: string) => ({ DataType: 'String', StringValue });
  const SCHEDULE_ARN = text(arn('scheduler', 'schedule/default/shop-report-schedule-0'));
  const TARGET_ARN = text(arn('lambda', 'function:shop-report-trigger'));
  const given = (more: object = {}) =>
    message({ id: 'a' }, { MessageAttributes: { SCHEDULE_ARN, TARGET_ARN, ...more } });

  it('has no reason, no time, and no number of tries', () => {
    const entry = read(given());
    expect(entry).toMatchObject({
      source: 'schedule',
      reason: 'EventBridge Scheduler does not say why.',
      jobs: ['report'],
    });
    expect(entry?.first).toBeUndefined();
    expect(entry?.tries).toBeUndefined();
    expect(entry?.start).toEqual({ kind: 'event', json: '{"id":"a"}', invocation: entry?.messageId });
  });

  it('has a code without an explanation, and tries beside the first', () => {
    expect(read(given({ ERROR_CODE: text('X') }))?.reason).toBe('X');
    expect(read(given({ RETRY_ATTEMPTS: text('0') }))?.tries).toBe(1);
    expect(read(given({ RETRY_ATTEMPTS: text('0') }))?.error).toMatchObject({ RETRY_ATTEMPTS: '0' });
  });

  it('keeps the placeholder of a time that is not known', () => {
    const event = { id: '<aws.scheduler.schedule-arn>/<aws.scheduler.scheduled-time>' };
    const found = read(message(event, { MessageAttributes: { SCHEDULE_ARN, TARGET_ARN } }));
    expect(found?.start).toMatchObject({
      json: `{"id":"${SCHEDULE_ARN.StringValue}/<aws.scheduler.scheduled-time>"}`,
    });
  });

  it('starts no run of another function, whatever else is wrong', () => {
    const other = {
      TARGET_ARN: text(arn('lambda', 'function:shop-image-builder')),
      IS_PAYLOAD_TRUNCATED: text('true'),
    };
    expect(read(given(other))?.start).toMatchObject({
      kind: 'none',
      why: expect.stringContaining('the image builder'),
    });
    expect(read(given({ IS_PAYLOAD_TRUNCATED: text('false') }))?.start.kind).toBe('event');
  });

  it('is none without the ARN of its schedule or its target', () => {
    expect(read(given({ SCHEDULE_ARN: undefined }))).toBeUndefined();
    expect(read(given({ TARGET_ARN: undefined }))).toBeUndefined();
  });
});
