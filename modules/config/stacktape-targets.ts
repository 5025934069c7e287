import { formatFound } from '../problems/found';
import type { Finding } from '../problems/problem';
import { suggestion } from '../problems/suggestion';
import { asObject } from './value-at';

/** What the messages of a topic need to get to what Stacktape sends the messages of an alarm to, by its type. */
const WAYS: { readonly [type: string]: (properties: { readonly [property: string]: unknown }) => string } = {
  email: ({ recipient }) =>
    `subscribe ${typeof recipient === 'string' ? recipient : 'the address'} to it: aws sns subscribe --protocol email`,
  slack: () => 'connect it to the channel: aws_chatbot_slack_channel_configuration in Terraform beside it',
  'ms-teams': () => 'connect it to the channel: aws_chatbot_teams_channel_configuration in Terraform beside it',
  discord: () => 'call Discord in a function with an sns event of the topic',
  webhook: () => 'call the address in a function with an sns event of the topic',
};

const TYPES = Object.keys(WAYS);

/** The finding about a target of an alarm that has a type, as in Stacktape: here, an alarm notifies topics. */
export function stacktapeTarget(target: unknown): Finding {
  const { type, properties } = asObject(target);
  const name = typeof type === 'string' ? (suggestion(type, TYPES) ?? type) : '';
  const way = Object.hasOwn(WAYS, name) ? WAYS[name]?.(asObject(properties)) : undefined;
  const fix = `write { snsTopicName: "<topic>" } instead${way === undefined ? '' : `, and ${way}`}`;
  return {
    code: 'unknown-property',
    found: `a target of the type ${formatFound(type)}`,
    accepted: 'snsTopicName or snsTopicArn: alarms notify topics',
    fix,
    // The missing name of a topic is no other problem.
    meant: 'snsTopicName',
  };
}
