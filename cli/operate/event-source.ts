import type { EventBridgeEvent } from 'aws-lambda';
import { identity } from '../../modules/orchestration/trigger/identity';
import { asObject, asText } from '../../modules/orchestration/trigger/json';
import type { SourceType } from '../../triggers/registry';
import { sourceRegistry } from './source-registry';

/** What sent an event, by its shape, in the words of the config. Undefined if no source sends such events. */
export function eventSource(event: unknown): SourceType | undefined {
  const { kind } = identity(event, { awsRequestId: '' });
  // Events of EventBridge are told apart by their content.
  const sender = asText(asObject<EventBridgeEvent<string, unknown>>(event)?.source) ?? '';
  const found = sourceRegistry().SOURCES.flatMap(({ type, facts }) =>
    facts().kinds.flatMap((each) => (each.kind === kind ? [{ type, sentBy: each.sentBy }] : [])),
  );
  const named = found.find(({ sentBy }) => sentBy?.includes(sender));
  return (named ?? found.find(({ sentBy }) => sentBy === undefined))?.type;
}
