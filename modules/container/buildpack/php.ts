import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ContextResult } from '../build-context';
import { copyToApp, prepared, run } from './dockerfile';
import type { BuildpackSource } from './language';
import { launched } from './launched';
import { project, projectFolder } from './project';

const DEFAULT_PHP = 8.3;

const COMPOSER_IMAGE = 'public.ecr.aws/docker/library/composer:2.8';

/** PHP: the project's folder, and the packages of its composer.json. */
export function php(source: BuildpackSource): ContextResult {
  const { languageSpecificConfig: { phpVersion = DEFAULT_PHP } = {}, requiresGlibcBinaries: glibc } = source.properties;
  const folder = projectFolder(source, (name) => name === 'composer.json');
  const found = project(source, folder, { leftOut: ['vendor'] });
  if ('problems' in found) return found;
  const base = `public.ecr.aws/docker/library/php:${phpVersion}-cli${glibc ? '' : '-alpine'}`;
  const packages = existsSync(join(folder, 'composer.json'));
  return {
    context: launched(source, found, {
      build: packages
        ? [
            `FROM ${base} AS build`,
            'WORKDIR /app',
            ...prepared(source, ['git', 'unzip']),
            `COPY --from=${COMPOSER_IMAGE} /usr/bin/composer /usr/local/bin/composer`,
            'COPY app/ ./',
            // The tool's own image would have another distribution and other extensions than the job's.
            run(source, 'composer install --no-dev --no-interaction --no-progress --optimize-autoloader'),
          ]
        : [],
      base,
      copy: [packages ? copyToApp('/app', { stage: 'build' }) : copyToApp('app/')],
      command: ['php', found.entry],
    }),
  };
}
