import { useState } from 'preact/hooks';
import type { RunRow } from '../../model/run';
import type { JobPicture, PictureItem } from '../../model/stack';
import type { Route } from '../routing/route';
import { useConsole } from '../shell/console-state';
import { Box } from './box';
import { JobBox } from './job-box';

/** More boxes than this in a column are folded. */
const FOLDED = { full: 4, compact: 3 };

/** A job between what starts it and what it runs on and uses. */
export function Band(props: {
  readonly job: JobPicture;
  readonly runs: readonly RunRow[];
  readonly route: Route;
  readonly selected: string | undefined;
  readonly isCompact: boolean;
}) {
  const { job, route, selected, isCompact } = props;
  const column = { route, selected, most: isCompact ? FOLDED.compact : FOLDED.full };
  return (
    <article class="card band" aria-label={job.name}>
      <Column {...column} label="Started by" wires="right" items={job.startedBy} none={<ByHand job={job.name} />} />
      <JobBox job={job} runs={props.runs} route={route} isSelected={selected === job.item.id} />
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
  readonly most: number;
  /** Instead of boxes if there are none. */
  readonly none?: preact.ComponentChildren;
}) {
  const { items, most, selected } = props;
  const [isOpen, setOpen] = useState(false);
  // One more box is as high as the button that would show it.
  const isFolded = items.length > most + 1;
  const shown = isFolded && !isOpen ? items.slice(0, most) : items;
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
  const command = useConsole()?.commands.local;
  return (
    <div class="nd by-hand">
      <b>By hand</b>
      <span class="small muted cut dt">
        {command === undefined ? (
          'no event starts it'
        ) : (
          <span class="mono">{`${command}${command.startsWith('npm run') ? ' --' : ''} ${job}`}</span>
        )}
      </span>
    </div>
  );
}
