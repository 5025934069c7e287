import { useEffect, useState } from 'preact/hooks';

/** `refused`: the server does not know this browser, because it was started again. */
export type Connection = 'open' | 'stopped' | 'refused';

let connection: Connection = 'open';
const listeners = new Set<() => void>();

/** Whether the console's server answers. */
export function useConnection(): Connection {
  const [value, setValue] = useState(connection);
  useEffect(() => {
    const follow = () => setValue(connection);
    listeners.add(follow);
    follow();
    return () => void listeners.delete(follow);
  }, []);
  return value;
}

/** Whether the server answers, for what is no component. */
export function isConnected(): boolean {
  return connection === 'open';
}

export function setConnection(value: Connection): void {
  if (value === connection) return;
  connection = value;
  for (const listener of listeners) listener();
}
