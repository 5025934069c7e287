import { contentHash } from '../../../modules/container/buildpack/php/composer';
import { satisfies } from '../../../modules/container/buildpack/php/constraint';
import { removeFolders } from '../folder';
import { commandOf, dockerfileOf, made, paths, problemsOf } from './made';

afterEach(removeFolders);

type Json = Record<string, unknown>;

const JOB = { entryfilePath: 'job.php' };

/** A project with a composer.json and the lockfile that Composer would have written for it. */
function composer(json: Json, packages: readonly Json[] = []): Record<string, string> {
  const lock = { 'content-hash': contentHash(JSON.stringify(json)), packages, 'packages-dev': [] };
  return { 'composer.json': JSON.stringify(json), 'composer.lock': JSON.stringify(lock), 'job.php': '<?php\n' };
}

it('installs the packages before the sources are there, and makes the autoloader of them after', () => {
  const files = { ...composer({ require: { 'acme/x': '^1.0' } }), 'src/A.php': '', 'vendor/x': '' };
  const context = made(files, JOB);
  expect(dockerfileOf(context)).toEqual([
    'FROM public.ecr.aws/docker/library/php:8.3.35-cli-alpine3.24 AS build',
    'WORKDIR /app',
    'COPY --from=public.ecr.aws/docker/library/composer:2.10.3 /usr/bin/composer /usr/local/bin/composer',
    'ENV COMPOSER_ALLOW_SUPERUSER=1',
    'RUN apk add --no-cache git unzip',
    'COPY manifests/ ./',
    'RUN composer install --no-dev --no-interaction --no-progress --no-scripts --no-autoloader',
    'COPY app/ /app/',
    'RUN composer dump-autoload --no-dev --no-interaction --classmap-authoritative',
    '',
    'FROM public.ecr.aws/docker/library/php:8.3.35-cli-alpine3.24',
    'RUN mkdir -p /app && chown 1000:1000 /app',
    'WORKDIR /app',
    'ENV HOME=/tmp PHP_INI_SCAN_DIR=:/opt/stp/php',
    'RUN apk add --no-cache ca-certificates curl',
    'COPY start.sh /opt/stp/',
    'COPY php/ /opt/stp/php/',
    'COPY --from=build --chown=1000:1000 /app ./',
    'USER 1000:1000',
    'CMD ["/opt/stp/start.sh","php","job.php"]',
  ]);
  expect(paths(context)).toEqual([
    'Dockerfile',
    'app/composer.json',
    'app/composer.lock',
    'app/job.php',
    'app/src/A.php',
    'manifests/composer.json',
    'manifests/composer.lock',
    'php/job.ini',
    'start.sh',
  ]);
});

it('runs a file without a composer.json as it is, with the vendor folder next to it', () => {
  const context = made({ 'job.php': '', 'vendor/autoload.php': '' }, { ...JOB, requiresGlibcBinaries: true });
  expect(dockerfileOf(context).filter((line) => line.startsWith('FROM'))).toEqual([
    'FROM public.ecr.aws/docker/library/php:8.3.35-cli-bookworm',
  ]);
  expect(paths(context)).toContain('app/vendor/autoload.php');
  expect(commandOf(context)).toEqual(['/opt/stp/start.sh', 'php', 'job.php']);
});

it('runs the scripts that follow an install once the sources are there', () => {
  const lines = dockerfileOf(made(composer({ scripts: { 'post-install-cmd': ['@php x.php'] } }), JOB));
  const last = lines.indexOf('RUN composer run-script --no-dev --no-interaction post-install-cmd');
  expect(last).toBeGreaterThan(lines.indexOf('COPY app/ /app/'));
});

it('leaves the folder of the installed packages out, wherever it is', () => {
  const context = made(
    { ...composer({ config: { 'vendor-dir': 'lib/vendor/' } }), 'lib/vendor/x': '', 'lib/y': '' },
    JOB,
  );
  expect(paths(context)).toContain('app/lib/y');
  expect(paths(context)).not.toContain('app/lib/vendor/x');
});

