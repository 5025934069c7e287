import { COMPANIONS } from './companions';
import { CONFIGS } from './configs';
import type { Difference } from './difference';
import { EVENTS } from './events';
import { FUNCTIONS } from './functions';
import { JOBS } from './jobs';
import { refusedProperties, refusedTypes } from './refused';

/** Everything that a config of Stacktape's form means otherwise here, by what it is about. */
export const DIFFERENCES: { readonly [about: string]: readonly Difference[] } = {
  'The config': CONFIGS,
  Jobs: JOBS,
  Events: EVENTS,
  'Resources that jobs connect to': COMPANIONS,
  Functions: FUNCTIONS,
};

/** The page that lists the differences. */
export function differencesPage(): string {
  const tables = Object.entries(DIFFERENCES).map(([about, rows]) =>
    [
      `## ${about}`,
      '',
      '| Stacktape | Here | What to do |',
      '| --- | --- | --- |',
      ...rows.map(({ stacktape, here, change }) => `| ${stacktape} | ${here} | ${change} |`),
    ].join('\n'),
  );
  return [
    '# What is different from Stacktape',
    'You can see here what a Stacktape config means otherwise in this project, and what to do about it. What is not listed works\nas there.',
    'Each row is generated from a config that a test synthesizes: it passes or is refused as the row says.',
    ...tables,
    '## Properties that are refused',
    refusedProperties(),
    '## Types that are refused',
    refusedTypes(),
    'Next: [Move a running stack](move.md)\nSee also: [Coming from Stacktape](migrate.md), [Stacktape coverage](coverage.md)',
  ]
    .join('\n\n')
    .concat('\n');
}
