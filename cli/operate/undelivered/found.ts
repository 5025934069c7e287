import type { Message } from '@aws-sdk/client-sqs';
import { asText, type JsonObject } from '../../../modules/orchestration/trigger/json';
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
