import type { PictureContext } from '../../../triggers/event-page';
import { page } from '../../../triggers/schedule/page';

type Properties = Parameters<typeof page.box>[0];
const properties = (more: object) => ({ scheduleRate: 'rate(1 day)', ...more }) as Properties;

/** A synthesized stack with these expressions of the resources for the event. */
function context(made: { readonly [type: string]: unknown } = {}): PictureContext {
  return {
    argument: (type, argument) => (argument === 'schedule_expression' ? made[type] : undefined),
    text: (template) => template.toUpperCase(),
    value: String,
    nameOf: () => undefined,
    batch: 'run',
  };
}

it('a schedule is called by its timing, which says when it fires', () => {
  const given = properties({ timezone: 'Europe/Vienna' });
  expect(page.label(given)).toBe('rate(1 day) Europe/Vienna');
  expect(page.schedule?.(given)).toBe('rate(1 day)');
  expect(page.timing?.(given)).toBe(given);
});

describe('the box', () => {
  it('of a rule has its expression in the stack, and no limits', () => {
    const made = context({ aws_cloudwatch_event_rule: 'rate(2 days)', aws_scheduler_schedule: 'rate(3 days)' });
    expect(page.box(properties({}), made)).toEqual({
      title: 'Schedule',
      detail: [{ text: 'RATE(2 DAYS)', isCode: true }],
      companions: [],
      schedule: 'RATE(2 DAYS)',
    });
  });

  it('of a schedule of EventBridge Scheduler has its limits too', () => {
    const made = context({ aws_cloudwatch_event_rule: 'rate(2 days)', aws_scheduler_schedule: 'rate(3 days)' });
    const limits = { timezone: 'Europe/Vienna', startDate: '2030-01-01T00:00:00Z', endDate: '2031-01-01T00:00:00Z' };
    expect(page.box(properties(limits), made)).toMatchObject({ schedule: 'RATE(3 DAYS)', limits });
  });

  it('has the expression of the config where the stack has none', () => {
    expect(page.box(properties({}), context()).schedule).toBe('RATE(1 DAY)');
  });
});

describe('the advice', () => {
  const NOW = new Date('2030-06-01T12:00:00Z');
  const advice = (more: object) => page.advice?.(properties(more), NOW);
  const OVER = {
    property: 'scheduleRate',
    message: 'this schedule never fires again. Remove the event if it is done',
  };
  const STARTED = {
    property: 'startDate',
    message:
      'the start has passed. AWS creates no schedule with it: remove it, or set a later one, if the schedule is new or if you change ' +
      'scheduleRate, timezone or an input',
  };

  it.each<[string, object, object | undefined]>([
    ['a rule', {}, undefined],
    ['a time that comes', { scheduleRate: 'at(2030-06-01T13:00:00)' }, undefined],
    ['a time that has passed', { scheduleRate: 'at(2030-06-01T11:00:00)' }, OVER],
    ['an end that comes', { endDate: '2030-07-01T00:00:00Z' }, undefined],
    ['an end that has passed', { endDate: '2030-06-01T11:59:59Z' }, OVER],
    ['an end before the next time', { scheduleRate: 'cron(0 0 1 1 ? *)', endDate: '2030-07-01T00:00:00Z' }, OVER],
    ['a start that comes', { startDate: '2030-07-01T00:00:00Z' }, undefined],
    ['a start that has just passed', { startDate: '2030-06-01T11:55:00Z' }, undefined],
    ['a start that has passed', { startDate: '2030-06-01T11:54:59Z' }, STARTED],
    [
      'a start and an end that have passed',
      { startDate: '2029-01-01T00:00:00Z', endDate: '2030-01-01T00:00:00Z' },
      OVER,
    ],
    ['a time zone alone', { timezone: 'Europe/Vienna' }, undefined],
  ])('on %s', (_, more, expected) => {
    expect(advice(more)).toEqual(expected);
  });

  it('is of this moment', () => {
    expect(page.advice?.(properties({ endDate: '2020-01-01T00:00:00Z' }))).toEqual(OVER);
    expect(page.advice?.(properties({ endDate: '2999-01-01T00:00:00Z' }))).toBeUndefined();
  });
});
