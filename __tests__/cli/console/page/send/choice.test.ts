import { choiceOf, choiceQuery, triggerName } from '../../../../../cli/console/page/send/choice';
import type { SendJob, SendTrigger } from '../../../../../cli/model/send';

function trigger(type: string, place: number): SendTrigger {
  return { type, place, label: '', isReshaped: false };
}

const SCHEDULE = trigger('schedule', 1);
const QUEUE = trigger('sqs', 1);
const SECOND_QUEUE = trigger('sqs', 2);

function job(...triggers: SendTrigger[]): SendJob {
  return { name: 'report', triggers, eventBudget: 7_000 };
}

const REPORT = job(SCHEDULE, QUEUE, SECOND_QUEUE);

it.each([
  ['', { kind: 'trigger', trigger: SCHEDULE }],
  ['type=sqs', { kind: 'trigger', trigger: QUEUE }],
  ['type=sqs:1', { kind: 'trigger', trigger: QUEUE }],
  ['type=sqs:2', { kind: 'trigger', trigger: SECOND_QUEUE }],
  ['type=sqs:3', { kind: 'trigger', trigger: SCHEDULE }],
  ['type=schedule:2', { kind: 'trigger', trigger: SCHEDULE }],
  ['type=none', { kind: 'trigger', trigger: SCHEDULE }],
  ['type=hand', { kind: 'hand' }],
  ['type=file', { kind: 'file' }],
  ['run=a-1', { kind: 'run', id: 'a-1' }],
  ['run=a-1&type=hand', { kind: 'run', id: 'a-1' }],
  ['run=&type=file', { kind: 'file' }],
])('?%s chooses %j', (search, choice) => {
  expect(choiceOf(REPORT, Object.fromEntries(new URLSearchParams(search)))).toEqual(choice);
});

it('of a job without triggers, an event is written by hand', () => {
  expect(choiceOf(job(), {})).toEqual({ kind: 'hand' });
  expect(choiceOf(job(), { type: 'sqs' })).toEqual({ kind: 'hand' });
});

it('a choice is the one that its address names', () => {
  for (const choice of [
    { kind: 'trigger', trigger: QUEUE },
    { kind: 'trigger', trigger: SECOND_QUEUE },
    { kind: 'hand' },
    { kind: 'file' },
    { kind: 'run', id: 'a-1' },
  ] as const) {
    expect(choiceOf(REPORT, choiceQuery(choice))).toEqual(choice);
  }
  expect(choiceQuery({ kind: 'run', id: 'a-1' })).toEqual({ run: 'a-1' });
  expect([SCHEDULE, SECOND_QUEUE].map(triggerName)).toEqual(['schedule', 'sqs:2']);
});
