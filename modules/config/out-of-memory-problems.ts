import { foundText } from '../problems/found';
import type { LocatedFinding } from '../problems/problem';
import { checkFit } from '../rules/instance-fit-problems';
import { RETRY_DEFAULTS } from '../rules/retries';
import { isToken } from './checked';
import { objectOf } from './indexed-config';
import { fitRequest, leastDemand } from './placement';

/** Properties of a job in which other checks might have found problems. */
export interface MemoryDemand {
  readonly resources?: unknown;
  readonly retryConfig?: unknown;
}

const PATH = ['retryConfig', 'onOutOfMemory'];
const MAX_MEMORY = [...PATH, 'maxMemory'];

/** Why a job cannot get more memory after an attempt that was killed for it: no attempt follows, it would get no more, or no instance has as much. */
export function* outOfMemoryProblems(
  { resources, retryConfig }: MemoryDemand,
  maxVcpus: number,
  region?: string,
): Generator<LocatedFinding> {
  const { attempts = RETRY_DEFAULTS.attempts, onOutOfMemory } = objectOf(retryConfig);
  if (onOutOfMemory === undefined) return;
  const { maxMemory } = objectOf(onOutOfMemory);
  if (attempts === 1) yield { path: PATH, finding: ONE_ATTEMPT };
  const { memory } = objectOf(resources);
  if (typeof memory !== 'number') return;
  if (isToken(memory)) return yield { path: ['resources', 'memory'], finding: UNKNOWN };
  if (typeof maxMemory !== 'number' || isToken(maxMemory)) return;
  if (maxMemory <= memory) {
    const finding = {
      code: 'conflict',
      found: `${maxMemory} MiB, for a job with ${memory} MiB`,
      accepted: 'more than resources.memory, which the first attempt has',
      fix: `write the most that an attempt may get, such as ${2 * memory}, or remove onOutOfMemory`,
    } as const;
    return yield { path: MAX_MEMORY, finding };
  }
  const least = leastDemand(resources);
  const request = least && fitRequest(least, maxVcpus, region);
  // A job that no instance can run at all has that problem, and not this one.
  if (request === undefined || checkFit(request) !== undefined) return;
  const problem = checkFit({ ...request, memory: maxMemory, memoryProperty: 'maxMemory' });
  if (problem === undefined) return;
  const { property: _, ...finding } = problem;
  yield { path: MAX_MEMORY, finding: { code: 'no-capacity', ...finding } };
}

const ONE_ATTEMPT = {
  code: 'conflict',
  found: 'onOutOfMemory, for a job with one attempt',
  accepted: 'a job with 2 attempts or more: an attempt that follows gets the memory',
  fix: 'set attempts to 2 or more, or remove onOutOfMemory',
} as const;

const UNKNOWN = {
  code: 'unknown-value',
  found: foundText('a value that only Terraform knows, for a job with onOutOfMemory'),
  accepted: 'a whole number of MiB',
  fix: 'write the number itself: what further attempts get is computed from it',
} as const;
