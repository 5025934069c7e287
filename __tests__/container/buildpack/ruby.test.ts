import { removeFolders } from '../folder';
import { commandOf, dockerfileOf, made, paths, problemsOf } from './made';

afterEach(removeFolders);

const LOCK = lock({ platforms: ['ruby', 'x86_64-linux'], dependencies: ['rake'], gems: ['rake (13.2.1)'] });
const PROJECT = { Gemfile: "gem 'rake'\n", 'Gemfile.lock': LOCK, 'jobs/nightly.rb': '' };
const JOB = { entryfilePath: 'jobs/nightly.rb' };

function lock(parts: {
  readonly platforms?: readonly string[];
  readonly dependencies?: readonly string[];
  readonly gems?: readonly string[];
  readonly paths?: readonly string[];
  readonly ruby?: string;
}): string {
  const { platforms = ['ruby'], dependencies = [], gems = [], paths: remotes = [], ruby } = parts;
  const lines = (list: readonly string[], indent: string) => list.map((line) => `${indent}${line}\n`).join('');
  const local = remotes.map((remote) => `PATH\n  remote: ${remote}\n  specs:\n    x (0.1.0)\n\n`).join('');
  return `${local}GEM\n  remote: https://rubygems.org/\n  specs:\n${lines(gems, '    ')}\nPLATFORMS\n${lines(platforms, '  ')}\nDEPENDENCIES\n${lines(dependencies, '  ')}${ruby === undefined ? '' : `\nRUBY VERSION\n   ruby ${ruby}\n`}\nBUNDLED WITH\n   2.5.11\n`;
}

it('installs the gems before the sources are there', () => {
  const context = made(PROJECT, JOB);
  expect(dockerfileOf(context)).toEqual([
    'FROM public.ecr.aws/docker/library/ruby:3.3.12-alpine3.24 AS build',
    'WORKDIR /app',
    'ENV BUNDLE_PATH=/gems BUNDLE_WITHOUT=development:test BUNDLE_FROZEN=true',
    'RUN apk add --no-cache build-base git yaml-dev',
    'COPY manifests/ ./',
    'RUN bundle install',
    '',
    'FROM public.ecr.aws/docker/library/ruby:3.3.12-alpine3.24',
    'RUN mkdir -p /app && chown 1000:1000 /app',
    'WORKDIR /app',
    'ENV HOME=/tmp BUNDLE_PATH=/gems BUNDLE_WITHOUT=development:test BUNDLE_FROZEN=true',
    'RUN apk add --no-cache ca-certificates curl yaml',
    'COPY start.sh /opt/stp/',
    'COPY --from=build /gems /gems',
    'COPY --chown=1000:1000 app/ ./',
    'USER 1000:1000',
    'CMD ["/opt/stp/start.sh","bundle","exec","ruby","jobs/nightly.rb"]',
  ]);
  expect(paths(context).filter((path) => path.startsWith('manifests/'))).toEqual([
    'manifests/Gemfile',
    'manifests/Gemfile.lock',
  ]);
});

it('runs a file without a Gemfile as it is', () => {
  const context = made({ 'job.rb': '' }, { entryfilePath: 'job.rb', requiresGlibcBinaries: true });
  expect(dockerfileOf(context).filter((line) => line.startsWith('FROM'))).toEqual([
    'FROM public.ecr.aws/docker/library/ruby:3.3.12-slim-trixie',
  ]);
  expect(dockerfileOf(context)).toContain('COPY --chown=1000:1000 app/ ./');
  expect(commandOf(context)).toEqual(['/opt/stp/start.sh', 'ruby', 'job.rb']);
});

