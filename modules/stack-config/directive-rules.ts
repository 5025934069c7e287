import { stringsOf } from '../config/indexed-config';
import { rule } from '../config/rule';
import { foundValue } from '../problems/found';
import { referableOf } from '../resources/referables';
import { fittingArns } from './referred-arns';

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

export const DIRECTIVE_RULES = [hasParam, fittingArns];
