import type { z } from 'zod';
import type { Wanted } from '../config/construct-props';
import { notifiedTopicArn, stuckAfter } from '../config/notification-target';
import { NOTIFICATION_KINDS } from '../config/notifications';
import { findingsAbout } from '../config/parse';
import { acceptedOptions } from '../problems/accepted';
import { foundName, foundText, foundValue } from '../problems/found';
import type { Finding, LocatedFinding } from '../problems/problem';
import { suggestion } from '../problems/suggestion';

const TARGET =
  '{ topic } (Topic, SnsTopic or { arn }), { bus } (EventBus, CloudwatchEventBus or { arn }), or { snsTopicArn }';

/** Names of a config, and the object that a construct gets instead. */
const NAMES: { readonly [name: string]: string } = { snsTopicName: 'topic', eventBusName: 'bus' };

/** The notifications of a job as a construct. */
export const NOTIFICATIONS: Wanted = {
  accepted: `an object with ${NOTIFICATION_KINDS.join(', ')}`,
  optional: true,
  check: (value) => Object.entries(value).flatMap(([kind, targets]) => kindFindings(kind, targets)),
};

function kindFindings(kind: string, targets: unknown): LocatedFinding[] {
  if (!(NOTIFICATION_KINDS as readonly string[]).includes(kind)) {
    const meant = suggestion(kind, NOTIFICATION_KINDS);
    const fix = meant === undefined ? 'remove it' : `did you mean "${meant}"?`;
    return [{ path: [kind], finding: { found: foundName(kind), ...acceptedOptions(NOTIFICATION_KINDS), fix } }];
  }
  if (targets === undefined) return [];
  if (!Array.isArray(targets)) return located(kind, targets, [kind]);
  return targets.flatMap((target, index) => located(kind, target, [kind, index]));
}

function located(kind: string, target: unknown, path: (string | number)[]): LocatedFinding[] {
  const { afterSeconds, ...place } = (kind === 'onStuck' && typeof target === 'object' ? target : {}) as {
    afterSeconds?: unknown;
  };
  const finding = targetFinding(kind === 'onStuck' && typeof target === 'object' ? place : target);
  const time = afterSeconds === undefined ? undefined : findingOf(stuckAfter, afterSeconds);
  return [
    ...(finding === undefined ? [] : [{ path, finding }]),
    ...(time === undefined ? [] : [{ path: [...path, 'afterSeconds'], finding: time }]),
  ];
}

export function targetFinding(target: unknown): Finding | undefined {
  const refused = (found: Finding['found'], fix: string): Finding => ({ found, accepted: TARGET, fix });
  if (typeof target !== 'object' || target === null) return refused(foundValue(target), 'give one of these');
  const [[key, value] = ['', undefined], ...more] = Object.entries(target);
  if (more.length > 0)
    return refused(Object.keys(target).join(' and '), `keep ${key}, and give others as further targets`);
  const instead = NAMES[key];
  if (instead !== undefined)
    return refused(foundText(key), `give ${instead}: names are resolved only in a config file`);
  if (key === 'snsTopicArn') return arnFinding(value);
  if (key !== 'topic' && key !== 'bus')
    return refused(key === '' ? 'an empty object' : foundText(key), 'give one of these');
  const { arn, fifo } = (typeof value === 'object' && value !== null ? value : {}) as { arn?: unknown; fifo?: unknown };
  if (typeof arn !== 'string' || arn === '') return refused(foundValue(value), `give ${key} an object with an arn`);
  if (key === 'bus') return undefined;
  if (fifo === true) return arnFinding('.fifo');
  return arnFinding(arn);
}

function arnFinding(value: unknown): Finding | undefined {
  return findingOf(notifiedTopicArn, value);
}

function findingOf(schema: z.ZodType, value: unknown): Finding | undefined {
  return findingsAbout(schema, value)[0]?.finding;
}