describe('what is next to the project', () => {
  const beside = (options: Json = {}) => {
    const json = {
      repositories: [{ type: 'path', url: '../../packages/*' }],
      require: { 'acme/text': '@dev' },
      autoload: { 'psr-4': { 'Acme\\Job\\': 'src/', 'Acme\\Shared\\': '../../shared/src' } },
    };
    const locked = { name: 'acme/text', dist: { type: 'path', url: '../../packages/text' }, ...options };
    return {
      ...Object.fromEntries(
        Object.entries(composer(json, [locked])).map(([path, text]) => [`services/etl/${path}`, text]),
      ),
      '.git/HEAD': '',
      'services/etl/job.php': "<?php require_once __DIR__ . '/../../common/words.php';",
      'common/words.php': '',
      'packages/text/composer.json': '{}',
      'packages/text/src/Text.php': '',
      'packages/other/composer.json': '{}',
      'shared/src/Money.php': '',
      'shared/README.md': '',
    };
  };

  it('is sent at its place: packages by a path, autoloaded folders, loaded files', () => {
    const context = made(beside(), { entryfilePath: 'services/etl/job.php' });
    expect(paths(context).filter((path) => path.startsWith('app/'))).toEqual([
      'app/common/words.php',
      'app/packages/text/composer.json',
      'app/packages/text/src/Text.php',
      'app/services/etl/composer.json',
      'app/services/etl/composer.lock',
      'app/services/etl/job.php',
      'app/shared/src/Money.php',
    ]);
    // Composer links to the package: of it, only the composer.json must be there before.
    expect(paths(context).filter((path) => path.startsWith('manifests/'))).toEqual([
      'manifests/packages/text/composer.json',
      'manifests/services/etl/composer.json',
      'manifests/services/etl/composer.lock',
    ]);
    expect(dockerfileOf(context).filter((line) => line === 'WORKDIR /app/services/etl')).toHaveLength(2);
    expect(commandOf(context)).toEqual(['/opt/stp/start.sh', 'php', 'job.php']);
  });

  it('is there whole before the install if Composer copies it', () => {
    const files = beside({ 'transport-options': { symlink: false } });
    expect(paths(made(files, { entryfilePath: 'services/etl/job.php' }))).toContain(
      'manifests/packages/text/src/Text.php',
    );
  });

  it('is there before the install if a plugin or an archive is read then', () => {
    const json = { extra: { 'patches-file': 'patches.json', other: { x: 'src' } } };
    const locked = { name: 'acme/zipped', dist: { type: 'zip', url: 'artifacts/zipped.zip' } };
    const context = made(
      {
        ...composer(json, [locked]),
        'patches.json': '{"patches":{"acme/zipped":{"why":"patches/zipped.patch"}}}',
        'patches/zipped.patch': '',
        'artifacts/zipped.zip': '',
        'src/A.php': '',
      },
      JOB,
    );
    expect(paths(context).filter((path) => path.startsWith('manifests/'))).toEqual([
      'manifests/artifacts/zipped.zip',
      'manifests/composer.json',
      'manifests/composer.lock',
      'manifests/patches.json',
      'manifests/patches/zipped.patch',
    ]);
  });

  it('is found without a lockfile too, and a note says that the versions are free', () => {
    const { 'services/etl/composer.lock': _, ...files } = beside() as Record<string, string>;
    const context = made(files, { entryfilePath: 'services/etl/job.php' });
    expect(paths(context)).toContain('app/packages/other/composer.json');
    expect(context.notes).toEqual([
      { property: ['entryfilePath'], message: expect.stringContaining('composer update') },
    ]);
  });

  it('is refused if it is not there', () => {
    const { 'packages/text/composer.json': _, 'packages/text/src/Text.php': __, ...files } = beside();
    expect(problemsOf(files, { entryfilePath: 'services/etl/job.php' })).toMatchObject([
      { found: 'composer.lock, which names "../../packages/text": no such file or folder' },
    ]);
  });
});

