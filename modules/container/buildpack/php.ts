import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ContextResult } from '../build-context';
import type { BuildpackSource } from './language';
import { launched, START_PACKAGES } from './launched';
import { project, projectFolder } from './project';

const DEFAULT_PHP = 8.3;

const COMPOSER_IMAGE = 'public.ecr.aws/docker/library/composer:2.8';

/** PHP: the project's folder, and the packages of its composer.json. */
export function php(source: BuildpackSource): ContextResult {
  const { languageSpecificConfig: { phpVersion = DEFAULT_PHP } = {}, requiresGlibcBinaries: glibc } = source.properties;
  const folder = projectFolder(source, (name) => name === 'composer.json');
  const found = project(source, folder, ['vendor']);
  if ('problems' in found) return found;
  const packages = existsSync(join(folder, 'composer.json'));
  return {
    context: launched(source, found, {
      build: packages
        ? [
            `FROM ${COMPOSER_IMAGE} AS build`,
            'WORKDIR /app',
            'COPY app/ ./',
            // Extensions are those of the image that the job runs in, not of Composer's.
            'RUN composer install --no-dev --no-interaction --no-progress --optimize-autoloader --ignore-platform-reqs',
          ]
        : [],
      base: `public.ecr.aws/docker/library/php:${phpVersion}-cli${glibc ? '' : '-alpine'}`,
      install: glibc ? START_PACKAGES.debian : START_PACKAGES.alpine,
      copy: [packages ? 'COPY --from=build /app ./' : 'COPY app/ ./'],
      command: ['php', found.entry],
    }),
  };
}
