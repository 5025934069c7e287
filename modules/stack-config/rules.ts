import { APPLICATION_LOAD_BALANCER_RULES } from '../../triggers/application-load-balancer/rules';
import { CLOUDWATCH_LOG_RULES } from '../../triggers/cloudwatch-log/rules';
import { DYNAMO_DB_STREAM_RULES } from '../../triggers/dynamo-db-stream/rules';
import { EVENT_BUS_RULES } from '../../triggers/event-bus/rules';
import { HTTP_API_GATEWAY_RULES } from '../../triggers/http-api-gateway/rules';
import { KINESIS_STREAM_RULES } from '../../triggers/kinesis-stream/rules';
import { S3_RULES } from '../../triggers/s3/rules';
import { SNS_RULES } from '../../triggers/sns/rules';
import { SQS_RULES } from '../../triggers/sqs/rules';
import type { CheckContext } from '../config/checked';
import type { IndexedConfig } from '../config/indexed-config';
import { type Rule, rule } from '../config/rule';
import type { Finding } from '../problems/problem';
import { LOAD_BALANCER_RULES } from '../resources/application-load-balancer/rules';
import { RELATIONAL_DATABASE_RULES } from '../resources/relational-database/rules';
import { SNS_TOPIC_RULES } from '../resources/sns-topic/rules';
import { SQS_QUEUE_RULES } from '../resources/sqs-queue/rules';
import { ARN_RULE_LIST } from './arn-rules';
import { CLOUDFORMATION_RULES } from './cloudformation-rules';
import { checkConnectTo } from './connect-to';
import { checkDirectives } from './directive-rules';
import { checkConnectionsReachable, checkImagesReachable, checkParametersReachable } from './egress-rules';
import { placeable } from './placement-rules';
import { checkReferences } from './references';
import { differsInMoreThanCase, notReserved } from './reserved-names';

function wholeConfig(index: IndexedConfig): IndexedConfig {
  return index;
}

/** A check that is not yet data. */
function checked(check: (config: IndexedConfig['config'], context: CheckContext) => void): Rule {
  return rule('invalid-value', wholeConfig, ({ config }) => {
    const context: CheckContext = { issues: [], value: config };
    check(config, context);
    return context.issues.map((issue) => ({
      path: issue.path as (string | number)[],
      finding: (issue as unknown as { params: Finding }).params,
    }));
  });
}

/** All rules of a config. Problems at the same place are reported in this order. */
export const RULES: readonly Rule[] = [
  differsInMoreThanCase,
  notReserved,
  checked(checkReferences),
  ...ARN_RULE_LIST,
  ...CLOUDFORMATION_RULES,
  checked(({ resources }, context) => checkConnectTo(resources, context)),
  ...HTTP_API_GATEWAY_RULES,
  ...EVENT_BUS_RULES,
  ...S3_RULES,
  ...CLOUDWATCH_LOG_RULES,
  checked(({ resources }, context) => checkDirectives(resources, context)),
  ...SQS_RULES,
  ...KINESIS_STREAM_RULES,
  ...DYNAMO_DB_STREAM_RULES,
  ...SQS_QUEUE_RULES,
  ...SNS_RULES,
  ...APPLICATION_LOAD_BALANCER_RULES,
  ...LOAD_BALANCER_RULES,
  ...RELATIONAL_DATABASE_RULES,
  checked(checkImagesReachable),
  checked(({ resources, vpc }, context) => checkConnectionsReachable(resources, vpc, context)),
  checked(({ resources, vpc }, context) => checkParametersReachable(resources, vpc, context)),
  ...SNS_TOPIC_RULES,
  placeable,
];
