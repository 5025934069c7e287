import type { z } from 'zod';
import { asObject } from '../../modules/config/value-at';
import type { Delivery } from '../delivery';
import { matches } from '../patterns/matches';
import type { eventBus } from './schema';

type Properties = z.output<typeof eventBus>['properties'];

/** Whether the pattern matches an event of EventBridge. What `input...` properties make of it is another event. */
export function delivery({ eventPattern, ...others }: Properties, event: unknown): Delivery | undefined {
  if (Object.keys(others).some((key) => key.startsWith('input'))) return undefined;
  const { source, 'detail-type': detailType } = asObject(event);
  if (typeof source !== 'string' || typeof detailType !== 'string') return undefined;
  return { property: 'eventPattern', sent: 1, delivered: matches(eventPattern, event) ? 1 : 0 };
}
