import { SOURCES, type SourceType, sourceOf } from '../../triggers/registry';
import { jobs } from '../config/indexed-config';
import { itemsProblem } from '../config/items-problem';
import { rule } from '../config/rule';
import { asObject } from '../config/value-at';
import { foundValue } from '../problems/found';

/** A run that has more arrays than its history has room for would end in the middle. */
const fewEnough = rule('conflict', jobs, function* (all) {
  for (const { properties, path } of all) {
    const problem = itemsProblem(properties);
    if (problem !== undefined) yield { path: [...path, ...problem.path], finding: problem.finding };
  }
});

/** An event without records would fail each of its runs. */
const withRecords = rule('conflict', jobs, function* (all) {
  for (const { properties, path } of all) {
    if (asObject(properties.forEach).items !== 'records' || !Array.isArray(properties.events)) continue;
    for (const [index, event] of properties.events.entries()) {
      const { type } = asObject(event);
      if (!isSource(type) || hasRecords(type, asObject(asObject(event).properties))) continue;
      yield {
        path: [...path, 'events', index, 'type'],
        finding: {
          found: foundValue(type, ', whose events have no records'),
          accepted: "a source of records for forEach.items 'records'",
          fix: 'write the path of the list as items, such as $.detail.keys, or move the event to another job',
        },
      };
    }
  }
});

/** A number is a mistake if no run has as many items: it would succeed with any number of failures. */
const canFail = rule('conflict', jobs, function* (all) {
  for (const { properties, path } of all) {
    const { maxFailures, count, maxItems } = asObject(properties.forEach);
    const [property, most] = count === undefined ? ['maxItems', maxItems] : ['count', count];
    if (typeof maxFailures !== 'number' || typeof most !== 'number' || maxFailures <= most) continue;
    yield {
      path: [...path, 'forEach', 'maxFailures'],
      finding: {
        found: foundValue(maxFailures),
        accepted: `at most ${property}, ${most}`,
        acceptedAs: 'content',
        fix: "lower it, or write a percentage such as '5%'",
      },
    };
  }
});

function isSource(type: unknown): type is SourceType {
  return SOURCES.some((source) => source.type === type);
}

function hasRecords(type: SourceType, properties: { readonly [name: string]: unknown }): boolean {
  // S3's events in EventBridge are for one object each.
  if (properties.useEventBridge === true) return false;
  return sourceOf(type)
    .facts()
    .keys.some(({ path }) => path === 'Records');
}

export const ITEMS_RULES = [fewEnough, withRecords, canFail];