describe('what is next to the project', () => {
  const REPOSITORY = {
    '.git/HEAD': '',
    'services/etl/Gemfile': "gem 'shared', path: '../../libs/shared'\n",
    'services/etl/Gemfile.lock': lock({ paths: ['../../libs/shared'], dependencies: ['shared!'] }),
    'services/etl/job.rb': "require_relative '../../common/text'\n",
    'libs/shared/shared.gemspec': '',
    'libs/shared/lib/shared.rb': '',
    'libs/other/other.rb': '',
    'common/text.rb': "require_relative '../more/deep'\n",
    'common/words.rb': '',
    'more/deep.rb': '',
    'README.md': '',
  };

  it('is sent at its place: gems by a path, and files that sources load', () => {
    const context = made(REPOSITORY, { entryfilePath: 'services/etl/job.rb' });
    expect(paths(context).filter((path) => path.startsWith('app/'))).toEqual([
      'app/common/text.rb',
      'app/common/words.rb',
      'app/libs/shared/lib/shared.rb',
      'app/libs/shared/shared.gemspec',
      'app/more/deep.rb',
      'app/services/etl/Gemfile',
      'app/services/etl/Gemfile.lock',
      'app/services/etl/job.rb',
    ]);
    // The gem is whole in the layer that installs, since its gemspec is evaluated there.
    expect(paths(context).filter((path) => path.startsWith('manifests/'))).toEqual([
      'manifests/libs/shared/lib/shared.rb',
      'manifests/libs/shared/shared.gemspec',
      'manifests/services/etl/Gemfile',
      'manifests/services/etl/Gemfile.lock',
    ]);
    expect(dockerfileOf(context)).toEqual(
      expect.arrayContaining(['COPY manifests/ ./', 'WORKDIR /app/services/etl', 'RUN bundle install']),
    );
    expect(commandOf(context)).toEqual(['/opt/stp/start.sh', 'bundle', 'exec', 'ruby', 'job.rb']);
  });

  it('is found without a lockfile as well, and a note says that the versions are free', () => {
    const { 'services/etl/Gemfile.lock': _, ...files } = REPOSITORY;
    const context = made(files, { entryfilePath: 'services/etl/job.rb' });
    expect(paths(context)).toContain('app/libs/shared/lib/shared.rb');
    expect(context.notes).toEqual([
      { property: ['entryfilePath'], message: expect.stringContaining('Run bundle lock') },
    ]);
    expect(dockerfileOf(context)).toContain(
      'COPY --from=build --chown=1000:1000 /app/services/etl/Gemfile.lock /app/services/etl/',
    );
  });

  it('is refused if it is not there, or outside of the repository', () => {
    const files = {
      '.git/HEAD': '',
      Gemfile: "gem 'a', path: '../a'\ngem 'b', path: 'gems/b'\ngem 'c', path: 'lib/c'\n",
      'Gemfile.lock': lock({ paths: ['../a', 'gems/b'], dependencies: ['a!', 'b!', 'c!'] }),
      'job.rb': '',
    };
    expect(problemsOf(files, { entryfilePath: 'job.rb' })).toMatchObject([
      { found: 'Gemfile.lock, which names "../a", outside of the repository' },
    ]);
  });

  it('does not take a whole repository for one file of it', () => {
    const files = { '.git/HEAD': '', 'jobs/a/job.rb': "require_relative '../../version'\n", 'version.rb': '', x: '' };
    expect(paths(made(files, { entryfilePath: 'jobs/a/job.rb' })).filter((path) => path.startsWith('app/'))).toEqual([
      'app/jobs/a/job.rb',
      'app/version.rb',
    ]);
  });
});

it('hands Bundler all that the Gemfile and gemspecs read', () => {
  const context = made(
    {
      Gemfile: "source 'https://rubygems.org'\neval_gemfile 'gemfiles/common.rb'\ngemspec\n",
      'gemfiles/common.rb': "gem 'rake'\n",
      'Gemfile.lock': lock({ paths: ['.'], gems: ['rake (13.2.1)'], dependencies: ['rake', 'tool!'] }),
      'tool.gemspec': "require_relative 'lib/tool/version'\nspec.description = File.read('NOTES')\n",
      'lib/tool/version.rb': '',
      'lib/tool/other.rb': '',
      NOTES: '',
      'vendor/cache/rake-13.2.1.gem': '',
      'vendor/bundle/x.rb': '',
      'job.rb': '',
    },
    { entryfilePath: 'job.rb' },
  );
  expect(paths(context).filter((path) => path.startsWith('manifests/'))).toEqual([
    'manifests/Gemfile',
    'manifests/Gemfile.lock',
    'manifests/NOTES',
    'manifests/gemfiles/common.rb',
    'manifests/lib/tool/version.rb',
    'manifests/tool.gemspec',
    'manifests/vendor/cache/rake-13.2.1.gem',
  ]);
  expect(paths(context)).not.toContain('app/vendor/bundle/x.rb');
});

