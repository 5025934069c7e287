import { useState } from 'preact/hooks';
import type { RunLocation, RunRow } from '../../../model/run';
import { Button, LinkButton } from '../parts/button';
import { useNow } from '../parts/now';
import { href } from '../routing/route';
import { MiniTimeline } from '../run/mini-timeline';
import { useConsole } from '../shell/console-state';
import { liveBars } from './live-bars';

/** The shape of a run in a line. */
export function RunBars({ row }: { readonly row: RunRow }) {
  if (row.outcome === 'running') return <LiveBars row={row} />;
  return <MiniTimeline bars={row.bars ?? []} />;
}

function LiveBars({ row }: { readonly row: RunRow }) {
  return <MiniTimeline bars={liveBars(row, useNow())} />;
}

/** `2 of 3` */
export function attemptsText({ attempt, maximum }: RunRow): string {
  if (attempt === undefined) return '';
  return maximum === undefined ? String(attempt) : `${attempt} of ${maximum}`;
}

/** Starts the same run again, or leads to the editor with its event. */
export function RunActions(props: {
  readonly row: RunRow;
  readonly place: RunLocation;
  readonly onAgain: (row: RunRow) => Promise<void>;
}) {
  const { row, place, onAgain } = props;
  const [isBusy, setBusy] = useState(false);
  if (useConsole()?.isReadOnly !== false) return null;
  const again = async () => {
    setBusy(true);
    await onAgain(row);
    setBusy(false);
  };
  const name = (
    <span class="said">
      : {row.job} {row.id}
    </span>
  );
  return (
    <span class="run-actions">
      <Button small icon="loop" title="Run again" disabled={isBusy} onClick={again}>
        {isBusy ? 'Starting' : 'Again'}
        {name}
      </Button>
      <LinkButton
        small
        title="Again with changes: edit the event and send it"
        href={href(place, '/send', { job: row.job, run: row.id })}
      >
        Edit{name}
      </LinkButton>
    </span>
  );
}
