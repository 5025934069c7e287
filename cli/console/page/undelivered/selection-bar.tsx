import { useState } from 'preact/hooks';
import type { UndeliveredEvent } from '../../../model/deployed';
import { Button } from '../parts/button';
import { Check, Select } from '../parts/field';
import { undecidedJobs } from './undecided-jobs';
import type { Treatment } from './use-treatment';

/** What can be done with the events that are selected. */
export function SelectionBar(props: {
  readonly events: readonly UndeliveredEvent[];
  readonly chosen: readonly UndeliveredEvent[];
  readonly treatment: Treatment;
  readonly onSelect: (ids: ReadonlySet<string>) => void;
}) {
  const { events, chosen, treatment, onSelect } = props;
  const jobs = undecidedJobs(chosen);
  const [given, setJob] = useState<string>();
  const job = given !== undefined && jobs.includes(given) ? given : jobs[0];
  const isOff = chosen.length === 0 || treatment.isBusy;
  const isAll = chosen.length === events.length;
  return (
    <header>
      <Check checked={isAll} onChange={() => onSelect(new Set(isAll ? [] : events.map(({ id }) => id)))}>
        {chosen.length === 0 ? 'Select all' : `${chosen.length} selected`}
      </Check>
      <span class="grow" />
      {job !== undefined && (
        <Select
          small
          label="Job of events that can be for several"
          value={job}
          options={jobs.map((name) => ({ value: name, label: `for ${name}` }))}
          onChange={setJob}
        />
      )}
      <Button small disabled={isOff} onClick={() => treatment.begin('redrive', chosen, job)}>
        Send again
      </Button>
      <Button small kind="danger" disabled={isOff} onClick={() => treatment.begin('delete', chosen)}>
        Delete
      </Button>
    </header>
  );
}