describe('the lockfile', () => {
  it('of another composer.json is refused', () => {
    const files = { ...composer({ require: { 'acme/x': '^1.0' } }), 'composer.json': '{"require":{"acme/x":"^2.0"}}' };
    expect(problemsOf(files, JOB)).toEqual([
      {
        property: ['entryfilePath'],
        found: 'a composer.lock that does not match composer.json',
        accepted: 'an up-to-date composer.lock',
        fix: 'run composer update --lock, and commit the file',
      },
    ]);
  });

  it('counts for whatever decides nothing', () => {
    const files = composer({ require: { 'acme/x': '^1.0' } });
    const json = { scripts: { test: 'phpunit' }, ...JSON.parse(files['composer.json'] ?? '') };
    expect(problemsOf({ ...files, 'composer.json': JSON.stringify(json) }, JOB)).toEqual([]);
  });

  // As Composer\Package\Locker::getContentHash of Composer 2.5.5 says.
  it.each([
    ['{"name":"acme/x","require":{"php":"^8.1"},"extra":{}}', '20bad7847d0a811a15b5b2748ad18030'],
    [
      '{"require":{},"repositories":{"a":{"type":"vcs","url":"https://github.com/a/b"}},"config":{"platform":{"php":"8.2.1"}},"extra":{"n":1,"t":true,"z":null,"u":"é ☃ 😀","q":"a\\"b\\\\c\\u0007","l":[],"o":{}}}',
      '384d2a25710ef0103e375fc67b395047',
    ],
    ['{"scripts":{"a":"b"}}', 'd751713988987e9331980363e24189ce'],
    ['{"extra":{"0":"a","1":"b"},"require":{"a/b":"1 || 2"}}', '33f9dce56b0d4cc51cade8b2f6c7705b'],
    ['{"extra":{"a":"\\u2028\\u007f"}}', '77a571c4fe73232b9328636f80549bd9'],
    ['{"extra":{"x":1.0}}', undefined],
  ])('has the hash of %s', (text, hash) => {
    expect(contentHash(text)).toBe(hash);
  });

  it('is refused with the composer.json if one is no JSON', () => {
    expect(problemsOf({ 'job.php': '', 'composer.json': '{' }, JOB)).toMatchObject([
      { found: expect.stringMatching(/^composer\.json or composer\.lock: /), accepted: 'JSON' },
    ]);
  });
});

describe('extensions', () => {
  const install = (extensions: readonly string[], properties: Json = {}, version = 8.3) => {
    const require = Object.fromEntries(extensions.map((name) => [`ext-${name}`, '*']));
    const context = made(composer({ require }), {
      ...JOB,
      languageSpecificConfig: { phpVersion: version },
      ...properties,
    });
    return dockerfileOf(context).filter((line) => /^FROM|docker-php-ext|(apk add|apt-get).*-dev/.test(line));
  };

  it('that the image has take nothing', () => {
    expect(install(['json', 'mbstring', 'PDO', 'SimpleXML', 'sodium'])).toHaveLength(2);
    expect(install(['zend-opcache'], {}, 8.5)).toHaveLength(2);
  });

  it('of PHP itself are compiled once, for both stages', () => {
    expect(install(['zip', 'intl', 'json', 'pcntl', 'gd'])).toEqual([
      'FROM public.ecr.aws/docker/library/php:8.3.35-cli-alpine3.24 AS php',
      'RUN apk add --no-cache freetype-dev libjpeg-turbo-dev libpng-dev libwebp-dev icu-dev icu-data-full libzip-dev',
      'RUN docker-php-ext-configure gd --with-freetype --with-jpeg --with-webp && docker-php-ext-install -j"$(nproc)" gd intl pcntl zip',
      'FROM php AS build',
      'FROM php',
    ]);
    expect(install(['zip'], { requiresGlibcBinaries: true })[1]).toBe(
      'RUN apt-get update && apt-get install --yes --no-install-recommends libzip-dev && rm -rf /var/lib/apt/lists/*',
    );
  });

  it('that the packages require are among them, less those that a package stands in for', () => {
    const packages = [
      { name: 'acme/a', require: { 'ext-bcmath': '*', 'ext-redis': '*' } },
      { name: 'acme/b', provide: { 'ext-redis': '*' } },
    ];
    expect(dockerfileOf(made(composer({}, packages), JOB))).toContain('RUN docker-php-ext-install -j"$(nproc)" bcmath');
  });

  it('for signals is there for a job that asks for them', () => {
    const context = made({ 'job.php': '<?php pcntl_async_signals(true);' }, JOB);
    expect(dockerfileOf(context)).toContain('RUN docker-php-ext-install -j"$(nproc)" pcntl');
    expect(dockerfileOf(made({ 'job.php': '<?php // pcntl' }, JOB)).filter((line) => /ext-install/.test(line))).toEqual(
      [],
    );
  });

  it('that are not of PHP are refused, unless a command of the config installs them', () => {
    const files = composer({ require: { 'ext-redis': '*' } });
    expect(problemsOf(files, JOB)).toMatchObject([
      {
        property: ['entryfilePath'],
        found: "ext-redis, which the project's packages require",
        accepted: expect.stringContaining('bcmath, bz2'),
        fix: expect.stringMatching(/customDockerBuildCommands.*pecl install redis.*apkPackages/),
      },
    ]);
    const customDockerBuildCommands = ['apk add --no-cache $PHPIZE_DEPS && pecl install redis'];
    expect(problemsOf(files, { ...JOB, customDockerBuildCommands })).toEqual([]);
  });
});

