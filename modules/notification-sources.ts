import type { NamedTarget, Notifications } from './config/notifications';
import type { JobNotifications, NotificationTargetSource } from './notifications/targets';
import type { ResourceCatalog } from './resources/catalog';
import { EVENT_BUS } from './resources/event-bus';
import { SNS_TOPIC } from './resources/sns-topic';

/** Notifications of a config with the resource for each name in them. Used only by the stack. */
export function notificationSources(given: Notifications, catalog: ResourceCatalog): JobNotifications {
  return Object.fromEntries(
    Object.entries(given).map(([kind, targets = []]) => [
      kind,
      [targets].flat().map(({ afterSeconds, ...target }: NamedTarget) => ({
        ...source(target, catalog),
        ...(afterSeconds !== undefined && { afterSeconds }),
      })),
    ]),
  );
}

function source(
  { snsTopicName, snsTopicArn, eventBusName }: NamedTarget,
  catalog: ResourceCatalog,
): NotificationTargetSource {
  if (eventBusName !== undefined) return { bus: catalog.get(eventBusName, EVENT_BUS) };
  if (snsTopicName !== undefined) return { topic: catalog.get(snsTopicName, SNS_TOPIC) };
  return { topic: { arn: catalog.resolve(snsTopicArn ?? '') } };
}
