import type { Message } from '@aws-sdk/client-sqs';
import { asObject, asText, type JsonObject } from '../../../modules/orchestration/trigger/json';
import type { Undelivered } from './entry';
import type { Receivers } from './receivers';
import type { UndeliveredQueue } from './undelivered-queues';

/** A message, and what is known about where it is. */
export interface Found {
  readonly message: Message;
  /** Its body, or '' */
  readonly text: string;
  /** Its body, if that is a JSON object. */
  readonly body: JsonObject | undefined;
  /** Whether its body is JSON, which `null` is too. */
  readonly isJson: boolean;
  readonly queue: UndeliveredQueue;
  readonly receivers: Receivers;
  /** What every entry has. */
  readonly shared: Pick<Undelivered, 'messageId' | 'queue' | 'last' | 'sent' | 'receives' | 'bytes'>;
}

/** A message with what can be read of one of any sender. */
export function foundIn(message: Message, queue: UndeliveredQueue, receivers: Receivers): Found {
  const { MessageId = '', Body: text = '', Attributes = {} } = message;
  const sent = new Date(Number(Attributes.SentTimestamp ?? Date.now()));
  const shared = {
    messageId: MessageId,
    queue,
    last: sent,
    sent,
    receives: Number(Attributes.ApproximateReceiveCount ?? 1),
    bytes: Buffer.byteLength(text),
  };
  const value = parsed(text);
  return { message, text, body: asObject(value), isJson: value !== undefined, queue, receivers, shared };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The string value of a message's attribute. */
export function attribute({ MessageAttributes }: Message, name: string): string | undefined {
  return asText(MessageAttributes?.[name]?.StringValue);
}

/** A string on one line. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** A date in JSON. Undefined if it is none. */
export function dateOf(value: unknown): Date | undefined {
  const date = new Date(asText(value) ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** Attributes of a message by name. */
export function attributes(given: Message['MessageAttributes'] = {}): { readonly [name: string]: string } {
  return Object.fromEntries(Object.entries(given).map(([name, { StringValue = '' }]) => [name, StringValue]));
}
