import { isNothing } from '../problems/found';
import { formatPath, type LocatedFinding } from '../problems/problem';

/**
 * The findings without those that the fix of another one settles: what is missing is there, by a wrong name. If the value of an existing
 * resource is probably wrong too, the other finding says what is accepted.
 */
export function withoutFollowUps(findings: readonly LocatedFinding[]): LocatedFinding[] {
  const renamed = findings.flatMap((one) => {
    const { meant } = one.finding;
    return meant === undefined ? [] : [{ one, parent: one.path.slice(0, -1), name: meant }];
  });
  const settled = new Map(
    findings.flatMap((missing) => {
      const by = renamed.find(({ parent, name }) => isMissing(missing, parent, name));
      return by === undefined ? [] : [[missing, by] as const];
    }),
  );
  return findings.flatMap((one) => {
    if (settled.has(one)) return [];
    const [missing] = [...settled].find(([, by]) => by.one === one) ?? [];
    if (missing === undefined || one.path.at(-2) !== 'existing') return [one];
    const fix = `write ${String(missing.path.at(-1))}, ${missing.finding.accepted}`;
    return [{ ...one, finding: { ...one.finding, fix } }];
  });
}

/** The findings without those about values that are gone once another one is mended. */
export function withoutSettled(findings: readonly LocatedFinding[]): LocatedFinding[] {
  const settling = findings.flatMap((by) =>
    (by.finding.settles ?? []).map((name) => ({ by, start: [...by.path.slice(0, -1), name] })),
  );
  return findings.filter(
    (one) => !settling.some(({ by, start }) => by !== one && start.every((key, index) => one.path[index] === key)),
  );
}

/** Whether a finding is about a missing property, or about the lack of several of which this is one. */
function isMissing({ path, finding }: LocatedFinding, parent: readonly PropertyKey[], name: string): boolean {
  if (isNothing(finding.found)) return formatPath(path) === formatPath([...parent, name]);
  const isNone = finding.code === 'missing-property' && finding.options?.includes(name);
  return isNone === true && formatPath(path) === formatPath(parent);
}

/** The findings without those that repeat an earlier one's value and fix at the same path: the schema and a rule can refuse one value. */
export function withoutRepeats(findings: readonly LocatedFinding[]): LocatedFinding[] {
  const fixes = new Set<string>();
  return findings.filter(({ path, finding }) => {
    const fix = `${formatPath(path)}: ${finding.found}: ${finding.fix}`;
    const isNew = !fixes.has(fix);
    fixes.add(fix);
    return isNew;
  });
}
