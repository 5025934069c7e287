import { useEffect, useRef } from 'preact/hooks';
import type { Change } from '../../../model/console';
import type { RunLocation } from '../../../model/run';
import { ask } from './client';
import { setConnection } from './connection';

/** `all`: the stream has begun, so anything can have changed before. */
export type ReceivedChange = Change | { readonly type: 'all' };

/** What the stream is about. A run that is shown is watched more closely. */
export interface Subject {
  readonly place: RunLocation;
  readonly run?: string;
}

/** Milliseconds before a lost stream is opened again; doubled each time. */
const FIRST_RETRY = 500;
const LAST_RETRY = 5000;

const listeners = new Set<(change: ReceivedChange) => void>();
let subject: Subject | undefined;
let source: EventSource | undefined;
let retry: ReturnType<typeof setTimeout> | undefined;
let pause = FIRST_RETRY;

/** Calls back when something of these types changes, and when the stream begins: it does not say what changed before. */
export function useChange(types: readonly Change['type'][], onChange: (change: ReceivedChange) => void): void {
  const latest = useRef(onChange);
  latest.current = onChange;
  const key = types.join();
  useEffect(() => {
    const listener = (change: ReceivedChange) => {
      if (change.type === 'all' || key.split(',').includes(change.type)) latest.current(change);
    };
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, [key]);
}

/** Opens the stream for what is shown now. It is closed while the tab is hidden, so that nothing is polled in AWS for nobody. */
export function useChangeStream({ place, run }: Subject): void {
  useEffect(() => {
    subject = { place, ...(run !== undefined && { run }) };
    open();
    const onVisibility = () => (document.hidden ? close() : open());
    document.addEventListener('visibilitychange', onVisibility);
    return () => {
      document.removeEventListener('visibilitychange', onVisibility);
      close();
    };
  }, [place, run]);
}

function open(): void {
  if (source !== undefined || document.hidden || subject === undefined) return;
  const query = new URLSearchParams({ ...subject });
  const opened = new EventSource(`/api/events?${query}`);
  source = opened;
  opened.addEventListener('open', () => {
    setConnection('open');
    pause = FIRST_RETRY;
    // The stream does not repeat what changed after a screen had asked and before it was open.
    tell({ type: 'all' });
  });
  opened.addEventListener('message', (event) => tell(JSON.parse(event.data as string) as Change));
  opened.addEventListener('error', () => {
    close();
    reopenLater();
  });
}

/** A stream does not say why it ended: a stopped server does not answer, one that refuses does. */
async function reopen(): Promise<void> {
  try {
    await ask('/api/console');
    open();
  } catch {
    // What the answer says of the connection is shown by the banner.
    reopenLater();
  }
}

function reopenLater(): void {
  retry = setTimeout(reopen, pause);
  pause = Math.min(2 * pause, LAST_RETRY);
}

function close(): void {
  clearTimeout(retry);
  source?.close();
  source = undefined;
}

function tell(change: ReceivedChange): void {
  for (const listener of [...listeners]) listener(change);
}
