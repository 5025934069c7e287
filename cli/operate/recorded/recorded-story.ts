import type { Attempt, Run, Start } from '../../model/run';
import { stoppedBy } from '../../model/words/stopped-by';
import type { AttemptOutcome, ContainerStart, RunAttempt, RunStory } from '../run-story';
import { STATUSES } from './recorded-stack';

/** A recorded run as the commands show the story of a run in AWS. Its name is the recording's ID. */
export function recordedStory(run: Run): RunStory {
  const {
    id,
    outcome,
    startedAt,
    endedAt,
    event,
    earlier,
    attempts,
    waits,
    error,
    reason,
    stoppedBy: who,
    items,
  } = run;
  const why = who === undefined ? reason : stoppedBy(who);
  return {
    executionArn: '',
    name: id,
    status: STATUSES[outcome],
    started: new Date(startedAt),
    ended: date(endedAt),
    event: { source: event.source, earlier, bytes: event.bytes, input: event.text ?? '' },
    attempts: attempts.flatMap((attempt) => attemptsOf(attempt, run)),
    waits: waits.map(({ kind, from, to, before }) => ({ kind, from: new Date(from), to: date(to), before })),
    error,
    reason: why,
    ...(items && { items }),
  };
}

/** An attempt, and again with its starts on demand if it has left Spot capacity. */
function attemptsOf(attempt: Attempt, { policy }: Run): RunAttempt[] {
  const { number, outcome, begunAt, endedAt, refusals, reason, starts } = attempt;
  const maximum = policy.attempts;
  const spot = starts.filter(({ onDemand }) => !onDemand);
  const moved = starts.filter(({ onDemand }) => onDemand);
  const [first, ...parts] = [spot, moved].filter((part) => part.length > 0);
  const end = {
    outcome: outcomeOf(outcome),
    ended: date(endedAt),
    reason: outcome === 'succeeded' ? undefined : reasonOf(starts.at(-1), reason),
    batchStatus: starts.at(-1)?.outcome === 'running' ? 'RUNNING' : undefined,
  };
  const begun = {
    ...{ number, maximum, onDemand: first?.[0]?.onDemand ?? false, refusals: refusals.length },
    ...{ begun: new Date(begunAt), starts: (first ?? []).map(startOf) },
  };
  const [second] = parts;
  if (second === undefined) return [{ ...begun, ...end }];
  const from = second[0]?.startedAt ?? begunAt;
  return [
    { ...begun, outcome: 'interrupted', ended: date(spot.at(-1)?.stoppedAt) },
    { number, maximum, onDemand: true, refusals: 0, begun: new Date(from), starts: second.map(startOf), ...end },
  ];
}

function outcomeOf(outcome: Attempt['outcome']): AttemptOutcome | undefined {
  switch (outcome) {
    case 'queued':
    case 'starting':
    case 'running':
      return undefined;
    case 'not-started':
      return 'failed';
    default:
      return outcome;
  }
}

/** AWS Batch says only of a container that ended by itself that it has exited. */
function reasonOf(start: Start | undefined, reason: string | undefined): string | undefined {
  const { exitCode, hint, isMadeToFail } = start ?? {};
  const ordinary = reason?.startsWith('Essential container') ?? true;
  const code = exitCode === undefined ? undefined : `exit code ${exitCode}${isMadeToFail ? ' (--fail-attempts)' : ''}`;
  return [ordinary ? undefined : reason, code, hint].filter((part) => part !== undefined).join(', ') || undefined;
}

function startOf({ number, startedAt, stoppedAt, exitCode, reason, outcome }: Start): ContainerStart {
  const isReclaim = outcome === 'interrupted';
  return { number, started: date(startedAt), stopped: date(stoppedAt), exitCode, reason, isReclaim };
}

function date(at: number | undefined): Date | undefined {
  return at === undefined ? undefined : new Date(at);
}
