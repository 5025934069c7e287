import type { ComponentChildren, InputHTMLAttributes, Ref } from 'preact';
import { useId } from 'preact/hooks';
import { Icon } from './icon';

/** A label above a control. `children` gets the control's ID. */
export function Field(props: {
  readonly label: ComponentChildren;
  /** Below the control. */
  readonly hint?: ComponentChildren;
  readonly children: (id: string) => ComponentChildren;
}) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      {props.children(id)}
      {props.hint && <span class="small muted">{props.hint}</span>}
    </div>
  );
}

/** Choice of one. `label` is said by screen readers, unless the select has an ID of a Field. */
export function Select(props: {
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
  readonly label?: string;
  readonly id?: string;
  readonly small?: boolean;
  readonly disabled?: boolean;
}) {
  return (
    <span class="select-box">
      <select
        id={props.id}
        class={props.small ? 'select small' : 'select'}
        aria-label={props.label}
        value={props.value}
        disabled={props.disabled}
        onChange={(event) => props.onChange(event.currentTarget.value)}
      >
        {props.options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <Icon name="chevron" size={10} />
    </span>
  );
}

/** A line of input. `inputRef` gets the element. */
export function Input({
  small,
  inputRef,
  class: more,
  ...rest
}: {
  readonly small?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
  readonly class?: string;
} & Omit<InputHTMLAttributes<HTMLInputElement>, 'small' | 'role' | 'type' | 'class'>) {
  const look = `input ${small ? 'small' : ''} ${more ?? ''}`;
  return <input ref={inputRef} type="text" spellcheck={false} autocomplete="off" {...rest} class={look} />;
}

/** Something that is on or off. */
export function Check(props: {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly children: ComponentChildren;
  readonly disabled?: boolean;
  readonly title?: string;
}) {
  return (
    <label class="check" title={props.title}>
      <input
        type="checkbox"
        checked={props.checked}
        disabled={props.disabled}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      <span>{props.children}</span>
    </label>
  );
}

/** One of a few that are all visible. */
export function Toggle<T extends string>(props: {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
}) {
  return (
    <fieldset class="tog" aria-label={props.label}>
      {props.options.map(({ value, label }) => (
        <button key={value} type="button" aria-pressed={value === props.value} onClick={() => props.onChange(value)}>
          {label}
        </button>
      ))}
    </fieldset>
  );
}
