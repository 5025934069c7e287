import { useState } from 'preact/hooks';
import type { Place, RunRow } from '../../model/run';
import { tell } from '../api/client';
import { Button, LinkButton } from '../parts/button';
import { navigate } from '../routing/location';
import { href, runHref } from '../routing/route';
import { announce } from '../shell/announcement';
import { useConsole } from '../shell/console-state';

/** Repeats a run of a list, or takes its event to the editor. */
export function RowActions({ place, run }: { readonly place: Place; readonly run: RunRow }) {
  const isReadOnly = useConsole()?.isReadOnly === true;
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  if (isReadOnly) return null;
  const again = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await repeat(place, run);
    } catch (error) {
      const { message } = error as Error;
      setProblem(message);
      announce(message);
    }
    setBusy(false);
  };
  return (
    <span class="row-actions">
      <Button
        small
        disabled={isBusy}
        aria-label={`Run ${run.id} again`}
        title={problem ?? 'Run again with the same event'}
        class={problem === undefined ? '' : 'tone-bad'}
        onClick={again}
      >
        {problem === undefined ? 'Again' : 'Failed'}
      </Button>
      <LinkButton
        small
        aria-label={`Edit the event of ${run.id} and send it`}
        title="Edit the event and send it"
        href={href(place, '/send', { job: run.job, run: run.id })}
      >
        Edit
      </LinkButton>
    </span>
  );
}

async function repeat(place: Place, run: RunRow): Promise<void> {
  if (place === 'aws') throw new Error('Not there yet.');
  const { id } = await tell<{ readonly id: string }>('/api/local/start', { job: run.job, again: run.id });
  navigate(runHref('local', id));
}
