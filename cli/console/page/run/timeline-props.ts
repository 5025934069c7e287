import type { Run } from '../../../model/run';
import type { Span } from '../../../model/timeline/axis';
import type { TimeMode } from '../../../model/timeline/facts';
import type { TimelineRow } from '../../../model/timeline/row';

/** What a timeline is told, and tells. */
export interface TimelineProps {
  readonly run: Run;
  readonly rows: readonly TimelineRow[];
  /** What is shown of the run's time. */
  readonly span: Span;
  readonly now: number;
  readonly times: TimeMode;
  /** The selected row, by its ID. */
  readonly selected: string | undefined;
  readonly onSelect: (id: string) => void;
  /** Opens or closes an attempt or a fold. */
  readonly onToggle: (id: string) => void;
}
