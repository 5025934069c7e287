import {
  type CfResourceParamDirective,
  isAccountId,
  parseCfResourceParam,
  parseResourceParam,
  type ResourceParamDirective,
} from '../config/directive';
import { formatDirectives, parseFormat } from '../config/format-directive';
import { parseSecret, type SecretDirective } from '../config/secret-directive';
import { capitalized } from '../problems/phrases';
import { shortHash } from '../rules/naming';

/** A CloudFormation template. Covers only what this project writes. */
export interface CloudFormationTemplate {
  readonly Parameters?: { readonly [name: string]: { readonly Type: 'String' } };
  readonly Resources: { readonly [logicalId: string]: unknown };
  readonly Outputs?: { readonly [name: string]: { readonly Value: unknown } };
}

export interface CloudFormationDocument {
  readonly template: CloudFormationTemplate;
  /** The value of each parameter of the template. */
  readonly parameters: ReadonlyMap<string, ResourceParamDirective>;
}

/**
 * The template with the resources, and with outputs for the attributes that the config refers to. In the resources, `$ResourceParam`
 * becomes a parameter, `$CfResourceParam` an intrinsic function, `$AwsAccountId` a pseudo parameter, a format `Fn::Join`, and `$Secret` a
 * dynamic reference, which CloudFormation resolves itself, so that no template contains the value:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html
 */
export function cloudFormationDocument(
  resources: { readonly [logicalId: string]: unknown },
  asked: readonly CfResourceParamDirective[],
): CloudFormationDocument {
  const parameters = new Map<string, ResourceParamDirective>();
  const convert = (text: string): unknown => {
    const param = parseResourceParam(text);
    if (param !== undefined) {
      const name = parameterName(param);
      parameters.set(name, param);
      return { Ref: name };
    }
    const attribute = parseCfResourceParam(text);
    if (attribute !== undefined) return attributeOf(attribute, resources);
    if (isAccountId(text)) return { Ref: 'AWS::AccountId' };
    const secret = parseSecret(text);
    if (secret !== undefined) return dynamicReference(secret);
    const parts = parseFormat(text)?.map((part) => ('text' in part ? part.text : convert(part.directive)));
    return parts === undefined ? text : { 'Fn::Join': ['', parts] };
  };
  const Resources = converted(resources, convert) as CloudFormationTemplate['Resources'];
  const names = [...parameters.keys()].sort();
  const outputs = asked
    .map((directive): [string, { Value: unknown }] => [
      outputName(directive),
      { Value: attributeOf(directive, resources) },
    ])
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    template: {
      ...(names.length > 0 && {
        Parameters: Object.fromEntries(names.map((name) => [name, { Type: 'String' as const }])),
      }),
      Resources,
      ...(outputs.length > 0 && { Outputs: Object.fromEntries(outputs) }),
    },
    parameters,
  };
}

function dynamicReference({ id, key = '', stage = '', versionId = '' }: SecretDirective): string {
  return `{{resolve:secretsmanager:${`${id}:SecretString:${key}:${stage}:${versionId}`.replace(/:+$/, '')}}}`;
}

/** The attributes that the strings in a value refer to, without duplicates. */
export function usedAttributes(value: unknown): CfResourceParamDirective[] {
  const used = new Map<string, CfResourceParamDirective>();
  converted(value, (text) => {
    for (const each of [text, ...formatDirectives(text)]) {
      const directive = parseCfResourceParam(each);
      if (directive !== undefined) used.set(outputName(directive), directive);
    }
    return text;
  });
  return [...used.values()];
}

/** Names of the secrets among the resources, if they are literal strings. */
export function secretNames(resources: { readonly [logicalId: string]: unknown }): string[] {
  return Object.values(resources)
    .filter((resource) => typeOf(resource) === 'AWS::SecretsManager::Secret')
    .map((resource) => (resource as { readonly Properties?: { readonly Name?: unknown } }).Properties?.Name)
    .filter((name) => typeof name === 'string');
}

/** Capabilities that CloudFormation requires: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html */
export function capabilities({ Resources }: CloudFormationTemplate): string[] {
  const types = Object.values(Resources).map((resource) => typeOf(resource));
  return types.some((type) => type.startsWith('AWS::IAM::')) ? ['CAPABILITY_NAMED_IAM'] : [];
}

/** Name of the output with an attribute: a letter, letters and digits, and a hash that distinguishes `ab` + `c` from `a` + `bc`. */
export function outputName({ logicalId, attribute }: CfResourceParamDirective): string {
  const name = `${logicalId}${attribute.replaceAll('.', '')}${shortHash(`${logicalId}.${attribute}`)}`;
  // Terraform refers to it as `outputs.name`, and such a name cannot begin with a digit.
  return /^\d/.test(name) ? `Of${name}` : name;
}

function parameterName({ resource, param }: ResourceParamDirective): string {
  return `${resource}${capitalized(param)}${shortHash(`${resource}.${param}`)}`;
}

/** Types without an `Arn` attribute whose `Ref` is the ARN. A config refers to it as `Arn`. */
const REF_IS_ARN: ReadonlySet<string> = new Set([
  'AWS::Batch::ComputeEnvironment',
  'AWS::Batch::JobDefinition',
  'AWS::Batch::JobQueue',
  'AWS::CertificateManager::Certificate',
  'AWS::ECS::TaskDefinition',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::ElasticLoadBalancingV2::TargetGroup',
  'AWS::SNS::Topic',
  'AWS::SecretsManager::Secret',
]);

/** How a template refers to a resource in it. */
type IntrinsicFunction =
  | { readonly Ref: string }
  | { readonly 'Fn::GetAtt': readonly [logicalId: string, attribute: string] };

function attributeOf(
  { logicalId, attribute }: CfResourceParamDirective,
  resources: { readonly [logicalId: string]: unknown },
): IntrinsicFunction {
  const isRef = attribute === 'Ref' || (attribute === 'Arn' && REF_IS_ARN.has(typeOf(resources[logicalId])));
  return isRef ? { Ref: logicalId } : { 'Fn::GetAtt': [logicalId, attribute] };
}

function typeOf(resource: unknown): string {
  return String((resource as { readonly Type?: unknown } | null | undefined)?.Type);
}

function converted(value: unknown, convert: (text: string) => unknown): unknown {
  if (typeof value === 'string') return convert(value);
  if (Array.isArray(value)) return value.map((item) => converted(item, convert));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, converted(item, convert)]),
  );
}
