import type { WantedSample } from '../../../event-options';
import type { SendCheck, SendJob, SendRequest } from '../../model/send';
import { checkedEvent } from '../../send/checked-event';
import { faultProblems } from '../../send/fault-problems';
import { sendBody } from '../../send/send-body';
import { sendCommand } from '../../send/send-command';
import type { ConsoleContext } from '../context';
import { RequestError, type Route, type RouteQuery } from '../route';

/** What an event can be sent to, sample events, and what becomes of an event. */
export const sendRoutes: readonly Route[] = [
  { method: 'GET', path: '/api/send', answer: async (_, context) => ({ jobs: await jobsOf(context) }) },
  {
    method: 'GET',
    path: '/api/sample',
    answer: ({ query }, context) => context.stack.ask('sample', { job: query.required('job'), ...wantedSample(query) }),
  },
  {
    method: 'POST',
    path: '/api/send/check',
    isWrite: false,
    answer: async ({ body }, context): Promise<SendCheck> => {
      const request = sendBody(body);
      const job = await jobNamed(context, request.job);
      const event = request.eventText === undefined ? undefined : checkedEvent(request.eventText, job, request);
      return {
        ...(event !== undefined && { event }),
        problems: request.place === 'local' ? faultProblems(request.faults) : {},
        command: sendCommand(request, commandContext(context, request)),
      };
    },
  },
];

/** The jobs of each synthesis. */
const jobs = new WeakMap<object, Promise<SendJob[]>>();

function jobsOf({ stack }: ConsoleContext): Promise<readonly SendJob[]> {
  const config = stack.config();
  const known = config === undefined ? undefined : jobs.get(config);
  if (known !== undefined) return known;
  const asked = stack.ask('sendJobs', {});
  if (config !== undefined) {
    jobs.set(config, asked);
    asked.catch(() => jobs.delete(config));
  }
  return asked;
}

async function jobNamed(context: ConsoleContext, name: string): Promise<SendJob> {
  const job = (await jobsOf(context)).find((each) => each.name === name);
  if (job !== undefined) return job;
  throw new RequestError(404, `There is no job "${name}" in the config.`);
}

/** The trigger whose sample is asked for: `type` and its place, which is `number`. */
function wantedSample(query: RouteQuery): Partial<WantedSample> {
  const type = query.optional('type');
  return type === undefined ? {} : { type, place: query.number('number', 1, 1_000, 1) };
}

function commandContext({ options }: ConsoleContext, _: SendRequest) {
  const { region, profile } = options;
  const awsOptions = [
    ...(region === undefined ? [] : ['--region', region]),
    ...(profile === undefined ? [] : ['--profile', profile]),
  ];
  return { awsOptions };
}
