import { counted } from '../../modules/problems/phrases';
import { colors } from '../command/colors';
import { type Row, twoColumns } from '../command/two-columns';
import type { Action, PartChange } from './part-change';
import type { OwnerChange, PlanSummary } from './plan-summary';
import { ownerName, type Warning, warningsOf, warningText } from './warnings';

const SYMBOLS: Readonly<Record<Action, string>> = {
  add: colors.green('+'),
  change: colors.yellow('~'),
  replace: colors.red('±'),
  destroy: colors.red('-'),
  move: colors.dim('>'),
  forget: colors.dim('.'),
};

const VERBS: Readonly<Record<Action, string>> = {
  add: 'to add',
  change: 'to change',
  replace: 'to replace',
  destroy: 'to destroy',
  move: 'to move in the state',
  forget: 'to forget',
};

/** Maximum number of argument names in a line. */
const ARGUMENTS = 4;

/** A plan as lines for the terminal. */
export function planText(summary: PlanSummary, width: number): string[] {
  const { owners, outputs } = summary;
  const rows = changedAlike(owners.flatMap(withoutQuiet)).flatMap(ownerRows);
  const quiet = quietLines(owners);
  return [
    ...twoColumns(rows, width),
    ...(rows.length > 0 ? [''] : []),
    ...(quiet.length > 0 ? [...quiet, ''] : []),
    ...warningLines(summary, width),
    ...(outputs.length > 0 && owners.length === 0 ? [`Only stack outputs change: ${outputs.join(', ')}`, ''] : []),
    `Plan: ${countText(summary)}`,
  ];
}

/** Actions that nothing in AWS notices. */
const IN_STATE: readonly Action[] = ['move', 'forget'];

/** Whether tags change that mean nothing to this project. */
function isOnlyTags({ isTags, facts }: PartChange): boolean {
  return isTags && facts.length === 0;
}

/** An owner without the resources of which only tags or the state change. None if nothing is left. */
function withoutQuiet(owner: OwnerChange): OwnerChange[] {
  const parts = owner.parts.filter((part) => !isOnlyTags(part) && !IN_STATE.includes(part.action));
  return parts.length === 0 ? [] : [{ ...owner, parts }];
}

/** What neither runs nor data notice, as a number of resources. */
function quietLines(owners: readonly OwnerChange[]): string[] {
  const parts = owners.flatMap((owner) => owner.parts);
  const line = (count: number, one: string, many: string) =>
    count === 0 ? [] : [`  ${counted(count, `resource ${one}`, `resources ${many}`)}`];
  return [
    ...line(parts.filter(isOnlyTags).length, 'only changes tags', 'only change tags'),
    ...line(
      parts.filter(({ action }) => action === 'move').length,
      'only gets another address in the state',
      'only get another address in the state',
    ),
    ...line(
      parts.filter(({ action }) => action === 'forget').length,
      'stays in AWS as it is, and Terraform forgets it',
      'stay in AWS as they are, and Terraform forgets them',
    ),
  ];
}

const PAST: Readonly<Record<Action, string>> = {
  add: 'added',
  change: 'changed',
  replace: 'replaced',
  destroy: 'destroyed',
  move: 'moved in the state',
  forget: 'forgotten',
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
    const key =
      kind === 'job' && action === 'change' ? JSON.stringify([factText(owner), partRows(parts)]) : `${kind} ${name}`;
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
  const facts = factText(owner);
  const rest = partRows(parts.filter((part) => part.facts.length === 0));
  if (alike.length > 1) {
    const names = alike.map(({ name }) => name).join(', ');
    return [[title(`${alike.length} jobs`), ...(facts === '' ? [] : [facts]), names], ...rest];
  }
  const first = title(ownerName(owner));
  if (action !== 'change') return [[first, colors.dim(counted(parts.length, 'resource'))]];
  return [[first, ...(facts === '' ? [] : [facts])], ...rest];
}

/** Such as `new image, 2 attempts (was 1); runs in progress are not touched`. */
function factText({ parts, runs }: OwnerChange): string {
  const facts = [...new Set(parts.flatMap((part) => part.facts))].join(', ');
  return [facts, ...(runs === undefined ? [] : [runs])].filter((text) => text !== '').join('; ');
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

/** How warnings are labelled, in this order. */
export const LABELS = { data: 'Data loss', refused: 'Refused', runs: 'Runs' } as const;

function warningLines({ owners, runs }: PlanSummary, width: number): string[] {
  // A warning that is the same for several owners is printed once, with the names of the others.
  const told = new Map<string, { readonly warning: Warning; readonly others: string[] }>();
  for (const owner of owners) {
    for (const warning of warningsOf(owner, runs)) {
      const key = [
        warning.kind,
        owner.kind,
        warning.whose.replace(ownerName(owner), ''),
        warning.text,
        warning.runs?.join(),
      ].join(' ');
      const known = told.get(key);
      if (known === undefined) told.set(key, { warning, others: [] });
      else known.others.push(owner.name);
    }
  }
  const order = Object.keys(LABELS);
  const rows = [...told.values()]
    .sort(({ warning: one }, { warning: other }) => order.indexOf(one.kind) - order.indexOf(other.kind))
    .map(({ warning, others }): Row => {
      const same = others.length === 0 ? [] : [`(the same for ${others.join(', ')})`];
      return [colors.red(LABELS[warning.kind]), warningText(warning), ...same];
    });
  return rows.length === 0 ? [] : [...twoColumns(rows, width), ''];
}
