import { useState } from 'preact/hooks';
import { formatCount } from '../../../../modules/problems/phrases';
import type { Run } from '../../../model/run';
import { wholeRunId } from '../../../model/run-id';
import { tell } from '../api/client';
import { StopRun } from '../aws/stop-run';
import { Button } from '../parts/button';
import { CopyButton } from '../parts/copy-button';
import { href, runHref } from '../routing/route';
import type { RunAgain } from '../send/run-again';
import { useConsole } from '../shell/console-state';
import { localCommand } from './local-command';

/** `Runs / nightlyReport / 67cd5321` */
export function Crumbs({ run }: { readonly run: Run }) {
  const { place, job, id, item } = run;
  const whole = wholeRunId(id);
  return (
    <>
      <a href={href(place, '/runs')}>Runs</a> / <a href={href(place, '/runs', { job })}>{job}</a> /{' '}
      {item === undefined ? (
        <code>{shortId(id, job)}</code>
      ) : (
        <>
          <a href={runHref(place, whole)}>
            <code>{shortId(whole, job)}</code>
          </a>{' '}
          / item {formatCount(item)}
        </>
      )}
    </>
  );
}

/** A run's name begins with its job's. */
function shortId(id: string, job: string): string {
  const rest = id.startsWith(`${job}-`) ? id.slice(job.length + 1) : id;
  return /^[\da-f]{32}$/.test(rest) ? rest.slice(0, 8) : rest;
}

/** What can be done with a run. */
export function RunActions({ run, again }: { readonly run: Run; readonly again: RunAgain }) {
  const state = useConsole();
  const command = localCommand(run, state?.commands['local <job>']);
  // An item is stopped and repeated with its run.
  const isReadOnly = state?.isReadOnly !== false || run.item !== undefined;
  return (
    <>
      {command !== undefined && (
        <CopyButton text={command}>{run.place === 'local' ? 'Copy as command' : 'Copy as local command'}</CopyButton>
      )}
      {!isReadOnly &&
        run.outcome === 'running' &&
        (run.place === 'local' ? <StopLocalRun run={run} /> : <StopRun run={run} />)}
      {!isReadOnly && run.outcome !== 'running' && (
        <Button kind="primary" icon="loop" disabled={again.isBusy} onClick={again.start}>
          Run again
        </Button>
      )}
    </>
  );
}

function StopLocalRun({ run }: { readonly run: Run }) {
  const [state, setState] = useState<{ readonly isBusy: boolean; readonly problem?: string }>({ isBusy: false });
  const stop = async () => {
    setState({ isBusy: true });
    try {
      await tell('/api/local/stop', { id: run.id });
    } catch (error) {
      setState({ isBusy: false, problem: (error as Error).message });
    }
  };
  return (
    <>
      <Button kind="danger" disabled={state.isBusy} onClick={stop}>
        {state.isBusy ? 'Stopping…' : 'Stop run'}
      </Button>
      {state.problem !== undefined && <span role="alert">{state.problem}</span>}
    </>
  );
}
