import { useState } from 'preact/hooks';
import { type BandGroup, isFunction, withoutEvents } from '../../../model/bands';
import type { RunRow } from '../../../model/run';
import type { BandPicture, PictureItem } from '../../../model/stack';
import type { Route } from '../routing/route';
import { useConsole } from '../shell/console-state';
import { Box } from './box';
import { CompactBand } from './compact-band';
import { NameBox } from './name-box';

/** More boxes than this in a column are folded. */
const FOLDED = 4;

interface BandProps {
  readonly band: BandPicture;
  readonly words: BandGroup['words'];
  /** Newest first. */
  readonly runs: readonly RunRow[];
  readonly route: Route;
  /** ID of the box whose details are shown. */
  readonly selected: string | undefined;
}

/** The band of a job or function: whole, or as a line that opens to it. */
export function BandOf({ isCompact, ...props }: BandProps & { readonly isCompact: boolean }) {
  const [isOpen, setOpen] = useState(false);
  if (!isCompact) return <Band {...props} />;
  return (
    <div class="foldable">
      <CompactBand {...props} isOpen={isOpen} onToggle={() => setOpen(!isOpen)} />
      {isOpen && <Band {...props} />}
    </div>
  );
}

/** A job or function between what starts it and what it runs on and uses. */
function Band({ band, words, runs, route, selected }: BandProps) {
  const column = { route, selected };
  return (
    <article class="card band" aria-label={band.name}>
      <Column
        {...column}
        label={words.startedBy}
        wires="right"
        items={band.startedBy}
        none={<NoEvents band={band} />}
      />
      <NameBox band={band} runs={runs} route={route} isSelected={selected === band.item.id} />
      <Column {...column} label={words.runsOn} wires={band.uses.length > 0 ? 'both' : 'left'} items={band.runsOn} />
      <Column {...column} label={words.uses} wires="left" items={band.uses} />
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

/** What stands where no event starts the job, with the command that does, or invokes the function. */
function NoEvents({ band }: { readonly band: BandPicture }) {
  const { title, detail } = withoutEvents(band);
  const command = useConsole()?.commands['local <job>'].replace('<job>', band.name);
  const isCommand = command !== undefined && !isFunction(band);
  return (
    <div class="nd by-hand">
      <b>{title}</b>
      <span class="small muted cut dt" title={isCommand ? command : detail}>
        {isCommand ? <span class="mono">{command}</span> : detail}
      </span>
    </div>
  );
}
