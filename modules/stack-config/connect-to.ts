import { SES, SES_NARROWABLE } from '../access/ses';
import { connectedName } from '../config/connect-to';
import { type IndexedConfig, type LocatedResource, listOf, objectOf } from '../config/indexed-config';
import { rule } from '../config/rule';
import type { Path } from '../config/strings-in';
import { withArticle } from '../config/type-name';
import { foundName, foundValue } from '../problems/found';
import type { Finding, LocatedFinding } from '../problems/problem';
import { suggestion } from '../problems/suggestion';
import { paramsOf, referableOf } from '../resources/referables';
import {
  ACCESS_KINDS,
  type AccessKind,
  isCovered,
  type Narrowing,
  narrowingProblems,
  prefixProblem,
} from '../rules/narrowing';
import { variableName } from '../rules/variable-name';

/** A job or function that connects to others. */
interface Caller extends LocatedResource {
  readonly connectTo: readonly unknown[];
  /** Its variables, with their path. */
  readonly environment: [variables: unknown, path: Path];
}

function callers(index: IndexedConfig): Caller[] {
  return [...index.resources.values()].flatMap((resource) => {
    const { type, properties, path } = resource;
    if ((type !== 'batch-job' && type !== 'function') || !Array.isArray(properties.connectTo)) return [];
    const environment: Caller['environment'] =
      type === 'function'
        ? [properties.environment, [...path, 'environment']]
        : [objectOf(properties.container).environment, [...path, 'container', 'environment']];
    return [{ ...resource, connectTo: properties.connectTo, environment }];
  });
}

/** Names that can be connected to, and variables that only one connection or property sets. */
export const connections = rule('invalid-value', callers, function* (all, index) {
  for (const caller of all) {
    const set = new Map<string, string>();
    yield* names(caller, set, index);
    yield* variables(caller, set);
  }
});

/** @param set the variables that the connections set, each with the name of its connection */
function* names({ path, connectTo }: Caller, set: Map<string, string>, index: IndexedConfig) {
  const seen = new Map<string, readonly Entry[]>();
  const connected = new Set<string>();
  for (const [position, written] of connectTo.entries()) {
    const name = connectedName(written);
    if (typeof name !== 'string' || name.trim() === '') continue;
    const at: Path = [...path, 'connectTo', position];
    const entry = { position, isName: written === name, ...narrowingOf(written) };
    const finding = unconnectable(name, index);
    if (finding !== undefined) {
      yield { path: entry.isName ? at : [...at, 'name'], finding };
      continue;
    }
    const problems = unnarrowable(name, entry, index);
    for (const problem of problems) yield { ...problem, path: [...at, ...problem.path] };
    const others = seen.get(name) ?? [];
    // What an entry with another fault is meant to allow is unknown, and so whether another one allows it too.
    const isRight = problems.length === 0 && !hasWrongNarrowing(written);
    const repetition = isRight ? repeated(name, entry, others) : undefined;
    if (repetition !== undefined) yield { path: at, finding: repetition };
    seen.set(name, isRight ? [...others, entry] : others);
    if (connected.has(name)) continue;
    connected.add(name);
    for (const variable of injectedVariables(name, index)) {
      const other = set.get(variable);
      if (other !== undefined) {
        const found = foundValue(name, `, which sets ${variable} as "${other}" does`);
        const accepted = 'resources that set different variables';
        yield { path: at, finding: { found, accepted, fix: 'rename one of them' } };
      }
      set.set(variable, name);
    }
  }
}

/** An entry of `connectTo`, with the properties that have the right type. */
interface Entry extends Narrowing {
  readonly position: number;
  /** Whether it is the name alone. */
  readonly isName: boolean;
}

function narrowingOf(written: unknown): Narrowing {
  const { access, prefix } = objectOf(written);
  return {
    ...(ACCESS_KINDS.includes(access as AccessKind) && { access: access as AccessKind }),
    ...(typeof prefix === 'string' && { prefix }),
  };
}

