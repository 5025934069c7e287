import type { ArnParams } from '../config/arn-rule';
import { directiveText } from '../config/directive';
import { type IndexedConfig, indexed, type LocatedResource, stringsOf } from '../config/indexed-config';
import { rule } from '../config/rule';
import type { Path } from '../config/strings-in';
import { withArticle } from '../config/type-name';
import { asObject } from '../config/value-at';
import type { NamedForArn } from '../config/vocabulary';
import { wantedParams } from '../config/wanted-resource';
import { foundValue } from '../problems/found';
import { either } from '../problems/phrases';
import { referableOf } from '../resources/referables';
import { arnRuleAt } from './arn-rules';

/** A directive in a property that accepts an ARN refers to the ARN of a resource that AWS accepts there. */
export const fittingArns = rule(
  'invalid-directive',
  stringsOf('resources', 'notifications', 'alarms'),
  function* (strings, index) {
    for (const { text, path, isPart } of strings) {
      // The check of references refuses a format here.
      if (isPart) continue;
      const referred = index.referred(text);
      if (referred?.type === undefined || referableOf(referred.type) === undefined) continue;
      const params = arnRuleAt(path, index)?.refersTo;
      if (params === undefined || params[referred.type] === referred.param) continue;
      const found = foundValue(text, ` of ${withArticle(referred.type)}`);
      yield {
        path,
        finding: { found, accepted: wantedParams(params), fix: referenceFix(params, referred, path, index) },
      };
    }
  },
);

/** The fix for a format where an ARN is asked for, by the first directive in it. */
export function wholeArnFix(directive: string, path: Path, index: IndexedConfig): string {
  const whole = (text: string) => `write it whole, as ${text} or as it is in AWS`;
  const referred = index.referred(directive);
  const params = arnRuleAt(path, index)?.refersTo;
  if (referred === undefined || params === undefined) return whole(directive);
  const param = params[String(referred.type)];
  return param === undefined
    ? referenceFix(params, referred, path, index)
    : whole(directiveText('ResourceParam', referred.name, param));
}

/** What a report says about the name of a resource where an ARN is asked for. Undefined for a property that accepts none. */
export function namedForArn(path: readonly PropertyKey[], name: string, root: unknown): NamedForArn | undefined {
  const index = indexed(asObject(root));
  const named = index.resources.get(name);
  const at = path as Path;
  // A resource of the config is not one that exists without it.
  const asked = at.includes('existing') ? undefined : arnRuleAt(at, index);
  if (named?.type === undefined || referableOf(named.type) === undefined || asked === undefined) return undefined;
  const { refersTo: params = {} } = asked;
  const isFitting = params[named.type] !== undefined;
  return {
    ...(!isFitting && { found: foundValue(name, `, which is ${withArticle(named.type)}`) }),
    ...(Object.keys(params).length > 0 && { fix: referenceFix(params, named, at, index) }),
  };
}

/** The fix for a resource of which another parameter is asked for, or of another type: it names those that fit. */
function referenceFix(params: ArnParams, given: LocatedResource, path: Path, index: IndexedConfig): string {
  const [section, owner] = path;
  const wanted = params[String(given.type)];
  if (wanted !== undefined)
    return `write ${directiveText('ResourceParam', given.name, wanted)}${addition(given, wanted)}`;
  // No resource is the source of its events: each run would start the next one.
  const fitting = [...index.resources.values()].filter(
    ({ name, type }) => params[String(type)] !== undefined && !(section === 'resources' && name === owner),
  );
  const groups = [...new Set(Object.values(params))].flatMap((param) =>
    directivesOf(
      param,
      fitting.filter(({ type }) => params[String(type)] === param),
    ),
  );
  if (groups.length > 0) return `write ${either(groups)}`;
  const types = Object.keys(params).map(withArticle);
  if (types.length === 0) return 'write the ARN itself';
  const [param = 'arn'] = Object.values(params);
  return `add ${either(types)} to resources and write $ResourceParam('<its name>', '${param}'), or write an ARN`;
}

function directivesOf(param: string, fitting: readonly LocatedResource[]): string[] {
  const [first, ...others] = fitting;
  if (first === undefined) return [];
  if (others.length === 0) return [`${directiveText('ResourceParam', first.name, param)}${addition(first, param)}`];
  return [`$ResourceParam('<name>', '${param}') of ${either(fitting.map(({ name }) => name))}`];
}

/** What a resource also needs to have a parameter. */
function addition({ type, properties, existing }: LocatedResource, param: string): string {
  const fix = referableOf(type)?.absent?.[param]?.(properties, existing);
  return fix === undefined ? '' : `, and ${fix}`;
}
