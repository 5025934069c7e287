import { isFunction } from '../../../model/bands';
import { runLook } from '../../../model/outcome';
import type { RunRow } from '../../../model/run';
import type { BandPicture } from '../../../model/stack';
import { Chip } from '../parts/chip';
import { useNow } from '../parts/now';
import { Time } from '../parts/time';
import { href, type Route, runHref } from '../routing/route';
import { RunStrip } from '../run/run-strip';
import { boxId } from './box';

/** How many of the last runs the strip shows. */
const STRIP = 20;

/** A job or function, its size, and how its last runs went: a function has none. The whole card opens the details. */
export function NameBox(props: {
  readonly band: BandPicture;
  readonly runs: readonly RunRow[];
  readonly route: Route;
  readonly isSelected: boolean;
}) {
  const { band, route, runs } = props;
  const [last] = runs;
  return (
    <div class="nodes job">
      <div class="nd job" aria-current={props.isSelected ? 'true' : undefined}>
        <div class="job-top">
          <h2 class="cut">
            <a
              id={boxId(band.item.id)}
              class="whole"
              href={href(route.place, '/', route.query, band.item.id)}
              title={band.name}
            >
              {band.name}
            </a>
          </h2>
          {last && <LastRun run={last} route={route} />}
        </div>
        {band.lines.map((line) => (
          <span key={line} class="small muted cut dt" title={line}>
            {line}
          </span>
        ))}
        {!isFunction(band) && <Strip runs={runs} />}
      </div>
    </div>
  );
}

/** How the last run is or ended. */
export function LastRun({ run, route }: { readonly run: RunRow; readonly route: Route }) {
  const { word, icon, tone } = runLook(run);
  return (
    <a class="last" href={runHref(route.place, run.id)}>
      <Chip icon={icon} tone={tone}>
        {run.outcome === 'running' ? (
          word
        ) : (
          <>
            <span class="said">Last run: {word}, </span>
            <Time at={run.endedAt ?? run.startedAt} />
          </>
        )}
      </Chip>
    </a>
  );
}

/** The shape of the last runs, or of those before and the live one. */
export function Strip({ runs: all }: { readonly runs: readonly RunRow[] }) {
  const runs = all.slice(0, STRIP);
  return runs.some(({ endedAt }) => endedAt === undefined) ? (
    <LiveStrip runs={runs} />
  ) : (
    <RunStrip runs={runs} now={0} />
  );
}

function LiveStrip({ runs }: { readonly runs: readonly RunRow[] }) {
  return <RunStrip runs={runs} now={useNow()} />;
}