describe('the version', () => {
  const base = (files: Record<string, string>, phpVersion?: number) =>
    dockerfileOf(made({ 'job.php': '', ...files }, { ...JOB, languageSpecificConfig: { phpVersion } }))
      .filter((line) => line.startsWith('FROM'))
      .at(-1)
      ?.replace(/.*php:|-cli.*/g, '');

  it.each<[string, Record<string, string>, string]>([
    ['nothing', {}, '8.3.35'],
    ['a range', composer({ require: { php: '^8.1' } }), '8.3.35'],
    ['a newer range', composer({ require: { php: '>=8.4' } }), '8.5.11'],
    ['one version', composer({ require: { php: '8.2.*' } }), '8.2.33'],
    ['a platform', composer({ config: { platform: { php: '8.4.1' } }, require: { php: '^8.2' } }), '8.4.26'],
    ['a locked package', composer({}, [{ name: 'acme/x', require: { php: '~8.2.0 || ~8.4.0' } }]), '8.4.26'],
    ['.php-version', { '.php-version': '8.4.2\n' }, '8.4.26'],
    ['.tool-versions', { '.tool-versions': 'php 8.2.1\n' }, '8.2.33'],
  ])('of %s', (_, files, version) => {
    expect(base(files)).toBe(version);
  });

  it('of the config counts before the project', () => {
    expect(base(composer({ require: { php: '^8.4' } }), 8.2)).toBe('8.2.33');
  });

  it.each<[string, Record<string, string>, string]>([
    ['an old one', composer({ require: { php: '^7.4' } }), 'composer.json, which requires php "^7.4"'],
    [
      'an old platform',
      composer({ config: { platform: { php: '8.1' } } }),
      'composer.json, which has config.platform.php "8.1"',
    ],
    [
      'an old package',
      composer({}, [{ name: 'acme/x', require: { php: '>=7.2 <8.0' } }]),
      'the locked acme/x, which requires php ">=7.2 <8.0"',
    ],
    ['an old .php-version', { 'job.php': '', '.php-version': '7.4' }, '.php-version, which says "7.4"'],
  ])('of %s is refused', (_, files, found) => {
    expect(problemsOf(files, JOB)).toMatchObject([
      {
        property: ['entryfilePath'],
        found,
        accepted: 'PHP 8.2, 8.3, 8.4, 8.5',
        fix: expect.stringMatching(/phpVersion/),
      },
    ]);
  });
});

it.each([
  ['8.3.35', '^8.1', true],
  ['8.3.35', '^8.4', false],
  ['8.3.35', '~8.2', true],
  ['8.3.35', '~8.2.0', false],
  ['8.3.35', '8.3.*', true],
  ['8.3.35', '8.*', true],
  ['8.3.35', '8.3', false],
  ['8.3.35', '>= 8.1, < 8.4', true],
  ['8.3.35', '>=8.1 <8.3', false],
  ['8.3.35', '7.4 || ^8.0', true],
  ['8.3.35', '^7.2|^8.0', true],
  ['8.3.35', '8.1 - 8.3', true],
  ['8.3.35', '8.1 - 8.2', false],
  ['8.3.35', '!=8.3.35', false],
  ['8.3.35', '<=8.3', false],
  ['8.3.35', '*', true],
  ['8.3.35', '@dev', true],
])('%s satisfies %s: %s', (version, constraint, expected) => {
  expect(satisfies(version, constraint)).toBe(expected);
});

it('refuses excludeDependencies, which Composer cannot follow', () => {
  expect(problemsOf({ 'job.php': '' }, { ...JOB, excludeDependencies: ['acme/x'] })).toMatchObject([
    { property: ['excludeDependencies'], found: '"acme/x"', accepted: 'nothing for PHP' },
  ]);
});
