import './send.css';
import { useMemo, useState } from 'preact/hooks';
import { type Faults, parsedWords } from '../../../model/faults';
import type { Run } from '../../../model/run';
import type { SendCheck } from '../../../model/send';
import { tell } from '../api/client';
import { runAgainInAws } from '../aws/runs-in-aws';
import { Problem } from '../parts/states';
import { navigate } from '../routing/location';
import { runHref } from '../routing/route';
import { useConsole } from '../shell/console-state';
import { FaultsCard } from './faults-card';
import { useCheck } from './use-check';

/** A run that can be repeated. */
export interface RunAgain {
  readonly run: Run;
  readonly faults: Faults;
  readonly setFaults: (faults: Faults) => void;
  readonly problems: SendCheck['problems'];
  /** The command that repeats it with these faults. */
  readonly command?: string;
  readonly isBusy: boolean;
  /** Why it was not repeated. */
  readonly problem?: string;
  /** Repeats it with the same event, and goes to the new run. In AWS it asks first. */
  readonly start: () => Promise<void>;
}

/** Repeating a run: on this machine with the faults that are switched on, at first those of the run. */
export function useRunAgain(run: Run): RunAgain {
  const { id, place, job, words } = run;
  const [faults, setFaults] = useState<Faults>(() => (words === undefined ? {} : parsedWords(words).faults));
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const request = useMemo(
    () => ({ job, place, faults, ...(place === 'local' && { from: id }) }),
    [job, place, faults, id],
  );
  const check = useCheck(request);
  const start = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await repeat(run, faults);
    } catch (error) {
      setProblem((error as Error).message);
    }
    setBusy(false);
  };
  return {
    run,
    faults,
    setFaults,
    problems: check?.problems ?? {},
    ...(check !== undefined && { command: check.command }),
    isBusy,
    ...(problem !== undefined && { problem }),
    start,
  };
}

async function repeat({ place, id, job }: Run, faults: Faults): Promise<void> {
  if (place === 'aws') {
    await runAgainInAws({ id, job });
    return;
  }
  const started = await tell<{ readonly id: string }>('/api/local/start', { job, place, again: id, faults });
  navigate(runHref('local', started.id));
}

/** What shall go wrong when a local run is repeated. Nothing for a run in AWS, and why a run was not repeated. */
export function RunAgainCard({ again }: { readonly again: RunAgain }) {
  const isReadOnly = useConsole()?.isReadOnly === true;
  if (isReadOnly) return null;
  return (
    <>
      {again.problem && <Problem message={again.problem} />}
      {again.run.place === 'local' && (
        <FaultsCard title="Run again with" faults={again.faults} problems={again.problems} onChange={again.setFaults} />
      )}
    </>
  );
}
