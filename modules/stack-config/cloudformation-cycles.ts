import { parseCfResourceParam } from '../config/directive';
import { formatDirectives } from '../config/format-directive';
import { type IndexedConfig, objectOf } from '../config/indexed-config';
import { rule } from '../config/rule';
import type { Path } from '../config/strings-in';
import { cycles } from '../rules/cycles';
import { CLOUDFORMATION, cycleFinding, graphOf, type ReferenceEdge } from './reference-edges';

/** The references between CloudFormation resources. */
function edges(index: IndexedConfig): ReferenceEdge[] {
  return Object.entries(index.section(CLOUDFORMATION)).flatMap(([from, resource]) => {
    const { DependsOn, Properties } = objectOf(resource);
    const base = [CLOUDFORMATION, from];
    const found = [
      ...dependencies(DependsOn, [...base, 'DependsOn']),
      ...references(Properties, [...base, 'Properties']),
    ];
    return found.map((edge): ReferenceEdge => ({ from, ...edge }));
  });
}

/** Circular dependencies fail with "Circular dependency between resources". */
export const acyclic = rule('circular-reference', edges, function* (all) {
  for (const cycle of cycles(graphOf(all))) {
    const steps = cycle.flatMap((from, index) => {
      const to = cycle[(index + 1) % cycle.length];
      return all.find((edge) => edge.from === from && edge.to === to) ?? [];
    });
    yield { path: steps[0]?.path ?? [], finding: cycleFinding(steps, 'CloudFormation') };
  }
});

type Reference = Omit<ReferenceEdge, 'from'>;

function* dependencies(value: unknown, path: Path): Generator<Reference> {
  if (typeof value === 'string') yield { to: value, path };
  else if (Array.isArray(value))
    for (const [index, item] of value.entries()) yield* dependencies(item, [...path, index]);
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html */
function* references(value: unknown, path: Path): Generator<Reference> {
  if (typeof value === 'string') {
    for (const text of [value, ...formatDirectives(value)]) {
      const directive = parseCfResourceParam(text);
      if (directive !== undefined) yield { to: directive.logicalId, path };
    }
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    if (key === 'Ref') yield { to: String(item), path: at };
    else if (key === 'Fn::GetAtt') yield { to: String([item].flat()[0]).split('.')[0] ?? '', path: at };
    else if (key === 'Fn::Sub') yield* substitutions(item, at);
    yield* references(item, at);
  }
}

/** `${Id}` and `${Id.Attribute}` in the string of `Fn::Sub`, without the variables that its list form defines. */
function* substitutions(value: unknown, path: Path): Generator<Reference> {
  const [text, own] = [value].flat();
  for (const [, name = ''] of String(text).matchAll(/\$\{([A-Za-z0-9]+)(?:\.[^}]*)?\}/g)) {
    if (!Object.hasOwn(objectOf(own), name)) yield { to: name, path };
  }
}
