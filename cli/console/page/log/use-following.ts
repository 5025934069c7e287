import { useEffect, useRef, useState } from 'preact/hooks';
import type { LogStore } from './log-store';

/** Lines a second that can be read, at most. Beyond, a line says how many were not in view. */
const READABLE = 5_000;

/** Milliseconds over which the speed is measured. */
const SPAN_MS = 1_000;

/** How the panel keeps up with a log that grows. */
export interface Following {
  readonly isOn: boolean;
  readonly set: (isOn: boolean) => void;
  /** The person has scrolled to the end, or away from it. */
  readonly scrolled: (isAtEnd: boolean) => void;
  /** Lines that came while the end was not followed. */
  readonly newLines: number;
  /** Lines that came too fast to be in view. */
  readonly skipped: number;
}

/**
 * Follows the end of a log as long as its run lives, unless the person looks elsewhere. The last lines are read after the run has ended, so
 * they are followed too.
 *
 * @param run the run's ID
 */
export function useFollowing(store: LogStore, run: string, isLive: boolean): Following {
  const [isWanted, setWanted] = useState(true);
  const total = store.totals?.total ?? 0;
  /** The run that was seen live, until its last line has been shown. */
  const followed = useRef<string>(undefined);
  const shown = useRef<number>(undefined);
  if (isLive) followed.current = run;
  else if (store.totals?.isComplete && shown.current === total) followed.current = undefined;
  const isOn = isWanted && followed.current === run;
  useEffect(() => {
    shown.current = total;
  });
  /** Lines that were there when following ended. */
  const seen = useRef(total);
  if (isOn || !isLive) seen.current = total;
  const speed = useSpeed(store, total, isOn);
  return {
    isOn,
    set: setWanted,
    scrolled: (isAtEnd) => {
      if (isOn || isLive) setWanted(isAtEnd);
    },
    newLines: Math.max(0, total - seen.current),
    skipped: speed,
  };
}

/** Lines that came since the speed became too high to read. Zero once it isn't any more. */
function useSpeed(store: LogStore, total: number, isOn: boolean): number {
  const samples = useRef<{ readonly at: number; readonly total: number }[]>([]);
  const from = useRef<number>(undefined);
  const of = useRef(store);
  if (of.current !== store || !isOn || store.totals === undefined) {
    of.current = store;
    samples.current = [];
    from.current = undefined;
  }
  const [, setTick] = useState(0);
  useEffect(() => {
    if (from.current === undefined) return;
    // Without new lines nothing else would say that it is quiet.
    const quiet = setTimeout(() => setTick((tick) => tick + 1), SPAN_MS);
    return () => clearTimeout(quiet);
  });
  if (!isOn || store.totals === undefined) return 0;
  const now = performance.now();
  samples.current.push({ at: now, total });
  while ((samples.current[0]?.at ?? now) < now - SPAN_MS) samples.current.shift();
  const oldest = samples.current[0] ?? { at: now, total };
  if (total - oldest.total > READABLE) from.current ??= oldest.total;
  else from.current = undefined;
  return from.current === undefined ? 0 : total - from.current;
}
