import type { z } from 'zod';
import { type Delivery, recordDelivery, recordsOf } from '../delivery';
import type { dynamoDbStream } from './schema';

type Properties = z.output<typeof dynamoDbStream>['properties'];

/** Filters see a change as it is. */
export function delivery({ filterCriteria }: Properties, event: unknown): Delivery | undefined {
  return recordDelivery(filterCriteria, recordsOf(event, 'aws:dynamodb'), (record) => record);
}
