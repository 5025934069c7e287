import { outcomeLook } from '../../../model/outcome';
import type { RunLocation, RunRow } from '../../../model/run';
import type { SendJob } from '../../../model/send';
import { listTimeText } from '../../../model/time-text';
import { useAnswer } from '../api/answer';
import { apiPath } from '../api/client';
import { Button } from '../parts/button';
import { Card } from '../parts/card';
import { Field, Select } from '../parts/field';
import { type Choice, choiceQuery, triggerName } from './choice';

/** Earlier runs that are offered. */
const MAX_RUNS = 30;

/** Which job gets which event. */
export function Choices(props: {
  readonly place: RunLocation;
  readonly jobs: readonly SendJob[];
  readonly job: SendJob;
  readonly choice: Choice;
  readonly fileName?: string;
  readonly onJob: (name: string) => void;
  readonly onChoice: (choice: Choice) => void;
  readonly onFile: (file: File) => void;
}) {
  const { job, choice, onChoice } = props;
  const { type, run } = choiceQuery(choice);
  return (
    <Card title="Job and event" class="choices">
      <div class="card-body stack-y">
        <Field label="Job">
          {(id) => (
            <Select
              id={id}
              value={job.name}
              options={props.jobs.map(({ name }) => ({ value: name, label: name }))}
              onChange={props.onJob}
            />
          )}
        </Field>
        <fieldset class="radios">
          <legend>Event</legend>
          {job.triggers.map((trigger) => (
            <Radio
              key={triggerName(trigger)}
              isOn={type === triggerName(trigger)}
              label={triggerName(trigger)}
              detail={trigger.label}
              onChoose={() => onChoice({ kind: 'trigger', trigger })}
            />
          ))}
          <Radio
            isOn={type === 'hand'}
            label="By hand"
            detail={job.triggers.length === 0 ? 'The job has no triggers' : 'Any JSON'}
            onChoose={() => onChoice({ kind: 'hand' })}
          />
          {props.fileName !== undefined && (
            <Radio
              isOn={type === 'file'}
              label="File"
              detail={props.fileName}
              onChoose={() => onChoice({ kind: 'file' })}
            />
          )}
        </fieldset>
        <EarlierRuns place={props.place} job={job.name} run={run} onRun={(id) => onChoice({ kind: 'run', id })} />
        <FileButton onFile={props.onFile} />
      </div>
    </Card>
  );
}

function Radio(props: {
  readonly isOn: boolean;
  readonly label: string;
  readonly detail: string;
  readonly onChoose: () => void;
}) {
  return (
    <label class="radio">
      <input type="radio" name="event" checked={props.isOn} onChange={props.onChoose} />
      <span>
        {props.label}
        <span class="small muted">{props.detail}</span>
      </span>
    </label>
  );
}

function EarlierRuns(props: {
  readonly place: RunLocation;
  readonly job: string;
  readonly run: string | undefined;
  readonly onRun: (id: string) => void;
}) {
  const { data } = useAnswer<{ readonly runs: readonly RunRow[] }>(apiPath('/api/runs', { place: props.place }), [
    'runs',
  ]);
  const runs = (data?.runs ?? []).filter(({ job }) => job === props.job).slice(0, MAX_RUNS);
  const options = runs.map(({ id, startedAt, outcome, source }) => ({
    value: id,
    label: [listTimeText(startedAt, Date.now()), outcomeLook(outcome).word, source].filter(Boolean).join(', '),
  }));
  if (props.run !== undefined && !runs.some(({ id }) => id === props.run)) {
    options.push({ value: props.run, label: props.run });
  }
  if (options.length === 0) return null;
  return (
    <Field label="Event of an earlier run">
      {(id) => (
        <Select
          id={id}
          value={props.run ?? ''}
          options={[{ value: '', label: 'Choose a run' }, ...options]}
          onChange={(chosen) => chosen !== '' && props.onRun(chosen)}
        />
      )}
    </Field>
  );
}

function FileButton({ onFile }: { readonly onFile: (file: File) => void }) {
  const choose = () => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = '.json,.txt,application/json';
    input.addEventListener('change', () => {
      const [file] = input.files ?? [];
      if (file) onFile(file);
    });
    input.click();
  };
  return (
    <div class="file-choice">
      <Button small onClick={choose}>
        Choose a file
      </Button>
      <span class="small muted hide-s">or drop it on the editor</span>
    </div>
  );
}
