import type { JobEvent } from './events';
import { sourceOf } from './registry';
import type { SampleContext } from './sample-context';

/** An event like the source would send it, based on the trigger's properties. */
export function sampleEvent(event: JobEvent, context: SampleContext): unknown {
  return sourceOf(event.type).sample()(event, context);
}
