import type { RunRow } from '../../../model/run';
import type { JobPicture, PictureItem } from '../../../model/stack';
import { Icon } from '../parts/icon';
import { href, type Route } from '../routing/route';
import { boxId } from './box';
import { LastRun, Strip } from './job-box';

/** A job in one line. The button opens its band below. */
export function CompactBand(props: {
  readonly job: JobPicture;
  readonly runs: readonly RunRow[];
  readonly route: Route;
  readonly selected: string | undefined;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}) {
  const { job, runs, route, isOpen } = props;
  const [last] = runs;
  // While the band is open, its own box has the ID.
  const id = isOpen ? undefined : boxId(job.item.id);
  return (
    <div class="compact-band" aria-current={props.selected === job.item.id ? 'true' : undefined}>
      <button type="button" class="open" aria-expanded={isOpen} onClick={props.onToggle}>
        <Icon name="chevron" />
        <span class="said">Band of {job.name}</span>
      </button>
      <span class="cut from">{job.startedBy.length === 0 ? 'by hand' : titles(job.startedBy)}</span>
      <a class="cut name" id={id} href={href(route.place, '/', route.query, job.item.id)} title={job.name}>
        {job.name}
      </a>
      {last ? <LastRun run={last} route={route} /> : <span />}
      <Strip runs={runs} />
      <span class="cut on">{titles(job.runsOn)}</span>
      <span class="cut uses">{titles(job.uses)}</span>
    </div>
  );
}

/** `2 × Schedule, Queue inbox` */
function titles(items: readonly PictureItem[]): string {
  const counts = new Map<string, number>();
  for (const { title } of items) counts.set(title, (counts.get(title) ?? 0) + 1);
  return [...counts].map(([title, count]) => (count === 1 ? title : `${count} × ${title}`)).join(', ');
}
