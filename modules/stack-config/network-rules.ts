import { isToken } from '../config/checked';
import { connectedName } from '../config/connect-to';
import { type IndexedConfig, jobs, listOf, objectOf, type PlacedResource } from '../config/indexed-config';
import { rule } from '../config/rule';
import type { Path } from '../config/strings-in';
import { foundValue } from '../problems/found';
import { type Finding, formatPath } from '../problems/problem';
import { referableOf } from '../resources/referables';
import { referenceEdges } from './reference-edges';

/** Each parameter that a string asks for, also as a part of it. */
const ASKED = /\$ResourceParam\(\s*(['"])(?<name>[^'"]*)\1\s*,\s*(['"])(?<param>\w+)\3\s*\)/g;

/** A job that knows the address of a database and is not let in would wait for an answer until it times out. */
const connectedBeforeAsked = rule('conflict', jobs, function* (all, index) {
  const byName = new Map<unknown, (typeof all)[number]>(all.map((job) => [job.name, job]));
  for (const { text, path: at } of index.strings('resources')) {
    const job = byName.get(at[1]);
    if (job === undefined) continue;
    const closed = [...text.matchAll(ASKED)]
      .map(({ groups: { name = '', param = '' } = {} }) => ({ name, param }))
      .find(({ name, param }) => isClosed(name, param, index) && !connects(job, name));
    if (closed === undefined) continue;
    const accepted = `the ${closed.param} of a resource in connectTo: "${closed.name}" accepts connections only from those that connect to it`;
    const fix = `add "${closed.name}" to ${formatPath([...job.path, 'connectTo'])}`;
    yield { path: at, finding: { found: foundValue(text, ' without connectTo'), accepted, fix } };
  }
});

function connects({ properties }: Pick<PlacedResource, 'properties'>, name: string): boolean {
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
  // Something that no job uses has no effect.
  const names = new Set(index.jobs.map(({ name }) => name));
  const used = new Set(
    referenceEdges(index).flatMap(({ from, to, text }) => (names.has(from) && to === text ? [to] : [])),
  );
  return [...index.resources.values()].flatMap((resource) => (used.has(resource.name) ? groups(resource) : []));
}

/** Security groups of what is there, and the mount targets of a file system, which are in one VPC. */
function groups({ name, type, properties, existing, path }: PlacedResource): ForeignPart[] {
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

/** What jobs reach in their network. */
export const NETWORK_RULES = [connectedBeforeAsked, inOneVpc];
