import { formatCount } from '../../../../modules/problems/phrases';
import type { RunLocation, RunRow } from '../../../model/run';
import { Card } from '../parts/card';
import { Empty, Problem } from '../parts/states';
import { href } from '../routing/route';
import { RunsTable } from '../runs/runs-table';

/** How many of the newest runs the screen shows. */
const NEWEST = 5;

/** The newest runs of all jobs. */
export function RecentRuns(props: {
  readonly place: RunLocation;
  /** Newest first. */
  readonly runs: readonly RunRow[];
  readonly isLoading: boolean;
  readonly problem?: string;
}) {
  const { place, runs, problem, isLoading } = props;
  const all = runs.length === 1 ? 'Show the run' : `All ${formatCount(runs.length)} runs`;
  return (
    <Card title="Recent runs" class="recent" aside={runs.length > 0 && <a href={href(place, '/runs')}>{all}</a>}>
      {problem !== undefined && (
        <div class="card-body">
          <Problem message={problem} />
        </div>
      )}
      {runs.length > 0 && <RunsTable rows={runs.slice(0, NEWEST)} place={place} label="Recent runs" />}
      {runs.length === 0 && problem === undefined && !isLoading && (
        <Empty>
          No runs yet. <a href={href(place, '/send')}>Send an event</a> to start one.
        </Empty>
      )}
    </Card>
  );
}
