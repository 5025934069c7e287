import { SOURCES, sourceOf } from '../../triggers/registry';
import { type IndexedConfig, listOf } from '../config/indexed-config';
import type { Rule } from '../config/rule';
import { asObject } from '../config/value-at';
import { COMPANIONS } from '../resources/registry';
import { ARN_RULE_LIST } from './arn-rules';
import { COMPUTE_RULES } from './compute-rules';
import { connections } from './connect-to';
import { DIRECTIVE_RULES } from './directive-rules';
import { EGRESS_RULES } from './egress-rules';
import { validNameStart } from './name-rules';
import { placeable, usableMoreMemory } from './placement-rules';
import { REFERENCE_RULES } from './references';
import { differsInMoreThanCase, notReserved } from './reserved-names';
import { usableStorage } from './storage-rules';

/**
 * The rules of a config. Problems at the same place are reported in this order. Those of sources and companions are loaded only for a config
 * that has them. A rule of two sources runs once.
 */
export function rulesOf({ config, eventTypes, resourceTypes, jobs }: IndexedConfig): Rule[] {
  const rules = [
    validNameStart,
    differsInMoreThanCase,
    notReserved,
    ...(listOf(config.outputs).length === 0 ? [] : outputRules()),
    ...REFERENCE_RULES,
    ...ARN_RULE_LIST,
    ...(Object.keys(asObject(config.cloudformationResources)).length === 0 ? [] : cloudFormationRules()),
    connections,
    ...SOURCES.flatMap(({ type }) => (eventTypes.has(type) ? (sourceOf(type).rules?.() ?? []) : [])),
    ...DIRECTIVE_RULES,
    ...COMPANIONS.flatMap(({ type, rules }) => (resourceTypes.has(type) ? (rules?.() ?? []) : [])),
    ...(config.undeliveredEvents === undefined ? [] : undeliveredRules()),
    ...EGRESS_RULES,
    ...([...resourceTypes].some(inNetwork) ? networkRules() : []),
    placeable,
    usableMoreMemory,
    ...COMPUTE_RULES,
    usableStorage,
    ...(jobs.some(hasItems) ? itemsRules() : []),
  ];
  return [...new Set(rules)];
}

/** Whether a job has items, or says that it counts them. */
function hasItems({ properties }: IndexedConfig['jobs'][number]): boolean {
  return properties.forEach !== undefined || asObject(properties.limits).countItems !== undefined;
}

function inNetwork(type: unknown): boolean {
  return type !== 'batch-job';
}

/** Loaded only if needed. */
function networkRules(): readonly Rule[] {
  return (require('./network-rules') as typeof import('./network-rules')).NETWORK_RULES;
}

/** Loaded only if needed. */
function itemsRules(): readonly Rule[] {
  return (require('./items-rules') as typeof import('./items-rules')).ITEMS_RULES;
}

/** Loaded only if needed. */
function cloudFormationRules(): readonly Rule[] {
  return (require('./cloudformation-rules') as typeof import('./cloudformation-rules')).CLOUDFORMATION_RULES;
}

/** Loaded only if needed. */
function undeliveredRules(): readonly Rule[] {
  return [(require('./undelivered-rules') as typeof import('./undelivered-rules')).undeliveredNotified];
}

/** Loaded only if needed. */
function outputRules(): readonly Rule[] {
  return [(require('./output-rules') as typeof import('./output-rules')).unusedOutputNames];
}
