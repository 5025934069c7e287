import { parse } from '../../modules/config/parse';
import type { BuildContext } from '../../modules/container/build-context';
import { buildContexts, contextNotes, jobContext } from '../../modules/container/build-plan';
import { batchJobsConfig } from '../../modules/stack-config/config';
import { folder, removeFolders } from './folder';

const job = (packaging: object, more: object = {}) => ({
  type: 'batch-job',
  properties: { container: { packaging }, resources: { cpu: 1, memory: 512, ...more } },
});
const dockerfile = (buildContextPath: string, more: object = {}) => ({
  type: 'custom-dockerfile',
  properties: { buildContextPath, ...more },
});

function contexts(resources: object, root: string) {
  const config = parse(batchJobsConfig, { stackName: 'reports', resources }, 'test');
  return buildContexts(config.resources, root, 'reports');
}

afterEach(removeFolders);

it('makes the contexts of the jobs whose images are built, for their architecture', () => {
  const made = contexts(
    {
      bucket: { type: 'bucket' },
      prebuilt: job({ type: 'prebuilt-image', properties: { image: 'busybox' } }),
      intel: job(dockerfile('job')),
      arm: job(dockerfile('job'), { architecture: 'arm64' }),
    },
    folder({ 'job/Dockerfile': 'FROM scratch' }),
  );
  expect([...made].map(([name, { architecture }]) => [name, architecture])).toEqual([
    ['intel', 'x86_64'],
    ['arm', 'arm64'],
  ]);
});

it('names the problems of all jobs in one report, each with its path', () => {
  const resources = {
    one: job(dockerfile('missing')),
    two: job(dockerfile('job', { dockerfilePath: '../Dockerfile' })),
  };
  const base = 'container.packaging.properties';
  expect(() => contexts(resources, folder({ 'job/Dockerfile': '' }))).toThrow(
    new RegExp(
      `^reports: 2 problems\\n\\n 1 [^]*\\n {4}resources\\.one\\.properties\\.${base}\\.buildContextPath\\n\\n` +
        ` 2 [^]*\\n {4}resources\\.two\\.properties\\.${base}\\.dockerfilePath$`,
    ),
  );
});

describe('of a single job', () => {
  const source = (buildContextPath: string) => ({
    container: { packaging: { type: 'custom-dockerfile' as const, properties: { buildContextPath } } },
    resources: { architecture: 'x86_64' as const },
  });

  it('there is a context', () => {
    expect(jobContext(source('job'), folder({ 'job/Dockerfile': '' }), 'stack/job')?.files).toHaveLength(1);
  });

  it('there is none for an image that is built elsewhere', () => {
    const packaging = { type: 'prebuilt-image' as const, properties: { image: 'busybox' } };
    expect(jobContext({ ...source('.'), container: { packaging } }, '.', 'stack/job')).toBeUndefined();
  });

  it('problems are below its own path', () => {
    expect(() => jobContext(source('missing'), folder({}), 'stack/job')).toThrow(
      /^stack\/job: 1 problem\n\n 1 (?:.|\n)*\n {4}container\.packaging\.properties\.buildContextPath$/,
    );
  });
});

it('gives the notes of all jobs, each once', () => {
  const context = (...messages: string[]): BuildContext => ({
    architecture: 'x86_64',
    method: { tool: 'docker', dockerfile: 'Dockerfile', buildArgs: [] },
    files: [],
    init: false,
    notes: messages.map((message) => ({ property: ['includeFiles', 0], message })),
  });
  const jobs = new Map([
    ['one', context('a', 'b')],
    ['two', context('b', 'c')],
    ['three', { ...context(), notes: undefined }],
  ]);
  const path = 'properties.container.packaging.properties.includeFiles[0]';
  expect(contextNotes(jobs, (job) => [job, 'properties'])).toEqual([
    { property: `one.${path}`, message: 'a' },
    { property: `one.${path}`, message: 'b' },
    { property: `two.${path}`, message: 'c' },
  ]);
});
