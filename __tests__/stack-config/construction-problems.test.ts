import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Testing } from 'cdktf';
import { loadConfig } from '../../modules/load';
import { ConfigError } from '../../modules/problems/config-error';
import { BatchJobsStack } from '../../modules/stack';
import { synthesized } from '../../modules/stack-config/synthesis-problems';
import { folder, removeFolders } from '../container/folder';
import { FILES, KINDS, type Kind, RULED } from './construction-kinds';

let root: string;

beforeAll(() => {
  root = folder(FILES);
});
afterAll(removeFolders);

/** The paths of the problems of a config, and whether its stack was constructed to find them. */
async function report({ resources, sections = {} }: Pick<Kind, 'resources' | 'sections'>) {
  const file = join(root, 'reports.json');
  writeFileSync(file, JSON.stringify({ region: 'eu-west-1', ...sections, resources }));
  try {
    const loaded = await loadConfig(file);
    try {
      synthesized(loaded, () => Testing.synth(new BatchJobsStack(Testing.app(), loaded), true));
      return { from: 'nothing', paths: [] };
    } catch (error) {
      return { from: 'construction', paths: pathsIn(error) };
    }
  } catch (error) {
    return { from: 'checks', paths: pathsIn(error) };
  }
}

function pathsIn(error: unknown): string[] {
  if (!(error instanceof ConfigError)) throw error;
  return error.problems.map(({ path }) => path).sort();
}

interface Both {
  readonly kind: Pick<Kind, 'resources' | 'sections'>;
  readonly path: string;
}

const packaging = { type: 'prebuilt-image', properties: { image: 'public.ecr.aws/docker/library/busybox:1.37' } };
const job = { container: { packaging }, resources: { cpu: 1, memory: 512 } };

/** Values that the schema refuses in a resource, by its type: with and without a default instead. */
const REFUSED: { readonly [type: string]: readonly (readonly [properties: object, path: string])[] } = {
  'batch-job': [
    [{ timeout: 'soon' }, 'timeout'],
    [{ resources: { cpu: 'two', memory: 512 } }, 'resources.cpu'],
    [{ connectTo: ['nobody'] }, 'connectTo[0]'],
  ],
  function: [[{ timeout: 'soon' }, 'timeout']],
  bucket: [[{ colour: 'red' }, 'colour']],
};

/** The same config with a problem that the schema or a rule finds: of another resource, of a section, of the same resource. */
function withOther({ resources, sections }: Kind): Both[] {
  const follower = { type: 'batch-job', properties: { ...job, connectTo: ['nobody'] } };
  const [name = '', { type, properties, ...beside } = { type: '' }] = Object.entries(resources)[0] ?? [];
  const inSame = (REFUSED[type] ?? []).map(([refused, path]): Both => {
    const own = { type, properties: { ...properties, ...refused }, ...beside };
    return {
      kind: { sections, resources: { ...resources, [name]: own } },
      path: `resources.${name}.properties.${path}`,
    };
  });
  const inbox = { type: 'sqs-queue', properties: { colour: 'red' } };
  return [
    { kind: { sections, resources: { inbox, ...resources } }, path: 'resources.inbox.properties.colour' },
    { kind: { sections, resources: { follower, ...resources } }, path: 'resources.follower.properties.connectTo[0]' },
    { kind: { sections: { ...sections, colour: 'red' }, resources }, path: 'colour' },
    ...inSame,
  ];
}

describe.each(Object.entries(KINDS))('%s', (_, kind) => {
  it('is found by construction alone, and beside what the schema and the rules find', async () => {
    const alone = await report(kind);
    expect(alone).toEqual({ from: 'construction', paths: expect.arrayContaining([expect.any(String)]) });
    for (const { kind: both, path } of withOther(kind)) {
      const isLater = kind.after?.some((end) => path.endsWith(`report.properties.${end}`)) ?? false;
      expect(await report(both)).toEqual({ from: 'checks', paths: [path, ...(isLater ? [] : alone.paths)].sort() });
    }
  });
});

