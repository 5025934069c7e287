import { isFunction, titles, withoutEvents } from '../../../model/bands';
import type { RunRow } from '../../../model/run';
import type { BandPicture } from '../../../model/stack';
import { Icon } from '../parts/icon';
import { href, type Route } from '../routing/route';
import { boxId } from './box';
import { LastRun, Strip } from './name-box';

/** A job or function in one line. The button opens its band below. */
export function CompactBand(props: {
  readonly band: BandPicture;
  readonly runs: readonly RunRow[];
  readonly route: Route;
  readonly selected: string | undefined;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}) {
  const { band, runs, route, isOpen } = props;
  const [last] = runs;
  // While the band is open, its own box has the ID.
  const id = isOpen ? undefined : boxId(band.item.id);
  return (
    <div class="compact-band" aria-current={props.selected === band.item.id ? 'true' : undefined}>
      <button type="button" class="open" aria-expanded={isOpen} onClick={props.onToggle}>
        <Icon name="chevron" />
        <span class="said">Band of {band.name}</span>
      </button>
      <span class="cut from">
        {band.startedBy.length === 0 ? withoutEvents(band).title.toLowerCase() : titles(band.startedBy)}
      </span>
      <a class="cut name" id={id} href={href(route.place, '/', route.query, band.item.id)} title={band.name}>
        {band.name}
      </a>
      {last ? <LastRun run={last} route={route} /> : <span />}
      {isFunction(band) ? <span /> : <Strip runs={runs} />}
      <span class="cut on">{titles(band.runsOn)}</span>
      <span class="cut uses">{titles(band.uses)}</span>
    </div>
  );
}
