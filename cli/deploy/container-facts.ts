import { formatCount } from '../../modules/problems/phrases';
import { listOf, same, type Values, valuesOf } from './plan-document';

/**
 * What the change of a job definition's container means for the job, such as `new image`. Names variables, never their values, which a
 * log should not have.
 */
export function containerFacts(before: Values, after: Values): string[] {
  const isOther = (...properties: readonly string[]) =>
    properties.some((property) => !same(before[property], after[property]));
  return [
    ...(isOther('image') ? ['new image'] : []),
    ...(isOther('command') ? ['new command'] : []),
    ...sizeFacts(before.resourceRequirements, after.resourceRequirements),
    ...namedFacts('variable', before.environment, after.environment),
    ...namedFacts('secret', before.secrets, after.secrets),
    ...(isOther('mountPoints', 'volumes') ? ['other volumes'] : []),
    ...linuxFacts(valuesOf(before.linuxParameters), valuesOf(after.linuxParameters)),
    ...(isOther('jobRoleArn', 'executionRoleArn') ? ['another role'] : []),
    ...(isOther('repositoryCredentials') ? ['other credentials of the image registry'] : []),
    ...(isOther('logConfiguration') ? ['another log'] : []),
  ];
}

const SIZES = [
  ['VCPU', 'vCPU'],
  ['MEMORY', 'MiB of memory'],
  ['GPU', 'GPU'],
] as const;

function sizeFacts(before: unknown, after: unknown): string[] {
  const [from, to] = [sizesOf(before), sizesOf(after)];
  return SIZES.flatMap(([type, unit]) => {
    const [old = 0, now = 0] = [from.get(type), to.get(type)];
    if (old === now) return [];
    const plural = unit.endsWith('PU') && now !== 1 ? 's' : '';
    return [`${formatCount(now)} ${unit}${plural} (was ${formatCount(old)})`];
  });
}

function sizesOf(requirements: unknown): ReadonlyMap<unknown, number> {
  return new Map(listOf(requirements).map(({ type, value }) => [type, Number(value)]));
}

/** Which variables or secrets are added, changed and removed. */
function namedFacts(noun: string, before: unknown, after: unknown): string[] {
  const [from, to] = [namedValues(before), namedValues(after)];
  const added = [...to.keys()].filter((name) => !from.has(name));
  const changed = [...to.keys()].filter((name) => from.has(name) && from.get(name) !== to.get(name));
  const removed = [...from.keys()].filter((name) => !to.has(name));
  const fact = (adjective: string, names: readonly string[]) =>
    names.length === 0 ? [] : [`${adjective} ${noun}${names.length === 1 ? '' : 's'} ${names.join(', ')}`];
  return [...fact('new', added), ...fact('changed', changed), ...fact('removed', removed)];
}

function namedValues(list: unknown): ReadonlyMap<string, string> {
  return new Map(listOf(list).map(({ name, ...rest }) => [String(name), JSON.stringify(rest)]));
}

function linuxFacts(before: Values, after: Values): string[] {
  return [
    ...(same(before.sharedMemorySize, after.sharedMemorySize) ? [] : ['other shared memory']),
    ...(same(before.tmpfs, after.tmpfs) ? [] : ['other files in memory']),
    ...(same(before.initProcessEnabled, after.initProcessEnabled) ? [] : ['another init process']),
  ];
}
