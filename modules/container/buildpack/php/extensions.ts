import { formatFound } from '../../../problems/found';
import { baseImage } from '../../../rules/base-images';
import type { PackagingProblem } from '../../build-context';
import { run } from '../dockerfile';
import type { BuildpackSource } from '../language';
import { installPackages } from '../system-packages';

/**
 * Extensions in the official images.
 *
 * @see https://github.com/docker-library/php/blob/master/Dockerfile-linux.template
 */
const BUILT_IN: ReadonlySet<string> = new Set(
  (
    'core ctype curl date dom fileinfo filter ftp hash iconv json libxml mbstring mysqlnd openssl pcre pdo pdo_sqlite phar posix ' +
    'random readline reflection session simplexml sodium spl sqlite3 standard tokenizer xml xmlreader xmlwriter zlib'
  ).split(' '),
);

interface Extension {
  /** Packages that it needs to compile and run, by distribution. @default none */
  readonly alpine?: readonly string[];
  readonly debian?: readonly string[];
  /** Build options. @default none */
  readonly options?: string;
}

/** Extensions in PHP's source, which `docker-php-ext-install` compiles. */
const INSTALLED: { readonly [name: string]: Extension } = {
  bcmath: {},
  bz2: { alpine: ['bzip2-dev'], debian: ['libbz2-dev'] },
  calendar: {},
  exif: {},
  ffi: { alpine: ['libffi-dev'], debian: ['libffi-dev'] },
  gd: {
    alpine: ['freetype-dev', 'libjpeg-turbo-dev', 'libpng-dev', 'libwebp-dev'],
    debian: ['libfreetype-dev', 'libjpeg62-turbo-dev', 'libpng-dev', 'libwebp-dev'],
    options: '--with-freetype --with-jpeg --with-webp',
  },
  gettext: { alpine: ['gettext-dev'] },
  gmp: { alpine: ['gmp-dev'], debian: ['libgmp-dev'] },
  intl: { alpine: ['icu-dev', 'icu-data-full'], debian: ['libicu-dev'] },
  mysqli: {},
  pcntl: {},
  opcache: {},
  pdo_mysql: {},
  pdo_pgsql: { alpine: ['libpq-dev'], debian: ['libpq-dev'] },
  pgsql: { alpine: ['libpq-dev'], debian: ['libpq-dev'] },
  shmop: {},
  soap: { alpine: ['libxml2-dev'], debian: ['libxml2-dev'] },
  sockets: { alpine: ['linux-headers'] },
  sysvmsg: {},
  sysvsem: {},
  sysvshm: {},
  tidy: { alpine: ['tidyhtml-dev'], debian: ['libtidy-dev'] },
  xsl: { alpine: ['libxslt-dev'], debian: ['libxslt1-dev'] },
  zip: { alpine: ['libzip-dev'], debian: ['libzip-dev'] },
};

/** Composer's names: `ext-zend-opcache` is the extension `opcache`. */
function named(extension: string): string {
  return extension
    .toLowerCase()
    .replace(/^ext-/, '')
    .replace(/^zend-/, '')
    .replace(/-/g, '_');
}

/** Lines that add extensions to the official image, and the extensions that only commands from the config can install. */
export function extensionLines(source: BuildpackSource, version: string, extensions: readonly string[]): string[] {
  const names = toInstall(version, extensions).filter((name) => INSTALLED[name] !== undefined);
  if (names.length === 0) return [];
  const wanted = names.map((name) => [name, INSTALLED[name] ?? {}] as const);
  const packages = wanted.flatMap(([, extension]) => extension[source.distribution] ?? []);
  const configured = wanted.flatMap(([name, { options }]) =>
    options ? [`docker-php-ext-configure ${name} ${options}`] : [],
  );
  const command = [...configured, `docker-php-ext-install -j"$(nproc)" ${names.join(' ')}`].join(' && ');
  const install = installPackages(source.distribution, packages);
  return [
    `FROM ${baseImage('PHP', version, source.distribution)} AS php`,
    ...(install === undefined ? [] : [install]),
    run({ secrets: [] }, command),
  ];
}

function toInstall(version: string, extensions: readonly string[]): string[] {
  // OPcache is built into PHP 8.5 and later.
  const has = (name: string) => BUILT_IN.has(name) || (name === 'opcache' && Number(version) >= 8.5);
  return [...new Set(extensions.map(named))].filter((name) => !has(name)).sort();
}

/** Extensions that are not part of PHP, and that no command in the config names. */
export function extensionProblems(
  { properties: { customDockerBuildCommands = [] }, distribution }: BuildpackSource,
  version: string,
  extensions: readonly string[],
): PackagingProblem[] {
  const unknown = toInstall(version, extensions).filter(
    (name) => INSTALLED[name] === undefined && !customDockerBuildCommands.some((command) => command.includes(name)),
  );
  return unknown.map((name) => {
    const pecl = `pecl install ${name} && docker-php-ext-enable ${name}`;
    const command = distribution === 'alpine' ? `apk add --no-cache $PHPIZE_DEPS && ${pecl}` : pecl;
    return {
      property: ['entryfilePath'],
      found: `ext-${name}, which the project's packages require`,
      accepted: `extensions in PHP's source: ${Object.keys(INSTALLED).sort().join(', ')}`,
      fix: `install it with customDockerBuildCommands, such as ${formatFound(command)}, and the packages that it needs with ${distribution === 'alpine' ? 'apkPackages' : 'aptPackages'}`,
    };
  });
}
