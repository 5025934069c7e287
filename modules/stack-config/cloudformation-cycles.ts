import { type CheckContext, refuse } from '../config/checked';
import { parseCfResourceParam } from '../config/directive';
import { asObject } from '../config/referred-resource';
import { rings } from '../rules/rings';
import { CLOUDFORMATION, graphOf, type ReferenceEdge, ringFinding } from './reference-edges';

type Path = (string | number)[];

/** Refuses circular dependencies of CloudFormation resources, which fail with "Circular dependency between resources". */
export function checkCloudFormationRings(resources: unknown, context: CheckContext): void {
  const edges = Object.entries(asObject(resources)).flatMap(([from, resource]) => {
    const { DependsOn, Properties } = asObject(resource);
    const base = [CLOUDFORMATION, from];
    return [...dependencies(DependsOn, [...base, 'DependsOn']), ...references(Properties, [...base, 'Properties'])]
      .filter(({ to }) => Object.hasOwn(asObject(resources), to))
      .map((edge): ReferenceEdge => ({ from, ...edge }));
  });
  for (const ring of rings(graphOf(edges))) {
    const steps = ring.flatMap((from, index) => {
      const to = ring[(index + 1) % ring.length];
      return edges.find((edge) => edge.from === from && edge.to === to) ?? [];
    });
    refuse(context, ringFinding(steps, 'CloudFormation'), [...(steps[0]?.path ?? [])]);
  }
}

type Reference = Omit<ReferenceEdge, 'from'>;

function* dependencies(value: unknown, path: Path): Generator<Reference> {
  if (typeof value === 'string') yield { to: value, path };
  else if (Array.isArray(value))
    for (const [index, item] of value.entries()) yield* dependencies(item, [...path, index]);
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html */
function* references(value: unknown, path: Path): Generator<Reference> {
  if (typeof value === 'string') {
    const directive = parseCfResourceParam(value);
    if (directive !== undefined) yield { to: directive.logicalId, path };
    return;
  }
  for (const [key, item] of Object.entries(asObject(value))) {
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    if (key === 'Ref') yield { to: String(item), path: at };
    else if (key === 'Fn::GetAtt') yield { to: String([item].flat()[0]).split('.')[0] ?? '', path: at };
    else if (key === 'Fn::Sub') yield* substitutions(item, at);
    if (key !== 'Ref' && key !== 'Fn::GetAtt') yield* references(item, at);
  }
}

/** `${Id}` and `${Id.Attribute}` in the string of `Fn::Sub`, without the variables that its list form defines. */
function* substitutions(value: unknown, path: Path): Generator<Reference> {
  const [text, own] = [value].flat();
  for (const [, name = ''] of String(text).matchAll(/\$\{([A-Za-z0-9]+)(?:\.[^}]*)?\}/g)) {
    if (!Object.hasOwn(asObject(own), name)) yield { to: name, path };
  }
}
