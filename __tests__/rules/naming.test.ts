import { Fn, Token } from 'cdktf';
import fc from 'fast-check';
import {
  globalName,
  NAME_LIMITS,
  namePartProblem,
  physicalName,
  physicalNamePrefix,
  physicalNameStart,
  shortHash,
} from '../../modules/rules/naming';

const part = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9_-]{0,150}$/);
const parts = fc.array(part, { minLength: 1, maxLength: 4 });
const limit = fc.constantFrom(...Object.values(NAME_LIMITS));

describe('NAME_LIMITS', () => {
  // Taken down here a second time on purpose: a change of one renames deployed resources, which replaces them.
  it('are those of the services and of the Terraform provider', () => {
    expect(NAME_LIMITS).toMatchObject({
      iamRole: 64,
      instanceProfile: 128,
      lambdaFunction: 64,
      stateMachine: 80,
      jobDefinition: 128,
      jobQueue: 128,
      computeEnvironmentPrefix: 102,
      launchTemplatePrefix: 99,
      eventRule: 64,
      sqsQueue: 80,
      logGroup: 512,
      securityGroupPrefix: 229,
    });
  });
});

describe('globalName', () => {
  it('ends in the region', () => {
    expect(globalName(64, 'eu-west-1', 'reports', 'nightly', 'job')).toBe('reports-nightly-job-eu-west-1');
  });

  it('is the same whether the region is known at synthesis or not', () => {
    fc.assert(
      fc.property(parts, (given) => {
        const [known, token] = ['ap-southeast-1', '${Token[region.0]}'].map((region) =>
          globalName(64, region, ...given),
        );
        expect(token?.replace(/\$\{.*\}$/, 'ap-southeast-1')).toBe(known);
        expect(known?.length).toBeLessThanOrEqual(64);
      }),
    );
  });
});

describe('physicalNameStart', () => {
  it('is how every name begins whose parts begin so', () => {
    expect(physicalNameStart(64, 'reports', 'nightly')).toBe('reports-nightly-');
    fc.assert(
      fc.property(limit, parts, parts, (most, first, more) => {
        expect(physicalName(most, ...first, ...more).startsWith(physicalNameStart(most, ...first))).toBe(true);
      }),
    );
  });

  it.each([54, 55, 56, 64, 100])('shortens a first part of %d characters to what fits before a hash', (length) => {
    const first = 'a'.repeat(length);
    const start = physicalNameStart(64, first);
    expect(start).toBe(length < 54 ? `${first}-` : first.slice(0, 55));
    expect(physicalName(64, first, 'schedule-25b672db').startsWith(start)).toBe(true);
  });
});

describe('physicalName', () => {
  it('joins its parts with hyphens', () => {
    expect(physicalName(64, 'reports', 'nightlyReport', 'job')).toBe('reports-nightlyReport-job');
  });

  it('keeps a name of just its limit and shortens one of a character more', () => {
    expect(physicalName(64, 'a'.repeat(64))).toBe('a'.repeat(64));
    expect(physicalName(64, 'a'.repeat(65))).toBe(`${'a'.repeat(55)}-${shortHash('a'.repeat(65))}`);
  });

  it('is the same in every version: deployed resources keep their names', () => {
    expect(physicalName(64, 'a-rather-long-name-of-a-stack', 'anEvenLongerNameOfAJobThatGoesOn', 'execution')).toBe(
      'a-rather-long-name-of-a-stack-anEvenLongerNameOfAJobTha-8a38ab74',
    );
  });

  it('leaves no two hyphens where it cuts behind one', () => {
    expect(physicalName(20, 'abcdefghij-', 'klmnopqrstuvw')).toBe(
      `abcdefghij-${shortHash('abcdefghij--klmnopqrstuvw')}`,
    );
  });

  it('never passes its limit', () => {
    fc.assert(fc.property(limit, parts, (max, given) => physicalName(max, ...given).length <= max));
  });

  it('has no character but those of its parts, hyphens and hexadecimal digits', () => {
    fc.assert(
      fc.property(limit, parts, (max, given) => {
        expect(physicalName(max, ...given)).toMatch(/^[a-zA-Z][a-zA-Z0-9_-]*$/);
      }),
    );
  });

  it('starts with the beginning of its parts', () => {
    fc.assert(
      fc.property(limit, parts, (max, given) => {
        const beginning = given
          .join('-')
          .slice(0, max - 9)
          .replace(/-+$/, '');
        expect(physicalName(max, ...given).startsWith(beginning)).toBe(true);
      }),
    );
  });

  it('is the same each time', () => {
    fc.assert(
      fc.property(limit, parts, (max, given) => physicalName(max, ...given) === physicalName(max, ...[...given])),
    );
  });

  it('distinguishes different parts, also those with the same beginning', () => {
    const pairs = fc.tuple(limit, part, part, part).filter(([, , a, b]) => a !== b);
    fc.assert(
      fc.property(pairs, ([max, stack, a, b]) => {
        const start = stack.repeat(4);
        expect(physicalName(max, start, a)).not.toBe(physicalName(max, start, b));
      }),
    );
  });
});

describe('physicalNamePrefix', () => {
  it('ends with a hyphen within the limit', () => {
    expect(physicalNamePrefix(102, 'reports', 'spot-cpu-x86-64')).toBe('reports-spot-cpu-x86-64-');
    fc.assert(
      fc.property(limit, parts, (max, given) => {
        const prefix = physicalNamePrefix(max, ...given);
        expect(prefix.length).toBeLessThanOrEqual(max);
        expect(prefix).toMatch(/-$/);
      }),
    );
  });
});

describe('shortHash', () => {
  it('is the beginning of the SHA-256', () => {
    expect(shortHash('abc')).toBe('ba7816bf');
    expect(shortHash('abc', 16)).toBe('ba7816bf8f01cfea');
  });
});

describe('namePartProblem', () => {
  it.each(['a', 'reports', 'nightlyReport', 'reports-production_2'])('accepts %s', (name) => {
    expect(namePartProblem(name)).toBeUndefined();
  });

  it.each(['', '2nd', '-a', '_a', 'a b', 'a.b', 'a/b', 'bücher', 'a$', `a\n`])('refuses %j', (name) => {
    expect(namePartProblem(name)).toEqual({
      found: JSON.stringify(name),
      accepted: 'letters, digits, hyphens and underscores, a letter first',
      acceptedAs: 'content',
      fix: 'rename it: it becomes part of AWS names',
    });
  });

  it('refuses what only Terraform knows, which could be neither cut nor hashed', () => {
    expect(namePartProblem(`jobs-${Token.asString(Fn.upper('a'))}`)).toMatchObject({
      found: 'a value that only Terraform knows',
      fix: 'write the name out',
    });
  });
});
