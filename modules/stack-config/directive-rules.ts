import { SOURCES } from '../../triggers/registry';
import type { AnySource } from '../../triggers/source';
import { eventsOf, stringsOf } from '../config/indexed-config';
import { type Rule, rule } from '../config/rule';
import { withArticle } from '../config/type-name';
import { foundValue } from '../problems/found';
import { referableOf } from '../resources/referables';

/** Not every resource of a type has all parameters of the type. */
const hasParam = rule(
  'invalid-directive',
  stringsOf('resources', 'cloudformationResources', 'outputs'),
  function* (strings, index) {
    for (const { text, path } of strings) {
      const referred = index.referred(text);
      if (referred === undefined) continue;
      const { name, type, param, properties, existing } = referred;
      const fix = referableOf(type)?.absent?.[param]?.(properties, existing);
      if (fix === undefined) continue;
      const accepted = `a parameter that "${name}" has`;
      yield { path, finding: { found: foundValue(text, ', which does not exist'), accepted, fix } };
    }
  },
);

/** A directive in the ARN of a source refers to such a source. */
function isSource({ schema, arns = {} }: Pick<AnySource<string>, 'schema' | 'arns'>): Rule[] {
  return Object.entries(arns).flatMap(([property, accepted]) => {
    if (accepted?.refersTo === undefined) return [];
    const { type, param } = accepted.refersTo;
    return rule('invalid-directive', eventsOf(schema), function* (events, index) {
      for (const { properties, path } of events) {
        const given = properties[property];
        const referred = index.referred(given);
        if (referred === undefined || referableOf(referred.type) === undefined) continue;
        if (referred.type === type && referred.param === param) continue;
        const name = referred.type === type ? referred.name : `<name of ${withArticle(type)}>`;
        const found = foundValue(given, ` of ${withArticle(String(referred.type))}`);
        const finding = { found, accepted: `the ${param} of ${withArticle(type)}` };
        yield {
          path: [...path, property],
          finding: { ...finding, fix: `write $ResourceParam('${name}', '${param}')` },
        };
      }
    });
  });
}

export const DIRECTIVE_RULES = [hasParam, ...SOURCES.flatMap(isSource)];
