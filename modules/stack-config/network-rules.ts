import { SES } from '../access/ses';
import { isToken } from '../config/checked';
import { connectedName } from '../config/connect-to';
import { formatDirectives } from '../config/format-directive';
import { type IndexedConfig, type LocatedResource, listOf, objectOf } from '../config/indexed-config';
import { rule } from '../config/rule';
import { parseParameter, parseSecret } from '../config/secret-directive';
import type { Path, TextAt } from '../config/strings-in';
import { foundValue } from '../problems/found';
import { type Finding, formatPath } from '../problems/problem';
import { referableOf } from '../resources/referables';
import { referenceEdges } from './reference-edges';

/** Each parameter that a string asks for, also as a part of it. */
const ASKED = /\$ResourceParam\(\s*(['"])(?<name>[^'"]*)\1\s*,\s*(['"])(?<param>\w+)\3\s*\)/g;

/** What runs code in the stack. */
function callers({ resources }: IndexedConfig): readonly LocatedResource[] {
  return [...resources.values()].filter(({ type }) => type === 'batch-job' || type === 'function');
}

/** A job or function that knows the address of a database and is not let in would wait for an answer until it times out. */
const connectedBeforeAsked = rule('conflict', callers, function* (all, index) {
  const byName = new Map<unknown, (typeof all)[number]>(all.map((job) => [job.name, job]));
  for (const { text, path: at } of index.strings('resources')) {
    const job = byName.get(at[1]);
    // The directives of a format follow it.
    if (job === undefined || formatDirectives(text).length > 0) continue;
    const closed = [...text.matchAll(ASKED)]
      .map(({ groups: { name = '', param = '' } = {} }) => ({ name, param }))
      .find(({ name, param }) => isClosed(name, param, index) && !connects(job, name));
    if (closed === undefined) continue;
    const accepted = `the ${closed.param} of a resource in connectTo: "${closed.name}" accepts connections only from those that connect to it`;
    const fix = `add "${closed.name}" to ${formatPath([...job.path, 'connectTo'])}`;
    yield { path: at, finding: { found: foundValue(text, ' without connectTo'), accepted, fix } };
  }
});

function connects({ properties }: Pick<LocatedResource, 'properties'>, name: string): boolean {
  return listOf(properties.connectTo).map(connectedName).includes(name);
}

function isClosed(name: string, param: string, { resources }: IndexedConfig): boolean {
  const { type, properties, existing } = resources.get(name) ?? {};
  return (
    referableOf(type)
      ?.addressParams?.(properties ?? {}, existing)
      .includes(param) ?? false
  );
}

/** What is in another VPC can't be reached from the one that the stack creates. */
const inOneVpc = rule('conflict', foreignParts, function* (parts, index) {
  if (index.section('vpc').vpcId !== undefined) return;
  for (const { path, found } of parts) {
    const accepted =
      "what is in the jobs' VPC: without vpc.vpcId, the stack creates a VPC for them, which is another one";
    yield { path, finding: { found, accepted, fix: SAME_VPC } };
  }
});

interface ForeignPart {
  readonly path: Path;
  readonly found: Finding['found'];
}

const SAME_VPC = 'add vpc: { vpcId, subnetIds } with the VPC and subnets in which it is';

function foreignParts(index: IndexedConfig): ForeignPart[] {
  // Something that no job or function uses has no effect.
  const names = new Set(callers(index).map(({ name }) => name));
  const used = new Set(
    referenceEdges(index).flatMap(({ from, to, text }) => (names.has(from) && to === text ? [to] : [])),
  );
  return [...index.resources.values()].flatMap((resource) => (used.has(resource.name) ? groups(resource) : []));
}

/** Security groups of what is there, and the mount targets of a file system, which are in one VPC. */
function groups({ name, type, properties, existing, path }: LocatedResource): ForeignPart[] {
  const at = [...path.slice(0, -1), 'existing'];
  if (existing === undefined)
    return foreignGroup(objectOf(properties.securityGroup).id, [...path, 'securityGroup', 'id']);
  const group = foreignGroup(existing.securityGroupId, [...at, 'securityGroupId']);
  if (group.length > 0 || type !== 'efs-filesystem' || typeof existing.arn !== 'string') return group;
  const found = `the file system "${name}" of another VPC`;
  return isForeign(existing.arn) ? [{ path: [...at, 'arn'], found }] : [];
}

function foreignGroup(id: unknown, path: Path): ForeignPart[] {
  return typeof id === 'string' && isForeign(id)
    ? [{ path, found: foundValue(id, ', a security group of another VPC') }]
    : [];
}

