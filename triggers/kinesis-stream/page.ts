import type { z } from 'zod';
import { type EventAdvice, type EventPage, lastPart, mappedBox } from '../event-page';
import { filtersAdvice } from '../filter-criteria';
import { isUtc } from '../schedule/date-time';
import type { kinesisStream } from './schema';

export const page: EventPage<typeof kinesisStream> = {
  label: ({ kinesisStreamName, streamArn }) => lastPart(kinesisStreamName ?? streamArn),
  box: ({ kinesisStreamName, streamArn }, context) =>
    mappedBox('Stream', kinesisStreamName ?? streamArn, 'record', context),
  advice: (properties, now) => filtersAdvice(properties) ?? startAdvice(properties, now),
};

/** A time to come is no error: it might have come when the stack is deployed. */
function startAdvice(
  { startingPositionTimestamp: time }: z.output<typeof kinesisStream>['properties'],
  now = new Date(),
): EventAdvice | undefined {
  if (time === undefined || !isUtc(time) || Date.parse(time) <= now.getTime()) return undefined;
  return { property: 'startingPositionTimestamp', message: 'this time is in the future. Lambda refuses it until then' };
}
