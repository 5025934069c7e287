import type { Faults } from '../../../model/faults';

/** An event that is being written. */
export interface Draft {
  readonly text: string;
  /** What it was before it was changed. */
  readonly original: string;
  /** Of the original: `sample of schedule`, a file's name. */
  readonly source: string;
  readonly note?: string;
}

const PREFIX = 'batch-jobs.send.';

/** Also what the browser's storage has no room for. */
const kept = new Map<string, unknown>();

/** The draft for a job and a choice of event. It survives a reload of the tab. */
export function draftOf(key: string): Draft | undefined {
  return read(`draft.${key}`) as Draft | undefined;
}

export function keepDraft(key: string, draft: Draft): void {
  write(`draft.${key}`, draft);
}

/** The faults that were last chosen for a job. */
export function faultsOf(job: string): Faults | undefined {
  return read(`faults.${job}`) as Faults | undefined;
}

export function keepFaults(job: string, faults: Faults): void {
  write(`faults.${job}`, faults);
}

function read(key: string): unknown {
  if (kept.has(key)) return kept.get(key);
  try {
    const text = sessionStorage.getItem(PREFIX + key);
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function write(key: string, value: unknown): void {
  kept.set(key, value);
  waiting.add(key);
  timer ??= setTimeout(store, PAUSE);
}

/** Milliseconds until what was written is stored: a large event takes too long for each key. */
const PAUSE = 300;

const waiting = new Set<string>();
let timer: ReturnType<typeof setTimeout> | undefined;

function store(): void {
  clearTimeout(timer);
  timer = undefined;
  for (const key of waiting) {
    try {
      sessionStorage.setItem(PREFIX + key, JSON.stringify(kept.get(key)));
    } catch {
      // Too large for the storage: it survives everything but a reload.
      sessionStorage.removeItem(PREFIX + key);
    }
  }
  waiting.clear();
}

window.addEventListener('pagehide', store);
