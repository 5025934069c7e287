import { cloudFormationDocument, usedAttributes } from '../cloudformation/template';
import { type IndexedConfig, objectOf } from '../config/indexed-config';
import { rule } from '../config/rule';
import type { Path } from '../config/strings-in';
import { foundValue } from '../problems/found';
import { formatCount } from '../problems/phrases';
import { suggestion } from '../problems/suggestion';
import { QUOTAS } from '../rules/quotas';
import { acyclic } from './cloudformation-cycles';
import { CLOUDFORMATION } from './reference-edges';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const LIMITS = { resources: QUOTAS.resourcesOfTemplate, outputs: 200, parameters: 200, bytes: 51_200 } as const;

/** A logical id, or what was written for one. */
interface LocatedId {
  readonly id: unknown;
  readonly path: Path;
}

/** The logical ids that CloudFormation resources refer to. */
function idsInUse(index: IndexedConfig): LocatedId[] {
  return Object.entries(index.section(CLOUDFORMATION)).flatMap(([id, resource]) => {
    const { DependsOn, Properties } = objectOf(resource);
    const path = [CLOUDFORMATION, id, 'DependsOn'];
    const dependencies = Array.isArray(DependsOn)
      ? DependsOn.map((other, at) => ({ id: other, path: [...path, at] }))
      : [{ id: DependsOn, path }];
    return [...dependencies, ...idsIn(Properties, [CLOUDFORMATION, id, 'Properties'])];
  });
}

function* idsIn(value: unknown, path: Path): Generator<LocatedId> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    if (key === 'Ref') yield { id: item, path: at };
    else if (key === 'Fn::GetAtt') yield { id: Array.isArray(item) ? item[0] : String(item).split('.')[0], path: at };
    else yield* idsIn(item, at);
  }
}

const knownIds = rule('unknown-name', idsInUse, function* (used, index) {
  const ids = Object.keys(index.section(CLOUDFORMATION));
  for (const { id, path } of used) {
    // CloudFormation provides pseudo parameters such as `AWS::Region`.
    if (typeof id !== 'string' || id.startsWith('AWS::') || ids.includes(id)) continue;
    const meant = suggestion(id, ids);
    const fix =
      meant === undefined
        ? `add "${id}" to cloudformationResources, or use $ResourceParam for a resource of this config`
        : `did you mean "${meant}"?`;
    const accepted = `a resource of cloudformationResources: ${ids.join(', ')}`;
    yield { path, finding: { found: foundValue(id), accepted, fix } };
  }
});

function resourcesOf(index: IndexedConfig) {
  return index.section(CLOUDFORMATION);
}

const withinLimits = rule('unknown-name', resourcesOf, function* (resources, { config }) {
  if (Object.keys(resources).length === 0) return;
  const { cloudformationResources: _, ...others } = config;
  const { template, parameters } = cloudFormationDocument(resources, usedAttributes(others));
  const counts = {
    resources: Object.keys(template.Resources).length,
    outputs: Object.keys(template.Outputs ?? {}).length,
    parameters: parameters.size,
    bytes: Buffer.byteLength(JSON.stringify(template)),
  };
  for (const [what, limit] of Object.entries(LIMITS)) {
    const count = counts[what as keyof typeof counts];
    if (count <= limit) continue;
    const found = `${formatCount(count)} ${what}`;
    const accepted = `at most ${formatCount(limit)} ${what} in one CloudFormation template`;
    yield { path: [CLOUDFORMATION], finding: { found, accepted, fix: 'move some of them to another stack' } };
  }
});

/** References between CloudFormation resources, and what CloudFormation accepts of a template. */
export const CLOUDFORMATION_RULES = [knownIds, withinLimits, acyclic];
