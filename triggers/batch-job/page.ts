import { parseResourceParam } from '../../modules/config/directive';
import { either } from '../../modules/problems/phrases';
import type { RunEnd } from '../../modules/rules/execution-events';
import { type EventPage, lastPart, listensTo, plain } from '../event-page';
import type { batchJob } from './schema';

export const page: EventPage<typeof batchJob> = {
  label: ({ jobName, stateMachineArn, on }) => `${lastPart(jobName ?? stateMachineArn)} ${ends(on)}`,
  cause: ({ jobName, stateMachineArn, on }) =>
    `after ${lastPart(jobName ?? stateMachineArn)} ${either(on.map((end) => VERBS[end]))}`,
  box: ({ jobName, stateMachineArn, on }, context) => {
    const { title, companions } = listensTo('Job', jobName ?? stateMachineArn, context);
    const detail = [plain(ends(on))];
    const [owner] = companions;
    const isJob = jobName !== undefined || parseResourceParam(stateMachineArn ?? '')?.param === 'stateMachineArn';
    // A job has a separate box in the picture.
    return owner !== undefined && isJob ? { title, detail, companions: [], job: owner } : { title, detail, companions };
  },
};

/** `succeeded or failed` */
function ends(on: readonly string[]): string {
  return either(on);
}

/** As in "after load succeeds". */
const VERBS: { readonly [End in RunEnd]: string } = { succeeded: 'succeeds', failed: 'fails', stopped: 'is stopped' };
