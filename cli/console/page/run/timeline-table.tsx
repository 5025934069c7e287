import { durationText } from '../../../model/duration';
import { outcomeLook } from '../../../model/outcome';
import type { Run } from '../../../model/run';
import { type TimeMode, timeText } from '../../../model/timeline/facts';
import type { TimelineRow } from '../../../model/timeline/row';
import { parseRowId } from '../../../model/timeline/row-id';

/** The facts of a timeline as a table. */
export function TimelineTable(props: {
  readonly run: Run;
  readonly rows: readonly TimelineRow[];
  readonly times: TimeMode;
}) {
  const { run, rows, times } = props;
  const time = (at: number) => timeText(at, run.startedAt, times);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reached by keys
    <section class="table-scroll" tabIndex={0} aria-label="Timeline as a table">
      <table class="tl-table">
        <thead>
          <tr>
            <th scope="col">Part</th>
            <th scope="col">Outcome</th>
            <th scope="col">Detail</th>
            <th scope="col" class="num">
              From
            </th>
            <th scope="col" class="num">
              To
            </th>
            <th scope="col" class="num">
              Duration
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row" class={row.level === 2 ? 'below' : ''}>
                {row.level === 2 && <span class="said">Attempt {parseRowId(row.parent ?? '')?.attempt}, </span>}
                {row.label}
              </th>
              <td>{row.outcome === undefined ? '' : (row.outcomeWord ?? outcomeLook(row.outcome).word)}</td>
              <td>{[row.onDemand && 'On-demand', row.detail].filter(Boolean).join(', ')}</td>
              <td class="num">{time(row.from)}</td>
              <td class="num">{row.to === undefined ? 'unknown' : row.isLive ? 'now' : time(row.to)}</td>
              <td class="num">{row.to === undefined ? 'unknown' : durationText(row.to - row.from)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