describe('what is only a consequence is not reported', () => {
  const code = (type: string, properties: object) => ({ packaging: { type, properties } });
  const artifact = code('custom-artifact', { packagePath: 'zip', handler: 'lib.run' });
  const image = (more: object) => ({
    ...job,
    container: code('stacktape-image-buildpack', { entryfilePath: 'main.ts', ...more }),
  });
  const of = (properties: object, more: object = {}) => ({ type: 'batch-job', properties, ...more });
  const events = [
    { type: 'schedule', properties: { scheduleRate: 'often' } },
    { type: 'event-bus', properties: { useDefaultBus: true, eventPattern: { source: ['a'] } } },
  ];

  it.each<[what: string, resources: object, sections: object, paths: string[]]>([
    [
      'a runtime that is misspelled',
      { hook: { type: 'function', properties: { ...artifact, runtme: 'python3.12' } } },
      {},
      ['resources.hook.properties.runtme'],
    ],
    [
      'code of a job that is misspelled',
      { report: of(image({ entryfilePath: 'main.ts', entryFile: 'other.ts', languageSpecificConfig: 5 })) },
      {},
      [
        'resources.report.properties.container.packaging.properties.entryFile',
        'resources.report.properties.container.packaging.properties.languageSpecificConfig',
      ],
    ],
    [
      'an event that overrides count',
      {
        report: of(
          { ...job, events },
          { overrides: { Event1Schedule: { name: 'a' }, Event2Rule: { name: 'b' }, LogGroup: { name: 'c' } } },
        ),
      },
      { overrides: { NoSuchName: { a: 1 } } },
      ['resources.report.properties.events[0].properties.scheduleRate'],
    ],
    [
      'a part that overrides name',
      { report: of({ ...job, limit: { runs: 1 } }, { overrides: { PlacesEndRule: { name: 'a' } } }) },
      {},
      ['resources.report.properties.limit'],
    ],
    [
      'a resource that others refer to',
      {
        db: { type: 'relational-database', properties: {} },
        report: of({
          ...job,
          connectTo: ['db'],
          container: { packaging, environment: { HOST: "$ResourceParam('db', 'host')" } },
          events: [{ type: 'sqs', properties: { sqsQueueName: 'inbox' } }],
        }),
        inbox: { type: 'sqs-queue', properties: { visibilityTimeoutSeconds: 'long' } },
      },
      { outputs: [{ name: 'host', value: "$ResourceParam('db', 'host')" }] },
      ['resources.db.properties.engine', 'resources.inbox.properties.visibilityTimeoutSeconds'],
    ],
  ])('%s', async (_, resources, sections, paths) => {
    expect(await report({ resources: resources as Kind['resources'], sections })).toEqual({ from: 'checks', paths });
  });
});

it.each(Object.entries(RULED))('a rule finds what %s refuses', async (_, resources) => {
  expect(await report({ resources })).toMatchObject({ from: 'checks' });
});

/** Files that refuse what is in no config, or before a config is checked. */
const ELSEWHERE: { readonly [source: string]: string } = {
  'modules/bundled-function.ts': 'properties of constructs; what connects is found by rules',
  'modules/config/construct-props.ts': 'properties of constructs',
  'modules/config/default-config-file.ts': 'a file that is not read',
  'modules/config/parse.ts': 'the checks themselves',
  'modules/config/yaml.ts': 'a file that is not read',
  'modules/container/builder/codebuild-builder.ts': 'more than 500 images: too long for a test',
  'modules/container/builder/context-file.ts': 'files that change while they are written',
  'modules/container/tar.ts': 'files that change while they are written',
  'modules/job-triggers.ts': 'problems of triggers',
  'modules/problems/collected-problems.ts': 'problems of others',
  'modules/resources/sqs-queue/construct.ts': 'properties of constructs',
  'modules/stack-config/completed-config.ts': 'a promise, which is no config',
  'modules/load.ts': 'a file that is not read',
  'modules/stack-config/synthesis-problems.ts': 'problems of others',
  'triggers/schedule/scheduler-schedule.ts': 'properties of constructs',
};

it('every file that refuses something has its smallest config here, or a reason why not', () => {
  const sources = ['modules', 'triggers'].flatMap((top) =>
    readdirSync(top, { recursive: true, encoding: 'utf8' })
      .map((path) => `${top}/${path}`)
      .filter((path) => path.endsWith('.ts') && readFileSync(path, 'utf8').includes('new ConfigError(')),
  );
  const known = [...Object.values(KINDS).map(({ source }) => source), ...Object.keys({ ...RULED, ...ELSEWHERE })];
  expect(sources.sort()).toEqual([...new Set(known)].sort());
});
