import { useMemo } from 'preact/hooks';
import { counted, formatCount } from '../../../../modules/problems/phrases';
import type { RunRow } from '../../../model/run';
import type { StackState } from '../../../model/stack';
import { useAnswer } from '../api/answer';
import { apiPath } from '../api/client';
import { Button, LinkButton } from '../parts/button';
import { PageHead } from '../parts/page-head';
import { Empty, Problem, Skeleton } from '../parts/states';
import { navigate } from '../routing/location';
import { href, type Route } from '../routing/route';
import { useConsole } from '../shell/console-state';
import { filteredRuns, filterOf } from './filter';
import { isUnread, useCompleted, useHistories } from './run-details';
import { RunsFilterBar } from './runs-filter-bar';
import { RunsTable } from './runs-table';

/** What `GET /api/runs` answers. */
interface RunsAnswer {
  readonly runs: readonly RunRow[];
  /** Whether older runs are still being read. */
  readonly isComplete: boolean;
  readonly problem?: string;
}

const NONE: readonly RunRow[] = [];

/** All runs of a place, live, narrowed by the address's query. */
export function RunsScreen({ route }: { readonly route: Route }) {
  const { place, query } = route;
  const answer = useAnswer<RunsAnswer>(
    apiPath('/api/runs', { place }),
    ['runs'],
    (change) => 'place' in change && change.place === place,
  );
  const { job, outcome, source, q } = query;
  const filter = useMemo(() => filterOf(query), [job, outcome, source, q]);
  const rows = useCompleted(place, answer.data?.runs ?? NONE);
  const shown = useMemo(() => filteredRuns(rows, filter), [rows, filter]);
  const unread = filter.source === undefined ? NONE : rows.filter(isUnread);
  useHistories(place, unread);
  const problem = answer.data?.problem ?? answer.problem;
  const apply = (next: Readonly<Record<string, string | undefined>>) =>
    navigate(href(place, '/runs', next), { replace: true });
  const isReadOnly = useConsole()?.isReadOnly === true;
  return (
    <>
      <PageHead
        title="Runs"
        why={
          rows.length > 0 && (
            <>
              {countText(shown.length, rows.length)}
              {answer.data?.isComplete === false && problem === undefined && ' so far. Reading older runs…'}
              {unread.length > 0 && `. Reading what started ${formatCount(unread.length)} others…`}
            </>
          )
        }
        actions={
          !isReadOnly && (
            <LinkButton kind="primary" href={href(place, '/send', { job: filter.job })}>
              Send event
            </LinkButton>
          )
        }
      />
      {problem !== undefined && <Problem message={problem} onRetry={answer.reload} />}
      <section class="card" aria-label="Runs">
        <header>
          <RunsFilterBar rows={rows} filter={filter} onChange={apply} />
        </header>
        {answer.data === undefined && problem === undefined && <Skeleton lines={12} />}
        {shown.length > 0 && <RunsTable rows={shown} place={place} label="Runs" hasKeys />}
        {answer.data && shown.length === 0 && rows.length > 0 && (
          <Empty actions={<Button onClick={() => apply({})}>Clear the filter</Button>}>No run matches.</Empty>
        )}
        {answer.data?.isComplete && problem === undefined && rows.length === 0 && <NoRuns route={route} />}
      </section>
    </>
  );
}

function NoRuns({ route }: { readonly route: Route }) {
  const state = useConsole();
  const stack = useAnswer<StackState>('/api/stack', ['stack']);
  const job = stack.data?.picture?.jobs[0]?.name ?? '<job>';
  const local = (state?.commands['local <job>'] ?? 'npx batch-jobs local <job>').replace('<job>', job);
  return (
    <Empty>
      No runs yet. <a href={href(route.place, '/send')}>Send an event</a>
      {route.place === 'local' && (
        <>
          , or run <code>{local}</code>
        </>
      )}
      .
    </Empty>
  );
}

function countText(shown: number, all: number): string {
  const runs = counted(all, 'run');
  return shown === all ? runs : `${formatCount(shown)} of ${runs}`;
}
