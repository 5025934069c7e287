import type { z } from 'zod';
import { contentOf, type Delivery, recordDelivery, recordsOf } from '../delivery';
import type { sqs } from './schema';

/** Filters see a body that is JSON as what it contains. @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html */
export function delivery({ filterCriteria }: z.output<typeof sqs>['properties'], event: unknown): Delivery | undefined {
  const seen = (record: { readonly [key: string]: unknown }) => ({ ...record, body: contentOf(record.body) });
  return recordDelivery(filterCriteria, recordsOf(event, 'aws:sqs'), seen);
}
