import { resolve } from 'node:path';
import { ConfigError } from '../../modules/problems/config-error';
import type { ResolvedConfig } from '../../modules/stack-config/config';
import { madeFor, synthesized } from '../../modules/stack-config/synthesis-problems';

const problem = (path: string) => ({ path, found: '5', accepted: '1 to 4', fix: 'use 4' });

function thrown(of: () => unknown): unknown {
  try {
    of();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

function refuse(source: string, ...paths: string[]) {
  return () => {
    throw new ConfigError(paths.map(problem), source);
  };
}

describe('a construct for a part of a config', () => {
  const base = ['resources', 'my job', 'properties'];
  const made = (make: () => unknown) => thrown(() => madeFor('reports/job', base, ['overrides'], make)) as ConfigError;
  const paths = (make: () => unknown) => made(make).problems.map(({ path }) => path);

  it('is returned', () => {
    expect(madeFor('reports/job', base, [], () => 42)).toBe(42);
  });

  it('has its problems at the place of the part', () => {
    const error = made(refuse('reports/job', 'resources.cpu', 'events[0].type', ''));
    expect(error.source).toBe('reports/job');
    expect(error.problems.map(({ path }) => path)).toEqual([
      'resources["my job"].properties.resources.cpu',
      'resources["my job"].properties.events[0].type',
      'resources["my job"].properties',
    ]);
    expect(error.problems[0]).toMatchObject({ found: '5', accepted: '1 to 4', fix: 'use 4' });
  });

  it('has problems of what stands beside the properties there', () => {
    expect(paths(refuse('reports/job', 'overrides.JobDefinition', 'overridesElse'))).toEqual([
      'resources["my job"].overrides.JobDefinition',
      'resources["my job"].properties.overridesElse',
    ]);
  });

  it('includes its children', () => {
    expect(paths(refuse('reports/job/Image', 'image'))).toEqual(['resources["my job"].properties.image']);
  });

  it.each([['reports/jobs'], ['reports'], ['other/reports/job']])(
    'is not %s, whose problems stay as they are',
    (source) => {
      expect(paths(refuse(source, 'image'))).toEqual(['image']);
    },
  );

  it('leaves other errors alone, even with a source', () => {
    const error = Object.assign(new TypeError('no function'), { source: 'reports/job' });
    expect(
      made(() => {
        throw error;
      }),
    ).toBe(error);
  });

  it('keeps what the sentences of a problem are made from', () => {
    const options = { ...problem('size'), options: ['1', '2'] };
    const again = made(() => {
      throw new ConfigError([options], 'reports/job');
    });
    const direct = new ConfigError([{ ...options, path: 'resources["my job"].properties.size' }], 'reports/job');
    expect(again.message).toBe(direct.message);
  });
});

describe('a stack of a file', () => {
  const file = resolve('reports.yml');
  const config = {} as ResolvedConfig;
  const locate = (path: readonly PropertyKey[]) => (path[0] === 'known' ? { line: 2, column: path.length } : undefined);
  const places = (make: () => unknown, loaded = { file, config, locate }) =>
    (thrown(() => synthesized(loaded, make)) as ConfigError).problems.map(({ path, place }) => [path, place]);

  it('is returned', () => {
    expect(synthesized({ file, config }, () => 'stack')).toBe('stack');
  });

  it('has the file, and the place in it, in its problems', () => {
    expect(thrown(() => synthesized({ file, config, locate }, refuse('reports', 'known')))).toMatchObject({
      source: 'reports.yml',
    });
    expect(places(refuse('reports', 'known.a[1]', 'unknown'))).toEqual([
      ['known.a[1]', { line: 2, column: 3 }],
      ['unknown', undefined],
    ]);
  });

  it('has the path that the file has for a part that was moved', () => {
    const moved = [{ written: ['known', 'tags'], inConfig: ['tags'] }];
    const error = thrown(() => synthesized({ file, config, locate, moved }, refuse('reports', 'tags.a')));
    expect((error as ConfigError).problems).toMatchObject([{ path: 'known.tags.a', place: { line: 2, column: 3 } }]);
  });

  it('keeps a place that a problem has', () => {
    const placed = { ...problem('known'), place: { line: 9, column: 9 } };
    expect(
      places(() => {
        throw new ConfigError([placed], 'reports');
      }),
    ).toEqual([['known', { line: 9, column: 9 }]]);
  });

  it('has no places in a program', () => {
    const error = thrown(() => synthesized({ file, config }, refuse('reports', 'known'))) as ConfigError;
    expect(error.problems[0]).not.toHaveProperty('place');
  });

  it('leaves other errors alone', () => {
    const error = new TypeError('no function');
    expect(
      thrown(() =>
        synthesized({ file, config, locate }, () => {
          throw error;
        }),
      ),
    ).toBe(error);
  });
});
