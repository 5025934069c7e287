import type { NamedTarget, Notifications } from './config/notifications';
import type { JobNotifications, NotificationTargetSource } from './notifications/targets';
import type { ResourceCatalog } from './resources/catalog';
import { companionClass } from './resources/registry';

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
  if (eventBusName !== undefined) return { bus: catalog.get(eventBusName, companionClass('event-bus')) };
  if (snsTopicName !== undefined) return { topic: catalog.get(snsTopicName, companionClass('sns-topic')) };
  return { topic: { arn: catalog.resolve(snsTopicArn ?? '') } };
}
