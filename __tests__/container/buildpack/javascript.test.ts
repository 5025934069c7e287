import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildContext, contextDigest } from '../../../modules/container/build-context';
import { imageBuildpackContext } from '../../../modules/container/image-buildpack';
import { bytes, tar } from '../../../modules/container/tar';
import { folder, removeFolders } from '../folder';
import { context, type Given, JOB, problems } from './javascript/nightly';
import { textOf } from './made';

const paths = ({ files }: BuildContext) => files.map(({ path }) => path);
const file = ({ files }: BuildContext, wanted: string) => textOf(files, wanted);
const dockerfile = (made: BuildContext) => file(made, 'Dockerfile').trim().split('\n');

afterEach(removeFolders);

describe('the context', () => {
  it('is one bundle with its source map, what starts it, and a Dockerfile', () => {
    const made = context(JOB);
    expect(paths(made)).toEqual(['Dockerfile', 'app/jobs/nightly.mjs', 'app/jobs/nightly.mjs.map', 'start.cjs']);
    expect(dockerfile(made)).toEqual([
      'FROM public.ecr.aws/docker/library/node:24.21.0-alpine3.24',
      'RUN mkdir -p /app && chown 1000:1000 /app',
      'WORKDIR /app',
      'ENV NODE_ENV=production',
      'COPY start.cjs /opt/stp/',
      'COPY --chown=1000:1000 app/ ./',
      'USER 1000:1000',
      'CMD ["node","--enable-source-maps","/opt/stp/start.cjs","/app/jobs/nightly.mjs"]',
    ]);
    expect(made).toMatchObject({ init: true });
  });

  it('has the same digest and bytes in two folders', () => {
    const [one, other] = [context(JOB), context(JOB)];
    expect(contextDigest(one)).toBe(contextDigest(other));
    expect(Buffer.concat([...tar(one.files)]).equals(Buffer.concat([...tar(other.files)]))).toBe(true);
  });

  it('changes with what is imported', () => {
    const other = context({ ...JOB, 'jobs/text.ts': "export const text = () => 'tomorrow';\n" });
    expect(contextDigest(other)).not.toBe(contextDigest(context(JOB)));
  });

  it('follows every setting', () => {
    const made = context(
      { ...JOB, 'data/a.csv': 'a', 'data/b.csv': 'b', 'data/.hidden': 'c' },
      {
        includeFiles: ['data/**'],
        excludeFiles: ['**/b.csv'],
        requiresGlibcBinaries: true,
        customDockerBuildCommands: ['apt-get install --yes ffmpeg'],
        languageSpecificConfig: { nodeVersion: 20, outputModuleFormat: 'cjs', disableSourceMaps: true },
      },
    );
    expect(paths(made)).toEqual([
      'Dockerfile',
      'app/data/.hidden',
      'app/data/a.csv',
      'app/jobs/nightly.cjs',
      'start.cjs',
    ]);
    expect(dockerfile(made)).toEqual([
      'FROM public.ecr.aws/docker/library/node:20.20.2-bookworm-slim',
      'RUN mkdir -p /app && chown 1000:1000 /app',
      'WORKDIR /app',
      'ENV NODE_ENV=production',
      'RUN apt-get install --yes ffmpeg',
      'COPY start.cjs /opt/stp/',
      'COPY --chown=1000:1000 app/ ./',
      'USER 1000:1000',
      'CMD ["node","/opt/stp/start.cjs","/app/jobs/nightly.cjs"]',
    ]);
  });

  it('reads the tsconfig.json that is named', () => {
    const made = context(
      {
        'jobs/nightly.ts': "import { text } from '@lib/text';\nconsole.log(text);\n",
        'lib/text.ts': "export const text = 'from lib';\n",
        'config/tsconfig.build.json': '{"compilerOptions":{"paths":{"@lib/*":["../lib/*"]}}}',
      },
      { languageSpecificConfig: { tsConfigPath: 'config/tsconfig.build.json' } },
    );
    expect(file(made, 'app/jobs/nightly.mjs')).toContain('from lib');
  });

  it('keeps a copy of the source map where it is asked for', () => {
    const made = context(JOB, { languageSpecificConfig: { outputSourceMapsTo: 'maps' } });
    expect(made.copies?.map(({ path }) => path.endsWith(join('maps', 'nightly.mjs.map')))).toEqual([true]);
    expect(bytes(made.copies?.[0]?.content ?? Buffer.alloc(0)).toString()).toBe(file(made, 'app/jobs/nightly.mjs.map'));
  });
});

describe('a problem', () => {
  it.each<[string, { readonly [path: string]: string }, Given, string[], string]>([
    ['a missing file', {}, {}, ['entryfilePath'], '"jobs/nightly.ts": no such file'],
    ['a folder', { 'jobs/nightly.ts/x': '' }, {}, ['entryfilePath'], '"jobs/nightly.ts": a folder'],
    [
      'an import that does not resolve',
      { 'jobs/nightly.ts': "import './missing';\n" },
      {},
      ['entryfilePath'],
      '"jobs/nightly.ts", which cannot be bundled:\njobs/nightly.ts:1:8: Could not resolve "./missing"',
    ],
    ['a file that is not included', JOB, { includeFiles: ['data/*'] }, ['includeFiles', '0'], '"data/*": no such file'],
    [
      'a tsconfig.json that is not there',
      JOB,
      { languageSpecificConfig: { tsConfigPath: 'tsconfig.json' } },
      ['languageSpecificConfig', 'tsConfigPath'],
      '"tsconfig.json": no such file',
    ],
    [
      'another language',
      { 'jobs/nightly.pl': '' },
      { entryfilePath: 'jobs/nightly.pl' },
      ['entryfilePath'],
      '"jobs/nightly.pl"',
    ],
  ])('is %s', (_, files, properties, property, found) => {
    expect(problems(files, properties).map((one) => [one.property.map(String), one.found])).toEqual([
      [property, found],
    ]);
  });

  it('is a file outside of the folder', () => {
    const root = folder({ 'outside.csv': '', 'in/jobs/nightly.ts': '' });
    const properties = { entryfilePath: 'jobs/nightly.ts', includeFiles: ['../*.csv'] };
    const made = imageBuildpackContext(properties, 'x86_64', join(root, 'in'));
    expect('problems' in made && String(made.problems[0]?.found)).toBe('"../*.csv": ../outside.csv');
  });
});

it('writes the source map when the stack is made, not before', () => {
  const root = folder(JOB);
  const made = imageBuildpackContext(
    { entryfilePath: 'jobs/nightly.ts', languageSpecificConfig: { outputSourceMapsTo: 'maps' } },
    'x86_64',
    root,
  );
  expect('context' in made).toBe(true);
  expect(existsSync(join(root, 'maps'))).toBe(false);
  expect(readFileSync(join(root, 'jobs/nightly.ts'), 'utf8')).toBe(JOB['jobs/nightly.ts']);
});
