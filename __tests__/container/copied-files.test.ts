import type { BuildContext } from '../../modules/container/build-context';
import { copiedFiles } from '../../modules/container/copied-files';

const CONTEXT = ['job.py', 'lib/a.py', 'lib/deep/b.py', 'data.csv'];

function copied(dockerfile: string, target?: string, buildArgs: [string, string][] = []) {
  const files = [['Dockerfile', dockerfile] as const, ...CONTEXT.map((path) => [path, ''] as const)];
  const context: BuildContext = {
    architecture: 'x86_64',
    method: { tool: 'docker', dockerfile: 'Dockerfile', buildArgs, target },
    files: files.map(([path, text]) => ({ path, kind: 'file', content: Buffer.from(text) })),
    init: true,
  };
  return copiedFiles(context);
}

describe('the files that a Dockerfile copies', () => {
  it.each<[string, string[]]>([
    ['COPY job.py /srv/', ['/srv/job.py']],
    ['COPY job.py /srv/main.py', ['/srv/main.py']],
    ['WORKDIR /srv\nCOPY job.py .', ['/srv/job.py']],
    ['WORKDIR /srv\nWORKDIR app\nCOPY job.py data.csv ./', ['/srv/app/job.py', '/srv/app/data.csv']],
    ['COPY lib /srv', ['/srv/a.py', '/srv/deep/b.py']],
    ['COPY --chown=1000:1000 ./lib/ /srv/lib/', ['/srv/lib/a.py', '/srv/lib/deep/b.py']],
    ['COPY ["job.py", "/srv/my job/"]', ['/srv/my job/job.py']],
    ['ADD job.py /srv/', ['/srv/job.py']],
    ['COPY *.py /srv/', ['/srv/*.py']],
    ['ARG TO=/srv\nCOPY job.py ${TO}/', ['/srv/job.py']],
    ['ADD https://example.com/x /srv/', []],
    ['COPY missing.py /srv/', []],
    ['COPY $UNKNOWN /srv/', []],
    ['COPY job.py $UNKNOWN/', []],
    // The folder of the base image is unknown.
    ['COPY job.py ./', []],
    ['COPY --from=busybox:1.37 /bin/busybox /usr/bin/busybox', ['/usr/bin/busybox']],
    ['COPY [job.py /srv/', ['/srv/[job.py']], // no JSON: words, with a wildcard
  ])('%j', (lines, paths) => {
    expect(copied(`FROM python:3.14\n${lines}`)).toEqual(paths);
  });

  it('are followed through the stages, by name and by number', () => {
    const build = 'FROM python:3.14 AS Build\nWORKDIR /src\nCOPY lib ./\nFROM scratch\n';
    expect(copied(`${build}COPY --from=build /src /app`)).toEqual(['/app/a.py', '/app/deep/b.py']);
    expect(copied(`${build}COPY --from=0 /src/a.py main.py`)).toEqual(['/main.py']);
    expect(copied(`${build}COPY --from=build /made /app/`)).toEqual(['/app']);
    expect(copied(build)).toEqual([]);
  });

  it('are those of the target, and of the stage that it is based on', () => {
    const text =
      'FROM python:3.14 AS base\nWORKDIR /srv\nCOPY job.py ./\nFROM base AS run\nCOPY data.csv ./\nFROM scratch';
    expect(copied(text, 'run')).toEqual(['/srv/job.py', '/srv/data.csv']);
    expect(copied(text, 'base')).toEqual(['/srv/job.py']);
    expect(copied(text, 'other')).toEqual([]);
  });

  it('take build arguments of the config', () => {
    expect(copied('FROM scratch\nARG NAME=job.py\nCOPY $NAME /srv/', undefined, [['NAME', 'data.csv']])).toEqual([
      '/srv/data.csv',
    ]);
  });
});