/** Whether the config itself names it. What only Terraform knows can be in any VPC. */
function isForeign(id: string): boolean {
  return !isToken(id) && !id.startsWith('$');
}

/**
 * Functions get no public address. Without NAT they reach the services of AWS that have an endpoint in the VPC: Amazon S3 and AWS Secrets
 * Manager, and Amazon DynamoDB, whose gateway only public subnets have. An endpoint leads to the services of its region.
 */
const reachedByFunctions = rule('conflict', functionsInside, function* (functions, index) {
  const { vpcId, privateSubnets, egress } = index.section('vpc');
  const isPrivate = privateSubnets === true;
  // Only AWS knows the routes and endpoints of a VPC that is there. A second endpoint with the same private name would be refused.
  if (vpcId !== undefined || (isPrivate && egress !== 'endpoints')) return;
  const accepted = isPrivate
    ? "what the function reaches: in the VPC with egress 'endpoints', it reaches no other service"
    : 'what the function reaches: in the VPC without private subnets, it reaches only the VPC, and AWS Secrets Manager, Amazon S3 and ' +
      'Amazon DynamoDB in the region';
  const fix = isPrivate ? "set vpc.egress to 'nat'" : 'add vpc: { privateSubnets: true }';
  const asked = storesAsked(index);
  for (const { path, properties } of functions) {
    for (const [position, entry] of listOf(properties.connectTo).entries()) {
      const target = connectedName(entry);
      const service = serviceOf(target, index, isPrivate, asked);
      if (service === undefined) continue;
      yield {
        path: [...path, 'connectTo', position],
        finding: { found: foundValue(target, `, which needs ${service}`), accepted, fix },
      };
    }
  }
  const names = new Set<unknown>(functions.map(({ name }) => name));
  for (const { text, path, service } of asked) {
    if (!names.has(path[1]) || path[3] !== 'environment') continue;
    yield { path, finding: { found: foundValue(text, `, which needs ${service}`), accepted, fix } };
  }
});

interface AskedStore extends TextAt {
  readonly service: string;
}

/** The directives in the resources that ask a service of AWS to which no endpoint leads. */
function storesAsked(index: IndexedConfig): readonly AskedStore[] {
  return index.strings('resources').flatMap((string) => {
    const service = storeOf(string.text, index);
    return service === undefined ? [] : [{ ...string, service }];
  });
}

/** The service of AWS that has what a directive stands for, if no endpoint leads to it. */
function storeOf(text: string, { region }: IndexedConfig): string | undefined {
  if (parseParameter(text) !== undefined) return 'AWS Systems Manager';
  return inOtherRegion('AWS Secrets Manager', parseSecret(text)?.id, region);
}

/** A service with the region that an ARN names, if that is not the stack's. */
function inOtherRegion(service: string, arn: unknown, region: string | undefined): string | undefined {
  const [, , , stated] = typeof arn === 'string' && arn.startsWith('arn:') && !isToken(arn) ? arn.split(':') : [];
  return stated === undefined || region === undefined || stated === region ? undefined : `${service} in ${stated}`;
}

/** Functions of the stack that are in its network. */
function functionsInside(index: IndexedConfig): readonly LocatedResource[] {
  return callers(index).filter(
    ({ type, properties, existing }) =>
      type === 'function' &&
      existing === undefined &&
      (properties.joinDefaultVpc === true ||
        listOf(properties.connectTo).some((entry) => letsIn(index.resources.get(String(connectedName(entry)))))),
  );
}

/** Whether the security group of a resource lets in those that connect to it. */
function letsIn(resource: LocatedResource | undefined): boolean {
  if (resource === undefined) return false;
  const { type, properties, existing } = resource;
  const isNetworked = referableOf(type)?.isNetworked?.(properties, existing) === true;
  if (type === 'existing') return properties.securityGroup !== undefined;
  return isNetworked && (existing === undefined || existing.securityGroupId !== undefined);
}

/** The service of AWS that a function needs to use a resource, if no endpoint leads to it. */
function serviceOf(
  name: unknown,
  index: IndexedConfig,
  isPrivate: boolean,
  asked: readonly AskedStore[],
): string | undefined {
  if (name === SES) return 'Amazon SES';
  const { type, existing } = index.resources.get(String(name)) ?? {};
  const { unreachableService: service, gatewayEndpoint } = referableOf(type) ?? {};
  if (service !== undefined)
    return gatewayEndpoint === undefined || isPrivate ? service : inOtherRegion(service, existing?.arn, index.region);
  // The passwords of what is connected to.
  return asked.find(({ path }) => path[1] === name)?.service;
}

/** What jobs and functions reach in their network. */
export const NETWORK_RULES = [connectedBeforeAsked, inOneVpc, reachedByFunctions];
