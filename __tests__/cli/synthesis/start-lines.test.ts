import { startLines } from '../../../cli/synthesis/start-lines';
import { event, type JobEvent } from '../../../triggers/events';

const NOW = new Date('2026-11-27T12:00:00Z');

const events = (...given: { readonly type: string; readonly properties: object }[]): JobEvent[] =>
  given.map((one) => event.parse(one));
const schedule = (scheduleRate: string, more: object = {}) => ({
  type: 'schedule',
  properties: { scheduleRate, ...more },
});
const queue = (name: string) => ({
  type: 'sqs',
  properties: { sqsQueueArn: `arn:aws:sqs:eu-west-1:111111111111:${name}` },
});

it('a job without events starts by hand', () => {
  expect(startLines([], NOW)).toEqual(['no event, only by hand']);
});

it('schedules come with their next two times, the earliest first', () => {
  const given = events(schedule('cron(0 18 * * ? *)'), schedule('cron(0 14 * * ? *)'));
  expect(startLines(given, NOW)).toEqual([
    'cron(0 14 * * ? *)',
    'next 2026-11-27 14:00 UTC, 2026-11-28 14:00',
    'cron(0 18 * * ? *)',
    'next 2026-11-27 18:00 UTC, 2026-11-28 18:00',
  ]);
});

it('without a time, schedules keep their order and have no next times', () => {
  const given = events(schedule('cron(0 18 * * ? *)'), schedule('cron(0 14 * * ? *)'));
  expect(startLines(given, undefined)).toEqual(['cron(0 18 * * ? *)', 'cron(0 14 * * ? *)']);
});

it('a rate, which only AWS knows the times of, comes last', () => {
  const lines = startLines(events(schedule('rate(5 minutes)'), schedule('cron(0 14 * * ? *)')), NOW);
  expect(lines).toEqual(['cron(0 14 * * ? *)', 'next 2026-11-27 14:00 UTC, 2026-11-28 14:00', 'rate(5 minutes)']);
});

it('a schedule that has fired for the last time has no next time', () => {
  expect(startLines(events(schedule('at(2026-11-27T11:00:00)')), NOW)).toEqual(['at(2026-11-27T11:00:00)']);
});

it('the same schedule twice is one line', () => {
  const [line] = startLines(events(schedule('rate(1 hour)'), schedule('rate(1 hour)')), NOW);
  expect(line).toBe('2 × rate(1 hour)');
});

it.each([
  [4, 'and 1 more schedule'],
  [5, 'and 2 more schedules'],
])('of %d schedules, three are shown', (count, more) => {
  const rates = Array.from({ length: count }, (_, index) => schedule(`rate(${index + 2} hours)`));
  const lines = startLines(events(...rates), NOW);
  expect(lines).toEqual(['rate(2 hours)', 'rate(3 hours)', 'rate(4 hours)', more]);
});

it('all other events are one line, those of one type counted', () => {
  const [first, ...others] = startLines(events(queue('a'), schedule('rate(1 hour)'), queue('b'), queue('c')), NOW);
  expect(first).toBe('rate(1 hour)');
  expect(others).toEqual(['3 × sqs']);
});
