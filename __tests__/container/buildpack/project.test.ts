import { join } from 'node:path';
import type { BuildpackSource } from '../../../modules/container/buildpack/language';
import { type ProjectOptions, project } from '../../../modules/container/buildpack/project';
import { folder, removeFolders } from '../folder';

afterEach(removeFolders);

const FILES = {
  'app/main.go': '',
  'app/.dockerignore': 'drafts\n',
  'app/drafts/a': '',
  'lib/lib.go': '',
  'lib/drafts/a': '',
  'web/a.ts': '',
  'go.work': '',
};

function sent(options: (root: string) => ProjectOptions) {
  const root = folder(FILES);
  const source: BuildpackSource = {
    properties: { entryfilePath: 'app/main.go', excludeFiles: ['lib/drafts'] },
    architecture: 'x86_64',
    baseDir: root,
    entry: join(root, 'app/main.go'),
    distribution: 'alpine',
    secrets: [],
  };
  const found = project(source, root, options(root));
  return 'problems' in found ? found.problems : found.files.map(({ path }) => path);
}

it('sends only some parts of a root, each less what its own .dockerignore leaves out', () => {
  expect(sent((root) => ({ parts: [join(root, 'app'), join(root, 'lib'), join(root, 'go.work')] }))).toEqual([
    'app/.dockerignore',
    'app/main.go',
    'lib/lib.go',
    'go.work',
  ]);
});

it('sends all of the root without parts, less what the language leaves out', () => {
  const files = sent(() => ({ leftOut: ['web'] }));
  expect(files).toContain('app/drafts/a');
  expect(files).not.toContain('web/a.ts');
});
