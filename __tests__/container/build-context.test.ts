import { type BuildContext, contextDigest, sortedFiles } from '../../modules/container/build-context';
import { textEntry } from '../../modules/container/source-files';

const CONTEXT: BuildContext = {
  architecture: 'x86_64',
  method: { tool: 'docker', dockerfile: 'Dockerfile', buildArgs: [['A', '1']] },
  files: [textEntry('Dockerfile', 'FROM scratch'), textEntry('run.sh', 'true', 'executable')],
  init: false,
};

const files = (...entries: Parameters<typeof textEntry>[]) => entries.map((entry) => textEntry(...entry));

describe('contextDigest', () => {
  it('is what it was: a change builds every image of everybody anew', () => {
    expect(contextDigest(CONTEXT)).toBe('022bd06109d628728d4489629bedd4454abb63a76e7a70cbca59fa4e45c0f489');
  });

  it.each<[string, Partial<BuildContext>]>([
    ['the architecture', { architecture: 'arm64' }],
    ['the Dockerfile', { method: { tool: 'docker', dockerfile: 'Other', buildArgs: [['A', '1']] } }],
    ['a build argument', { method: { tool: 'docker', dockerfile: 'Dockerfile', buildArgs: [['A', '2']] } }],
    ['the tool', { method: { tool: 'pack', builder: 'b', buildpacks: [], variables: [] } }],
    ["a file's content", { files: files(['Dockerfile', 'FROM scratch'], ['run.sh', 'false', 'executable']) }],
    ["a file's mode", { files: files(['Dockerfile', 'FROM scratch'], ['run.sh', 'true']) }],
    ["a file's name", { files: files(['Dockerfile', 'FROM scratch'], ['ran.sh', 'true', 'executable']) }],
    ['a file more', { files: [...CONTEXT.files, textEntry('z', '')] }],
  ])('changes with %s', (_, change) => {
    expect(contextDigest({ ...CONTEXT, ...change })).not.toBe(contextDigest(CONTEXT));
  });

  it('does not change with what only the container receives', () => {
    expect(contextDigest({ ...CONTEXT, command: ['sh'], init: true })).toBe(contextDigest(CONTEXT));
  });
});

it('sorts files by their bytes', () => {
  const sorted = sortedFiles(files(['é', ''], ['b', ''], ['B', ''], ['a/b', ''], ['a-b', '']));
  expect(sorted.map(({ path }) => path)).toEqual(['B', 'a-b', 'a/b', 'b', 'é']);
});
