import { useEffect, useState } from 'preact/hooks';

let isOffline = false;
const listeners = new Set<() => void>();

/** Whether the console's server does not answer. */
export function useOffline(): boolean {
  const [value, setValue] = useState(isOffline);
  useEffect(() => {
    const follow = () => setValue(isOffline);
    listeners.add(follow);
    follow();
    return () => void listeners.delete(follow);
  }, []);
  return value;
}

export function setOffline(value: boolean): void {
  if (value === isOffline) return;
  isOffline = value;
  for (const listener of listeners) listener();
}
