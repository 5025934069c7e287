import { SOURCES } from '../../triggers/registry';
import type { AnySource } from '../../triggers/source';
import { ANYWHERE, type ArnRule, IN_REGION, OF_NONE, OF_TOPIC } from '../config/arn-rule';
import { isToken } from '../config/checked';
import { parseResourceParam } from '../config/directive';
import { type IndexedConfig, objectOf } from '../config/indexed-config';
import { rule } from '../config/rule';
import { isSecretDirective, parseParameter, parseSecret } from '../config/secret-directive';
import type { Path } from '../config/strings-in';
import { valueAt } from '../config/value-at';
import { foundValue } from '../problems/found';
import { type Finding, formatPath } from '../problems/problem';
import { NAMED } from '../resources/referables';
import { type AnyCompanion, COMPANIONS } from '../resources/registry';
import { ecrImage } from '../rules/ecr-image';
import { partitionOf } from '../rules/partitions';
import { images } from './images';

const PROPERTIES = 'resources.*.properties';

/** The rules of topics in a property of the stack and of jobs: each is one target or a list. */
function inRegion(property: string, kinds: readonly string[]): { readonly [path: string]: ArnRule } {
  const places = [property, `${PROPERTIES}.${property}`].flatMap((place) => kinds.map((kind) => `${place}.${kind}`));
  return Object.fromEntries(
    places.flatMap((place) =>
      ['', '[]'].map((entry) => [`${place}${entry}.snsTopicArn`, { ...IN_REGION, refersTo: OF_TOPIC }] as const),
    ),
  );
}

function companionArns({ type, propertyArns = {}, existingArns = {} }: AnyCompanion): {
  readonly [path: string]: ArnRule;
} {
  const paths = [
    ...Object.entries<ArnRule>(propertyArns).map(([path, accepted]) => [`${PROPERTIES}.${path}`, accepted] as const),
    ...Object.entries<ArnRule>(existingArns).map(
      ([key, accepted]) => [`resources.*<${type}>.existing.${key}`, accepted] as const,
    ),
  ];
  return Object.fromEntries(paths);
}

const SESSION_ARNS = ['roleArn', 'policyArns', 'policyArns[]'];
const BACKEND_ARNS = [
  'kmsKeyId',
  ...['assumeRole', 'assumeRoleWithWebIdentity'].flatMap((role) =>
    SESSION_ARNS.map((property) => `${role}.${property}`),
  ),
];

/**
 * Every property that accepts an ARN, by its path in the schema. Paths of existing resources include the resource's type. Sources say those of
 * their events.
 */
export const ARN_RULES: { readonly [path: string]: ArnRule } = {
  'iam.permissionsBoundaryArn': { region: 'any', account: 'own' },
  // No service can use a key of another region. Keys of other accounts are usual, and each must allow the stack's account.
  'encryption.kmsKeyArn': IN_REGION,
  // The state can be in any account and region.
  ...Object.fromEntries(BACKEND_ARNS.map((option) => [`backend.${option}`, ANYWHERE])),
  // CloudWatch rejects an alarm action in another region: "Invalid region us-east-1 specified. Only eu-west-1 is supported".
  'undeliveredEvents.alarmTopicArn': IN_REGION,
  // Step Functions calls SNS in its own region, which refuses the ARN of a topic elsewhere.
  ...inRegion('notifications', ['onFailure', 'onSuccess', 'onStuck']),
  ...inRegion('alarms', ['failedRuns.notify', 'oldestWaitingRun.notify']),

  // ECS reads a secret in another region by its ARN: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RepositoryCredentials.html
  [`${PROPERTIES}.container.packaging.properties.repositoryCredentialsSecretArn`]: { ...ANYWHERE, refersTo: OF_NONE },
  // CodeBuild reads a secret in its own region, and Terraform in its provider's region.
  [`${PROPERTIES}.container.packaging.properties.registryCredentials[].secretArn`]: { ...IN_REGION, refersTo: OF_NONE },
  [`${PROPERTIES}.iamRoleStatements[].Resource`]: ANYWHERE,
  [`${PROPERTIES}.iamRoleStatements[].Resource[]`]: ANYWHERE,
  [`${PROPERTIES}.executionRoleStatements[].Resource`]: ANYWHERE,
  [`${PROPERTIES}.executionRoleStatements[].Resource[]`]: ANYWHERE,

  ...Object.assign({}, ...COMPANIONS.map(companionArns)),
};

