import { useRef, useState } from 'preact/hooks';
import { formatCount } from '../../../../modules/problems/phrases';
import type { UndeliveredEvent, UndeliveredProgress } from '../../../model/deployed';
import { askLines } from '../api/client';
import { askInAws } from '../aws/ask-in-aws';
import { announce } from '../shell/announcement';

/** What is done with events. */
export type UndeliveredAction = 'redrive' | 'delete';

type Result = Extract<UndeliveredProgress, { readonly result: unknown }>['result'];

/** How far it is. */
export interface TreatmentProgress {
  readonly action: UndeliveredAction;
  readonly count: number;
  readonly results: readonly Result[];
  /** Undefined while it goes on. */
  readonly end?: { readonly summary: string; readonly problems: readonly string[] };
}

/** Sends events again or deletes them, after a question. */
export interface Treatment {
  readonly progress?: TreatmentProgress;
  readonly isBusy: boolean;
  /** @param job of events that can be for several */
  readonly begin: (action: UndeliveredAction, events: readonly UndeliveredEvent[], job?: string) => Promise<void>;
  readonly stop: () => void;
  readonly dismiss: () => void;
}

/** @param onEnd gets the IDs of events that may have left their queues */
export function useTreatment(onEnd: (ids: readonly string[]) => void): Treatment {
  const [progress, setProgress] = useState<TreatmentProgress>();
  const stopping = useRef<AbortController>(undefined);
  const begin = async (action: UndeliveredAction, events: readonly UndeliveredEvent[], job?: string) => {
    const place = await askInAws({ ...questionOf(action, events), work: async (confirmed) => confirmed });
    if (place === undefined) return;
    const stop = new AbortController();
    stopping.current = stop;
    const ids = events.map(({ id }) => id);
    setProgress({ action, count: ids.length, results: [] });
    const end = (summary: string, problems: readonly string[] = []) => {
      setProgress((before) => before && { ...before, end: { summary, problems } });
      announce(summary);
    };
    const onLine = (line: UndeliveredProgress) => {
      if ('result' in line) setProgress((before) => before && { ...before, results: [...before.results, line.result] });
      else if ('done' in line) end(line.done.summary, line.done.problems);
      else end('It was not finished.', [line.error]);
    };
    try {
      const body = { ...place, ids, ...(job !== undefined && { job }) };
      await askLines<UndeliveredProgress>(`/api/undelivered/${action}`, onLine, { body, signal: stop.signal });
    } catch (error) {
      if (stop.signal.aborted) end('Stopped. The events that are left are in their queues.');
      else end('It was not finished.', [(error as Error).message]);
    }
    stopping.current = undefined;
    onEnd(ids);
  };
  return {
    progress,
    isBusy: progress !== undefined && progress.end === undefined,
    begin,
    stop: () => stopping.current?.abort(),
    dismiss: () => setProgress(undefined),
  };
}

function questionOf(action: UndeliveredAction, events: readonly UndeliveredEvent[]) {
  const what = events.length === 1 ? 'this event' : `these ${formatCount(events.length)} events`;
  if (action === 'redrive') {
    return {
      question: `Send ${what} again`,
      action: 'Send again',
      children:
        'Each starts a run, unless it has started one before, or invokes its function. It leaves its queue only after that.',
    };
  }
  return {
    question: `Delete ${what}`,
    action: 'Delete',
    isDanger: true,
    children: 'Nothing is done for what is deleted, and it cannot be had back.',
  };
}
