import { colors } from '../command/colors';
import { type Row, twoColumns } from '../command/two-columns';
import type { Action, OwnerChange, PartChange, PlanSummary } from './plan-summary';

const SYMBOLS: Readonly<Record<Action, string>> = {
  add: colors.green('+'),
  change: colors.yellow('~'),
  replace: colors.red('±'),
  destroy: colors.red('-'),
};

const VERBS: Readonly<Record<Action, string>> = {
  add: 'to add',
  change: 'to change',
  replace: 'to replace',
  destroy: 'to destroy',
};

/** Maximum number of argument names in a line. */
const ARGUMENTS = 4;

/** A plan as lines for the terminal. */
export function planText(summary: PlanSummary, width: number): string[] {
  const { owners, outputs } = summary;
  const rows = changedAlike(owners).flatMap(ownerRows);
  return [
    ...twoColumns(rows, width),
    ...(rows.length > 0 ? [''] : []),
    ...warningLines(owners, width),
    ...(outputs.length > 0 && owners.length === 0 ? [`Only stack outputs change: ${outputs.join(', ')}`, ''] : []),
    `Plan: ${countText(summary)}`,
  ];
}

const PAST: Readonly<Record<Action, string>> = {
  add: 'added',
  change: 'changed',
  replace: 'replaced',
  destroy: 'destroyed',
};

/** Such as `3 to add, 1 to change`. */
export function countText({ counts }: PlanSummary, done = false): string {
  const verbs = done ? PAST : VERBS;
  const parts = (Object.keys(verbs) as Action[]).flatMap((action) =>
    counts[action] === 0 ? [] : [`${counts[action]} ${verbs[action]}`],
  );
  return parts.length === 0 ? 'no resources change' : parts.join(', ');
}

/** Groups jobs that change in the same way. A setting that many jobs share, such as an image, often changes for all of them. */
function changedAlike(owners: readonly OwnerChange[]): readonly (readonly [OwnerChange, ...OwnerChange[]])[] {
  const groups = new Map<string, [OwnerChange, ...OwnerChange[]]>();
  for (const owner of owners) {
    const { kind, name, action, parts } = owner;
    const key = kind === 'job' && action === 'change' ? JSON.stringify(partRows(parts)) : `${kind} ${name}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [owner]);
    else group.push(owner);
  }
  return [...groups.values()];
}

/** An owner that is added or destroyed as a whole gets one line. */
function ownerRows(alike: readonly [OwnerChange, ...OwnerChange[]]): Row[] {
  const [owner] = alike;
  const { action, parts } = owner;
  const title = (text: string) => `${SYMBOLS[action]} ${colors.bold(text)}`;
  if (alike.length > 1) {
    const names = alike.map(({ name }) => name).join(', ');
    return [[title(`${alike.length} jobs`), names], ...partRows(parts)];
  }
  const first = title(ownerName(owner));
  if (action !== 'change')
    return [[first, colors.dim(`${parts.length} ${parts.length === 1 ? 'resource' : 'resources'}`)]];
  return [[first], ...partRows(parts)];
}

/** For example `job report` or `network`. */
export function ownerName({ kind, name }: Pick<OwnerChange, 'kind' | 'name'>): string {
  return kind === 'shared' ? name : `${kind} ${name}`;
}

/** One line for each group: a trigger, for example, has several resources. */
function partRows(parts: readonly PartChange[]): Row[] {
  const groups = new Map<string, PartChange[]>();
  for (const part of parts) {
    const key = `${part.action} ${part.group}`;
    groups.set(key, [...(groups.get(key) ?? []), part]);
  }
  return [...groups.values()].map((same): Row => {
    const [{ action, part, group }] = same as [PartChange, ...PartChange[]];
    const names = [...new Set(same.map((each) => each.part))].sort((one, other) => other.length - one.length);
    const changed = [...new Set(same.flatMap((each) => each.changed))];
    const times = same.length > 1 && part === group ? ` (${same.length})` : '';
    return [
      `  ${SYMBOLS[action]} ${names[0]}${times}`,
      ...(changed.length === 0 ? [] : [colors.dim(argumentText(changed))]),
    ];
  });
}

/** The names of arguments. Parts of a JSON argument are shown without the argument's name. */
function argumentText(changed: readonly string[]): string {
  const names = changed.map((name) => name.slice(name.lastIndexOf('.') + 1));
  const shown = names.slice(0, ARGUMENTS).join(', ');
  return names.length > ARGUMENTS ? `${shown} and ${names.length - ARGUMENTS} more` : shown;
}

const LABELS = { data: 'Data loss', runs: 'Runs', refused: 'Refused' } as const;

function warningLines(owners: readonly OwnerChange[], width: number): string[] {
  // A warning that is the same for several owners is printed once, with the names of the others.
  const told = new Map<string, { readonly label: string; readonly text: string; readonly others: string[] }>();
  for (const owner of owners) {
    for (const [label, text] of warnings(owner)) {
      const key = `${label} ${owner.kind} ${text.slice(ownerName(owner).length)}`;
      const known = told.get(key);
      if (known === undefined) told.set(key, { label, text, others: [] });
      else known.others.push(owner.name);
    }
  }
  const rows = [...told.values()]
    .sort(({ label: one }, { label: other }) => (one < other ? -1 : Number(one > other)))
    .map(({ label, text, others }): Row => {
      const same = others.length === 0 ? [] : [`(the same for ${others.join(', ')})`];
      return [colors.red(label), text, ...same];
    });
  return rows.length === 0 ? [] : [...twoColumns(rows, width), ''];
}

/** Warnings to show before the changes are made, by owner, each one once. */
export function warnings(owner: OwnerChange): (readonly [label: string, text: string])[] {
  const texts = owner.parts.flatMap(({ part, consequences }) =>
    consequences.map(({ kind, text }) => {
      const whose = ownerName(owner).startsWith(`${part} `) ? ownerName(owner) : `${ownerName(owner)}, ${part}`;
      return { key: `${kind} ${text}`, warning: [LABELS[kind], `${whose}: ${text}`] as const };
    }),
  );
  // Only the first part with the same consequence is shown: a job has several log groups.
  return [...new Map([...texts].reverse().map(({ key, warning }) => [key, warning])).values()].reverse();
}