/** An ARN in the config, with its path. */
interface LocatedArn {
  readonly arn: string;
  readonly path: Path;
  readonly partition: string;
  /** Empty for services without regions. */
  readonly region: string;
  /** Empty for buckets. */
  readonly account: string;
  /** Whether the resource must be in the stack's region. */
  readonly inRegion: boolean;
  readonly inAccount: boolean;
}

/** The ARNs of a config, and the places that the stack can be in. */
interface Located {
  readonly arns: readonly LocatedArn[];
  /** The first ARN that must be in the stack's region. It sets the region of a config without one. */
  readonly first: LocatedArn | undefined;
  /** The first ARN of an account that must be the stack's. */
  readonly own: LocatedArn | undefined;
  /** The accounts that the stack can be deployed to. Undefined if any. */
  readonly allowed: readonly unknown[] | undefined;
}

function located(index: IndexedConfig): Located {
  const arns = locatedArns(index);
  return {
    arns,
    first: arns.find(({ inRegion, region }) => inRegion && region !== ''),
    own: arns.find(({ inAccount, account }) => inAccount && account !== ''),
    allowed: allowedAccounts(index.config.allowedAccountIds),
  };
}

/**
 * The stack cannot use ARNs in another partition, in another region if AWS accepts only the stack's region, or in two different accounts if
 * AWS accepts only one. Without a configured region, the first ARN that must be in the stack's region sets it.
 */
const reachableArns = rule('wrong-location', located, function* ({ arns, first, own, allowed }, { region: stated }) {
  for (const arn of arns) {
    const finding =
      partitionProblem(arn, stated, first ?? arns[0]) ??
      regionProblem(arn, stated, first) ??
      (own === undefined ? undefined : accountProblem(arn, own)) ??
      allowedProblem(arn, allowed);
    if (finding !== undefined) yield { path: arn.path, finding };
  }
});

function partitionProblem(arn: LocatedArn, stated: string | undefined, first = arn): Finding | undefined {
  const { partition, region } = arn;
  const found = foundValue(arn.arn, `, of the partition ${partition}`);
  const regions = region === '' || /[*?]/.test(region) ? undefined : partitionOf(region);
  if (regions !== undefined && regions !== partition && (stated === undefined || partitionOf(stated) === regions)) {
    const fix = `write arn:${regions}: for a resource in ${region}`;
    return { found, accepted: `an ARN of the partition ${regions}, the partition of ${region}`, fix };
  }
  const wanted = stated === undefined ? first.partition : partitionOf(stated);
  if (partition === wanted) return undefined;
  const why = stated === undefined ? `as ${formatPath(first.path)} is` : `as ${stated} is`;
  const accepted = `an ARN of the partition ${wanted}, ${why}`;
  return {
    found,
    accepted,
    fix: `use a resource of the partition ${wanted}: the stack cannot reach another partition`,
  };
}

function regionProblem(
  { arn, region, inRegion }: LocatedArn,
  stated: string | undefined,
  first: LocatedArn | undefined,
): Finding | undefined {
  const wanted = stated ?? first?.region;
  if (!inRegion || region === '' || wanted === undefined || region === wanted) return undefined;
  const found = foundValue(arn, `, in ${region}`);
  if (stated !== undefined) {
    const fix = `use a resource in ${stated}, or set region to ${region}`;
    return { found, accepted: `an ARN of ${stated}, the stack's region`, fix };
  }
  const accepted = `an ARN of ${wanted}, as ${formatPath(first?.path ?? [])}: both must be in the stack's region`;
  return { found, accepted, fix: 'use resources of one region, and set region to this region' };
}

function accountProblem({ arn, account, inAccount }: LocatedArn, own: LocatedArn): Finding | undefined {
  if (!inAccount || account === '' || account === own.account) return undefined;
  const found = foundValue(arn, `, of the account ${account}`);
  const accepted = `an ARN of the account ${own.account}, as ${formatPath(own.path)}: both must be in the stack's account`;
  return { found, accepted, fix: 'use resources of the account that the stack is deployed to' };
}

