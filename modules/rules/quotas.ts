/**
 * Quotas of AWS for values that add up. "Adjustable" means that an account can request an increase.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html
 */
export const QUOTAS = {
  /** Tags of one resource, except AWS's (`aws:`): https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
  tagsOfResource: 50,
  /**
   * Characters of all inline policies of a role combined, without white space:
   * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
   */
  inlinePoliciesOfRole: 10_240,
  /** Characters of a managed policy, without white space. */
  managedPolicy: 6144,
  /** Managed policies of a role. Adjustable up to 25. */
  managedPoliciesOfRole: 10,
  /** Characters of a function's resource-based policy: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
  functionPolicy: 20_480,
  /** Bytes of all environment variables of a function combined. */
  functionEnvironment: 4096,
  /**
   * Bytes and statements of a queue's policy:
   * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html
   */
  queuePolicy: 8192,
  queuePolicyStatements: 20,
  /** Bytes of a topic's policy: https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html */
  topicPolicy: 30_720,
  /** Characters of an event bus's policy: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
  eventBusPolicy: 10_240,
  /** Bytes of a job definition: https://docs.aws.amazon.com/batch/latest/userguide/service_limits.html */
  jobDefinition: 24_576,
  /** Compute environments per account and region. Adjustable. */
  computeEnvironments: 50,
  /** Job queues per account and region. Adjustable. */
  jobQueues: 50,
  /** Bytes of a state machine's definition: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
  stateMachine: 1_048_576,
  /** Bytes of a CloudFormation template in S3. */
  templateByAddress: 1_000_000,
  /** Resources of a CloudFormation template: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
  resourcesOfTemplate: 500,
  /** Rules of an event bus. Adjustable: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
  rulesOfBus: 300,
  /** Routes of an HTTP API. Adjustable: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
  routesOfApi: 300,
  /** Integrations of an HTTP API. */
  integrationsOfApi: 300,
  /** Authorizers of an HTTP API. Adjustable. */
  authorizersOfApi: 10,
  /**
   * Rules of a load balancer, without its listeners' default rules. Adjustable:
   * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
   */
  rulesOfLoadBalancer: 100,
  /** Rules of a security group per direction. Adjustable: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
  rulesOfSecurityGroup: 60,
  /** Consumers with enhanced fan-out of a stream: https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html */
  consumersOfStream: 20,
} as const;
