import { useRef } from 'preact/hooks';
import { outcomeLook, RUN_OUTCOMES } from '../../../model/outcome';
import type { RunRow } from '../../../model/run';
import { useKeys } from '../keys/keyboard';
import { Button } from '../parts/button';
import { Input, Select } from '../parts/field';
import { type RunFilter, valuesOf } from './filter';

/** What narrows the list. Its values are the address's. */
export function RunsFilterBar(props: {
  readonly rows: readonly RunRow[];
  readonly filter: RunFilter;
  readonly onChange: (filter: Readonly<Record<keyof RunFilter, string | undefined>>) => void;
}) {
  const { rows, filter, onChange } = props;
  const search = useRef<HTMLInputElement>(null);
  const all = { job: filter.job, outcome: filter.outcome, source: filter.source, q: filter.q };
  const isFiltered = Object.keys(filter).length > 0;
  const clear = () => onChange({ job: undefined, outcome: undefined, source: undefined, q: undefined });
  const set = (change: Partial<typeof all> | { readonly outcome: string }) => onChange({ ...all, ...change });
  useKeys([
    { keys: '/', group: 'Runs', label: 'Search', run: () => search.current?.focus() },
    { keys: 'Escape', group: 'Runs', label: 'Clear the filter', run: () => isFiltered && clear() },
  ]);
  return (
    <search class="runs-filter">
      <span class="search-box">
        <Input
          small
          inputRef={search}
          placeholder="Search"
          aria-label="Search runs"
          value={filter.q ?? ''}
          onInput={(event) => set({ q: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            if (event.currentTarget.value === '') event.currentTarget.blur();
            else set({ q: undefined });
          }}
        />
        <kbd aria-hidden="true">/</kbd>
      </span>
      <Select
        small
        label="Job"
        value={filter.job ?? ''}
        options={choice('All jobs', valuesOf(rows, 'job'), filter.job)}
        onChange={(job) => set({ job })}
      />
      <Select
        small
        label="Outcome"
        value={filter.outcome ?? ''}
        options={[
          { value: '', label: 'All outcomes' },
          ...RUN_OUTCOMES.map((value) => ({ value, label: outcomeLook(value).word })),
        ]}
        onChange={(outcome) => set({ outcome })}
      />
      <Select
        small
        label="Started by"
        value={filter.source ?? ''}
        options={choice('All sources', valuesOf(rows, 'source'), filter.source)}
        onChange={(source) => set({ source })}
      />
      {isFiltered && (
        <Button small kind="plain" onClick={clear}>
          Clear
        </Button>
      )}
    </search>
  );
}

/** The choice of the address is one of them also where no run has it. */
function choice(all: string, values: readonly string[], chosen: string | undefined) {
  const complete = chosen === undefined || values.includes(chosen) ? values : [...values, chosen];
  return [{ value: '', label: all }, ...complete.map((value) => ({ value, label: value }))];
}
