import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { LogFilter, LogPage } from '../../../model/log';
import type { Run } from '../../../model/run';
import { useChange } from '../api/changes';
import { apiPath, ask } from '../api/client';
import { LogStore } from './log-store';

/** A store for the run and filter, and how often it has changed. Until its first answer, the one before stays in view. */
export function useLogStore(
  { place, id, outcome }: Run,
  filter: LogFilter,
): readonly [store: LogStore, version: number] {
  const [version, setVersion] = useState(0);
  const answered = useRef<{ readonly of: string; readonly store: LogStore }>(undefined);
  const store = useMemo(() => {
    const question = (only: LogFilter, from: number, count: number) =>
      ask<LogPage>(apiPath('/api/log', { place, id, from, count, ...only }));
    return new LogStore(filter, question, () => setVersion((before) => before + 1));
  }, [place, id, filter]);
  useEffect(() => () => store.close(), [store]);
  // What ends the run can write nothing.
  useEffect(() => store.look(), [store, outcome]);
  useChange(['log'], (change) => {
    if (change.type === 'all' || (change.type === 'log' && change.place === place && change.id === id)) store.look();
  });
  const of = `${place} ${id}`;
  if (store.totals !== undefined || store.problem !== undefined) answered.current = { of, store };
  return [answered.current?.of === of ? answered.current.store : store, version];
}
