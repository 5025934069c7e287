import type { LoadedConfig } from '../../../modules/stack-config/loaded-config';
import { synthesized } from '../../../modules/stack-config/synthesis-problems';
import { resolved } from '../../../modules/terraform/resolved';
import type { JobEvent } from '../../../triggers/events';
import { SOURCES, sourceOf } from '../../../triggers/registry';
import { createStackInMemory } from '../../local/stacks/stack-in-memory';
import type { SendAnswer, SendJob, SendTrigger } from '../../model/send';

/** The jobs of a config as the page offers them, and what each source sends. */
export function sendAnswer(loaded: LoadedConfig): SendAnswer {
  return { jobs: sendJobs(loaded), sources: Object.fromEntries(SOURCES.map(({ type, facts }) => [type, facts()])) };
}

function sendJobs(loaded: LoadedConfig): SendJob[] {
  return synthesized(loaded, () => {
    const stack = createStackInMemory(loaded);
    return Object.entries(loaded.config.resources).flatMap(([name, item]) => {
      const job = stack.jobs.get(name);
      if (item.type !== 'batch-job' || job === undefined) return [];
      const { OVERRIDES_BUDGET } = resolved(stack, job.trigger.function.environmentInput?.variables ?? {});
      return [{ name, triggers: triggersOf(item.properties.events), eventBudget: Number(OVERRIDES_BUDGET) }];
    });
  });
}

function triggersOf(events: readonly JobEvent[]): SendTrigger[] {
  const places = new Map<string, number>();
  return events.map((event) => {
    const { type, properties } = event;
    const place = (places.get(type) ?? 0) + 1;
    places.set(type, place);
    const { input, inputPath, inputTransformer } = properties as { readonly [key: string]: unknown };
    const isReshaped = [input, inputPath, inputTransformer].some((each) => each !== undefined);
    return { type, place, label: sourceOf(type).page().label(properties), isReshaped };
  });
}
