import type { Place, RunRow } from '../../model/run';
import { Card } from '../parts/card';
import { Problem } from '../parts/states';
import { href } from '../routing/route';

/** How many of the newest runs the screen shows. */
const NEWEST = 5;

/** The newest runs of all jobs. */
export function RecentRuns(props: {
  readonly place: Place;
  readonly runs: readonly RunRow[];
  readonly problem?: string;
}) {
  const { place, runs } = props;
  return (
    <Card
      title="Recent runs"
      class="recent"
      aside={<a href={href(place, '/runs')}>All {runs.length.toLocaleString('en-US')} runs</a>}
    >
      {props.problem !== undefined && <Problem message={props.problem} />}
      <p class="card-body muted">{runs.slice(0, NEWEST).length}</p>
    </Card>
  );
}
