import { type EventPage, lastPart, listensTo, plain } from '../event-page';
import type { batchJob } from './schema';

export const page: EventPage<typeof batchJob> = {
  label: ({ jobName, stateMachineArn, on }) => `${lastPart(jobName ?? stateMachineArn)} ${ends(on)}`,
  box: ({ jobName, stateMachineArn, on }, context) => ({
    ...listensTo('Job', jobName ?? stateMachineArn, context),
    detail: [plain(ends(on))],
  }),
};

/** `succeeded or failed` */
function ends(on: readonly string[]): string {
  return OR.format(on);
}

const OR = new Intl.ListFormat('en-GB', { type: 'disjunction' });
