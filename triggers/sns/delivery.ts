import type { z } from 'zod';
import { asObject } from '../../modules/config/value-at';
import { contentOf, type Delivery, recordsOf } from '../delivery';
import { matches } from '../patterns/matches';
import type { sns } from './schema';

type Properties = z.output<typeof sns>['properties'];

/** Whether the filter policy matches a message. */
export function delivery({ filterPolicy, filterPolicyScope }: Properties, event: unknown): Delivery | undefined {
  const records = recordsOf(event, 'aws:sns');
  if (filterPolicy === undefined || records === undefined) return undefined;
  const isByBody = filterPolicyScope === 'MessageBody';
  const delivered = records.filter(({ Sns }) => {
    const { Message: body, MessageAttributes: attributes } = asObject(Sns);
    return matches(filterPolicy, isByBody ? contentOf(body) : attributesOf(attributes));
  });
  return { property: 'filterPolicy', sent: records.length, delivered: delivered.length };
}

/** The attributes of a message as its filter sees them. @see https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html */
function attributesOf(attributes: unknown): { readonly [name: string]: unknown } {
  return Object.fromEntries(Object.entries(asObject(attributes)).map(([name, given]) => [name, valueIn(given)]));
}

function valueIn(attribute: unknown): unknown {
  const { Type: type, Value: value } = asObject(attribute);
  if (type === 'Number') return Number(value);
  if (type !== 'String.Array') return value;
  try {
    return JSON.parse(String(value));
  } catch {
    return undefined;
  }
}