describe('the lockfile', () => {
  const problems = (text: string, glibc = false, gemfile = "gem 'rake'\n") =>
    problemsOf({ ...PROJECT, Gemfile: gemfile, 'Gemfile.lock': text }, { ...JOB, requiresGlibcBinaries: glibc });

  it.each([
    [['arm64-darwin-23'], false, 'x86_64-linux-musl'],
    [['x86_64-linux-gnu', 'java'], false, 'x86_64-linux-musl'],
    [['x86_64-linux-musl'], true, 'x86_64-linux'],
    [['aarch64-linux'], true, 'x86_64-linux'],
    [['x64-mingw-ucrt'], false, 'x86_64-linux-musl'],
  ])('for %j is refused', (platforms, glibc, platform) => {
    const text = lock({ platforms, dependencies: ['rake'] });
    expect(problems(text, glibc)).toEqual([
      {
        property: ['entryfilePath'],
        found: `a lockfile of gems for ${platforms.map((one) => `"${one}"`).join(', ')}`,
        accepted: `a lockfile with "${platform}" or "ruby" in PLATFORMS`,
        fix: `run bundle lock --add-platform ${platform}, and commit the file`,
      },
    ]);
  });

  it.each([
    [['ruby'], false],
    [['arm64-darwin', 'x86_64-linux'], false],
    [['x86_64-linux-musl'], false],
    [['x86_64-linux'], true],
    [['x86_64-linux-gnu'], true],
  ])('for %j will do', (platforms, glibc) => {
    expect(problems(lock({ platforms, dependencies: ['rake'] }), glibc)).toEqual([]);
  });

  it('with a gem that is for other platforms only is refused', () => {
    const gems = ['rake (13.2.1)', 'nokogiri (1.18.2-arm64-darwin)', 'nokogiri (1.18.2-x86_64-linux-gnu)'];
    const text = lock({ platforms: ['arm64-darwin', 'x86_64-linux'], dependencies: ['rake'], gems });
    expect(problems(text)).toMatchObject([
      {
        found: 'nokogiri 1.18.2 in the lockfile, for arm64-darwin, x86_64-linux-gnu only',
        fix: 'run bundle lock --add-platform x86_64-linux-musl, and commit the file, or set requiresGlibcBinaries',
      },
    ]);
    expect(problems(text, true)).toEqual([]);
    expect(problems(text.replace('nokogiri (1.18.2-arm64-darwin)', 'nokogiri (1.18.2)'))).toEqual([]);
  });

  it('that does not know a gem of the Gemfile is refused', () => {
    expect(problems(LOCK, false, "gem 'rake'\ngem 'pg', '~> 1.5'\n")).toMatchObject([
      { found: 'a lockfile without "pg", which the Gemfile requires', fix: expect.stringContaining('bundle lock') },
    ]);
    // What a Gemfile works out is Bundler's to judge.
    expect(problems(LOCK, false, "gem 'rake'\nif ENV['PG']\n  gem 'pg'\nend\n")).toEqual([]);
    expect(problems(LOCK, false, "gem 'rake'\ngem 'wdm', platforms: :mingw\n")).toEqual([]);
  });
});

