import type { IConstruct } from 'constructs';
import type { CompletedValue, Connection, Connections } from '../access/connection';
import { isJoint, mergedStatements } from '../access/merged-statements';
import { SES, sesConnection } from '../access/ses';
import { isToken } from '../config/checked';
import { withArticle } from '../config/type-name';
import { formatFound, foundName, foundText, foundValue } from '../problems/found';
import { capitalized } from '../problems/phrases';
import type { Finding, LocatedFinding, StatedProblem } from '../problems/problem';
import { isCovered, type Narrowing, narrowingProblems, prefixProblem } from '../rules/narrowing';
import { variableName } from '../rules/variable-name';
import type { AwsContext } from '../terraform/aws-context';
import { type ConnectTarget, PROVIDED, type ProviderResource, referableOf } from './referables';

/** A resource of one of this project's classes, or of the provider's. */
export type Connectable = ConnectTarget | ProviderResource;

/**
 * What to connect to: a construct, whose ID is its name, any resource with a name of your choice, or `aws:ses`. The name is part of the
 * variables: `STP_<NAME>_<PARAM>`. With `access` or `prefix`, a connection allows less. The same name and resource can then be there
 * several times.
 */
export type ConnectSource =
  | typeof SES
  | (Connectable & IConstruct)
  | ({ readonly name: string; readonly resource: Connectable } & Narrowing);

/** Connections, and their problems. */
export interface ConnectResult {
  readonly connections: Connections;
  /** With paths such as `connectTo[0]` and `<environmentPath>.STP_X_NAME`. */
  readonly problems: readonly StatedProblem[];
}

interface Named {
  readonly name: string;
  /**
   * Type of a resource whose statements depend only on its type. Resources of one type share their statements.
   *
   * @default the statements are not shared
   */
  readonly type?: string;
  readonly connection: Connection;
  readonly resource?: Connectable;
  readonly narrowing?: Narrowing;
}

/**
 * The combined connections to some resources.
 *
 * @param variables names of the variables that the job or function sets itself. No connection can set these.
 * @param environmentPath path of these variables.
 */
export function connect(
  sources: readonly ConnectSource[],
  aws: AwsContext,
  variables: readonly string[],
  environmentPath: readonly PropertyKey[],
): ConnectResult {
  const problems: StatedProblem[] = [];
  if (!Array.isArray(sources)) {
    const found = foundValue(sources);
    problems.push({ keys: ['connectTo'], found, accepted: 'a list of constructs', fix: 'write [ ] around it' });
  }
  const named = (Array.isArray(sources) ? sources : []).flatMap((source, index): Named[] => {
    const result = open(source, aws);
    if ('connection' in result) return [result];
    const found = Array.isArray(result) ? result : [{ path: [], finding: result }];
    problems.push(...found.map(({ path, finding }) => ({ keys: ['connectTo', index, ...path], ...finding })));
    return [];
  });
  const taken = new Map<string, string>();
  for (const [index, { name, connection }] of named.entries()) {
    if (isAnotherPart(named, index)) continue;
    for (const variable of injected(name, connection)) {
      const other = taken.get(variable);
      if (other !== undefined) {
        const found = `${variable} of both "${other}" and "${name}"`;
        const fix = other === name ? 'name it once' : 'give one of the two another name';
        problems.push({ keys: ['connectTo'], found, accepted: 'resources that set different variables', fix });
      }
      taken.set(variable, name);
    }
  }
  for (const variable of variables) {
    const name = taken.get(variable);
    if (name === undefined) continue;
    problems.push({
      keys: [...environmentPath, variable],
      found: foundName(variable),
      accepted: 'a name that connectTo does not set',
      fix: `rename or remove it: connecting to "${name}" sets it`,
    });
  }
  return { connections: together(named), problems };
}

/** Names of the variables that a connection sets. */
function injected(name: string, { environment, secrets = {} }: Connection): string[] {
  const params = [...Object.entries(environment), ...Object.entries(secrets)].filter(
    ([, value]) => value !== undefined,
  );
  return params.map(([param]) => variableName(name, param));
}

/** Whether an earlier connection is to the same resource, and both are narrowed, so that neither makes the other needless. */
function isAnotherPart(named: readonly Named[], index: number): boolean {
  const one = named[index];
  return named.slice(0, index).some((other) => {
    if (one?.narrowing === undefined || other.narrowing === undefined) return false;
    if (other.name !== one.name || other.resource !== one.resource) return false;
    return !isCovered(one.narrowing, other.narrowing) && !isCovered(other.narrowing, one.narrowing);
  });
}

