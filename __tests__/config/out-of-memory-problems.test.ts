import { outOfMemoryProblems } from '../../modules/config/out-of-memory-problems';
import { formatPath } from '../../modules/problems/problem';
import { messageOf } from '../../modules/problems/problem-message';
import { tokens } from '../stack-config/samples';

const found = (resources: unknown, retryConfig: unknown, maxVcpus = 256, region?: string) =>
  [...outOfMemoryProblems({ resources, retryConfig }, maxVcpus, region)].map(
    ({ path, finding }) => `${formatPath(path)}: ${finding.found}; ${finding.fix}`,
  );
const small = { cpu: 1, memory: 1800 };
const more = (maxMemory: unknown, attempts: unknown = 3) => ({ attempts, onOutOfMemory: { maxMemory } });

it('finds nothing in a job that can get more memory, or doesn’t ask for it', () => {
  expect(found(small, more(7200))).toEqual([]);
  expect(found(small, { attempts: 1 })).toEqual([]);
  expect(found(small, undefined)).toEqual([]);
});

it.each([1, undefined])('refuses a job with %p attempts, none of which follows another', (attempts) => {
  expect(found(small, { attempts, onOutOfMemory: { maxMemory: 7200 } })).toEqual([
    'retryConfig.onOutOfMemory: onOutOfMemory, for a job with one attempt; set attempts to 2 or more, or remove onOutOfMemory',
  ]);
});

it.each([1800, 1024])('refuses a maximum of %i MiB, which is no more than the first attempt has', (maxMemory) => {
  expect(found(small, more(maxMemory))).toEqual([
    `retryConfig.onOutOfMemory.maxMemory: ${maxMemory} MiB, for a job with 1800 MiB; write the most that an attempt may get, such as 3600, or remove onOutOfMemory`,
  ]);
});

it('reports every problem at once', () => {
  expect(found(small, more(1024, 1))).toHaveLength(2);
});

describe('a maximum that no instance has', () => {
  const problem = (resources: object, maxMemory: number, region?: string) =>
    found({ cpu: 1, memory: 512, ...resources }, more(maxMemory), 256, region);

  it('is refused, with what the listed instances have', () => {
    expect(problem({ instanceTypes: ['m6i.large'] }, 7782)).toEqual([]);
    expect(problem({ instanceTypes: ['m6i.large'] }, 8192)).toEqual([
      expect.stringMatching(
        /^retryConfig\.onOutOfMemory\.maxMemory: 1 vCPU, 8192 MiB; lower maxMemory to 7782 \(m6i\.large\), or list \w+ in instanceTypes$/,
      ),
    ]);
  });

  it('is refused for Graviton and for GPUs, where what they have is less', () => {
    const arm = problem({ architecture: 'arm64' }, 2_000_000);
    const gpu = problem({ gpu: 1 }, 2_000_000, 'eu-west-1');
    for (const [text = ''] of [arm, gpu]) expect(text).toMatch(/lower maxMemory to \d+ \(\w+\.\w+\)/);
    expect(arm).not.toEqual(gpu);
  });

  it('is not looked for in a job that no instance can run at all', () => {
    expect(problem({ memory: 20_000_000 }, 21_000_000)).toEqual([]);
  });
});

it('refuses a memory that only Terraform knows: what attempts get is computed from it', () => {
  const { NUMBER } = tokens();
  expect(found({ cpu: 1, memory: NUMBER }, more(7200))).toEqual([
    expect.stringMatching(/^resources\.memory: a value that only Terraform knows/),
  ]);
  const [unknown] = outOfMemoryProblems({ resources: { cpu: 1, memory: NUMBER }, retryConfig: more(7200) }, 256);
  expect(unknown && messageOf({ keys: unknown.path, ...unknown.finding })).toBe(
    'memory is a value that only Terraform knows, for a job with onOutOfMemory. It must be a whole number of MiB.',
  );
  // Another check refuses these.
  expect(found(small, more(NUMBER))).toEqual([]);
  expect(found({ cpu: 1 }, more(7200))).toEqual([]);
  expect(found(small, more('7200'))).toEqual([]);
  expect(found(5, 'x')).toEqual([]);
  expect(found(small, { attempts: 3, onOutOfMemory: 'x' })).toEqual([]);
});
