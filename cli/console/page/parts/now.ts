import { useEffect, useState } from 'preact/hooks';
import { isConnected } from '../api/connection';

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/**
 * The present time, once a second while the tab is visible: one timer for the page. It stands still while the console is
 * stopped, because nobody knows whether what was running still is.
 */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const tick = () => setNow(Date.now());
    listeners.add(tick);
    timer ??= setInterval(() => {
      if (!document.hidden && isConnected()) for (const each of listeners) each();
    }, 1000);
    return () => {
      listeners.delete(tick);
      if (listeners.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    };
  }, []);
  return now;
}
