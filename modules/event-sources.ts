import type { DeadLetterQueue } from '../triggers/dead-letter-queue';
import type { BusSource } from '../triggers/event-bus';
import type { HttpApiAuthorizerSource } from '../triggers/http-api-authorizer';
import type { EventSource } from '../triggers/registry';
import { eventId } from './config/event-id';
import type { JobEvent, JobEventOf } from './config/events';
import { Bucket } from './resources/bucket';
import type { ResourceCatalog } from './resources/catalog';
import { EventBus } from './resources/event-bus';
import { BundledFunction } from './resources/function';
import { HttpApi } from './resources/http-api';
import { DataStream } from './resources/kinesis-stream';
import { LoadBalancer } from './resources/load-balancer';
import { Queue } from './resources/queue';
import { Topic } from './resources/topic';
import { UserPool } from './resources/user-pool';

/** An event of a config with every name in it made the resource of that name. For the stack only: nothing deeper knows names. */
export function eventSource(event: JobEvent, catalog: ResourceCatalog): EventSource {
  const id = eventId(event);
  switch (event.type) {
    case 'schedule':
      return { id, type: event.type, properties: catalog.resolve(event.properties) };
    case 'sqs': {
      const { sqsQueueName, sqsQueueArn = '', ...settings } = event.properties;
      const queue =
        sqsQueueName === undefined
          ? (catalog.named(sqsQueueArn, Queue) ?? { arn: sqsQueueArn })
          : catalog.get(sqsQueueName, Queue);
      return { id, type: event.type, properties: { queue, ...settings } };
    }
    case 'sns': {
      const { snsTopicName, snsTopicArn = '', onDeliveryFailure, ...settings } = event.properties;
      const topic =
        snsTopicName === undefined
          ? (catalog.named(snsTopicArn, Topic) ?? { arn: snsTopicArn })
          : catalog.get(snsTopicName, Topic);
      const queue = deadLetterQueue(onDeliveryFailure, catalog);
      return { id, type: event.type, properties: { topic, onDeliveryFailure: queue, ...settings } };
    }
    case 'kinesis-stream': {
      const { kinesisStreamName, streamArn: arn = '', ...settings } = catalog.resolve(event.properties);
      const stream = kinesisStreamName === undefined ? { arn } : catalog.get(kinesisStreamName, DataStream);
      return { id, type: event.type, properties: { stream, ...settings } };
    }
    case 'dynamo-db-stream':
      return { id, type: event.type, properties: catalog.resolve(event.properties) };
    case 'http-api-gateway': {
      const { httpApiGatewayName, authorizer, ...settings } = event.properties;
      const gateway = catalog.get(httpApiGatewayName, HttpApi);
      const source = authorizer && authorizerSource(authorizer, catalog);
      return { id, type: event.type, properties: { gateway, authorizer: source, ...settings } };
    }
    case 's3': {
      const { bucketArn: arn, ...settings } = event.properties;
      const bucket = catalog.named(arn, Bucket) ?? { arn };
      return { id, type: event.type, properties: { bucket, ...catalog.resolve(settings) } };
    }
    case 'cloudwatch-log': {
      const { logGroupArn: arn, ...settings } = catalog.resolve(event.properties);
      return { id, type: event.type, properties: { logGroup: { arn }, ...settings } };
    }
    case 'event-bus': {
      const { eventBusArn, eventBusName, useDefaultBus, onDeliveryFailure, ...settings } = event.properties;
      const bus = busSource({ eventBusArn, eventBusName }, catalog);
      const queue = deadLetterQueue(onDeliveryFailure, catalog);
      return { id, type: event.type, properties: { bus, onDeliveryFailure: queue, ...catalog.resolve(settings) } };
    }
    case 'application-load-balancer': {
      const { loadBalancerName, listenerPort, ...settings } = event.properties;
      const listener = catalog.get(loadBalancerName, LoadBalancer).listener(listenerPort);
      return { id, type: event.type, properties: { listener, ...catalog.resolve(settings) } };
    }
  }
}

function authorizerSource(
  authorizer: NonNullable<JobEventOf<'http-api-gateway'>['properties']['authorizer']>,
  catalog: ResourceCatalog,
): HttpApiAuthorizerSource {
  if (authorizer.type === 'cognito') {
    const { userPoolName, ...settings } = authorizer.properties;
    return { type: authorizer.type, properties: { userPool: catalog.get(userPoolName, UserPool), ...settings } };
  }
  const { functionName, ...settings } = authorizer.properties;
  return { type: authorizer.type, properties: { function: catalog.get(functionName, BundledFunction), ...settings } };
}

/** The bus that an event names; undefined for the account's default one. */
function busSource(
  { eventBusArn: arn, eventBusName }: { readonly eventBusArn?: string; readonly eventBusName?: string },
  catalog: ResourceCatalog,
): BusSource | undefined {
  if (eventBusName !== undefined) return catalog.get(eventBusName, EventBus);
  return arn === undefined ? undefined : (catalog.named(arn, EventBus) ?? { arn });
}

/** The queue that `onDeliveryFailure` names: the stack's own one takes care of its policy. */
function deadLetterQueue(
  given: { readonly sqsQueueArn?: string; readonly sqsQueueName?: string } | undefined,
  catalog: ResourceCatalog,
): DeadLetterQueue | undefined {
  if (given?.sqsQueueName !== undefined) return catalog.get(given.sqsQueueName, Queue);
  if (given?.sqsQueueArn === undefined) return undefined;
  return catalog.named(given.sqsQueueArn, Queue) ?? { arn: given.sqsQueueArn };
}
