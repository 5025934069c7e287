import { storyOf } from '../../../cli/operate/story';
import { why } from '../../../cli/operate/why/reasons';
import { recorded } from './histories/recorded';
import { running } from './why/sample-facts';

// Executions of the project's state machine that moto ran. See recorded.ts.
test.each([
  ['failed', 'exit-code'],
  ['on-demand-failed', 'succeeded'],
  ['timed-out', 'timeout'],
  ['refused', 'refused'],
  ['denied', 'refused-permission'],
  ['aborted', 'stopped'],
  ['waiting', 'waits-for-retry'],
  ['succeeded', 'succeeded'],
  ['retried', 'succeeded'],
  ['on-demand', 'succeeded'],
  ['throttled', 'succeeded'],
  ['large', 'succeeded'],
])('recorded run %s: %s', (name, code) => {
  const { execution, history } = recorded(name);
  const story = storyOf(execution, history);
  const facts = { ...running(), run: { name: story.name, story } };
  const answer = why(facts);
  expect(answer.code).toBe(code);
  expect(answer.sentence).toContain(story.name);
});

// The same executions, while they ran.
test.each([
  ['throttled', 'TaskFailed', 'submission-throttled'],
  ['throttled', 'WaitStateEntered', 'submission-throttled'],
  ['retried', 'WaitStateEntered', 'waits-for-retry'],
  ['succeeded', 'TaskStateEntered', 'being-submitted'],
  ['succeeded', 'TaskSubmitted', 'job-unknown'],
])('recorded run %s, at its first %s: %s', (name, type, code) => {
  const { execution, history } = recorded(name);
  const end = history.findIndex((event) => event.type === type);
  if (end < 0) throw new Error(`${name} has no ${type}`);
  const going = { ...execution, status: 'RUNNING' as const, stopDate: undefined };
  const story = storyOf(going, history.slice(0, end + 1));
  expect(why({ ...running(), run: { name: story.name, story } }).code).toBe(code);
});
