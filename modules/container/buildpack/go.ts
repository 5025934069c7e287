import { posix } from 'node:path';
import type { ContextResult } from '../build-context';
import { quoted } from '../builder/build-specification';
import { copyToApp, prepared, run } from './dockerfile';
import type { BuildpackSource } from './language';
import { launched } from './launched';
import { project, projectFolder } from './project';

/** Compiles; a newer version that `go.mod` asks for is fetched by Go itself. */
const GO_IMAGE = 'public.ecr.aws/docker/library/golang:1.25';

/** Go: the package of the entry file as one static program. */
export function go(source: BuildpackSource): ContextResult {
  const folder = projectFolder(source, (name) => name === 'go.mod');
  const found = project(source, folder);
  if ('problems' in found) return found;
  const glibc = source.properties.requiresGlibcBinaries;
  const isModule = found.files.some(({ path }) => path === 'go.mod');
  const target = isModule ? `./${posix.dirname(found.entry)}` : `./${found.entry}`;
  return {
    context: launched(source, found, {
      build: [
        `FROM ${GO_IMAGE}${glibc ? '-bookworm' : '-alpine'} AS build`,
        'WORKDIR /src',
        // With libc in the image, C code may be linked to it; without, the program must stand alone.
        ...(glibc ? [] : ['ENV CGO_ENABLED=0']),
        ...prepared(source),
        'COPY app/ ./',
        run(source, `go build -trimpath -ldflags=-s -o /job ${quoted(target)}`),
      ],
      base: glibc ? 'public.ecr.aws/docker/library/debian:12-slim' : 'public.ecr.aws/docker/library/alpine:3.22',
      copy: ['COPY --from=build /job /usr/local/bin/job', copyToApp('app/')],
      command: ['/usr/local/bin/job'],
    }),
  };
}