/** Whether the schema refuses the access or the prefix of an entry. */
function hasWrongNarrowing(written: unknown): boolean {
  const { access, prefix } = objectOf(written);
  const isPrefix = typeof prefix === 'string' && prefixProblem(prefix) === undefined;
  return (access !== undefined && !ACCESS_KINDS.includes(access as AccessKind)) || (prefix !== undefined && !isPrefix);
}

/** Two entries for the same resource, of which one has no effect. */
function repeated(name: string, entry: Entry, others: readonly Entry[]): Finding | undefined {
  for (const other of others) {
    if (isCovered(entry, other) && isCovered(other, entry)) {
      const found = foundValue(name, ` again, as at [${other.position}]`);
      return { code: 'duplicate-name', found, accepted: 'each name once', acceptedAs: 'rule', fix: 'remove it' };
    }
    const [needless, by] = isCovered(entry, other) ? [entry, other] : isCovered(other, entry) ? [other, entry] : [];
    if (needless === undefined || by === undefined) continue;
    const found = foundValue(name, ` again: [${by.position}] already allows all that [${needless.position}] does`);
    const accepted = 'each name once, or with another access or prefix each time';
    const fix = `remove connectTo[${needless.position}], or narrow connectTo[${by.position}] too`;
    return { code: 'duplicate-name', found, accepted, acceptedAs: 'rule', fix };
  }
  return undefined;
}

function unnarrowable(name: string, entry: Entry, { resources }: IndexedConfig): LocatedFinding[] {
  const type = resources.get(name)?.type;
  const narrowable = name === SES ? SES_NARROWABLE : referableOf(type)?.narrowable;
  return narrowable === undefined
    ? []
    : narrowingProblems(entry, name === SES ? name : withArticle(String(type)), narrowable);
}

/** Why a name can't be connected to. Another check reports a missing or unknown type. */
function unconnectable(name: string, { resources }: IndexedConfig): Finding | undefined {
  const resource = resources.get(name);
  if (name === SES || isConnectable(resource)) return undefined;
  const fitting = [...resources.values()].filter(isConnectable).map((candidate) => candidate.name);
  const accepted = `the name of a resource that can be connected to: ${[...fitting, SES].join(', ')}`;
  if (resource?.type === undefined) {
    const meant = suggestion(name, [...fitting, SES]);
    const unknown = name.startsWith('aws:')
      ? `grant access with iamRoleStatements: ${SES} is the only service with a name here`
      : `add a resource "${name}"`;
    return { found: foundValue(name), accepted, fix: meant === undefined ? unknown : `did you mean "${meant}"?` };
  }
  const referable = referableOf(resource.type);
  if (referable === undefined) return undefined;
  const type = withArticle(resource.type);
  const instead = referable.insteadOfConnection?.(name);
  if (instead !== undefined) return { found: foundValue(name, `, which is ${type}`), accepted, fix: instead };
  const fix = `remove it: calling ${type} needs no permission. Read its address with $ResourceParam('${name}', 'domain')`;
  return { found: foundValue(name, `, which is ${type}`), accepted, fix };
}

function isConnectable(resource: LocatedResource | undefined): boolean {
  return referableOf(resource?.type)?.connection !== undefined;
}

/** Names of the variables that a connection to a resource sets. */
export function injectedVariables(name: string, { resources }: IndexedConfig): string[] {
  const resource = resources.get(name);
  if (resource === undefined || !isConnectable(resource)) return [];
  return paramsOf(resource.type, resource.properties, resource.existing).map((param) => variableName(name, param));
}

function* variables(
  { environment: [written, path] }: Caller,
  set: ReadonlyMap<string, string>,
): Generator<LocatedFinding> {
  const named: [Path, unknown][] = Array.isArray(written)
    ? listOf(written).map((item, position) => [[position, 'name'], objectOf(item).name])
    : Object.keys(objectOf(written)).map((name) => [[name], name]);
  const found = Array.isArray(written) ? foundValue : foundName;
  for (const [key, variable] of named) {
    if (typeof variable !== 'string') continue;
    const name = set.get(variable);
    if (name === undefined) continue;
    const fix = `rename or remove it: connectTo "${name}" sets it`;
    const finding = { found: found(variable), accepted: 'a name that connectTo does not set', fix };
    yield { path: [...path, ...key], finding };
  }
}