function allowedProblem({ arn, account, inAccount }: LocatedArn, allowed: Located['allowed']): Finding | undefined {
  if (!inAccount || account === '' || allowed === undefined || allowed.includes(account)) return undefined;
  const accepted = `an ARN of one of allowedAccountIds, ${allowed.join(', ')}: the stack can be deployed to no other account`;
  const fix = `use a resource of the stack's account, or add "${account}" to allowedAccountIds`;
  return { found: foundValue(arn, `, of the account ${account}`), accepted, fix };
}

/** Undefined if another check refuses an ID, or only Terraform knows it. */
function allowedAccounts(given: unknown): readonly unknown[] | undefined {
  return Array.isArray(given) && given.every((id) => /^\d{12}$/.test(String(id))) ? given : undefined;
}

/** No role of the stack can sign in to another partition's registry. */
const reachableRegistries = rule('invalid-value', images, function* (all, { region: stated }) {
  if (stated === undefined) return;
  for (const { image, path } of all) {
    const place = isToken(image) ? undefined : ecrImage(image);
    if (place === undefined || partitionOf(place.region) === partitionOf(stated)) continue;
    const accepted = `an image of the partition ${partitionOf(stated)}, as ${stated} is`;
    const found = foundValue(image, `, of the partition ${partitionOf(place.region)}`);
    yield { path, finding: { found, accepted, fix: `copy the image to a repository in ${stated}` } };
  }
});

export const ARN_RULE_LIST = [reachableArns, reachableRegistries];

function locatedArns(index: IndexedConfig): LocatedArn[] {
  const values = index
    .strings('backend', 'iam', 'encryption', 'resources', 'undeliveredEvents', 'notifications', 'alarms')
    .map(({ text, path }) => {
      const secret = secretArn(text);
      // ECS reads secrets in other regions. An image build does not.
      if (secret !== undefined)
        return { text: secret, path, rule: path.includes('buildSecrets') ? IN_REGION : ANYWHERE };
      return { text, path, rule: arnRuleAt(path, index) };
    });
  const asked = new Set(values.flatMap((value) => askedName(value.text, value.path, value.rule) ?? []));
  return values.flatMap(({ text, path, rule }) => {
    if (rule === undefined || isToken(text)) return [];
    const [, partition = '', , region = '', owner = '', resource] = text.split(':');
    // Policies of AWS belong to no account.
    const account = owner === 'aws' ? '' : owner;
    if (!text.startsWith('arn:') || resource === undefined || /[*?]/.test(partition)) return [];
    const inRegion = rule.region === 'same' || (rule.region === 'asked' && asked.has(path[1] as string));
    return [{ arn: text, path, partition, region, account, inRegion, inAccount: rule.account === 'own' }];
  });
}

/** The ARN that a `$Secret` or `$Parameter` directive refers to. */
function secretArn(value: string): string | undefined {
  if (!isSecretDirective(value)) return undefined;
  const id = (parseSecret(value) ?? parseParameter(value))?.id;
  return id?.startsWith('arn:') ? id : undefined;
}

/** The name of a resource that a property refers to and that must be in the stack's region. */
function askedName(value: string, path: Path, rule: ArnRule | undefined): string | undefined {
  if (rule?.region === 'same') return parseResourceParam(value)?.resource;
  return Object.hasOwn(NAMED, path.at(-1) ?? '') ? value : undefined;
}

/** The rule of the property at a path, if it accepts an ARN. Sources have properties of the same name with ARNs of other services. */
export function arnRuleAt(path: Path, index: IndexedConfig): ArnRule | undefined {
  const [section, , properties, events] = path;
  if (section !== 'resources' || properties !== 'properties' || events !== 'events')
    return ARN_RULES[ruleKey(path, index)];
  const { type } = objectOf(valueAt(index.config, path.slice(0, 5)));
  const source = SOURCES.find((each) => each.type === type) as Pick<AnySource<string>, 'arns'> | undefined;
  return source?.arns?.[path.slice(6).join('.')];
}

/** The path in the schema for a path in the config. */
function ruleKey(path: Path, { resources }: IndexedConfig): string {
  const [section, name, part] = path;
  return path.reduce<string>((text, key, index) => {
    if (typeof key === 'number') return `${text}[]`;
    if (index === 1 && section === 'resources')
      return `${text}.*${part === 'existing' ? `<${resources.get(String(name))?.type}>` : ''}`;
    return text === '' ? key : `${text}.${key}`;
  }, '');
}