describe('the version', () => {
  const base = (files: Record<string, string>, rubyVersion?: number | string, glibc = false) =>
    dockerfileOf(
      made(
        { 'job.rb': '', ...files },
        { entryfilePath: 'job.rb', requiresGlibcBinaries: glibc, languageSpecificConfig: { rubyVersion } },
      ),
    )
      .filter((line) => line.startsWith('FROM'))
      .at(-1)
      ?.replace('FROM public.ecr.aws/docker/library/ruby:', '');
  const refused = (files: Record<string, string>, rubyVersion?: number) =>
    problemsOf({ 'job.rb': '', ...files }, { entryfilePath: 'job.rb', languageSpecificConfig: { rubyVersion } });
  const gemfile = (text: string) => ({ Gemfile: `${text}\n`, 'Gemfile.lock': lock({}) });

  it.each<[Record<string, string>, string]>([
    [{}, '3.3.12-alpine3.24'],
    [{ '.ruby-version': '3.4.1\n' }, '3.4.10-alpine3.24'],
    [{ '.ruby-version': 'ruby-3.2.2\n' }, '3.2.11-alpine'],
    [{ '.ruby-version': '4\n' }, '4.0.7-alpine3.24'],
    [{ '.ruby-version': 'system\n' }, '3.3.12-alpine3.24'],
    [{ '.tool-versions': 'nodejs 22.1.0\nruby 3.4.2 # comment\n' }, '3.4.10-alpine3.24'],
    [gemfile("ruby '~> 3.2.0'"), '3.2.11-alpine'],
    [gemfile("ruby '>= 3.1', '< 3.5'"), '3.3.12-alpine3.24'],
    [gemfile("ruby '>= 3.4'"), '4.0.7-alpine3.24'],
    // Bundler runs with exactly this one.
    [gemfile("ruby '3.3.4'"), '3.3.4-alpine'],
    [gemfile('ruby "3.3.12"'), '3.3.12-alpine3.24'],
    [{ ...gemfile("ruby file: '.ruby-version'"), '.ruby-version': '3.4.2\n' }, '3.4.2-alpine'],
    [{ ...gemfile("ruby file: '.tool-versions'"), '.tool-versions': 'ruby 3.4.2\n' }, '3.4.2-alpine'],
    [{ ...gemfile('ruby "~> #{MINE}"'), 'Gemfile.lock': lock({ ruby: '3.4.3p32' }) }, '3.4.10-alpine3.24'],
  ])('of %j is %s', (files, tag) => {
    expect(base(files)).toBe(tag);
  });

  it('of the config counts before a file', () => {
    expect(base({ '.ruby-version': '3.1.2\n' }, 3.2)).toBe('3.2.11-alpine');
    expect(base(gemfile("ruby '3.3.4'"), 3.3, true)).toBe('3.3.4-slim');
  });

  it.each<[Record<string, string>, string]>([
    [{ '.ruby-version': '3.1.2\n' }, '.ruby-version, which says "3.1.2"'],
    [{ '.ruby-version': 'jruby-9.4.5.0\n' }, '.ruby-version, which says "jruby-9.4.5.0"'],
    [gemfile("ruby '2.7.8'"), 'a Gemfile that says ruby "2.7.8"'],
    [gemfile("ruby '3.2.0', engine: 'jruby', engine_version: '9.4'"), 'a Gemfile for jruby'],
    [
      { ...gemfile("ruby '~> 3.3'"), '.ruby-version': '3.2.2\n' },
      'a Gemfile that says ruby "~> 3.3", and .ruby-version, which says "3.2.2"',
    ],
  ])('of %j is refused', (files, found) => {
    expect(refused(files)).toMatchObject([
      {
        property: ['entryfilePath'],
        found,
        accepted: 'Ruby 3.2, 3.3, 3.4, 4.0',
        fix: expect.stringMatching(/rubyVersion/),
      },
    ]);
  });

  it('of the config is refused where Bundler would not run with it', () => {
    expect(refused(gemfile("ruby '3.3.4'"), 3.4)).toMatchObject([
      { property: ['languageSpecificConfig', 'rubyVersion'], found: '3.4, and a Gemfile that says ruby "3.3.4"' },
    ]);
  });
});

it('refuses excludeDependencies, which Bundler cannot follow', () => {
  expect(problemsOf(PROJECT, { ...JOB, excludeDependencies: ['rake'] })).toMatchObject([
    { property: ['excludeDependencies'], found: '"rake"', accepted: 'nothing for Ruby' },
  ]);
});
