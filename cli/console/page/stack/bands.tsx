import { useMemo, useRef, useState } from 'preact/hooks';
import type { RunRow } from '../../../model/run';
import type { JobPicture, StackPicture } from '../../../model/stack';
import { useKeys } from '../keys/keyboard';
import { Button } from '../parts/button';
import { Input } from '../parts/field';
import type { Route } from '../routing/route';
import { BandOf } from './band';
import './bands.css';
import './compact.css';

/** From this many jobs on, bands are one line high at first, and there is a filter. */
const MANY = 8;

/** The bands of the jobs. */
export function Bands(props: {
  readonly picture: StackPicture;
  readonly runs: readonly RunRow[];
  readonly route: Route;
  readonly selected: string | undefined;
}) {
  const { jobs } = props.picture;
  const isMany = jobs.length >= MANY;
  const [words, setWords] = useState('');
  const [isCompact, setCompact] = useState(isMany);
  const byJob = useMemo(() => runsByJob(props.runs), [props.runs]);
  const shown = useMemo(() => jobs.filter((job) => matches(job, words)), [jobs, words]);
  return (
    <section aria-label="Jobs">
      {isMany && (
        <div class="band-tools">
          <Filter words={words} onChange={setWords} />
          <span class="muted small" role="status">
            {words === '' ? '' : `${shown.length} of ${jobs.length} jobs`}
          </span>
          <span class="grow" />
          <span class="tog hide-s">
            <button type="button" aria-pressed={isCompact} onClick={() => setCompact(true)}>
              Compact
            </button>
            <button type="button" aria-pressed={!isCompact} onClick={() => setCompact(false)}>
              Full
            </button>
          </span>
        </div>
      )}
      <div class={`colh${isCompact ? ' compact' : ''}`} aria-hidden="true">
        <span>Started by</span>
        <span>Job</span>
        <span>Runs on</span>
        <span>Uses</span>
      </div>
      <div class={`bands${isCompact ? ' compact' : ''}`}>
        {shown.map((job) => (
          <BandOf
            key={job.name}
            job={job}
            runs={byJob.get(job.name) ?? []}
            route={props.route}
            selected={props.selected}
            isCompact={isCompact}
          />
        ))}
        {shown.length === 0 && (
          <p class="card empty">
            No job matches.{' '}
            <Button kind="plain" onClick={() => setWords('')}>
              Clear the filter
            </Button>
          </p>
        )}
      </div>
    </section>
  );
}

function Filter(props: { readonly words: string; readonly onChange: (words: string) => void }) {
  const field = useRef<HTMLInputElement>(null);
  useKeys([{ keys: '/', group: 'Stack', label: 'Filter jobs', run: () => field.current?.focus() }]);
  return (
    <span
      class="filter"
      ref={(element) => {
        field.current = element?.querySelector('input') ?? null;
      }}
    >
      <Input
        small
        aria-label="Filter jobs"
        placeholder="Filter by job, source or resource"
        value={props.words}
        onInput={(event) => props.onChange(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          if (props.words === '') event.currentTarget.blur();
          else props.onChange('');
        }}
      />
    </span>
  );
}

function matches(job: JobPicture, words: string): boolean {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return true;
  const boxes = [job.item, ...job.startedBy, ...job.runsOn, ...job.uses];
  const text = boxes
    .map(({ title, detail }) => `${title} ${detail.map((part) => part.text).join('')}`)
    .join('\n')
    .toLowerCase();
  return wanted.every((word) => text.includes(word));
}

/** The runs of each job, in the order of the list. */
function runsByJob(runs: readonly RunRow[]): Map<string, RunRow[]> {
  const byJob = new Map<string, RunRow[]>();
  for (const run of runs) {
    const of = byJob.get(run.job);
    if (of === undefined) byJob.set(run.job, [run]);
    else of.push(run);
  }
  return byJob;
}
