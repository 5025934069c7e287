import { useEffect, useRef } from 'preact/hooks';
import type { Run } from '../../../model/run';
import { causeLine } from '../../../model/words/cause-line';
import { type Verdict, verdict } from '../../../model/words/verdict';
import { useAnswer } from '../api/answer';
import { apiPath } from '../api/client';
import { EventCard } from '../event/event-card';
import { LogPanel } from '../log/log-panel';
import { Icon } from '../parts/icon';
import { useNow } from '../parts/now';
import { PageHead } from '../parts/page-head';
import { Problem, Skeleton } from '../parts/states';
import { href, type Route } from '../routing/route';
import { RunAgainCard, useRunAgain } from '../send/run-again';
import { announce } from '../shell/announcement';
import { DetailsCard } from './details-card';
import { ItemsCard } from './items-card';
import { RunFacts } from './run-facts';
import './run.css';
import { Crumbs, RunActions } from './run-head';
import { useRunKeys } from './run-keys';
import { useSelection } from './selection';
import { CauseCard, NextCard, NotesCard, TimeCard } from './side-cards';
import { TimelineCard } from './timeline-card';
import { useTimes } from './times';

/** One run: what happened, why, and what can be done. */
export function RunScreen({ route }: { readonly route: Route }) {
  const { place, id = '' } = route;
  const path = apiPath('/api/run', { place, id });
  const isThis = (change: { readonly type: string; readonly id?: string }) =>
    change.id === undefined || change.id === id;
  const { data: run, problem, reload } = useAnswer<Run>(path, ['run'], isThis);
  if (run === undefined) {
    return (
      <>
        <PageHead title={id} crumbs={<a href={href(place, '/runs')}>Runs</a>} />
        {problem === undefined ? <Skeleton lines={10} /> : <Problem message={problem} onRetry={reload} />}
      </>
    );
  }
  return (
    <>
      {problem !== undefined && <Problem message={problem} onRetry={reload} />}
      <LoadedRun run={run} route={route} />
    </>
  );
}

function LoadedRun({ run, route }: { readonly run: Run; readonly route: Route }) {
  const tick = useNow();
  // An answer can be newer than the last tick.
  const now = run.outcome === 'running' ? Math.max(tick, Date.now()) : (run.endedAt ?? tick);
  const selection = useSelection(run, route, now);
  const { rows, selected } = selection;
  const [times] = useTimes();
  const told = verdict(run);
  useAnnouncedVerdict(told);
  const again = useRunAgain(run);
  useRunKeys(run, selection, again);
  return (
    <>
      <PageHead
        title={told.text}
        tabTitle={`${told.text}: ${run.job}`}
        crumbs={<Crumbs run={run} />}
        icon={
          <span class={`tone-${told.tone}`}>
            <Icon name={told.icon} size={24} />
          </span>
        }
        why={causeLine(run, now)}
        actions={<RunActions run={run} again={again} />}
      />
      <RunFacts run={run} now={now} />
      <div class="cols">
        <div class="stack-y">
          <ItemsCard run={run} />
          <TimelineCard
            run={run}
            rows={rows}
            now={now}
            selected={selected}
            onSelect={selection.select}
            onToggle={selection.toggle}
          />
          {!(run.place === 'aws' && run.items !== undefined) && (
            <LogPanel
              run={run}
              now={now}
              selected={selection.start}
              onSelect={(start) => selection.select(start === undefined ? undefined : `a${start}`)}
              times={times}
            />
          )}
        </div>
        <aside class="stack-y" aria-label="Details">
          {run.outcome !== 'running' && <RunAgainCard again={again} />}
          <DetailsCard run={run} row={rows.find(({ id }) => id === selected)} now={now} />
          <NextCard run={run} now={now} />
          <CauseCard run={run} />
          {run.outcome !== 'running' && <TimeCard run={run} now={now} />}
          <NotesCard run={run} />
          <EventCard run={run} />
          {run.outcome === 'running' && <RunAgainCard again={again} />}
        </aside>
      </div>
    </>
  );
}

/** Says a verdict that has changed, not the first one. */
function useAnnouncedVerdict({ text }: Verdict): void {
  const before = useRef(text);
  useEffect(() => {
    if (before.current !== text) announce(text);
    before.current = text;
  }, [text]);
}
