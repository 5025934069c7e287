import type { z } from 'zod';
import { asObject } from '../../modules/config/value-at';
import { contentOf, type Delivery, recordDelivery, recordsOf } from '../delivery';
import type { kinesisStream } from './schema';

type Properties = z.output<typeof kinesisStream>['properties'];

/** Filters see a record without the level `kinesis`, and its data decoded. @see https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis-filtering.html */
export function delivery({ filterCriteria }: Properties, event: unknown): Delivery | undefined {
  return recordDelivery(filterCriteria, recordsOf(event, 'aws:kinesis'), ({ kinesis, ...record }) => {
    const { data, ...others } = asObject(kinesis);
    return { ...record, ...others, data: contentOf(Buffer.from(String(data), 'base64').toString()) };
  });
}
