import { APPLICATION_LOAD_BALANCER_RULES } from '../../triggers/application-load-balancer/rules';
import { CLOUDWATCH_LOG_RULES } from '../../triggers/cloudwatch-log/rules';
import { DYNAMO_DB_STREAM_RULES } from '../../triggers/dynamo-db-stream/rules';
import { EVENT_BUS_RULES } from '../../triggers/event-bus/rules';
import { HTTP_API_GATEWAY_RULES } from '../../triggers/http-api-gateway/rules';
import { KINESIS_STREAM_RULES } from '../../triggers/kinesis-stream/rules';
import { S3_RULES } from '../../triggers/s3/rules';
import { SNS_RULES } from '../../triggers/sns/rules';
import { SQS_RULES } from '../../triggers/sqs/rules';
import type { Rule } from '../config/rule';
import { LOAD_BALANCER_RULES } from '../resources/application-load-balancer/rules';
import { RELATIONAL_DATABASE_RULES } from '../resources/relational-database/rules';
import { SNS_TOPIC_RULES } from '../resources/sns-topic/rules';
import { SQS_QUEUE_RULES } from '../resources/sqs-queue/rules';
import { ARN_RULE_LIST } from './arn-rules';
import { CLOUDFORMATION_RULES } from './cloudformation-rules';
import { connections } from './connect-to';
import { DIRECTIVE_RULES } from './directive-rules';
import { EGRESS_RULES } from './egress-rules';
import { placeable } from './placement-rules';
import { REFERENCE_RULES } from './references';
import { differsInMoreThanCase, notReserved } from './reserved-names';

/** All rules of a config. Problems at the same place are reported in this order. */
export const RULES: readonly Rule[] = [
  differsInMoreThanCase,
  notReserved,
  ...REFERENCE_RULES,
  ...ARN_RULE_LIST,
  ...CLOUDFORMATION_RULES,
  connections,
  ...HTTP_API_GATEWAY_RULES,
  ...EVENT_BUS_RULES,
  ...S3_RULES,
  ...CLOUDWATCH_LOG_RULES,
  ...DIRECTIVE_RULES,
  ...SQS_RULES,
  ...KINESIS_STREAM_RULES,
  ...DYNAMO_DB_STREAM_RULES,
  ...SQS_QUEUE_RULES,
  ...SNS_RULES,
  ...APPLICATION_LOAD_BALANCER_RULES,
  ...LOAD_BALANCER_RULES,
  ...RELATIONAL_DATABASE_RULES,
  ...EGRESS_RULES,
  ...SNS_TOPIC_RULES,
  placeable,
];
