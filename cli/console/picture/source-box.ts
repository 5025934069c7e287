import type { SourceBox } from '../../../triggers/event-page';
import type { JobEvent } from '../../../triggers/events';
import { sourceOf } from '../../../triggers/registry';
import type { Painter } from './painter';
import { reference } from './readable';
import type { SynthesizedResource } from './stack-resources';

/**
 * Describes an event source of a job or a function.
 *
 * @param made what Terraform makes for the event
 */
export function sourceBox(
  event: JobEvent,
  made: readonly SynthesizedResource[],
  batch: 'run' | 'invocation',
  { names, readable }: Pick<Painter, 'names' | 'readable'>,
): SourceBox {
  return sourceOf(event.type)
    .page()
    .box(event.properties, {
      argument: (type, argument) => made.find((item) => item.type === type)?.block[argument],
      text: (template) => readable.text(template),
      value: (value) => readable.value(value),
      nameOf: (template) => names.of(reference(template)?.address ?? ''),
      batch,
    });
}
