import { prepareTriggerBundle } from '../../modules/orchestration/trigger-bundle';
import { suggestion } from '../../modules/problems/suggestion';
import { loadConfig } from '../../modules/stack-config/load';
import { synthesized } from '../../modules/stack-config/synthesis-problems';
import { withoutTokenTraces } from '../../modules/terraform/token-traces';
import { DONE } from '../command/exit-code';
import { UsageError } from '../command/usage-error';
import { visibleText } from '../command/visible-text';
import { ofJob } from '../cost/of-job';
import { type CheckFacts, stackCheck } from '../cost/stack-check';
import { createStackInMemory, documentOf } from '../local/stacks/stack-in-memory';
import type { AwsOptions } from '../operate/options';
import { tableWidth } from '../operate/table';
import { checkLines } from './check-lines';

export interface CheckOptions extends AwsOptions {
  readonly minutes?: string;
  readonly aws: boolean;
}

/** Longest duration of a run: an execution of Step Functions ends after a year. */
const MAX_MINUTES = 366 * 24 * 60;

/**
 * Prints what the jobs of the config run on and cost, and what the stack costs while nothing runs.
 *
 * @throws ConfigError if the config cannot be synthesized
 */
export async function check(job: string | undefined, options: CheckOptions): Promise<number> {
  const minutes = options.minutes === undefined ? undefined : minutesOf(options.minutes);
  if (!options.aws) {
    for (const name of ['region', 'profile'] as const) {
      if (options[name] !== undefined) throw new UsageError(`--${name} is for --aws. Add --aws, or remove --${name}.`);
    }
  }
  const loaded = await loadConfig(undefined, prepareTriggerBundle());
  const { stack, document } = synthesized(loaded, () =>
    withoutTokenTraces(() => {
      const made = createStackInMemory(loaded);
      // What `synth` refuses is not checked.
      made.prepareStack();
      made.runAllValidations();
      return { stack: made, document: documentOf(made) };
    }),
  );
  const jobs = [...stack.jobs.keys()];
  if (job !== undefined && !jobs.includes(job)) {
    const meant = suggestion(job, jobs);
    const hint = meant === undefined ? `Its jobs: ${jobs.join(', ') || 'none'}.` : `Did you mean ${meant}?`;
    throw new UsageError(`Stack ${loaded.config.stackName} has no job "${job}". ${hint}`);
  }
  const given: CheckFacts = {
    now: new Date(),
    ...(minutes !== undefined && { runs: () => ({ minutes, from: 'given' as const }) }),
  };
  const facts = options.aws
    ? await asker().factsFromAws(
        loaded,
        options,
        given,
        jobs.filter((name) => job === undefined || name === job),
      )
    : given;
  const all = stackCheck(stack, loaded.config, document, facts);
  const found = job === undefined ? all : ofJob(all, job);
  if (options.json) console.log(JSON.stringify(found, undefined, 2));
  else for (const line of checkLines(found, tableWidth(process.stdout))) console.log(visibleText(line, true));
  return DONE;
}

/** Loaded only with --aws. */
function asker() {
  return require('./aws/facts') as typeof import('./aws/facts');
}

function minutesOf(text: string): number {
  const minutes = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && minutes > 0 && minutes <= MAX_MINUTES) return minutes;
  const most = MAX_MINUTES.toLocaleString('en-US');
  throw new UsageError(`--minutes "${text}" is not a number of minutes above 0, up to ${most} (a year).`);
}
