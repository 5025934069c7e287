import type { TerraformStack } from 'cdktf';
import { CollectedProblems } from '../problems/collected-problems';
import { ConfigError, statedProblems } from '../problems/config-error';
import { formatPath, type LocatedFinding, type StatedProblem } from '../problems/problem';
import { attemptChecks } from '../terraform/synthesis-checks';
import { completedConfig } from './completed-config';
import type { ResolvedConfig } from './config';
import { SoundPart } from './sound-part';

type Path = readonly PropertyKey[];

/** Rounds of cutting, each after a check. A value that its parent cannot be without takes one for each level. */
const MOST_ROUNDS = 20;

/**
 * The problems that only the construction or synthesis of a stack finds, in a config that has others: what has none is constructed. Without
 * those that can be a consequence of what is left out, which are found once it is mended.
 *
 * @param known the other problems
 * @param make creates the stack of a config, which is written nowhere
 */
export function constructionProblems(
  config: unknown,
  known: readonly LocatedFinding[],
  make: (config: ResolvedConfig) => TerraformStack,
): LocatedFinding[] {
  const sound = new SoundPart(config);
  for (const { path, finding } of known) {
    if (!sound.cuts.some((cut) => startsWith(path, cut)) && !sound.cut(path)) return [];
    if (finding.meant !== undefined) sound.cuts.push([...path.slice(0, -1), finding.meant]);
  }
  const completed = completedPart(sound);
  if (completed === undefined) return [];
  return problemsOf(() => checkStack(() => make(completed))).flatMap(({ keys, path: _, message, code, ...finding }) => {
    const written = sound.written(keys);
    const isMoved = written.some((key, index) => key !== keys[index]);
    // Its text can have paths, which are those of what was constructed.
    if (code === 'circular-reference' && String(finding.found).includes('[') && sound.isRenumbered) return [];
    // What is left out makes a sum smaller.
    if (code !== 'aws-limit' && isConsequence(written, sound.cuts)) return [];
    return [{ path: written, finding: { code, ...(!isMoved && { message }), ...finding } }];
  });
}

/** @throws ConfigError with the problems of a stack that its construction or synthesis finds */
function checkStack(make: () => TerraformStack): void {
  const problems = new CollectedProblems();
  const stack = problems.attempt(make);
  if (stack !== undefined) attemptChecks(stack, problems);
  problems.report('');
}

/** The part of the config that has no problem, with its defaults. Undefined if there is none. */
function completedPart(sound: SoundPart): ResolvedConfig | undefined {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    let completed: ResolvedConfig | undefined;
    const problems = problemsOf(() => {
      completed = completedConfig(sound.value, '');
    });
    if (completed !== undefined) return completed;
    // All at once: each path is that of the same value.
    const paths = problems.map(({ keys }) => sound.written(keys));
    if (paths.length === 0 || !paths.every((path) => sound.cut(path))) return undefined;
  }
  return undefined;
}

function problemsOf(
  step: () => void,
): readonly (StatedProblem & { readonly path?: string; readonly message?: string })[] {
  try {
    step();
  } catch (error) {
    if (error instanceof ConfigError) return statedProblems(error);
    // What is constructed without its parts can fail in any way. The problems of these are reported.
  }
  return [];
}

/** Whether a problem can be a consequence of something that is not as it is written. */
function isConsequence(path: Path, cuts: readonly Path[]): boolean {
  if (path[0] === 'overrides') return path.length < 3;
  return cuts.some((cut) => {
    if (startsWith(path, cut) || startsWith(cut, path)) return true;
    if (path[0] !== 'resources' || !startsWith(cut, path.slice(0, 2))) return false;
    if (path[2] === 'overrides') return isAboutResource(path, cut);
    const [part, changed] = [partOf(path), partOf(cut)];
    return formatPath(part) === formatPath(changed) || dependsOn(String(part.at(-1)), cut, changed);
  });
}

/** Properties that do not decide which Terraform resources a job or companion consists of. */
const WITHIN: ReadonlySet<unknown> = new Set(['timeout', 'resources', 'tags']);

/** Whether an override can be wrong only because what was cut has no Terraform resources. */
function isAboutResource(path: Path, cut: Path): boolean {
  if (path.length < 5) return !WITHIN.has(cut[3]);
  return cut[3] === 'events' && /^Event\d/.test(String(path[3]));
}

/** The property of a resource that a path leads to: of a job's container, the one in it. */
function partOf(path: Path): Path {
  return path.slice(0, path[3] === 'container' ? 5 : 4);
}

/** Whether what is right for a property of a resource depends on another one. */
function dependsOn(property: string, cut: Path, changed: Path): boolean {
  if (property === 'volumes') return changed.at(-1) === 'packaging';
  return property === 'packaging' && (cut.includes('architecture') || cut.includes('runtime'));
}

function startsWith(path: Path, start: Path): boolean {
  return start.every((key, index) => path[index] === key);
}
