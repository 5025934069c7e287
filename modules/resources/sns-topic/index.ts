import { AS_ASKED, IN_REGION } from '../../config/arn-rule';
import { ACCESS_KINDS } from '../../rules/narrowing';
import { companion } from '../descriptor';
import { snsTopic, TOPIC_PARAMS } from './schema';

export type { SnsTopic } from './schema';

/** The type `sns-topic`. */
export const SNS_TOPIC = companion({
  type: 'sns-topic',
  noun: 'topic',
  schema: snsTopic,
  creates: [['SnsTopic', 'sns-topic']],
  construct: () => (require('./construct') as typeof import('./construct')).Topic,
  params: TOPIC_PARAMS,
  existingArns: { arn: AS_ASKED },
  // https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
  propertyArns: { kmsKeyId: IN_REGION },
  rules: () => (require('./rules') as typeof import('./rules')).SNS_TOPIC_RULES,
  unreachableService: 'Amazon SNS',
  namedBy: ['snsTopicName', 'topicName'],
  connection: () => (require('./connection') as typeof import('./connection')).topicConnection,
  narrowable: { access: ACCESS_KINDS },
  provided: { aws_sns_topic: () => (require('./connection') as typeof import('./connection')).providedTopic },
  stacktape: () => (require('./stacktape') as typeof import('./stacktape')).STACKTAPE,
});
