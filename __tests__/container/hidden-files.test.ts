import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { BuildContext } from '../../modules/container/build-context';
import { type ImageSource, jobContext } from '../../modules/container/build-plan';
import { hiddenFiles } from '../../modules/container/hidden-files';
import { ConfigError } from '../../modules/problems/config-error';
import { tokens } from '../stack-config/samples';
import { folder, removeFolders } from './folder';

afterEach(removeFolders);

const volume = (mountPath: string) => ({ properties: { mountPath } });

/** The problems of a job of a project with a volume, as `path: found`. */
function problemsOf(source: ImageSource, baseDir: string): string[] {
  try {
    jobContext(source, baseDir, 'job');
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ path, found }) => `${path}: ${found}`);
  }
}

function ofProject(config: string, mountPath: string): string[] {
  const { packaging } = parse(readFileSync(`__tests__/fixtures/projects/${config}/batch-jobs.yml`, 'utf8')).resources
    .job.properties.container;
  const source = { container: { packaging }, resources: { architecture: 'x86_64' } as const };
  const folderOfConfig = `__tests__/fixtures/projects/${config}`;
  return problemsOf({ ...source, volumes: [volume('/data'), volume(mountPath)] }, folderOfConfig);
}

// JavaScript's `/app` is this repository, in which the projects of these tests are.
const JS = '/app/__tests__/fixtures/projects/js-places/project';

describe('the code of a job is not hidden by a volume', () => {
  it.each([
    ['js-places/project', `${JS}/src`, `${JS}/src/jobs/job.mjs and 8 more`],
    ['js-places/project', `${JS}/src/lib/data`, `${JS}/src/lib/data/one.txt and 1 more`],
    ['python-uv/project', '/app/src', '/app/src/report/__init__.py and 2 more'],
    ['python-uv/project', '/venv', '/venv'],
    ['go-workspace/project/app', '/app/app/internal', '/app/app/internal/event/event.go'],
    ['java-maven-modules/project/app', '/job', '/job'],
    ['dotnet-9/project', '/app', '/app'],
    ['php-path-package-above/project/services/etl', '/app/packages', '/app/packages/words/composer.json and 1 more'],
    ['ruby-plain/project', '/app/lib', '/app/lib/words.rb'],
    ['ruby-path-gem-above/project/services/etl', '/gems', '/gems'],
  ])('%s, %s', (config, mountPath, hidden) => {
    expect(ofProject(config, mountPath)).toEqual([
      `volumes[1].properties.mountPath: "${mountPath}", which hides ${hidden} of the image`,
    ]);
  });

  it.each([
    ['js-places/project', `${JS}/data`],
    ['python-uv/project', '/app/data'],
    ['go-workspace/project/app', '/app/app/data'],
    ['java-maven-modules/project/app', '/app/data'],
    ['dotnet-9/project', '/app/data'],
    ['ruby-plain/project', '/app/library'],
  ])('%s has nothing at %s', (config, mountPath) => {
    expect(ofProject(config, mountPath)).toEqual([]);
  });

  it('also if it is named by excludeFiles, which takes it out of the image', () => {
    const root = folder({ 'job.py': '', 'requirements.txt': '', 'data/sample.json': '{}' });
    const source = (excludeFiles?: string[]): ImageSource => ({
      container: {
        packaging: { type: 'stacktape-image-buildpack', properties: { entryfilePath: 'job.py', excludeFiles } },
      },
      resources: { architecture: 'x86_64' },
      volumes: [volume('/app/data')],
    });
    expect(problemsOf(source(), root)).toEqual([
      'volumes[0].properties.mountPath: "/app/data", which hides /app/data/sample.json of the image',
    ]);
    expect(problemsOf(source(['data/**']), root)).toEqual([]);
  });
});

describe('in another image', () => {
  const notesOf = (packaging: ImageSource['container']['packaging'], root: string, ...paths: string[]) => {
    const volumes = paths.map(volume);
    const context = jobContext(
      { container: { packaging }, resources: { architecture: 'x86_64' }, volumes },
      root,
      'job',
    );
    return (context?.notes ?? []).filter(({ message }) => message.includes('hides'));
  };

  it('your Dockerfile can copy samples that a volume hides: a note', () => {
    const root = folder({
      Dockerfile: 'FROM scratch\nWORKDIR /srv\nCOPY . .\nCMD ["/srv/job"]',
      'data/a.csv': '',
      'data/b.csv': '',
    });
    const packaging = { type: 'custom-dockerfile', properties: { buildContextPath: '.' } } as const;
    expect(notesOf(packaging, root, '/data', '/srv/data')).toEqual([
      {
        property: ['buildContextPath'],
        message: 'volumes[1] at /srv/data hides /srv/data/a.csv and 1 more of the image',
      },
    ]);
  });

  it('buildpacks copy the sources: a note', () => {
    const packaging = { type: 'external-buildpack', properties: { sourceDirectoryPath: '.' } } as const;
    expect(notesOf(packaging, folder({ 'lib/a.js': '' }), '/workspace/lib')).toEqual([
      {
        property: ['sourceDirectoryPath'],
        message: 'volumes[0] at /workspace/lib hides /workspace/lib/a.js of the image',
      },
    ]);
  });

  it('nothing is said of a path that only Terraform knows, and nothing without volumes', () => {
    const context: BuildContext = {
      architecture: 'x86_64',
      method: { tool: 'pack', builder: 'b', buildpacks: [], variables: [] },
      files: [{ path: 'a', kind: 'file', content: Buffer.from('') }],
      init: true,
    };
    const packaging = { type: 'external-buildpack', properties: { sourceDirectoryPath: '.' } } as const;
    expect(hiddenFiles(context, packaging, [volume(tokens().TEXT)])).toEqual({ problems: [], notes: [] });
    expect(hiddenFiles(context, packaging)).toEqual({ problems: [], notes: [] });
  });
});
