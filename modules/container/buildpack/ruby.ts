import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ContextResult } from '../build-context';
import { copyToApp, prepared, run } from './dockerfile';
import type { BuildpackSource } from './language';
import { launched } from './launched';
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
  const tools = glibc ? ['build-essential', 'git', 'libyaml-dev'] : ['build-base', 'git', 'yaml-dev'];
  return {
    context: launched(source, found, {
      build: gems
        ? [
            `FROM ${base} AS build`,
            'WORKDIR /app',
            // Frozen: what the lockfile does not say is an error.
            `ENV BUNDLE_PATH=/gems BUNDLE_WITHOUT=development:test BUNDLE_FROZEN=${locked}`,
            ...prepared(source, tools),
            'COPY app/ ./',
            run(source, 'bundle install'),
          ]
        : [],
      base,
      packages: [glibc ? 'libyaml-0-2' : 'yaml'],
      variables: gems ? 'BUNDLE_PATH=/gems BUNDLE_WITHOUT=development:test' : undefined,
      copy: gems ? ['COPY --from=build /gems /gems', copyToApp('/app', { stage: 'build' })] : [copyToApp('app/')],
      command: [...(gems ? ['bundle', 'exec'] : []), 'ruby', found.entry],
    }),
  };
}
