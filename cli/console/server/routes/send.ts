import type { WantedSample } from '../../../command/event-options';
import type { RunLocation } from '../../../model/run';
import type { SendAnswer, SendCheck, SendJob, SendRequest } from '../../../model/send';
import { checkedEvent } from '../../send/checked-event';
import { faultProblems } from '../../send/fault-problems';
import { localStart, wordsOf } from '../../send/local-start';
import type { SampleRequest } from '../../send/sample';
import { sendBody } from '../../send/send-body';
import { type CommandContext, sendCommand } from '../../send/send-command';
import type { ConsoleContext } from '../context';
import { RequestError, type Route, type RouteQuery, StreamedText } from '../route';
import { asked, awsOf } from './aws';

/** Sample events, what becomes of an event, and runs on this machine. */
export const sendRoutes: readonly Route[] = [
  { method: 'GET', path: '/api/send', answer: (_, context) => answerOf(context) },
  {
    method: 'GET',
    path: '/api/sample',
    answer: async ({ query }, context) => {
      const deployment = query.place() === 'aws' ? await deployedPlace(context) : undefined;
      return context.stack.ask('sample', { job: query.required('job'), ...wantedSample(query), deployment });
    },
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
        command: sendCommand(request, await commandContext(context, request)),
      };
    },
  },
  {
    method: 'GET',
    path: '/api/event',
    answer: async ({ query }, context) =>
      new StreamedText([await eventTextOf(context, query.place(), query.required('id'))], 'event.json'),
  },
  {
    method: 'POST',
    path: '/api/local/start',
    answer: async ({ body }, { local }) => local.start(await localStart(body, await local.opened())),
  },
  {
    method: 'POST',
    path: '/api/local/stop',
    answer: async ({ body }, { local }) => {
      const { id } = Object(body) as { readonly id?: unknown };
      if (typeof id !== 'string') throw new RequestError(400, '"id" is missing.');
      await local.stop(id);
      return {};
    },
  },
];

/** The answer for each synthesis. */
const answers = new WeakMap<object, Promise<SendAnswer>>();

function answerOf({ stack }: ConsoleContext): Promise<SendAnswer> {
  const config = stack.config();
  const known = config === undefined ? undefined : answers.get(config);
  if (known !== undefined) return known;
  const asked = stack.ask('send', {});
  if (config !== undefined) {
    answers.set(config, asked);
    asked.catch(() => answers.delete(config));
  }
  return asked;
}

async function jobNamed(context: ConsoleContext, name: string): Promise<SendJob> {
  const { jobs } = await answerOf(context);
  const job = jobs.find((each) => each.name === name);
  if (job !== undefined) return job;
  throw new RequestError(404, `There is no job "${name}" in the config.`);
}

/** The trigger whose sample is asked for: `type` and its place, which is `number`. */
function wantedSample(query: RouteQuery): Partial<WantedSample> {
  const type = query.optional('type');
  return type === undefined ? {} : { type, place: query.number('number', 1, 1_000, 1) };
}

async function commandContext(
  { options, local }: ConsoleContext,
  { place, from }: SendRequest,
): Promise<CommandContext> {
  const { region, profile } = options;
  const awsOptions = [
    ...(region === undefined ? [] : ['--region', region]),
    ...(profile === undefined ? [] : ['--profile', profile]),
  ];
  return { ...(place === 'local' && (await wordsOf(await local.opened(), from))), awsOptions };
}

async function eventTextOf(context: ConsoleContext, place: RunLocation, id: string): Promise<string> {
  if (place === 'aws') return asked(awsOf(context).eventText(id));
  const text = await (await context.local.opened())?.eventText(id);
  if (text !== undefined) return text;
  throw new RequestError(404, `There is no run ${id} on this machine. It may have been deleted.`);
}

/** Account and region, for the names in a sample event. */
async function deployedPlace(context: ConsoleContext): Promise<SampleRequest['deployment']> {
  const aws = awsOf(context);
  const first = aws.state();
  const state = first.kind === 'opening' ? await aws.retry() : first;
  if (state.kind === 'on') return { account: state.account, region: state.region };
  throw new RequestError(409, state.kind === 'problem' ? state.message : 'AWS cannot be reached yet. Try again.');
}
