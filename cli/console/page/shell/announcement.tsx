import { useEffect, useState } from 'preact/hooks';

/** A screen reader is not interrupted more often than this. */
const PAUSE = 10_000;

let text = '';
let last = 0;
let waiting: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

/** Has a screen reader say this: the newest of ten seconds. */
export function announce(said: string): void {
  clearTimeout(waiting);
  // Nobody would hear it: a timer would only keep a program alive.
  if (listeners.size === 0) {
    text = said;
    return;
  }
  const wait = Math.max(0, last + PAUSE - Date.now());
  waiting = setTimeout(() => {
    text = said;
    last = Date.now();
    for (const listener of listeners) listener();
  }, wait);
}

/** The page's only live region. */
export function Announcement() {
  const [shown, setShown] = useState(text);
  useEffect(() => {
    const follow = () => setShown(text);
    listeners.add(follow);
    return () => {
      listeners.delete(follow);
      if (listeners.size === 0) clearTimeout(waiting);
    };
  }, []);
  return (
    <p class="said" aria-live="polite">
      {shown}
    </p>
  );
}
