import type { Construct } from 'constructs';
import { EVENT_TYPES, type EventSource } from '../triggers/trigger';
import type { JobAlarmProps } from './alarms/topics';
import { ALARMS } from './alarms/wanted';
import type { BatchPlatform } from './batch-platform';
import { constructSettings, type WantedProps } from './config/construct-props';
import { type JobProps, jobProps, type ResolvedJobProps } from './config/job';
import type { Overrides } from './config/overrides';
import { volumeFindings } from './job-volumes';
import type { JobNotifications } from './notifications/targets';
import { NOTIFICATIONS } from './notifications/wanted';
import type { JobTransforms } from './overrides/job-resources';
import { acceptedOptions } from './problems/accepted';
import { ADD_IT, writeAccepted } from './problems/fix';
import { foundValue } from './problems/found';
import type { Finding, LocatedFinding } from './problems/problem';
import { suggestion } from './problems/suggestion';
import type { ConnectSource } from './resources/connect';
import type { VolumeSource } from './resources/efs-filesystem/volume';

/** Properties of the construct: those of the config, and references to other constructs. */
export type BatchJobConstructProps = Omit<JobProps, 'events' | 'connectTo' | 'notifications' | 'alarms'> & {
  /** Events that start the job. @default none: you or other resources start it */
  readonly events?: readonly EventSource[];
  /** Resources that the job can access. Adds permissions and `STP_` variables. @default none */
  readonly connectTo?: readonly ConnectSource[];
  /** Volumes of the container. @default none */
  readonly volumes?: readonly VolumeSource[];
  /** Who is told about runs of the job. @default nobody */
  readonly notifications?: JobNotifications;
  /** CloudWatch alarms of the job. @default none */
  readonly alarms?: JobAlarmProps;
  /** Network, capacity and queues. @default one platform for all jobs of the Terraform stack */
  readonly platform?: BatchPlatform;
  /** Names of jobs of the same platform whose large events the job can read too: those whose ends start it. @default none */
  readonly readsEventsOf?: readonly string[];
  /** Whether plans that would delete or replace what holds the job's runs and logs are refused, also in what it shares with other jobs. @default false */
  readonly protect?: boolean;
  /** Terraform attributes of the job's resources, by Terraform name. @default none */
  readonly overrides?: Overrides;
  /** Changes to the job's resources, with CDKTF's names and types. Applied before `overrides`. @default none */
  readonly transform?: JobTransforms;
};

const EVENT = 'an event: { type, properties }';

const WANTED: WantedProps = {
  events: { accepted: 'a list of events', list: true, optional: true, check: each(eventProblem) },
  connectTo: { accepted: 'a list of constructs', list: true, optional: true, check: each(sourceFinding) },
  volumes: { accepted: 'a list of volumes', list: true, optional: true, check: volumeFindings },
  notifications: NOTIFICATIONS,
  alarms: ALARMS,
  platform: { accepted: 'a BatchPlatform', has: ['capacity', 'payloads', 'network'], optional: true },
  readsEventsOf: { accepted: 'a list of names of jobs', list: true, optional: true, check: each(nameProblem) },
  overrides: { accepted: 'an object: attributes by the name of a resource', optional: true, check: values(isObject) },
  protect: { accepted: 'true or false', flag: true, optional: true },
  transform: { accepted: 'an object: changes by the name of a resource', optional: true, check: values(isChange) },
};

/**
 * The job's properties in those of its construct, with defaults.
 *
 * @throws ConfigError with all their problems. Problems of events and connections are found when these are created.
 */
export function jobSettings(construct: Construct, given: unknown): ResolvedJobProps {
  return constructSettings(construct, given, jobProps, WANTED);
}

function each(problem: (item: unknown) => LocatedFinding | undefined) {
  return (list: readonly unknown[]): LocatedFinding[] =>
    list.flatMap((item, index) => {
      const found = problem(item);
      return found === undefined ? [] : [{ ...found, path: [index, ...found.path] }];
    });
}

function values(isRight: (value: unknown) => boolean) {
  return (map: { readonly [name: string]: unknown }): LocatedFinding[] =>
    Object.entries(map).flatMap(([name, value]) => {
      if (isRight(value)) return [];
      const finding = {
        found: foundValue(value),
        accepted: 'attributes of the resource',
        fix: 'write { attribute: value }',
      };
      return [{ path: [name], finding }];
    });
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isChange(value: unknown): boolean {
  return value === undefined || typeof value === 'function' || isObject(value);
}

function sourceFinding(source: unknown): LocatedFinding | undefined {
  // Loaded only if needed: most jobs connect to nothing.
  const { sourceProblem } = require('./resources/connect') as typeof import('./resources/connect');
  const finding = sourceProblem(source);
  return finding && { path: [], finding };
}

function nameProblem(name: unknown): LocatedFinding | undefined {
  if (typeof name === 'string' && name !== '') return undefined;
  const finding = { found: foundValue(name), accepted: 'the name of a job', fix: "write the other job's name" };
  return { path: [], finding };
}

function eventProblem(event: unknown): LocatedFinding | undefined {
  if (!isObject(event))
    return { path: [], finding: { found: foundValue(event), accepted: EVENT, fix: writeAccepted(EVENT) } };
  const { type, properties } = event as { readonly type?: unknown; readonly properties?: unknown };
  if (!EVENT_TYPES.includes(String(type))) return { path: ['type'], finding: typeProblem(type) };
  if (isObject(properties)) return undefined;
  const fix = properties === undefined ? ADD_IT : writeAccepted('an object');
  return { path: ['properties'], finding: { found: foundValue(properties), accepted: 'an object', fix } };
}

function typeProblem(type: unknown): Finding {
  const meant = typeof type === 'string' ? suggestion(type, EVENT_TYPES) : undefined;
  const fix = meant === undefined ? 'use one of these' : `did you mean "${meant}"?`;
  return {
    found: foundValue(type),
    ...acceptedOptions(EVENT_TYPES),
    fix: type === undefined ? ADD_IT : fix,
  };
}
