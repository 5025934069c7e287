import { ALARM_KINDS, alarms } from '../config/alarms';
import type { Wanted } from '../config/construct-props';
import { findingsAbout } from '../config/parse';
import { targetFinding } from '../notifications/wanted';
import { foundText } from '../problems/found';
import type { LocatedFinding } from '../problems/problem';

/** The alarms of a job as a construct. */
export const ALARMS: Wanted = {
  accepted: `an object with ${ALARM_KINDS.join(', ')}`,
  optional: true,
  check: (value) => [
    ...settingFindings(value),
    ...Object.entries(value).flatMap(([kind, alarm]) =>
      isObject(alarm) ? topicFindings(alarm, [kind], 'notify') : [],
    ),
  ],
};

/** Problems of everything but the topics, which are objects here. */
function settingFindings(value: object): LocatedFinding[] {
  const settings = Object.fromEntries(
    Object.entries(value).map(([kind, alarm]) => [kind, isObject(alarm) ? { ...alarm, notify: [] } : alarm]),
  );
  return findingsAbout(alarms, settings);
}

/** Problems with the topics in a property of an alarm: one or a list. */
export function topicFindings(alarm: object, place: readonly (string | number)[], property: string): LocatedFinding[] {
  const targets = (alarm as { readonly [property: string]: unknown })[property];
  const path = [...place, property];
  const places: [target: unknown, path: (string | number)[]][] = Array.isArray(targets)
    ? targets.map((target, index) => [target, [...path, index]])
    : [[targets, path]];
  return places.flatMap(([target, at]) => {
    const finding = isObject(target) && 'bus' in target ? BUS : targetFinding(target);
    return finding === undefined ? [] : [{ path: at, finding }];
  });
}

const BUS = {
  found: foundText('bus'),
  accepted: '{ topic } or { snsTopicArn }',
  fix: 'use a topic: CloudWatch puts an event about each alarm on the default bus itself',
};

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
