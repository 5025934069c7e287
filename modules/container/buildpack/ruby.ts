import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ContextResult } from '../build-context';
import type { BuildpackSource } from './language';
import { launched, START_PACKAGES } from './launched';
import { project, projectFolder } from './project';

const DEFAULT_RUBY = 3.3;

/** Ruby: the project's folder, and the gems of its Gemfile. */
export function ruby(source: BuildpackSource): ContextResult {
  const { languageSpecificConfig: { rubyVersion = DEFAULT_RUBY } = {}, requiresGlibcBinaries: glibc } =
    source.properties;
  const folder = projectFolder(source, (name) => name === 'Gemfile');
  const found = project(source, folder);
  if ('problems' in found) return found;
  const gems = existsSync(join(folder, 'Gemfile'));
  const locked = existsSync(join(folder, 'Gemfile.lock'));
  const base = `public.ecr.aws/docker/library/ruby:${rubyVersion}${glibc ? '-slim' : '-alpine'}`;
  const tools = glibc
    ? 'apt-get update && apt-get install --yes --no-install-recommends build-essential git libyaml-dev'
    : 'apk add --no-cache build-base git yaml-dev';
  return {
    context: launched(source, found, {
      build: gems
        ? [
            `FROM ${base} AS build`,
            'WORKDIR /app',
            // Frozen: what the lockfile does not say is an error.
            `ENV BUNDLE_PATH=/gems BUNDLE_WITHOUT=development:test BUNDLE_FROZEN=${locked}`,
            `RUN ${tools}`,
            'COPY app/ ./',
            'RUN bundle install',
          ]
        : [],
      base,
      install: glibc
        ? `${START_PACKAGES.debian.replace(' curl ', ' curl libyaml-0-2 ')}`
        : `${START_PACKAGES.alpine} yaml`,
      variables: gems ? 'BUNDLE_PATH=/gems BUNDLE_WITHOUT=development:test' : undefined,
      copy: gems ? ['COPY --from=build /gems /gems', 'COPY --from=build /app ./'] : ['COPY app/ ./'],
      command: [...(gems ? ['bundle', 'exec'] : []), 'ruby', found.entry],
    }),
  };
}
