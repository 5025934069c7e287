import { storyOf } from '../../../../cli/operate/story';
import { why } from '../../../../cli/operate/why/reasons';
import { recorded } from '../histories/recorded';
import { running } from './sample-facts';

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
