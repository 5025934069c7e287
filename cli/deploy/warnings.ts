import type { Consequence } from './consequences';
import type { PartChange } from './part-change';
import type { OwnerChange, PlanSummary } from './plan-summary';

/** A sentence about what is lost or fails if a plan is applied. */
export interface Warning {
  readonly kind: Consequence['kind'];
  /** What it is about: `bucket uploads`, `queue of etl`. */
  readonly whose: string;
  /** The rest of the sentence: `will be deleted with its objects`. */
  readonly text: string;
  /** Names of the runs in progress that are lost. Undefined if AWS was not asked, or if the warning is not about runs. */
  readonly runs?: readonly string[];
}

/** For example `job report` or `network`. */
export function ownerName({ kind, name }: Pick<OwnerChange, 'kind' | 'name'>): string {
  return kind === 'shared' ? name : `${kind} ${name}`;
}

/** Warnings to show before the changes of an owner are made, each one once. */
export function warningsOf(owner: OwnerChange, runs: PlanSummary['runs']): Warning[] {
  const all = owner.parts.flatMap((part) =>
    part.consequences.map(({ kind, text }) => ({
      key: `${kind} ${text} ${part.users.join(' ')}`,
      warning: { kind, whose: whoseOf(owner, part), text, ...runsOf(part, kind, runs) },
    })),
  );
  // Only the first part with the same consequence is shown: a job has several log groups.
  return [...new Map([...all].reverse().map(({ key, warning }) => [key, warning])).values()].reverse();
}

/** The warnings about data that is deleted and runs that fail, for all owners. */
export function losses({ owners, runs }: PlanSummary): Warning[] {
  return owners.flatMap((owner) => warningsOf(owner, runs)).filter(({ kind }) => kind !== 'refused');
}

/** What AWS will refuse, for all owners. */
export function refusals({ owners, runs }: PlanSummary): Warning[] {
  return owners.flatMap((owner) => warningsOf(owner, runs)).filter(({ kind }) => kind === 'refused');
}

/** The sentence, with the names of at most so many runs. */
export function warningText({ whose, text, runs }: Warning, mostNames = 5): string {
  if (runs === undefined) return `${whose} ${text}`;
  const names = runs.slice(0, mostNames).join(', ');
  const more = runs.length > mostNames ? ` and ${runs.length - mostNames} more` : '';
  return `${whose} ${text} (${runs.length === 0 ? 'none now' : `now ${runs.length}: ${names}${more}`})`;
}

/** What the plan deletes or replaces although it is protected, by what people call it. */
export function protectedParts({ owners }: PlanSummary): string[] {
  const names = owners.flatMap((owner) =>
    owner.parts.flatMap((part) => (part.isProtected ? [whoseOf(owner, part)] : [])),
  );
  return [...new Set(names)];
}

function whoseOf(owner: OwnerChange, { part, users }: PartChange): string {
  if (users.length > 0) return part;
  return ownerName(owner).startsWith(`${part} `) ? ownerName(owner) : `${part} of ${ownerName(owner)}`;
}

function runsOf({ runsIn }: PartChange, kind: Consequence['kind'], runs: PlanSummary['runs']) {
  if (runs === undefined || runsIn.length === 0 || kind !== 'runs') return {};
  return { runs: [...new Set(runsIn.flatMap((arn) => runs.get(arn) ?? []))] };
}