function open(source: ConnectSource, aws: AwsContext): Named | Finding | LocatedFinding[] {
  if (source === SES) return { name: 'ses', connection: sesConnection(aws) };
  const problem = sourceProblem(source);
  if (problem !== undefined) return problem;
  const [name, resource] = 'resource' in source ? [source.name, source.resource] : [source.node.id, source];
  const target = 'terraformResourceType' in resource ? providedTarget(resource) : resource;
  const referable = target && 'params' in target ? referableOf(target.type) : undefined;
  const narrowing = 'resource' in source ? narrowingOf(source) : undefined;
  if (narrowing !== undefined && referable?.narrowable !== undefined) {
    const problems = narrowingProblems(narrowing, withArticle(referable.type), referable.narrowable);
    const prefix =
      typeof narrowing.prefix === 'string' && !isToken(narrowing.prefix) ? prefixProblem(narrowing.prefix) : undefined;
    if (prefix !== undefined) problems.push({ path: ['prefix'], finding: prefix });
    if (problems.length > 0) return problems;
  }
  const connection = target && referable?.connection?.()(target, aws, narrowing);
  if (target !== undefined && connection !== undefined) {
    return { name, ...(target.type !== 'existing' && { type: target.type }), connection, resource, narrowing };
  }
  const found =
    'terraformResourceType' in resource ? foundText(String(resource.terraformResourceType)) : 'something else';
  const accepted = `a resource of this project, or one of ${Object.keys(PROVIDED).sort().join(', ')}`;
  return { found, accepted, fix: 'grant access with iamRoleStatements instead' };
}

function narrowingOf({ access, prefix }: Narrowing): Narrowing | undefined {
  return access === undefined && prefix === undefined ? undefined : { access, prefix };
}

/** The attributes of a provider's resource. Undefined for a type that can't be connected to. */
function providedTarget(resource: ProviderResource): ConnectTarget | undefined {
  const type = String(resource.terraformResourceType);
  return Object.hasOwn(PROVIDED, type) ? PROVIDED[type]?.()(resource) : undefined;
}

/** Reports a value that isn't a construct, or contains none: JavaScript and TypeScript casts allow any value. */
export function sourceProblem(source: unknown): Finding | undefined {
  if (source === SES) return undefined;
  const accepted = `a construct, { name, resource }, or ${SES}`;
  if (typeof source === 'string') {
    const fix = 'give the construct itself: names are resolved only in a config file';
    return { found: foundValue(source), accepted, fix };
  }
  if (typeof source !== 'object' || source === null) {
    return { found: foundValue(source), accepted, fix: 'give a construct, or remove it' };
  }
  if (!('resource' in source)) {
    const isNamed = 'node' in source && typeof source.node === 'object';
    return isNamed ? undefined : { found: 'an object that is no construct', accepted, fix: 'write { name, resource }' };
  }
  const { name, resource } = source as { readonly name?: unknown; readonly resource: unknown };
  if (typeof name !== 'string' || name === '') {
    return {
      found: `the name ${formatFound(name)}`,
      accepted,
      fix: 'add a name: STP_<NAME>_... variables are called by it',
    };
  }
  if (typeof resource === 'object' && resource !== null) return undefined;
  return { found: `the resource ${formatFound(resource)}`, accepted, fix: 'give the construct as resource' };
}

function together(all: readonly Named[]): Connections {
  // The variables and rules of a resource that is connected to in several parts are those of the first.
  const named = all.filter((_, index) => !isAnotherPart(all, index));
  const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1);
  const variables = named.flatMap(({ name, connection }) =>
    Object.entries(connection.environment).map(([param, value]) => [variableName(name, param), value] as const),
  );
  const secrets = named.flatMap(({ name, connection }) =>
    Object.entries(connection.secrets ?? {}).map(([param, secret]) => [variableName(name, param), secret] as const),
  );
  return {
    completed: named.flatMap(({ name, connection }) => completedValues(name, connection)),
    environment: variables
      .filter((variable): variable is readonly [string, string] => variable[1] !== undefined)
      .sort(byName),
    secrets: secrets.sort(byName),
    statements: mergedStatements(
      all.flatMap(({ name, type, connection }) =>
        connection.statements.map((statement) => {
          const owner = isJoint(statement) ? name : (type ?? name);
          return { ...statement, Sid: sid(owner, statement.Sid) };
        }),
      ),
    ),
    ingressRules: named.flatMap(({ connection }) => connection.ingressRule ?? []),
    gatewayEndpoints: [...new Set(named.flatMap(({ type }) => referableOf(type)?.gatewayEndpoint ?? []))],
  };
}

/** The values in which the names of parameters have become those of variables. */
function completedValues(name: string, { environment, completed = {} }: Connection): CompletedValue[] {
  return Object.entries(completed).flatMap(([param, text]) => {
    const value = environment[param];
    const withSecret = text.replace(/\$\((\w+)\)/g, (_, secret: string) => `$(${variableName(name, secret)})`);
    return value === undefined ? [] : [{ value, withSecret }];
  });
}

/** A `Sid` consists of letters and digits. */
function sid(name: string, own = ''): string {
  const words = name.split(/[^a-zA-Z0-9]+/).map(capitalized);
  return `ConnectTo${words.join('')}${own}`;
}
