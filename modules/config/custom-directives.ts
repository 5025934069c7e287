import { z } from 'zod';
import { foundValue } from '../problems/found';
import type { Finding, LocatedFinding } from '../problems/problem';
import { type CheckContext, nonEmpty, refuse, strict, text } from './checked';
import { directiveName, isDirective, type Outcome, parseDirective } from './directive';
import type { DirectiveFunction } from './directive-function';
import { BUILT_IN_DIRECTIVES } from './directive-registry';
import { formatted, isFormat } from './format-directive';
import { objectOf } from './indexed-config';
import { deploymentValue, hasBuiltIn } from './stacktape-directives';

/** Custom directives. */
export const customDirectives = z
  .array(
    strict({
      /** Name of the directive, used as `$MyDirective('an argument')`. Letters, digits and underscores, starting with a letter. The function has the same name, unless `filePath` names another or it is the file's default export. */
      name: text({
        pattern: /^[A-Za-z][A-Za-z0-9_]*$/,
        accepted: 'letters, digits and underscores, starting with a letter',
        acceptedAs: 'content',
        fix: (found) => (found.startsWith('$') ? `write ${found.slice(1)}` : 'use a name such as MyDirective'),
      }),
      /** TypeScript or JavaScript file that exports the function, relative to the config's folder. `directives.ts:getDomain` names the function. */
      filePath: nonEmpty('the path of a TypeScript or JavaScript file'),
    }),
  )
  .superRefine((value, context) => checkNames(value, context), { when: () => true });

function checkNames(directives: unknown, context: CheckContext): void {
  if (!Array.isArray(directives)) return;
  const seen = new Set<unknown>();
  for (const [index, directive] of directives.entries()) {
    const name: unknown = directive?.name;
    const found = foundValue(name);
    if (typeof name === 'string' && BUILT_IN_DIRECTIVES.includes(name)) {
      refuse(
        context,
        {
          found,
          accepted: 'a name that is not in use',
          fix: 'rename it: there is a built-in directive with this name',
        },
        [index, 'name'],
      );
    }
    if (name !== undefined && seen.has(name)) {
      refuse(context, { found, accepted: 'each name once', acceptedAs: 'rule', fix: 'remove or rename one of them' }, [
        index,
        'name',
      ]);
    }
    seen.add(name);
  }
}

/** A config with the results of its custom directives, and the problems of those that failed. */
export interface ExpandedConfig {
  readonly value: unknown;
  readonly findings: readonly LocatedFinding[];
}

/**
 * Replaces each string that calls a custom directive by the function's result, awaiting a promise, and each directive of Stacktape whose
 * value is known by then: `$Stage()`, `$Region()`, `$AwsAccountId()`, `$Format()`, `$CfFormat()`, `$Var()`, `$This()`, `$File()`, `$FileRaw()`, `$GitInfo()`.
 * Calls a function, and git, once for the same arguments, and doesn't search the result for further custom directives.
 *
 * @param baseDir folder that `filePath` is relative to
 */
