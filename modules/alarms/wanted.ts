import { ALARM_KINDS, alarms } from '../config/alarms';
import type { Wanted } from '../config/construct-props';
import { findingsAbout } from '../config/parse';
import { targetFinding } from '../notifications/wanted';
import { foundText } from '../problems/found';
import type { LocatedFinding } from '../problems/problem';

/** Properties that have not been checked. */
type Properties = { readonly [property: string]: unknown };

/** The alarms of a job as a construct. */
export const ALARMS: Wanted = {
  accepted: `an object with ${ALARM_KINDS.join(', ')}`,
  optional: true,
  check: (value) => [
    ...settingFindings(value),
    ...Object.entries(value).flatMap(([kind, alarm]) =>
      isObject(alarm) ? topicFindings(alarm.notify, [kind, 'notify']) : [],
    ),
  ],
};

/** Problems of everything but the topics, which are objects here. */
function settingFindings(value: Properties): LocatedFinding[] {
  const settings = Object.fromEntries(
    Object.entries(value).map(([kind, alarm]) => [kind, isObject(alarm) ? { ...alarm, notify: [] } : alarm]),
  );
  return findingsAbout(alarms, settings);
}

/** Problems with the topics of an alarm: one or a list. */
export function topicFindings(targets: unknown, path: readonly (string | number)[]): LocatedFinding[] {
  const located: [target: unknown, path: readonly (string | number)[]][] = Array.isArray(targets)
    ? targets.map((target, index) => [target, [...path, index]])
    : [[targets, path]];
  return located.flatMap(([target, at]) => {
    const finding = isObject(target) && 'bus' in target ? BUS : targetFinding(target);
    return finding === undefined ? [] : [{ path: at, finding }];
  });
}

const BUS = {
  found: foundText('bus'),
  accepted: '{ topic } or { snsTopicArn }',
  fix: 'use a topic: CloudWatch puts an event about each alarm on the default bus itself',
};

export function isObject(value: unknown): value is Properties {
  return typeof value === 'object' && value !== null;
}
