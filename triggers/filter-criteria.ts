import { z } from 'zod';
import { type CheckContext, refuse, strict } from '../modules/config/checked';
import { foundValue } from '../modules/problems/found';
import type { EventAdvice } from './event-page';
import type { Dialect } from './patterns/match-expression';
import type { Grammar, Report } from './patterns/pattern';

/** Maximum number of filters of a mapping, if the account's quota is raised. */
const MOST_FILTERS = 10;

/** An account's default quota: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const DEFAULT_FILTERS = 5;

/** https://docs.aws.amazon.com/lambda/latest/api/API_Filter.html */
const MAX_PATTERN_LENGTH = 4096;

/**
 * The filters that Lambda accepts: fewer than EventBridge's rules.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax
 */
const LAMBDA: Dialect = {
  service: 'Lambda',
  operators: ['prefix', 'suffix', 'equals-ignore-case', 'anything-but', 'numeric', 'exists'],
  negatable: [],
  largest: 5e9,
  digits: 6,
  boundsValues: false,
  nested: true,
  mixed: false,
  rangesOnly: true,
};

/** The records of a type of source, as its filters see them. */
export interface FilteredRecords extends Pick<Grammar, 'top' | 'example' | 'fixUnknown'> {
  /** Further checks of a pattern. */
  check?(pattern: { readonly [key: string]: unknown }, report: Report): void;
}

/** Filters of the records of a queue or stream, of which one must match. */
export function filterCriteriaOf({ check, ...records }: FilteredRecords) {
  const grammar: Grammar = { ...records, dialect: LAMBDA, isTopChecked: false };
  const accepted = `an object: a pattern such as ${grammar.example}`;
  const pattern = z
    .record(z.string(), z.json(), { error: ({ input }) => objectIn(input) ?? accepted })
    .check((context) => {
      const report: Report = (finding, path) => refuse(context as CheckContext, finding, path);
      const { value } = context;
      if (Object.keys(value).length === 0) {
        report(
          { found: foundValue({}), accepted, fix: `write a pattern such as ${grammar.example}, or remove the filter` },
          [],
        );
      }
      // Loaded only for a filter.
      const { checkPattern } = require('./patterns/pattern') as typeof import('./patterns/pattern');
      checkPattern(value, grammar, report);
      check?.(value, report);
      const { length } = JSON.stringify(value);
      if (length <= MAX_PATTERN_LENGTH) return;
      const atMost = `at most ${MAX_PATTERN_LENGTH} characters of JSON`;
      report({ found: `${length} characters`, accepted: atMost, fix: 'split it into several filters' }, []);
    });
  return strict(
    {
      /** Filters, 1 to 10. An account accepts 5 until its Lambda quota is raised. */
      filters: z
        .array(
          strict({
            /** Pattern of a record, at most 4,096 characters of JSON. */
            pattern,
          }),
        )
        .min(1)
        .check((context) => {
          const { length } = context.value;
          if (length <= MOST_FILTERS) return;
          const fix = 'combine some: a list in a pattern has several values, and $or several patterns';
          const most = `at most ${MOST_FILTERS} filters`;
          refuse(context as CheckContext, { found: `${length} filters`, accepted: most, fix });
        }),
    },
    () => `an object such as { filters: [{ pattern: ${grammar.example} }] }`,
  );
}

/** What Lambda's API takes as text: a pattern that a config has as an object. */
function objectIn(input: unknown): string | undefined {
  if (typeof input !== 'string') return undefined;
  try {
    const pattern: unknown = JSON.parse(input);
    return typeof pattern === 'object' && pattern !== null ? `an object: ${JSON.stringify(pattern)}` : undefined;
  } catch {
    return undefined;
  }
}

/** Filters as in a config. */
export interface FilterCriteria {
  readonly filters: readonly { readonly pattern: { readonly [key: string]: unknown } }[];
}

/** A hint about filters that need a higher quota of the account, or undefined. */
export function filtersAdvice({
  filterCriteria,
}: {
  readonly filterCriteria?: FilterCriteria;
}): EventAdvice | undefined {
  const count = filterCriteria?.filters.length ?? 0;
  if (count <= DEFAULT_FILTERS) return undefined;
  const message = `${count} filters; an account takes ${DEFAULT_FILTERS} until AWS Support raises its Lambda quota for them`;
  return { property: 'filterCriteria', message };
}

/** What filters see as JSON, as the source sends it. */
export function contentText(content: unknown): string {
  return typeof content === 'object' ? JSON.stringify(content) : String(content);
}

/** The first filter's pattern: that of a sample. */
export function samplePattern(criteria: FilterCriteria | undefined): FilterCriteria['filters'][number]['pattern'] {
  return criteria?.filters[0]?.pattern ?? {};
}
