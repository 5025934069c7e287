import { useMemo, useState } from 'preact/hooks';
import type { Run } from '../../../model/run';
import { runSpan, type Span } from '../../../model/timeline/axis';
import { needsOverview } from '../../../model/timeline/overview';
import type { TimelineRow } from '../../../model/timeline/row';
import { Button } from '../parts/button';
import { Card } from '../parts/card';
import { Chip } from '../parts/chip';
import { Toggle } from '../parts/field';
import { Legend } from './legend';
import { Overview } from './overview';
import { Timeline } from './timeline';
import { TimelineTable } from './timeline-table';
import { TIME_MODES, useTimes } from './times';

/** The timeline with its legend, its overview, and its facts as a table. */
export function TimelineCard(props: {
  readonly run: Run;
  readonly rows: readonly TimelineRow[];
  readonly now: number;
  readonly selected: string | undefined;
  readonly onSelect: (id: string) => void;
  readonly onToggle: (id: string) => void;
}) {
  const { run, rows, now } = props;
  const [times, setTimes] = useTimes();
  const [part, setPart] = useState<Span>();
  const [isTable, setTable] = useState(false);
  const whole = runSpan(run, now);
  // The times stay the same objects between two seconds, so that only what moves is drawn again.
  const span = useMemo(() => part ?? whole, [part, whole.from, whole.to]);
  const hasOverview = needsOverview(rows, whole);
  return (
    <Card
      title="Timeline"
      aside={
        <>
          {run.place === 'local' && <span class="muted small hide-s">Queue and instance start are not simulated</span>}
          {run.outcome === 'running' && (
            <Chip icon="live" tone="acc">
              Live
            </Chip>
          )}
          <Toggle label="Times" value={times} options={TIME_MODES} onChange={setTimes} />
        </>
      }
    >
      {hasOverview && !isTable && <Overview rows={rows} whole={whole} part={part} onPart={setPart} />}
      {isTable ? (
        <TimelineTable run={run} rows={rows} times={times} />
      ) : (
        <Timeline {...props} span={span} times={times} />
      )}
      <footer class="tl-foot">
        {!isTable && <Legend rows={rows} />}
        <Button kind="plain" small onClick={() => setTable(!isTable)}>
          {isTable ? 'Show as chart' : 'Show as table'}
        </Button>
      </footer>
    </Card>
  );
}
