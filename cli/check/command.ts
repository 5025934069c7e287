import { loadConfig } from '../../modules/load';
import { prepareTriggerBundle } from '../../modules/orchestration/trigger-bundle';
import { synthesized } from '../../modules/stack-config/synthesis-problems';
import { withoutTokenTraces } from '../../modules/terraform/token-traces';
import { DONE } from '../command/exit-code';
import { visibleText } from '../command/visible-text';
import { ofJob } from '../cost/of-job';
import { type CheckFacts, stackCheck } from '../cost/stack-check';
import { createStackInMemory, documentOf } from '../local/stacks/stack-in-memory';
import { tableWidth } from '../operate/table';
import { type CheckOptions, checkedMinutes, chosenJobs } from './arguments';
import { checkLines } from './check-lines';

/**
 * Prints what the jobs of the config run on and cost, and what the stack costs while nothing runs.
 *
 * @throws ConfigError if the config cannot be synthesized
 */
export async function check(job: string | undefined, options: CheckOptions): Promise<number> {
  const minutes = checkedMinutes(options);
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
  const jobs = chosenJobs(loaded.config.stackName, [...stack.jobs.keys()], job);
  const given: CheckFacts = {
    now: new Date(),
    ...(minutes !== undefined && { runs: () => ({ minutes, from: 'given' as const }) }),
  };
  const facts = options.aws ? await asker().factsFromAws(loaded, options, given, jobs) : given;
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
