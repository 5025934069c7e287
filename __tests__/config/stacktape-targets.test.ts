import { stacktapeTarget } from '../../modules/config/stacktape-targets';
import { functionAlarms } from '../../modules/resources/function/alarms';
import { problemsWith } from '../stack-config/samples';

it.each([
  [
    { type: 'email', properties: { sender: 'a@example.com', recipient: 'b@example.com' } },
    'and subscribe b@example.com to it: aws sns subscribe --protocol email',
  ],
  [{ type: 'email' }, 'and subscribe the address to it'],
  [{ type: 'slack', properties: { conversationId: 'C1' } }, 'aws_chatbot_slack_channel_configuration'],
  [{ type: 'ms-teams' }, 'aws_chatbot_teams_channel_configuration'],
  [{ type: 'msTeams' }, 'aws_chatbot_teams_channel_configuration'],
  [{ type: 'discord' }, 'call Discord in a function with an sns event of the topic'],
  [{ type: 'webhook', properties: { url: 'https://example.com' } }, 'call the address in a function with an sns event'],
])('says how the messages of a topic get to %j', (target, way) => {
  expect(stacktapeTarget(target).fix).toMatch(/^write \{ snsTopicName: "<topic>" \} instead, and /);
  expect(stacktapeTarget(target).fix).toContain(way);
});

it('knows no way to others', () => {
  expect(stacktapeTarget({ type: 'pager' })).toMatchObject({
    found: 'a target of the type "pager"',
    fix: 'write { snsTopicName: "<topic>" } instead',
  });
  expect(stacktapeTarget({ type: 7 }).found).toBe('a target of the type 7');
});

it('is one problem for each target, whatever else is in it', () => {
  const trigger = { type: 'lambda-error-rate', properties: { thresholdPercent: 5 } };
  const webhook = { type: 'webhook', properties: { url: 'https://example.com', headers: { a: 'b' } } };
  const notificationTargets = [webhook, { snsTopicName: 'alerts' }, { type: 'discord' }];
  const paths = (targets: unknown) =>
    problemsWith(functionAlarms, [{ trigger, notificationTargets: targets }]).map(({ path }) => path);
  expect(paths(notificationTargets)).toEqual(['[0].notificationTargets[0].type', '[0].notificationTargets[2].type']);
  expect(paths(webhook)).toEqual(['[0].notificationTargets.type']);
});
