import { code, type EventPage, lastPart, listensTo, plain } from '../event-page';
import type { cloudwatchLog } from './schema';

export const page: EventPage<typeof cloudwatchLog> = {
  label: ({ logGroupArn }) => lastPart(logGroupArn),
  box: ({ logGroupArn, filter }, context) => ({
    ...listensTo('Log group', logGroupArn, context),
    // The log group is only a part of the resource that has it.
    companions: [],
    detail: filter === '' ? [plain('every line')] : [plain('lines with '), code(context.value(filter))],
  }),
};
