import { Replacement } from '../../modules/config/replacement';
import { OF_ALL_TYPES } from '../../modules/config/stacktape';
import { insteadOfResource, TYPES } from '../../modules/config/stacktape-resources';
import { BATCH_JOB } from '../../modules/resources/batch-job';
import { stacktapeOf } from '../../modules/resources/referables';
import { COMPANIONS } from '../../modules/resources/registry';

/** The names of Terraform in a text, as code. */
function marked(text: string): string {
  return text
    .replace(/type: existing|properties: \{.*\}/g, '`$&`')
    .replace(/\b(aws|mongodbatlas|upstash)_\w+|\bSTP_<NAME>_PORT\b/g, '`$&`')
    .replace(/^[a-z]/, (letter) => letter.toUpperCase());
}

/** Some are set in another way for each value: then the error has it. */
function instead(value: unknown): string {
  const without: unknown = typeof value === 'function' ? value(undefined, {}) : undefined;
  if (without instanceof Replacement) return `Write \`${without.property}\`. The error has its value`;
  return typeof value === 'string' ? marked(value) : 'Set it by `overrides`. The error has what to write';
}

function rows(type: string, properties: object): string[] {
  return Object.entries(properties).map(([path, value]) => {
    const name = path.replace(/\bproperties\./g, '');
    return `| ${type} | \`${name}\` | ${instead(value)} |`;
  });
}

/** What Stacktape's resources have and those of this project have not, as the errors of a config say it. */
export function refusedProperties(): string {
  const lines = [BATCH_JOB, ...COMPANIONS].flatMap(({ type }) =>
    rows(`\`${type}\``, stacktapeOf(type)?.properties ?? {}),
  );
  const { alarms, ...others } = OF_ALL_TYPES;
  const common = [...rows('any but `function`', { alarms }), ...rows('any', others)];
  return ['| Type | Property | What to do |', '| --- | --- | --- |', ...common, ...lines].join('\n');
}

/** Types of resources that this project has not. */
export function refusedTypes(): string {
  const lines = Object.keys(TYPES).map((type) => `| \`${type}\` | ${marked(insteadOfResource(type) ?? '')} |`);
  return ['| Type | What to do |', '| --- | --- |', ...lines].join('\n');
}
