/**
 * Triggers without a job: each connects an event source to a Lambda function, which can be your own.
 *
 * @module cdktf-batch-jobs/triggers
 */

export type { EventTarget } from '../modules/invocation/event-target';
export { ApplicationLoadBalancerTrigger } from './application-load-balancer/trigger';
export { BatchJobTrigger } from './batch-job/trigger';
export { CloudwatchLogTrigger } from './cloudwatch-log/trigger';
export { DynamoDbStreamTrigger } from './dynamo-db-stream/trigger';
export { EventBusTrigger } from './event-bus/trigger';
export { HttpApiGatewayTrigger } from './http-api-gateway/trigger';
export { KinesisStreamTrigger } from './kinesis-stream/trigger';
export { S3Trigger } from './s3/trigger';
export { ScheduleTrigger } from './schedule/trigger';
export { SnsTrigger } from './sns/trigger';
export { SqsTrigger } from './sqs/trigger';
export { createTrigger, type EventSource, type TriggerProps } from './trigger';
