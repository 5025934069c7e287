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
    ...Object.entries(value).flatMap(([kind, alarm]) => topicFindings(kind, alarm)),
  ],
};

/** Problems of everything but the topics, which are objects here. */
function settingFindings(value: object): LocatedFinding[] {
  const settings = Object.fromEntries(
    Object.entries(value).map(([kind, alarm]) => [kind, isObject(alarm) ? { ...alarm, notify: [] } : alarm]),
  );
  return findingsAbout(alarms, settings);
}

function topicFindings(kind: string, alarm: unknown): LocatedFinding[] {
  if (!isObject(alarm)) return [];
  const { notify } = alarm as { readonly notify?: unknown };
  const places: [target: unknown, path: (string | number)[]][] = Array.isArray(notify)
    ? notify.map((target, index) => [target, [kind, 'notify', index]])
    : [[notify, [kind, 'notify']]];
  return places.flatMap(([target, path]) => {
    const finding = isObject(target) && 'bus' in target ? BUS : targetFinding(target);
    return finding === undefined ? [] : [{ path, finding }];
  });
}

const BUS = {
  found: foundText('bus'),
  accepted: '{ topic } or { snsTopicArn }',
  fix: 'use a topic: CloudWatch puts an event about each alarm on the default bus itself',
};

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
