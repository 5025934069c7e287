import type { ResourceCatalog } from '../modules/resources/catalog';
import { companionClass } from '../modules/resources/registry';
import type { DeadLetterQueue } from './dead-letter-queue';
import type { BusSource } from './event-bus/trigger';
import { eventId } from './event-id';
import type { JobEvent, JobEventOf } from './events';
import type { HttpApiAuthorizerSource } from './http-api-gateway/authorizer';
import type { EventSource } from './registry';

/** An event of a config with the resource for each name in it. Used only by the stack: constructs below it get resources, not names. */
export function eventSource(event: JobEvent, catalog: ResourceCatalog): EventSource {
  const id = eventId(event);
  switch (event.type) {
    case 'schedule':
      return { id, type: event.type, properties: catalog.resolve(event.properties) };
    case 'sqs': {
      const { sqsQueueName, sqsQueueArn = '', ...settings } = event.properties;
      const queue =
        sqsQueueName === undefined
          ? (catalog.named(sqsQueueArn, companionClass('sqs-queue')) ?? { arn: catalog.resolve(sqsQueueArn) })
          : catalog.get(sqsQueueName, companionClass('sqs-queue'));
      return { id, type: event.type, properties: { queue, ...settings } };
    }
    case 'sns': {
      const { snsTopicName, snsTopicArn = '', onDeliveryFailure, ...settings } = event.properties;
      const topic =
        snsTopicName === undefined
          ? (catalog.named(snsTopicArn, companionClass('sns-topic')) ?? { arn: catalog.resolve(snsTopicArn) })
          : catalog.get(snsTopicName, companionClass('sns-topic'));
      const queue = deadLetterQueue(onDeliveryFailure, catalog);
      return { id, type: event.type, properties: { topic, onDeliveryFailure: queue, ...settings } };
    }
    case 'kinesis-stream': {
      const { kinesisStreamName, streamArn: arn = '', ...settings } = catalog.resolve(event.properties);
      const stream =
        kinesisStreamName === undefined ? { arn } : catalog.get(kinesisStreamName, companionClass('kinesis-stream'));
      return { id, type: event.type, properties: { stream, ...settings } };
    }
    case 'dynamo-db-stream':
      return { id, type: event.type, properties: catalog.resolve(event.properties) };
    case 'http-api-gateway': {
      const { httpApiGatewayName, authorizer, ...settings } = event.properties;
      const gateway = catalog.get(httpApiGatewayName, companionClass('http-api-gateway'));
      const source = authorizer && authorizerSource(authorizer, catalog);
      return { id, type: event.type, properties: { gateway, authorizer: source, ...settings } };
    }
    case 's3': {
      const { bucketArn: arn, ...settings } = event.properties;
      const bucket = catalog.named(arn, companionClass('bucket')) ?? { arn: catalog.resolve(arn) };
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
      const listener = catalog
        .get(loadBalancerName, companionClass('application-load-balancer'))
        .listener(listenerPort);
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
    return {
      type: authorizer.type,
      properties: { userPool: catalog.get(userPoolName, companionClass('user-auth-pool')), ...settings },
    };
  }
  const { functionName, ...settings } = authorizer.properties;
  return {
    type: authorizer.type,
    properties: { function: catalog.get(functionName, companionClass('function')), ...settings },
  };
}

/** The bus that an event names, or undefined for the account's default bus. */
function busSource(
  { eventBusArn: arn, eventBusName }: { readonly eventBusArn?: string; readonly eventBusName?: string },
  catalog: ResourceCatalog,
): BusSource | undefined {
  if (eventBusName !== undefined) return catalog.get(eventBusName, companionClass('event-bus'));
  return arn === undefined
    ? undefined
    : (catalog.named(arn, companionClass('event-bus')) ?? { arn: catalog.resolve(arn) });
}

/** The queue that `onDeliveryFailure` names. A queue that the stack creates manages its own policy. */
function deadLetterQueue(
  given: { readonly sqsQueueArn?: string; readonly sqsQueueName?: string } | undefined,
  catalog: ResourceCatalog,
): DeadLetterQueue | undefined {
  if (given?.sqsQueueName !== undefined) return catalog.get(given.sqsQueueName, companionClass('sqs-queue'));
  if (given?.sqsQueueArn === undefined) return undefined;
  const { sqsQueueArn } = given;
  return catalog.named(sqsQueueArn, companionClass('sqs-queue')) ?? { arn: catalog.resolve(sqsQueueArn) };
}
