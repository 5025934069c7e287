import { type EventPage, lastPart, mappedBox } from '../event-page';
import { filtersAdvice } from '../filter-criteria';
import type { kinesisStream } from './schema';

export const page: EventPage<typeof kinesisStream> = {
  label: ({ kinesisStreamName, streamArn }) => lastPart(kinesisStreamName ?? streamArn),
  box: ({ kinesisStreamName, streamArn }, context) =>
    mappedBox('Stream', kinesisStreamName ?? streamArn, 'record', context),
  advice: filtersAdvice,
};
