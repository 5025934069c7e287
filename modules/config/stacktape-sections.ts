import { capitalized, listed } from '../problems/phrases';
import type { LocatedFinding } from '../problems/problem';
import type { FileHint } from './file-hint';
import type { MovedPart } from './moved-parts';
import { isPlain } from './overrides/merged';

/** A config without these sections. */
export interface WithoutSections {
  readonly value: unknown;
  readonly hints: readonly FileHint[];
  /** Parts of the sections that are elsewhere in the config. */
  readonly moved: readonly MovedPart[];
  /** Problems with parts that have no place in the config. */
  readonly findings: readonly LocatedFinding[];
}

/**
 * Leaves out the sections `scripts` and `hooks` of a Stacktape config: they are commands for its CLI, and change nothing of what is
 * deployed. The tags and outputs of its `stackConfig` become those of the stack. What is written in another form than Stacktape's stays, and
 * is refused.
 */
export function withoutSections(config: unknown): WithoutSections {
  if (!isPlain(config)) return { value: config, hints: [], moved: [], findings: [] };
  const value: { [property: string]: unknown } = { ...config };
  const hints: FileHint[] = [];
  const { scripts, hooks } = config;
  if (isPlain(hooks) || Array.isArray(hooks)) {
    delete value.hooks;
    hints.push({ property: 'hooks', message: `no hook runs here. ${runs(hooks)}` });
  }
  if (isPlain(scripts)) {
    delete value.scripts;
    const message = 'npm runs scripts here. Add what you need of them to scripts of package.json';
    hints.push({ property: 'scripts', message });
  }
  const { stackConfig } = config;
  if (!isPlain(stackConfig)) return { value, hints, moved: [], findings: [] };
  // Loaded only for a config with the section.
  const { stackConfigParts } = require('./stacktape-stack-config') as typeof import('./stacktape-stack-config');
  const { properties, moved, findings, exportHint } = stackConfigParts(stackConfig, config);
  delete value.stackConfig;
  if (exportHint !== undefined) hints.push({ property: 'stackConfig.outputs', message: exportHint });
  return { value: { ...value, ...properties }, hints, moved, findings };
}

/** What to run before and after a deployment. */
function runs(hooks: unknown): string {
  const hooked = entriesOf(hooks);
  const sentences = (['before', 'after'] as const).flatMap((when) => {
    const names = new Set(hooked.flatMap(([event, name]) => (event === `${when}deploy` ? [name] : [])));
    return names.size === 0 ? [] : [`run ${listed(names, 'and')} ${when} each deployment`];
  });
  const text = sentences.join(', and ') || 'run what you need of them yourself';
  return capitalized(text);
}

/** The event of each hook in lowercase letters, as in `beforedeploy`, and its name. Older configs have a list with triggers. */
function entriesOf(hooks: unknown): [event: string, name: string][] {
  if (Array.isArray(hooks)) {
    return hooks.flatMap((hook) => {
      const triggers: unknown = isPlain(hook) ? hook.triggers : undefined;
      return Array.isArray(triggers) ? triggers.map((at): [string, string] => [eventOf(at), nameOf(hook)]) : [];
    });
  }
  if (!isPlain(hooks)) return [];
  return Object.entries(hooks).flatMap(([at, list]) =>
    Array.isArray(list) ? list.map((hook): [string, string] => [eventOf(at), nameOf(hook)]) : [],
  );
}

function eventOf(written: unknown): string {
  return String(written)
    .replace(/[^a-zA-Z]/g, '')
    .toLowerCase();
}

function nameOf(hook: unknown): string {
  const name = isPlain(hook) ? hook.scriptName : undefined;
  return typeof name === 'string' ? name : 'its command';
}
