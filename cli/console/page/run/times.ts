import { useEffect, useState } from 'preact/hooks';
import type { TimeMode } from '../../../model/timeline/facts';

const SETTING = 'batch-jobs.times';

export const TIME_MODES: readonly { readonly value: TimeMode; readonly label: string }[] = [
  { value: 'elapsed', label: 'Elapsed' },
  { value: 'utc', label: 'UTC' },
  { value: 'local', label: 'Local' },
];

const listeners = new Set<() => void>();
let mode: TimeMode = stored();

/** How times are shown, the same on every run, and what changes it. */
export function useTimes(): readonly [TimeMode, (mode: TimeMode) => void] {
  const [value, setValue] = useState(mode);
  useEffect(() => {
    const follow = () => setValue(mode);
    listeners.add(follow);
    return () => void listeners.delete(follow);
  }, []);
  return [value, setTimes];
}

/** The mode that the key `t` leads to. */
export function nextMode(current: TimeMode): TimeMode {
  const index = TIME_MODES.findIndex(({ value }) => value === current);
  return TIME_MODES[(index + 1) % TIME_MODES.length]?.value ?? 'elapsed';
}

function setTimes(value: TimeMode): void {
  mode = value;
  try {
    localStorage.setItem(SETTING, value);
  } catch {
    // A browser that stores nothing begins with elapsed times.
  }
  for (const listener of listeners) listener();
}

function stored(): TimeMode {
  try {
    const value = localStorage.getItem(SETTING);
    return TIME_MODES.find((one) => one.value === value)?.value ?? 'elapsed';
  } catch {
    return 'elapsed';
  }
}
