import { useEffect, useRef, useState } from 'preact/hooks';
import type { Faults } from '../../../model/faults';
import { parsedWords } from '../../../model/faults';
import { formattedJson } from '../../../model/json-layout';
import { parsedJson } from '../../../model/json-text';
import type { Run, RunLocation } from '../../../model/run';
import { BY_HAND } from '../../../model/sample-source';
import type { SampleEvent, SendJob } from '../../../model/send';
import { apiPath, ask, askText } from '../api/client';
import { type Choice, choiceQuery } from './choice';
import { type Draft, draftOf, faultsOf, keepDraft, keepFaults } from './draft';

/** A draft, and how it is changed. */
export interface DraftState {
  /** Undefined while it is fetched. */
  readonly draft?: Draft;
  /** Why there is no sample. */
  readonly problem?: string;
  readonly setText: (text: string) => void;
  readonly setDraft: (draft: Draft) => void;
  /** The original again, a new one of a trigger. */
  readonly reset: () => Promise<Draft | undefined>;
  readonly faults: Faults;
  readonly setFaults: (faults: Faults) => void;
}

/** The event that is written for a job and a choice. What was written before is there again. */
export function useDraft(place: RunLocation, job: SendJob, choice: Choice): DraftState {
  const query = choiceQuery(choice);
  const key = [place, job.name, ...Object.entries(query).flat()].join('/');
  const [state, setState] = useState<{ key: string; draft?: Draft; problem?: string }>({ key });
  const [faults, setFaults] = useState<Faults>(() => faultsOf(job.name) ?? {});
  const current = useRef(key);
  current.current = key;
  const set = (draft: Draft) => {
    keepDraft(key, draft);
    setState({ key, draft });
  };
  const changeFaults = (next: Faults) => {
    keepFaults(job.name, next);
    setFaults(next);
  };
  const fetched = async (signal?: AbortSignal): Promise<Draft | undefined> => {
    try {
      const { draft, faults: others } = await original(place, job, choice, signal);
      if (current.current !== key) return undefined;
      if (others !== undefined) changeFaults(others);
      return draft;
    } catch (error) {
      if (!signal?.aborted) setState((before) => ({ ...before, key, problem: (error as Error).message }));
      return undefined;
    }
  };
  useEffect(() => {
    const known = draftOf(key);
    setState({ key, draft: known });
    if (known !== undefined) return;
    const leaving = new AbortController();
    void fetched(leaving.signal).then((draft) => draft && set(draft));
    return () => leaving.abort();
  }, [key]);
  useEffect(() => setFaults(faultsOf(job.name) ?? {}), [job.name]);
  const { draft, problem } = state.key === key ? state : {};
  return {
    ...(draft !== undefined && { draft }),
    ...(problem !== undefined && { problem }),
    setText: (text) => set({ ...(draft ?? EMPTY), text }),
    setDraft: set,
    reset: () => fetched(),
    faults,
    setFaults: changeFaults,
  };
}

const EMPTY: Draft = { text: '{}', original: '{}', source: BY_HAND };

interface Original {
  readonly draft: Draft;
  /** Of an earlier run. */
  readonly faults?: Faults;
}

async function original(place: RunLocation, job: SendJob, choice: Choice, signal?: AbortSignal): Promise<Original> {
  if (choice.kind === 'run') return ofRun(place, choice.id, signal);
  if (choice.kind !== 'trigger') return { draft: EMPTY };
  const { type, place: number } = choice.trigger;
  const { text, source, note } = await ask<SampleEvent>(
    apiPath('/api/sample', { place, job: job.name, type, number }),
    signal,
  );
  return { draft: { text, original: text, source, ...(note !== undefined && { note }) } };
}

async function ofRun(place: RunLocation, id: string, signal?: AbortSignal): Promise<Original> {
  const run = await ask<Run>(apiPath('/api/run', { place, id }), signal);
  const sent = run.event.text ?? (await askText(apiPath('/api/event', { place, id }), signal));
  const text = parsedJson(sent).root === undefined ? sent : formattedJson(sent);
  const draft = { text, original: text, source: run.event.source ?? BY_HAND };
  return { draft, ...(run.words !== undefined && { faults: parsedWords(run.words).faults }) };
}