export async function expandDirectives(written: unknown, baseDir: string): Promise<ExpandedConfig> {
  const { config, variables } = withoutVariables(written);
  const section = customDirectives.safeParse(property(config, 'directives') ?? []);
  // The schema reports problems in the section itself.
  if (!section.success) return { value: config, findings: [] };
  const declared = section.data;
  // Most configs have none, and are read at each start.
  if (declared.length === 0 && !hasBuiltIn(config)) return { value: config, findings: [] };
  const { call } = ofFunctions();
  const { partOf } = require('./result-part') as typeof import('./result-part');
  const { functions, findings } = await loadFunctions(declared, baseDir);
  const failed = new Set(declared.map(({ name }) => name).filter((name) => !functions.has(name)));
  const outcomes = new Map<string, Promise<Outcome>>();
  const sources = new Map<string, Outcome | undefined>();
  const value = await expand(config, [], async (text, path) => {
    const outcome = await outcomeOf(text);
    if (outcome === undefined) return text;
    if ('value' in outcome) return outcome.value;
    // A finding here keeps the schema from reporting the unresolved string as a wrong value.
    findings.push({ path, finding: outcome.finding });
    return text;
  });
  return { value, findings };

  /**
   * Undefined for a directive that is resolved elsewhere, or that nothing declares.
   *
   * @param within directives whose values contain this one
   */
  async function outcomeOf(written: string, within: readonly string[] = []): Promise<Outcome | undefined> {
    // Loaded only for a config that has directives.
    const { withArguments } = require('./directive-arguments') as typeof import('./directive-arguments');
    const called = await withArguments(written, (inner) => outcomeOf(inner, within));
    if (called === undefined) return ownOutcome(written, within);
    return 'finding' in called ? called : ((await ownOutcome(called.text, within)) ?? { value: called.text });
  }

  /** Of a directive without others among its arguments. */
  async function ownOutcome(text: string, within: readonly string[]): Promise<Outcome | undefined> {
    const name = directiveName(text);
    const directive = functions.get(name);
    if (directive === undefined) {
      if (failed.has(name)) return { finding: notLoaded(text) };
      if (isFormat(text)) return formatted(text);
      const source = sources.get(text) ?? sourceOf(text, { config, variables, baseDir });
      sources.set(text, source);
      if (source === undefined) return deploymentValue(text, objectOf(config));
      if (within.includes(text)) return { finding: ofItself(text) };
      const outcome = partOf(source, text, parseDirective(text)?.part ?? []);
      return name === 'Var' || name === 'This' ? withInner(outcome, [...within, text]) : outcome;
    }
    const parsed = parseDirective(text);
    const called = parsed === undefined ? text : JSON.stringify([parsed.name, parsed.args]);
    const outcome = outcomes.get(called) ?? call(directive, text, parsed);
    outcomes.set(called, outcome);
    return partOf(await outcome, text, parsed?.part ?? []);
  }

  /** A value of the config, with the values of the directives in it. */
  async function withInner(outcome: Outcome, within: readonly string[]): Promise<Outcome> {
    if ('finding' in outcome) return outcome;
    const problems: Outcome[] = [];
    const value = await expand(outcome.value, [], async (text) => {
      const inner = (await outcomeOf(text, within)) ?? { value: text };
      if ('value' in inner) return inner.value;
      problems.push(inner);
      return text;
    });
    return problems[0] ?? { value };
  }
}

/** Loaded only for a config that has directives. */
function ofFunctions() {
  return require('./directive-function') as typeof import('./directive-function');
}

/** The functions of the directives by name, and what is wrong with the others. */
async function loadFunctions(declared: z.output<typeof customDirectives>, baseDir: string) {
  const findings: LocatedFinding[] = [];
  const functions = new Map<string, DirectiveFunction>();
  for (const [index, { name, filePath }] of declared.entries()) {
    const loaded = await ofFunctions().loadFunction(name, filePath, baseDir);
    if (typeof loaded === 'function') functions.set(name, loaded);
    else findings.push({ path: ['directives', index, 'filePath'], finding: { code: 'failed-directive', ...loaded } });
  }
  return { functions, findings };
}

/** Loaded only for a config that has one of these directives. */
function sourceOf(...given: Parameters<typeof import('./stacktape-values').sourceOf>): Outcome | undefined {
  if (!hasBuiltIn(given[0])) return undefined;
  const values = require('./stacktape-values') as typeof import('./stacktape-values');
  return values.sourceOf(...given);
}

/** Stacktape's section of values for `$Var()`, apart from the rest of the config. What is none stays, and is refused. */
function withoutVariables(written: unknown): { readonly config: unknown; readonly variables?: unknown } {
  const section = property(written, 'variables');
  if (!isPlain(written) || !isPlain(section)) return { config: written };
  const { variables, ...config } = written as { readonly variables: unknown };
  return { config, variables };
}

function ofItself(text: string): Finding {
  return { found: foundValue(text, ', whose value contains it'), accepted: 'a value', fix: 'write the value itself' };
}

function notLoaded(text: string): Finding {
  return {
    found: foundValue(text),
    accepted: 'a directive whose file loads',
    fix: `correct the file of ${directiveName(text)} under directives`,
  };
}

async function expand(
  value: unknown,
  path: readonly PropertyKey[],
  replace: (text: string, path: readonly PropertyKey[]) => Promise<unknown>,
): Promise<unknown> {
  if (typeof value === 'string') return isDirective(value.trim()) ? replace(value.trim(), path) : value;
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    // In sequence, so that the report lists failures in the order of the config.
    for (const [index, item] of value.entries()) items.push(await expand(item, [...path, index], replace));
    return items;
  }
  if (!isPlain(value)) return value;
  const entries: [string, unknown][] = [];
  for (const [key, item] of Object.entries(value)) entries.push([key, await expand(item, [...path, key], replace)]);
  return Object.fromEntries(entries);
}

/** Excludes instances of classes, such as CDKTF tokens, which stay as they are. */
function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as { [key: string]: unknown })[key] : undefined;
}
