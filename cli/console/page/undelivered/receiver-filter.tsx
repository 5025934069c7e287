import type { UndeliveredEvent } from '../../../model/deployed';
import { Select } from '../parts/field';
import { type Receiver, receiversOf } from './receiver';

/** Chooses the job or function whose events are shown. Nothing if all are for one. */
export function ReceiverFilter(props: {
  readonly events: readonly UndeliveredEvent[];
  readonly chosen: Receiver | undefined;
  readonly onChange: (receiver: Receiver | undefined) => void;
}) {
  const { events, chosen } = props;
  const found = receiversOf(events);
  // The choice of the address is one of them also where no event is for it.
  const all = chosen === undefined || found.some((each) => idOf(each) === idOf(chosen)) ? found : [...found, chosen];
  if (all.length < 2 && chosen === undefined) return null;
  return (
    <search class="und-filter">
      <Select
        small
        label="For"
        value={chosen === undefined ? '' : idOf(chosen)}
        options={[
          { value: '', label: all.some(({ kind }) => kind === 'function') ? 'All jobs and functions' : 'All jobs' },
          ...all.map((each) => ({
            value: idOf(each),
            label: each.kind === 'job' ? each.name : `function ${each.name}`,
          })),
        ]}
        onChange={(id) => props.onChange(all.find((each) => idOf(each) === id))}
      />
    </search>
  );
}

function idOf({ kind, name }: Receiver): string {
  return `${kind}:${name}`;
}
