import { useRef } from 'preact/hooks';
import { FAULT_OPTIONS, type FaultOption, type Faults } from '../../../model/faults';
import type { SendCheck } from '../../../model/send';
import { Check, Input } from '../parts/field';

/** What shall go wrong in a local run: a switch for each option of the command. */
export function FaultFields(props: {
  readonly faults: Faults;
  readonly onChange: (faults: Faults) => void;
  readonly problems?: SendCheck['problems'];
}) {
  const { faults, problems = {}, onChange } = props;
  // What was in a field before its switch was turned off.
  const values = useRef<{ [field: string]: string }>({});
  return (
    <div class="faults">
      {FAULT_OPTIONS.map((option) => (
        <FaultField
          key={option.field}
          option={option}
          value={faults[option.field]}
          last={values.current[option.field] ?? option.example ?? ''}
          problem={problems[option.field]}
          onChange={(value) => {
            if (typeof value === 'string') values.current[option.field] = value;
            const { [option.field]: _, ...others } = faults;
            onChange(value === undefined ? others : { ...others, [option.field]: value });
          }}
        />
      ))}
    </div>
  );
}

function FaultField(props: {
  readonly option: FaultOption;
  readonly value: string | boolean | undefined;
  readonly last: string;
  readonly problem: string | undefined;
  readonly onChange: (value: string | true | undefined) => void;
}) {
  const { option, value, last, problem, onChange } = props;
  const { field, label, meaning, example } = option;
  const isOn = value !== undefined && value !== false;
  const title = `${option.option}: ${meaning}`;
  return (
    <div class={isOn ? 'fault-row on' : 'fault-row'}>
      <Check
        checked={isOn}
        title={title}
        onChange={(checked) => onChange(checked ? (example === undefined ? true : last) : undefined)}
      >
        {label}
      </Check>
      {example !== undefined && (
        <Input
          small
          class="mono"
          aria-label={`${label}, value of ${option.option}`}
          aria-invalid={problem !== undefined}
          aria-describedby={problem === undefined ? undefined : `fault-${field}`}
          title={title}
          value={typeof value === 'string' ? value : last}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      )}
      {problem && (
        <p id={`fault-${field}`} class="fault small">
          {problem}
        </p>
      )}
    </div>
  );
}
