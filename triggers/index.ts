/**
 * Triggers without a job: each connects an event source to a Lambda function, which can be your own.
 *
 * @module cdktf-batch-jobs/triggers
 */
export { ApplicationLoadBalancerTrigger } from './application-load-balancer';
export { CloudwatchLogTrigger } from './cloudwatch-log';
export { DynamoDbStreamTrigger } from './dynamo-db-stream';
export { EventBusTrigger } from './event-bus';
export type { EventTarget } from './event-target';
export { HttpApiGatewayTrigger } from './http-api-gateway';
export { KinesisStreamTrigger } from './kinesis-stream';
export { type EventSource, type TriggerProps, trigger } from './registry';
export { S3Trigger } from './s3';
export { ScheduleTrigger } from './schedule';
export { SnsTrigger } from './sns';
export { SqsTrigger } from './sqs';
