import { useState } from 'preact/hooks';
import type { RunRow } from '../../../model/run';
import type { JobPicture, PictureItem } from '../../../model/stack';
import type { Route } from '../routing/route';
import { useConsole } from '../shell/console-state';
import { Box } from './box';
import { CompactBand } from './compact-band';
import { JobBox } from './job-box';

/** More boxes than this in a column are folded. */
const FOLDED = 4;

interface BandProps {
  readonly job: JobPicture;
  /** Newest first. */
  readonly runs: readonly RunRow[];
  readonly route: Route;
  /** ID of the box whose details are shown. */
  readonly selected: string | undefined;
}

/** The band of a job: whole, or as a line that opens to it. */
export function BandOf({ isCompact, ...band }: BandProps & { readonly isCompact: boolean }) {
  const [isOpen, setOpen] = useState(false);
  if (!isCompact) return <Band {...band} />;
  return (
    <div class="foldable">
      <CompactBand {...band} isOpen={isOpen} onToggle={() => setOpen(!isOpen)} />
      {isOpen && <Band {...band} />}
    </div>
  );
}

/** A job between what starts it and what it runs on and uses. */
function Band({ job, runs, route, selected }: BandProps) {
  const column = { route, selected };
  return (
    <article class="card band" aria-label={job.name}>
      <Column {...column} label="Started by" wires="right" items={job.startedBy} none={<ByHand job={job.name} />} />
      <JobBox job={job} runs={runs} route={route} isSelected={selected === job.item.id} />
      <Column {...column} label="Runs on" wires={job.uses.length > 0 ? 'both' : 'left'} items={job.runsOn} />
      <Column {...column} label="Uses" wires="left" items={job.uses} />
    </article>
  );
}

function Column(props: {
  readonly label: string;
  readonly items: readonly PictureItem[];
  readonly wires: 'left' | 'right' | 'both';
  readonly route: Route;
  readonly selected: string | undefined;
  /** Instead of boxes if there are none. */
  readonly none?: preact.ComponentChildren;
}) {
  const { items, selected } = props;
  const [isOpen, setOpen] = useState(false);
  // One more box is as high as the button that would show it.
  const isFolded = items.length > FOLDED + 1;
  const shown = isFolded && !isOpen ? items.slice(0, FOLDED) : items;
  const hidden = items.length - shown.length;
  if (items.length === 0 && props.none === undefined) return <div class="nodes none" />;
  return (
    <div class={`nodes wires-${props.wires}`}>
      <span class="lbl">{props.label}</span>
      <ul>
        {items.length === 0 && <li>{props.none}</li>}
        {shown.map((item) => (
          <li key={item.id}>
            <Box item={item} route={props.route} isSelected={item.id === selected} />
          </li>
        ))}
        {isFolded && (
          <li>
            <button type="button" class="nd more" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
              {isOpen ? 'Show fewer' : `${hidden} more`}
            </button>
          </li>
        )}
      </ul>
    </div>
  );
}

function ByHand({ job }: { readonly job: string }) {
  const command = useConsole()?.commands['local <job>'].replace('<job>', job);
  return (
    <div class="nd by-hand">
      <b>By hand</b>
      <span class="small muted cut dt" title={command}>
        {command === undefined ? 'no event starts it' : <span class="mono">{command}</span>}
      </span>
    </div>
  );
}
