import { type EventPage, lastPart, mappedBox } from '../event-page';
import { filtersAdvice } from '../filter-criteria';
import type { dynamoDbStream } from './schema';

export const page: EventPage<typeof dynamoDbStream> = {
  label: ({ streamArn }) => lastPart(streamArn.replace(/\/stream\/.*/, '')),
  box: ({ streamArn }, context) => mappedBox('Table', streamArn, 'change', context),
  advice: filtersAdvice,
};
