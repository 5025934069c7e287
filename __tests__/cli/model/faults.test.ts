import { faultProblems } from '../../../cli/console/send/fault-problems';
import { FAULT_OPTIONS, type Faults, localWords, parsedWords } from '../../../cli/model/faults';

const ALL: Faults = {
  failAttempts: '1,2',
  interruptAfter: '3s',
  grace: '10s',
  timeoutAfter: '1m',
  throttle: '2',
  deliverTwice: true,
  fast: true,
  plain: true,
  aws: true,
};

test('what the switches choose is what the words of the command choose, and other options stay', () => {
  const others = ['--verbose', '--env', 'A=b c', '--secret', 'TOKEN'];
  const words = localWords('report', ALL, others);
  expect(words.slice(0, 5)).toEqual(['report', '--fail-attempts', '1,2', '--interrupt-after', '3s']);
  expect(parsedWords(words)).toEqual({ job: 'report', faults: ALL, eventWords: [], others });
  expect(localWords('report', { deliverTwice: false })).toEqual(['report']);
  expect(FAULT_OPTIONS.map(({ field }) => field).sort()).toEqual(Object.keys(ALL).sort());
});

test('the words of a terminal are read in each form that the command accepts', () => {
  const words = [
    '--grace=5s',
    '--fail-attempts',
    '1',
    '--event-type',
    'sqs:2',
    'report',
    '--fail-attempts=3',
    '--json',
  ];
  expect(parsedWords(words)).toEqual({
    job: 'report',
    faults: { grace: '5s', failAttempts: '1,3' },
    eventWords: ['--event-type', 'sqs:2'],
    others: [],
  });
  expect(parsedWords(['report', '--event', 'report', '--env=A=--fast'])).toEqual({
    job: 'report',
    faults: {},
    eventWords: ['--event', 'report'],
    others: ['--env', 'A=--fast'],
  });
});

test('every bad value is named in the words of the command, all at once', () => {
  expect(faultProblems(ALL)).toEqual({});
  expect(
    faultProblems({ failAttempts: '0', interruptAfter: 'soon', grace: '', timeoutAfter: '25d', throttle: '-1' }),
  ).toEqual({
    failAttempts: '--fail-attempts accepts whole numbers from 1. Found "0".',
    interruptAfter: '--interrupt-after accepts a time of up to 24 days, such as 500ms, 5s or 2m. Found "soon".',
    grace: '--grace accepts a time of up to 24 days, such as 500ms, 5s or 2m. Found "".',
    timeoutAfter: '--timeout-after accepts a time of up to 24 days, such as 500ms, 5s or 2m. Found "25d".',
    throttle: '--throttle accepts whole numbers from 0. Found "-1".',
  });
});
