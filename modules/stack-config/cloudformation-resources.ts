import { z } from 'zod';
import { cloudFormationDocument, usedAttributes } from '../cloudformation/template';
import { type CheckContext, mapOf, refuse, strict, text } from '../config/checked';
import { asObject } from '../config/referred-resource';
import { formatFound } from '../problems/problem';
import { suggestion } from '../problems/suggestion';
import { QUOTAS } from '../rules/quotas';

const logicalId = text({
  pattern: /^[A-Za-z0-9]{1,255}$/,
  accepted: 'a CloudFormation logical id: up to 255 letters and digits',
  fix: (found) => `write ${found.replace(/[^A-Za-z0-9]/g, '') || 'an id such as myStream'}`,
});

const json = z.json();

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html */
const cloudFormationResource = strict({
  /** Type of the resource, such as `AWS::Kinesis::Stream`. */
  Type: text({
    pattern: /^(?!AWS::Serverless::)[A-Za-z0-9]+(::[A-Za-z0-9]+){1,3}$/,
    accepted: 'a CloudFormation type such as AWS::Kinesis::Stream',
    fix: (found) =>
      found.startsWith('AWS::Serverless::')
        ? 'use the types that it expands to, such as AWS::Lambda::Function: transforms are not supported'
        : 'write a type such as AWS::SQS::Queue',
  }),
  /** Properties of the resource, with CloudFormation's names. You can use directives and CloudFormation's functions in them. @default none */
  Properties: z.record(z.string(), json).optional(),
  /** Logical ids of the resources that are created before this one. @default those that it refers to */
  DependsOn: z.union([z.string(), z.array(z.string())]).optional(),
  /** What happens to the resource when you remove it from the config. @default CloudFormation's default for the type */
  DeletionPolicy: z.enum(['Delete', 'Retain', 'RetainExceptOnCreate', 'Snapshot']).optional(),
  /** What happens to the old resource when an update replaces it. @default Delete */
  UpdateReplacePolicy: z.enum(['Delete', 'Retain', 'Snapshot']).optional(),
  /** Signals that CloudFormation waits for when it creates the resource. @default none */
  CreationPolicy: z.record(z.string(), json).optional(),
  /** How CloudFormation updates the resource. @default CloudFormation's default for the type */
  UpdatePolicy: z.record(z.string(), json).optional(),
  /** Any JSON. CloudFormation stores it with the resource and doesn't use it. @default none */
  Metadata: z.record(z.string(), json).optional(),
});

/** Resources that CloudFormation creates, by logical id. */
export const cloudFormationResources = mapOf(logicalId, cloudFormationResource);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const LIMITS = { resources: QUOTAS.resourcesOfTemplate, outputs: 200, parameters: 200, bytes: 51_200 } as const;

/** Refuses references between CloudFormation resources to names that don't exist, and a template that CloudFormation would reject. */
export function checkCloudFormation(
  config: { readonly resources?: unknown; readonly cloudformationResources?: unknown; readonly vpc?: unknown },
  context: CheckContext,
): void {
  const resources = asObject(config.cloudformationResources);
  const ids = Object.keys(resources);
  if (ids.length === 0) return;
  for (const [id, resource] of Object.entries(resources)) {
    const base = ['cloudformationResources', id];
    const { DependsOn } = asObject(resource);
    for (const [index, other] of [DependsOn].flat().entries()) {
      const path = Array.isArray(DependsOn) ? [...base, 'DependsOn', index] : [...base, 'DependsOn'];
      checkId(other, ids, context, path);
    }
    checkFunctions(asObject(resource).Properties, [...base, 'Properties'], ids, context);
  }
  checkLimits(config, context);
}

type Path = (string | number)[];

function checkFunctions(value: unknown, path: Path, ids: readonly string[], context: CheckContext): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    if (key === 'Ref') checkId(item, ids, context, at);
    else if (key === 'Fn::GetAtt')
      checkId(Array.isArray(item) ? item[0] : String(item).split('.')[0], ids, context, at);
    else checkFunctions(item, at, ids, context);
  }
}

/** CloudFormation provides pseudo parameters such as `AWS::Region`. */
function checkId(id: unknown, ids: readonly string[], context: CheckContext, path: Path): void {
  if (typeof id !== 'string' || id.startsWith('AWS::') || ids.includes(id)) return;
  const meant = suggestion(id, ids);
  const fix =
    meant === undefined
      ? `add "${id}" to cloudformationResources, or use $ResourceParam for a resource of this config`
      : `did you mean "${meant}"?`;
  refuse(
    context,
    {
      code: 'unknown-name',
      found: formatFound(id),
      accepted: `a resource of cloudformationResources: ${ids.join(', ')}`,
      fix,
    },
    path,
  );
}

function checkLimits(config: Parameters<typeof checkCloudFormation>[0], context: CheckContext): void {
  const { template, parameters } = cloudFormationDocument(
    asObject(config.cloudformationResources),
    usedAttributes([config.resources, config.vpc]),
  );
  const counts = {
    resources: Object.keys(template.Resources).length,
    outputs: Object.keys(template.Outputs ?? {}).length,
    parameters: parameters.size,
    bytes: Buffer.byteLength(JSON.stringify(template)),
  };
  for (const [what, limit] of Object.entries(LIMITS)) {
    const count = counts[what as keyof typeof counts];
    if (count <= limit) continue;
    const found = `${count.toLocaleString('en-US')} ${what}`;
    const accepted = `at most ${limit.toLocaleString('en-US')} ${what} in one CloudFormation template`;
    refuse(context, { code: 'unknown-name', found, accepted, fix: 'move some of them to another stack' }, [
      'cloudformationResources',
    ]);
  }
}
