import { withPackagings } from '../../modules/config/stacktape-packaging';

const job = (packaging: object) => ({ type: 'batch-job', properties: { container: { packaging } } });

const sorter = (packaging: object) => ({ type: 'function', properties: { memory: 256, packaging } });

/** Packaging of the one resource, and where its parts are in the file and in the config. */
function packagingOf(resource: ReturnType<typeof job> | ReturnType<typeof sorter>) {
  const { value, moved, findings } = withPackagings({ stackName: 'a', resources: { one: resource } });
  const { properties } = (value as { resources: { one: typeof resource } }).resources.one;
  const at = 'container' in properties ? properties.container.packaging : properties.packaging;
  return {
    packaging: at,
    moved: moved.map(({ written, inConfig }) => [written.join('.'), inConfig.join('.')]),
    findings,
  };
}

it.each([
  undefined,
  null,
  [],
  { resources: [] },
  { resources: { one: null } },
  { resources: { one: { type: 'function' } } },
  {
    resources: {
      one: { type: 'sqs-queue', properties: { packaging: { type: 'js-bundle', properties: { nodeVersion: 22 } } } },
    },
  },
  { resources: { one: sorter({ type: 'js-bundle' }) } },
  { resources: { one: sorter({ type: 'js-bundle', properties: { entryfilePath: 'a.ts', minify: true } }) } },
  { resources: { one: sorter({ type: 'js-bundle', properties: { nodeVersion: 22, languageSpecificConfig: 'x' } }) } },
  { resources: { one: sorter({ type: 'stacktape-lambda-buildpack', properties: { nodeVersion: 22 } }) } },
  { resources: { one: job({ type: 'buildpack', properties: { entryfilePath: 'a.py', python: { minify: true } } }) } },
])('%j stays as it is', (config) => {
  const result = withPackagings(config);
  expect(result).toEqual({ value: config, moved: [], findings: [] });
  expect(result.value).toBe(config);
});

it.each([
  ['a job', job, 'properties.container.packaging'],
  ['a function', sorter, 'properties.packaging'],
] as const)('settings of a js-bundle are those of its language: %s', (_, resource, place) => {
  const properties = { entryfilePath: 'a.ts', nodeVersion: 22, tsConfigPath: 'b.json' };
  const start = `resources.one.${place}.properties`;
  expect(packagingOf(resource({ type: 'js-bundle', properties }))).toEqual({
    packaging: {
      type: 'js-bundle',
      properties: { entryfilePath: 'a.ts', languageSpecificConfig: { nodeVersion: 22, tsConfigPath: 'b.json' } },
    },
    moved: ['nodeVersion', 'tsConfigPath'].map((name) => [
      `${start}.${name}`,
      `${start}.languageSpecificConfig.${name}`,
    ]),
    findings: [],
  });
});

it('a setting that is at both places stays', () => {
  const properties = { nodeVersion: 22, disableSourceMaps: true, languageSpecificConfig: { nodeVersion: 24 } };
  const { packaging, moved } = packagingOf(sorter({ type: 'js-bundle', properties }));
  expect(packaging).toEqual({
    type: 'js-bundle',
    properties: { nodeVersion: 22, languageSpecificConfig: { nodeVersion: 24, disableSourceMaps: true } },
  });
  expect(moved).toHaveLength(1);
});

it('python of a function is the settings of its language', () => {
  const python = { packageManagerFile: 'pyproject.toml' };
  const { packaging, moved } = packagingOf(
    sorter({ type: 'buildpack', properties: { entryfilePath: 'a.py', python } }),
  );
  expect(packaging).toEqual({
    type: 'buildpack',
    properties: { entryfilePath: 'a.py', languageSpecificConfig: python },
  });
  const start = 'resources.one.properties.packaging.properties';
  expect(moved).toEqual([[`${start}.python.packageManagerFile`, `${start}.languageSpecificConfig.packageManagerFile`]]);
});

it('and what is at both places stays in python', () => {
  const properties = { python: { packageManagerFile: 'a' }, languageSpecificConfig: { packageManagerFile: 'b' } };
  expect(packagingOf(sorter({ type: 'buildpack', properties })).packaging).toEqual({ type: 'buildpack', properties });
});

it.each([
  [undefined, 'write packaging: { type: "external-buildpack", properties: { sourceDirectoryPath: "." } }, or write'],
  [
    { sourceDirectoryPath: 'api' },
    'write packaging: { type: "external-buildpack", properties: { sourceDirectoryPath: "api" } }',
  ],
  [{ startCommand: 'node a.js' }, 'sourceDirectoryPath: ".", command: ["sh", "-c", "node a.js"] } }'],
  [{ buildCommand: 'make', packages: {} }, 'write a Dockerfile, and use dockerfile: external-buildpack, which builds'],
])('a buildpack of a job without an entry file builds a folder, and is refused: %j', (properties, fix) => {
  const { findings } = packagingOf(job({ type: 'buildpack', properties }));
  expect(findings).toMatchObject([
    {
      path: ['resources', 'one', 'properties', 'container', 'packaging', 'type'],
      finding: { fix: expect.stringContaining(fix), settles: ['properties'] },
    },
  ]);
});
