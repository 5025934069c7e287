import { suggestion } from '../../../modules/problems/suggestion';
import { UsageError } from '../../command/usage-error';
import type { AwsOptions } from '../options';

export interface UndeliveredOptions extends AwsOptions {
  readonly job?: string;
  readonly all: boolean;
  readonly limit?: number;
  readonly countReceives: boolean;
  readonly yes: boolean;
}

const ACTIONS = ['list', 'show', 'redrive', 'delete'] as const;

export type Action = (typeof ACTIONS)[number];

/** @throws UsageError if the words do not belong together */
export function checkedAction(given: string, ids: readonly string[], { all, json, yes }: UndeliveredOptions): Action {
  const action = ACTIONS.find((name) => name === given);
  if (action === undefined) {
    const meant = suggestion(given, ACTIONS);
    const hint = meant === undefined ? `Its actions: ${ACTIONS.join(', ')}.` : `Did you mean ${meant}?`;
    throw new UsageError(`Unknown action "${given}" of undelivered. ${hint}`);
  }
  if (action === 'list') {
    if (ids.length > 0) throw new UsageError('The list has no arguments. Use show with the ID of an event.');
    if (all) throw new UsageError('--all is for redrive and delete. For a longer list, set --limit.');
    return action;
  }
  if (action === 'show') {
    if (ids.length !== 1 || all) throw new UsageError('Use show with the ID of one event, as the list names it.');
    return action;
  }
  if (ids.length > 0 && all) throw new UsageError(`Use ${action} with the IDs of events or with --all, not with both.`);
  if (ids.length === 0 && !all) {
    throw new UsageError(`Use ${action} with the IDs of events, as the list names them, or with --all.`);
  }
  if (json && !yes) throw new UsageError('--json cannot ask: add --yes.');
  return action;
}
