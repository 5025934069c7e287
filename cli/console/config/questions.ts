import type { LoadedConfig } from '../../../modules/stack-config/loaded-config';
import type { ExpectedJobs } from '../aws/deployed-stack';
import { expectedJobsOf } from '../aws/expected-jobs';
import type { SynthesizedPicture } from '../picture/picture';
import type { SampleRequest } from '../send/sample';

/** What a question is answered from. */
export interface Known {
  readonly loaded: LoadedConfig;
  readonly synthesized: SynthesizedPicture;
}

/** A question to the process that has loaded the config. Its argument and its answer are JSON. */
type Question<Argument, Result> = (known: Known, argument: Argument) => Result | Promise<Result>;

function question<Argument, Result>(answer: Question<Argument, Result>): Question<Argument, Result> {
  return answer;
}

/** The questions by name. They run where the config's own code runs, so this process never does. */
export const QUESTIONS = {
  resource: question(({ synthesized }, { address }: { readonly address: string }): unknown =>
    Object.hasOwn(synthesized.resources, address) ? synthesized.resources[address] : null,
  ),
  send: question(({ loaded }, _: Record<string, never>) => {
    const { sendAnswer } = require('../send/send-jobs') as typeof import('../send/send-jobs');
    return sendAnswer(loaded);
  }),
  sample: question(({ loaded }, order: SampleRequest) => {
    const { sampleEventText } = require('../send/sample') as typeof import('../send/sample');
    return sampleEventText(loaded, order);
  }),
  expectedJobs: question(
    ({ loaded }, { region }: { readonly region: string }): ExpectedJobs => expectedJobsOf(loaded, region),
  ),
};

export type Questions = typeof QUESTIONS;
export type QuestionName = keyof Questions;
export type ArgumentOf<Name extends QuestionName> = Parameters<Questions[Name]>[1];
export type AnswerOf<Name extends QuestionName> = Awaited<ReturnType<Questions[Name]>>;
