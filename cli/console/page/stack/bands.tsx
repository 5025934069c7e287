import { useMemo, useRef, useState } from 'preact/hooks';
import { bandGroups, bandsOf, boxesOf } from '../../../model/bands';
import type { RunRow } from '../../../model/run';
import type { BandPicture, StackPicture } from '../../../model/stack';
import { useKeys } from '../keys/keyboard';
import { Button } from '../parts/button';
import { Input } from '../parts/field';
import type { Route } from '../routing/route';
import { BandOf } from './band';
import './bands.css';
import './compact.css';

/** From this many jobs and functions on, bands are one line high at first, and there is a filter. */
const MANY = 8;

/** The bands of the jobs, and those of the functions. */
export function Bands(props: {
  readonly picture: StackPicture;
  readonly runs: readonly RunRow[];
  readonly route: Route;
  readonly selected: string | undefined;
}) {
  const { picture } = props;
  const bands = useMemo(() => bandsOf(picture), [picture]);
  const isMany = bands.length >= MANY;
  const noun = bands.length === picture.jobs.length ? 'jobs' : 'jobs and functions';
  const [words, setWords] = useState('');
  const [isCompact, setCompact] = useState(isMany);
  const byJob = useMemo(() => runsByJob(props.runs), [props.runs]);
  const shown = useMemo(() => bands.filter((band) => matches(band, words)), [bands, words]);
  return (
    <>
      {isMany && (
        <div class="band-tools">
          <Filter words={words} noun={noun} onChange={setWords} />
          <span class="muted small" role="status">
            {words === '' ? '' : `${shown.length} of ${bands.length} ${noun}`}
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
      {bandGroups(shown).map((group) => (
        <section key={group.title} class="band-group" aria-label={group.title}>
          <div class={`colh${isCompact ? ' compact' : ''}`} aria-hidden="true">
            <span>{group.words.startedBy}</span>
            <span>{group.words.name}</span>
            <span>{group.words.runsOn}</span>
            <span>{group.words.uses}</span>
          </div>
          <div class={`bands${isCompact ? ' compact' : ''}`}>
            {group.bands.map((band) => (
              <BandOf
                key={band.name}
                band={band}
                words={group.words}
                runs={byJob.get(band.name) ?? []}
                route={props.route}
                selected={props.selected}
                isCompact={isCompact}
              />
            ))}
          </div>
        </section>
      ))}
      {shown.length === 0 && (
        <p class="card empty">
          {noun === 'jobs' ? 'No job matches.' : 'No job or function matches.'}{' '}
          <Button kind="plain" onClick={() => setWords('')}>
            Clear the filter
          </Button>
        </p>
      )}
    </>
  );
}

function Filter(props: {
  readonly words: string;
  /** What it filters. */
  readonly noun: string;
  readonly onChange: (words: string) => void;
}) {
  const field = useRef<HTMLInputElement>(null);
  useKeys([{ keys: '/', group: 'Stack', label: 'Filter jobs and functions', run: () => field.current?.focus() }]);
  return (
    <span
      class="filter"
      ref={(element) => {
        field.current = element?.querySelector('input') ?? null;
      }}
    >
      <Input
        small
        aria-label={`Filter ${props.noun}`}
        placeholder="Filter by name, source or resource"
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

function matches(band: BandPicture, words: string): boolean {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return true;
  const text = boxesOf(band)
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
