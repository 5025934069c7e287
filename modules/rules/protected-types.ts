/**
 * Key of the tag that protected resources have. It stays in the state when the resource leaves the config, so that a plan that deletes
 * it can still be refused.
 */
export const PROTECTED_TAG = 'cdktf-batch-jobs:protected';

/**
 * The Terraform types that `protect` protects: those that hold data or runs, or an address that callers know. All of them have tags. A job
 * definition is none of them: it holds nothing, and a run finds it by its state machine.
 */
export const PROTECTED_TYPES: ReadonlySet<string> = new Set([
  'aws_apigatewayv2_api',
  'aws_batch_compute_environment',
  'aws_batch_job_queue',
  'aws_cloudwatch_event_bus',
  'aws_cloudwatch_log_group',
  'aws_cognito_user_pool',
  'aws_db_instance',
  'aws_dynamodb_table',
  'aws_ecr_repository',
  'aws_efs_access_point',
  'aws_efs_file_system',
  'aws_elasticache_replication_group',
  'aws_kinesis_stream',
  'aws_lambda_function',
  'aws_lb',
  'aws_s3_bucket',
  'aws_sfn_state_machine',
  'aws_sns_topic',
  'aws_sqs_queue',
  'aws_vpc',
]);
