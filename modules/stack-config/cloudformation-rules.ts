import { cloudFormationDocument, usedAttributes } from '../cloudformation/template';
import { ofStacktape } from '../config/directive-registry';
import { type IndexedConfig, objectOf } from '../config/indexed-config';
import { rule } from '../config/rule';
import type { Path } from '../config/strings-in';
import { foundValue } from '../problems/found';
import { formatCount } from '../problems/phrases';
import { suggestion } from '../problems/suggestion';
import { QUOTAS } from '../rules/quotas';
import { acyclic } from './cloudformation-cycles';
import { CLOUDFORMATION } from './reference-edges';
import { scopeOf } from './references';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const LIMITS = { resources: QUOTAS.resourcesOfTemplate, outputs: 200, parameters: 200, bytes: 51_200 } as const;

const REF = 'Ref';

/** A logical id, or what was written for one. */
interface LocatedId {
  readonly id: unknown;
  /** What is asked of it, or `Ref`. */
  readonly attribute: string;
  readonly path: Path;
}

/** The logical ids that CloudFormation resources refer to. */
function idsInUse(index: IndexedConfig): LocatedId[] {
  return Object.entries(index.section(CLOUDFORMATION)).flatMap(([id, resource]) => {
    const { DependsOn, Properties } = objectOf(resource);
    const path = [CLOUDFORMATION, id, 'DependsOn'];
    const dependencies = Array.isArray(DependsOn)
      ? DependsOn.map((other, at) => ({ id: other, attribute: REF, path: [...path, at] }))
      : [{ id: DependsOn, attribute: REF, path }];
    return [...dependencies, ...idsIn(Properties, [CLOUDFORMATION, id, 'Properties'])];
  });
}

function* idsIn(value: unknown, path: Path): Generator<LocatedId> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    if (key === REF) yield { id: item, attribute: REF, path: at };
    else if (key === 'Fn::GetAtt') {
      const [id, attribute = ''] = Array.isArray(item) ? item : String(item).split('.');
      yield { id, attribute: String(attribute), path: at };
    } else yield* idsIn(item, at);
  }
}

const knownIds = rule('unknown-name', idsInUse, function* (used, index) {
  const ids = Object.keys(index.section(CLOUDFORMATION));
  const scope = scopeOf(index);
  for (const { id, attribute, path } of used) {
    // CloudFormation provides pseudo parameters such as `AWS::Region`.
    if (typeof id !== 'string' || id.startsWith('AWS::') || ids.includes(id)) continue;
    const meant = suggestion(id, ids);
    const fix =
      meant === undefined
        ? (ofStacktape(id, attribute, scope) ??
          `add "${id}" to cloudformationResources, or use $ResourceParam for a resource of this config`)
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
