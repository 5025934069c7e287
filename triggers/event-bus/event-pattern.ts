import { z } from 'zod';
import { across, type CheckContext, refuse, strict, type Unchecked } from '../../modules/config/checked';
import { foundValue } from '../../modules/problems/found';
import { suggestion } from '../../modules/problems/suggestion';
import type { Dialect } from '../patterns/match-expression';
import type { Grammar, Report } from '../patterns/pattern';

const json = z.json();

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
const MAX_PATTERN_LENGTH = 4096;

/** An account's default quota: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const DEFAULT_PATTERN_LENGTH = 2048;

/** Maximum number of combinations through `$or`: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html */
const MAX_COMBINATIONS = 1000;

/**
 * The filters that EventBridge accepts, as in the source of its rule compiler.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 * @see https://github.com/aws/event-ruler
 */
const EVENTBRIDGE: Dialect = {
  service: 'EventBridge',
  operators: [
    'prefix',
    'suffix',
    'equals-ignore-case',
    'wildcard',
    'anything-but',
    'numeric',
    'exists',
    'cidr',
    'exactly',
  ],
  negatable: ['prefix', 'suffix', 'equals-ignore-case', 'wildcard'],
  largest: 5e9,
  digits: 6,
  boundsValues: false,
  nested: true,
  mixed: false,
  rangesOnly: true,
};

/** The events that a rule matches. */
export const eventPattern = across(
  strict({
    /** Version of the event's envelope: a list of strings or filters. @default any */
    version: json.optional(),
    /** Id of the event: a list of strings or filters. @default any */
    id: json.optional(),
    /** Type of the event: a list of strings or filters. @default any */
    'detail-type': json.optional(),
    /** Source of the event: a list of strings or filters. @default any */
    source: json.optional(),
    /** Account: a list of strings or filters. @default any */
    account: json.optional(),
    /** Time of the event: a list of strings or filters, such as `{ prefix: '2026-01-31' }`. @default any */
    time: json.optional(),
    /** Region: a list of strings or filters. @default any */
    region: json.optional(),
    /** Resources: a list of strings or filters. One of the event's resources must match one of them. @default any */
    resources: json.optional(),
    /** Content of the event: an object with the event's structure, with lists of values or filters as leaves. @default any */
    detail: json.optional(),
    /** Name of the replay: a list of strings or filters. @default any */
    'replay-name': json.optional(),
    /** Two or more patterns, one of which must match in addition to the other properties. Also works in `detail`. @default none */
    $or: json.optional(),
  }),
  checkEventPattern,
);

/** Everything but the detail is a list. The schema refuses other properties at the top. */
const GRAMMAR: Grammar = {
  dialect: EVENTBRIDGE,
  top: Object.fromEntries(Object.keys(eventPattern.shape).map((key) => [key, key === 'detail' ? 'object' : 'list'])),
  isTopChecked: true,
  example: "{ source: ['my.app'] }",
  fixUnknown: (key) =>
    suggestion(key, Object.keys(eventPattern.shape)) === undefined ? 'put it into detail, or remove it' : undefined,
};

/** A warning about a pattern that needs a higher account quota, or undefined. */
export function patternAdvice(pattern: z.output<typeof eventPattern>): string | undefined {
  const { length } = JSON.stringify(pattern);
  if (length <= DEFAULT_PATTERN_LENGTH) return undefined;
  return `${length} characters of JSON; an account takes ${DEFAULT_PATTERN_LENGTH} until its EventBridge quota "Event pattern size" is raised`;
}

function checkEventPattern(pattern: Unchecked<Record<string, unknown>>, context: CheckContext): void {
  const given = Object.fromEntries(Object.entries(pattern).filter(([, value]) => value !== undefined));
  if (Object.keys(given).length === 0) {
    const fix = "set the events that start the job, such as source: ['my.app']";
    refuse(context, { found: foundValue(pattern), accepted: 'at least one property', acceptedAs: 'content', fix });
    return;
  }
  const report: Report = (finding, path) => refuse(context, finding, path);
  // Loaded only for a pattern.
  const { checkPattern } = require('../patterns/pattern') as typeof import('../patterns/pattern');
  const combinations = checkPattern(given, GRAMMAR, report);
  if (combinations > MAX_COMBINATIONS) {
    const accepted = `at most ${MAX_COMBINATIONS} combinations of the patterns in $or`;
    const fix = 'use fewer alternatives, or split it into several events of the job';
    report({ found: `${combinations} combinations`, accepted, fix }, []);
  }
  const { length } = JSON.stringify(given);
  if (length <= MAX_PATTERN_LENGTH) return;
  const accepted = `at most ${MAX_PATTERN_LENGTH} characters of JSON`;
  report({ found: `${length} characters`, accepted, fix: 'split it into several events of the job' }, []);
}
