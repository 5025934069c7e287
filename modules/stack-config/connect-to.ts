import { SES } from '../access/ses';
import { type CheckContext, refuse } from '../config/checked';
import { asObject } from '../config/referred-resource';
import { withArticle } from '../config/type-name';
import { formatFound } from '../problems/problem';
import { suggestion } from '../problems/suggestion';
import { paramsOf, referableOf } from '../resources/referables';
import { variableName } from '../rules/variable-name';

type Path = (string | number)[];

/** Refuses names in `connectTo` that can't be connected to, and variables that a connection and another property both set. */
export function checkConnectTo(resources: unknown, context: CheckContext): void {
  for (const [name, resource] of Object.entries(asObject(resources))) {
    const { type, properties } = asObject(resource);
    if (type !== 'batch-job' && type !== 'function') continue;
    const { connectTo, container, environment } = asObject(properties);
    const base = ['resources', name, 'properties'];
    const set = Array.isArray(connectTo)
      ? checkNames(connectTo, resources, context, [...base, 'connectTo'], type)
      : undefined;
    if (set === undefined) continue;
    if (type === 'function') checkVariables(environment, set, context, [...base, 'environment']);
    else checkVariables(asObject(container).environment, set, context, [...base, 'container', 'environment']);
  }
}

/** The variables that the connections set, each with the name of its connection. */
function checkNames(
  connectTo: readonly unknown[],
  resources: unknown,
  context: CheckContext,
  path: Path,
  callerType: 'batch-job' | 'function',
): Map<string, string> {
  const set = new Map<string, string>();
  const seen = new Set<unknown>();
  for (const [index, name] of connectTo.entries()) {
    if (typeof name !== 'string' || name.trim() === '') continue;
    const at = [...path, index];
    if (seen.has(name)) {
      refuse(context, { found: formatFound(name), accepted: 'each name once', fix: 'remove one of them' }, at);
      continue;
    }
    seen.add(name);
    if (!checkName(name, resources, context, at)) continue;
    if (callerType === 'function' && refuseNetworked(name, resources, context, at)) continue;
    for (const variable of injectedVariables(name, resources)) {
      const other = set.get(variable);
      if (other !== undefined) {
        const found = `${formatFound(name)}, which sets ${variable} as "${other}" does`;
        refuse(context, { found, accepted: 'resources that set different variables', fix: 'rename one of them' }, at);
      }
      set.set(variable, name);
    }
  }
  return set;
}

/** Whether a name can be connected to. */
function checkName(name: string, resources: unknown, context: CheckContext, path: Path): boolean {
  if (name === SES) return true;
  const types = new Map(Object.entries(asObject(resources)).map(([key, item]) => [key, asObject(item).type] as const));
  const type = types.get(name);
  const fitting = [...types].filter(([, candidate]) => isConnectable(candidate)).map(([candidate]) => candidate);
  const accepted = `the name of a resource that can be connected to: ${[...fitting, SES].join(', ')}`;
  if (type === undefined) {
    const meant = suggestion(name, [...fitting, SES]);
    const unknown = name.startsWith('aws:')
      ? `grant access with iamRoleStatements: ${SES} is the only service with a name here`
      : `add a resource "${name}"`;
    const fix = meant === undefined ? unknown : `did you mean "${meant}"?`;
    refuse(context, { found: formatFound(name), accepted, fix }, path);
    return false;
  }
  if (isConnectable(type)) return true;
  // Another check reports a missing or unknown type.
  if (referableOf(type) === undefined) return false;
  const fix = `remove it: calling ${withArticle(String(type))} needs no permission. Read its address with $ResourceParam('${name}', 'domain')`;
  refuse(context, { found: `${formatFound(name)}, which is ${withArticle(String(type))}`, accepted, fix }, path);
  return false;
}

/** Functions run outside the VPC, and their variables can't hold secrets. */
function refuseNetworked(name: string, resources: unknown, context: CheckContext, path: Path): boolean {
  const { type, properties } = asObject(asObject(resources)[name]);
  if (!referableOf(type)?.isNetworked?.(asObject(properties), undefined)) return false;
  const found = `${formatFound(name)}, which is ${withArticle(String(type))}`;
  const accepted =
    'a resource that a function can reach: functions are outside of the VPC, and their variables hold no secrets';
  refuse(context, { found, accepted, fix: 'connect a batch job to it, and the function to that job' }, path);
  return true;
}

function isConnectable(type: unknown): boolean {
  return referableOf(type)?.connection !== undefined;
}

/** Names of the variables that a connection to a resource sets. */
export function injectedVariables(name: string, resources: unknown): string[] {
  const { type, properties, existing } = asObject(asObject(resources)[name]);
  if (!isConnectable(type)) return [];
  const params = paramsOf(type, asObject(properties), existing === undefined ? undefined : asObject(existing));
  return params.map((param) => variableName(name, param));
}

function checkVariables(environment: unknown, set: Map<string, string>, context: CheckContext, path: Path): void {
  const named: [Path, unknown][] = Array.isArray(environment)
    ? environment.map((item, index) => [[index, 'name'], asObject(item).name])
    : Object.keys(asObject(environment)).map((name) => [[name], name]);
  for (const [key, variable] of named) {
    const name = typeof variable === 'string' ? set.get(variable) : undefined;
    if (name === undefined) continue;
    const fix = `rename or remove it: connectTo "${name}" sets it`;
    const accepted = 'a name that connectTo does not set';
    refuse(context, { found: formatFound(variable), accepted, fix }, [...path, ...key]);
  }
}
