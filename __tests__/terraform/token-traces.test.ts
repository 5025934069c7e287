/** @jest-environment-options {"tokenTraces": true} */
import { type IResolvable, Lazy, Testing } from 'cdktf';
import { parse } from '../../modules/config/parse';
import { BatchJobsStack } from '../../modules/stack';
import { batchJobsConfig } from '../../modules/stack-config/config';
import { TOKEN_TRACES_VARIABLE, withoutTokenTraces } from '../../modules/terraform/token-traces';
import { benchConfig } from '../../scripts/bench/config';

function newToken(): IResolvable {
  return Lazy.anyValue({ produce: () => 'value' });
}

function failingHere(): never {
  throw new TypeError('broken');
}

describe('within withoutTokenTraces', () => {
  test('a token says how to get its trace instead of having one', () => {
    expect(withoutTokenTraces(newToken, {}).creationStack).toEqual([`(not recorded: set ${TOKEN_TRACES_VARIABLE}=1)`]);
  });

  test('a token has its trace if the variable asks for it', () => {
    const { creationStack } = withoutTokenTraces(newToken, { [TOKEN_TRACES_VARIABLE]: '1' });
    expect(creationStack.join('\n')).toContain('token-traces.test.ts');
  });

  test('an error has its own trace', () => {
    let caught: unknown;
    try {
      withoutTokenTraces(failingHere, {});
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(TypeError);
    expect((caught as TypeError).stack).toMatch(/^TypeError: broken\n +at failingHere/);
  });

  test('an error of a class that does not extend Error can ask for a trace, with and without a place to begin at', () => {
    class Homemade {
      readonly stack = '';
    }
    const [whole, below] = withoutTokenTraces(() => {
      const traced = [new Homemade(), new Homemade()] as const;
      const begin = () => {
        Error.captureStackTrace(traced[0]);
        Error.captureStackTrace(traced[1], begin);
      };
      begin();
      return traced;
    }, {});
    const [, first, ...rest] = whole.stack.split('\n');
    expect(first).toContain('token-traces.test.ts');
    // One frame less at the top is one more at the bottom, since the number of frames is limited.
    expect(below.stack.split('\n').slice(1, rest.length + 1)).toEqual(rest);
  });

  test('a synthesis gives the same bytes', () => {
    const synthesize = () => {
      const config = parse(batchJobsConfig, benchConfig(2), 'bench.json');
      return Testing.synth(new BatchJobsStack(Testing.app({ stackTraces: false }), config));
    };
    expect(withoutTokenTraces(synthesize, {})).toBe(synthesize());
  });
});

describe('after withoutTokenTraces', () => {
  test.each([
    ['a result', () => 'result'],
    ['an error', failingHere],
  ])('with %s, tokens have their traces again', (_, synthesize) => {
    const before = Error.captureStackTrace;
    try {
      withoutTokenTraces<unknown>(synthesize, {});
    } catch {}
    expect(Error.captureStackTrace).toBe(before);
    expect(newToken().creationStack.join('\n')).toContain('token-traces.test.ts');
  });
});
