/** A finding of Checkov that stays, for all resources of some kinds. */
export interface Accepted {
  readonly check: string;
  /** Types of resources, or of data sources. */
  readonly kinds: readonly string[];
  /** Why that is right for users. */
  readonly reason: string;
}

const KEY_OF_THE_ACCOUNT =
  'encrypted with a key of AWS; encryption.kmsKeyArn of a config sets another one where AWS lets it change without a replacement';
const COSTS = 'costs extra, and people turn it on by overrides if they need it';

/** In the order of the checks. */
export const ACCEPTED: readonly Accepted[] = [
  { check: 'CKV2_AWS_11', kinds: ['aws_vpc'], reason: `flow logs of a VPC: ${COSTS}` },
  {
    check: 'CKV2_AWS_12',
    kinds: ['aws_vpc'],
    reason: 'nothing uses the default security group: instances, databases and load balancers have groups of the stack',
  },
  {
    check: 'CKV2_AWS_20',
    kinds: ['aws_lb'],
    reason:
      'the example has no certificate; a listener without one answers HTTP, and a config adds HTTPS by certificateArn',
  },
  { check: 'CKV2_AWS_28', kinds: ['aws_lb'], reason: `a web application firewall: ${COSTS}` },
  { check: 'CKV2_AWS_30', kinds: ['aws_db_instance'], reason: 'logs of queries can have the data of people in them' },
  {
    check: 'CKV2_AWS_5',
    kinds: ['aws_security_group'],
    reason: 'attached by a compute environment or a cache, which the check does not follow',
  },
  {
    check: 'CKV2_AWS_6',
    kinds: ['aws_s3_bucket'],
    reason:
      'S3 blocks public access to every new bucket, and the policy of the bucket is a resource; buckets of a config have the block as well',
  },
  {
    check: 'CKV2_AWS_61',
    kinds: ['aws_s3_bucket'],
    reason: 'build contexts stay as long as the images that Terraform knows by them',
  },
  { check: 'CKV2_AWS_62', kinds: ['aws_s3_bucket'], reason: 'nobody needs to know of large events and build contexts' },
  {
    check: 'CKV_AWS_103',
    kinds: ['aws_lb_listener'],
    reason: 'the example has no certificate; a listener with one accepts TLS 1.2 and later',
  },
  {
    check: 'CKV_AWS_115',
    kinds: ['aws_lambda_function'],
    reason: 'reserved concurrency takes from the 1,000 of the account; limits of a job bound its runs',
  },
  {
    check: 'CKV_AWS_116',
    kinds: ['aws_lambda_function'],
    reason:
      'a failure destination keeps failed events with the name of the function, which a dead letter queue does not',
  },
  {
    check: 'CKV_AWS_117',
    kinds: ['aws_lambda_function'],
    reason: 'the functions call AWS only; in a VPC they would need NAT or endpoints, which cost by the hour',
  },
  { check: 'CKV_AWS_118', kinds: ['aws_db_instance'], reason: `enhanced monitoring: ${COSTS}` },
  { check: 'CKV_AWS_119', kinds: ['aws_dynamodb_table'], reason: KEY_OF_THE_ACCOUNT },
  {
    check: 'CKV_AWS_124',
    kinds: ['aws_cloudformation_stack'],
    reason: 'Terraform waits for the stack and shows its errors',
  },
  { check: 'CKV_AWS_129', kinds: ['aws_db_instance'], reason: 'logs of databases can have the data of people in them' },
  {
    check: 'CKV_AWS_130',
    kinds: ['aws_subnet'],
    reason:
      'instances reach registries without NAT, and accept no connections; vpc.privateSubnets of a config has no addresses',
  },
  {
    check: 'CKV_AWS_136',
    kinds: ['aws_ecr_repository'],
    reason: 'encrypted with a key of AWS: another key replaces the repository and deletes its images',
  },
  { check: 'CKV_AWS_144', kinds: ['aws_s3_bucket'], reason: `replication to another region: ${COSTS}` },
  { check: 'CKV_AWS_145', kinds: ['aws_s3_bucket'], reason: KEY_OF_THE_ACCOUNT },
  { check: 'CKV_AWS_157', kinds: ['aws_db_instance'], reason: 'doubles the price of a database; multiAz of a config' },
  { check: 'CKV_AWS_158', kinds: ['aws_cloudwatch_log_group'], reason: KEY_OF_THE_ACCOUNT },
  {
    check: 'CKV_AWS_161',
    kinds: ['aws_db_instance'],
    reason: 'jobs connect with a user and a password, as each program for these databases can',
  },
  {
    check: 'CKV_AWS_163',
    kinds: ['aws_ecr_repository'],
    reason: 'the repository of layers has no images to scan; that of images scans on push',
  },
  {
    check: 'CKV_AWS_173',
    kinds: ['aws_lambda_function'],
    reason: 'variables of functions are names, no secrets, and are encrypted with a key of AWS',
  },
  { check: 'CKV_AWS_18', kinds: ['aws_s3_bucket'], reason: `access logs of buckets: ${COSTS}` },
  { check: 'CKV_AWS_184', kinds: ['aws_efs_file_system'], reason: KEY_OF_THE_ACCOUNT },
  {
    check: 'CKV_AWS_2',
    kinds: ['aws_lb_listener'],
    reason: 'the example has no certificate; a config adds HTTPS by certificateArn',
  },
  {
    check: 'CKV_AWS_21',
    kinds: ['aws_s3_bucket'],
    reason: 'large events and build contexts are copies; versioning of a bucket of the config is a property',
  },
  {
    check: 'CKV_AWS_241',
    kinds: ['aws_kinesis_firehose_delivery_stream'],
    reason:
      'Firehose holds records for minutes, encrypted with a key of AWS; what it keeps, failed records and errors, has the key of the config',
  },
  {
    check: 'CKV_AWS_26',
    kinds: ['aws_sns_topic'],
    reason:
      "rules and alarms can't publish to a topic with the AWS managed key; encryption.kmsKeyArn of a config sets one",
  },
  {
    check: 'CKV_AWS_272',
    kinds: ['aws_lambda_function'],
    reason: 'code signing needs a signing profile of the account; Terraform uploads the code whose hash is in the plan',
  },
  {
    check: 'CKV_AWS_28',
    kinds: ['aws_dynamodb_table'],
    reason: 'a table of the example; pointInTimeRecovery of a config',
  },
  { check: 'CKV_AWS_284', kinds: ['aws_sfn_state_machine'], reason: `traces of X-Ray: ${COSTS}` },
  {
    check: 'CKV_AWS_285',
    kinds: ['aws_sfn_state_machine'],
    reason:
      'errors are logged without the event, which can have the data of people in it; Step Functions keeps the history',
  },
  {
    check: 'CKV_AWS_297',
    kinds: ['aws_scheduler_schedule'],
    reason: 'a schedule stores its input, which is in the config',
  },
  {
    check: 'CKV_AWS_309',
    kinds: ['aws_apigatewayv2_route'],
    reason: 'the examples of a route without an authorizer; the guide says what that means',
  },
  {
    check: 'CKV_AWS_316',
    kinds: ['aws_codebuild_project'],
    reason: 'the Docker engine that builds images needs it; the role of builds can only read contexts and push images',
  },
  {
    check: 'CKV_AWS_338',
    kinds: ['aws_cloudwatch_log_group'],
    reason: 'records of a year cost; logging.retentionDays of a config',
  },
  {
    check: 'CKV_AWS_341',
    kinds: ['aws_launch_template'],
    reason: 'containers on the bridge network are one hop further away; IMDSv2 is required',
  },
  { check: 'CKV_AWS_353', kinds: ['aws_db_instance'], reason: `performance insights: ${COSTS}` },
  {
    check: 'CKV_AWS_394',
    kinds: ['aws_availability_zones'],
    reason: 'the first three zones are used, and a subnet keeps its zone',
  },
  { check: 'CKV_AWS_50', kinds: ['aws_lambda_function'], reason: `traces of X-Ray: ${COSTS}` },
  {
    check: 'CKV_AWS_51',
    kinds: ['aws_ecr_repository'],
    reason: 'each build overwrites the tag of its layers; tags of images are immutable',
  },
  { check: 'CKV_AWS_91', kinds: ['aws_lb'], reason: `access logs of load balancers: ${COSTS}` },
];
