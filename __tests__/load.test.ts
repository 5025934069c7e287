import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_CONFIG_FILE } from '../modules/config/default-config-file';
import { loadConfig } from '../modules/load';
import type { ConfigError } from '../modules/problems/config-error';
import type { Problem } from '../modules/problems/problem';
import { found } from './found';

const ENDINGS = 'a file that ends in .yml, .yaml, .json, .ts, .mts, .cts, .js, .mjs or .cjs';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'config-load-')));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a JSON file', () => {
  function write(name: string, text: string): string {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  }

  it('is loaded, with its absolute path', async () => {
    const file = write('jobs.json', '{ "$schema": "./batch-jobs.schema.json", "stackName": "x", "resources": {} }');
    await expect(loadConfig(file)).resolves.toMatchObject({ file, config: { stackName: 'x' } });
  });

  it('may begin with a byte order mark', async () => {
    const file = write('bom.json', '\uFEFF{ "stackName": "x", "resources": {} }');
    await expect(loadConfig(file)).resolves.toMatchObject({ config: { stackName: 'x' } });
  });

  it.each([
    ['a missing comma', '{\n  "stackName": "x"\n  "resources": {}\n}', /line 3 column 3/],
    ['a trailing comma', '{\n  "stackName": "x",\n}', /line 3 column 1/],
    ['a comment', '// jobs\n{}', /line 1 column 1|Unexpected token/],
    ['nothing in it', '', /Unexpected end of JSON input/],
  ])('that has %s is reported with the place', async (_, text, found) => {
    await expect(loadConfig(write('broken.json', text))).rejects.toMatchObject({
      source: join(folder, 'broken.json'),
      problems: [
        {
          path: '',
          found: expect.stringMatching(found),
          accepted: 'JSON',
          fix: 'correct it. JSON has no comments and no trailing commas',
        },
      ],
    });
  });

  it('is checked', async () => {
    await expect(loadConfig(write('jobs.json', '{ "stackName": 5 }'))).rejects.toMatchObject({
      source: join(folder, 'jobs.json'),
      problems: [{ path: 'stackName' }, { path: 'resources' }],
    });
  });
});

describe('a YAML file', () => {
  const GUIDE = `
# the guide's own example
resources:
  myBatchJob:
    type: batch-job
    properties:
      container:
        packaging:
          type: prebuilt-image
          properties:
            image: busybox:1.37
      resources:
        cpu: 2
        memory: 1800
      events:
        - type: schedule
          properties:
            scheduleRate: cron(0 14 * * ? *) # every day at 14:00 UTC
`;

  function write(name: string, text: string): string {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  }

  it.each(['nightly-report.yml', 'nightly-report.yaml'])('%s has the schema of every other config', async (name) => {
    const { config, file } = await loadConfig(write(name, GUIDE));
    expect(file).toBe(join(folder, name));
    const asProgram = await loadConfig(
      write(
        'same.json',
        JSON.stringify({
          stackName: 'nightly-report',
          resources: {
            myBatchJob: {
              type: 'batch-job',
              properties: {
                container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox:1.37' } } },
                resources: { cpu: 2, memory: 1800 },
                events: [{ type: 'schedule', properties: { scheduleRate: 'cron(0 14 * * ? *)' } }],
              },
            },
          },
        }),
      ),
    );
    expect(config).toEqual(asProgram.config);
  });

  it('is reported with the line and column of every problem', async () => {
    const wrong = GUIDE.replace('memory: 1800', 'memory: lots')
      .replace('cpu: 2', 'cpus: 2')
      .replace('cron(0', 'cron(99');
    const error = await loadConfig(write('jobs.yml', wrong)).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ source: join(folder, 'jobs.yml') });
    expect(String(error)).toContain(
      [
        '',
        '  13:9  Unknown property "cpus". Did you mean "cpu"?',
        `        resources.myBatchJob.properties.resources.cpus  ${join(folder, 'jobs.yml')}:13:9`,
        '',
      ].join('\n'),
    );
    expect(error).toMatchObject({
      problems: [
        { path: 'resources.myBatchJob.properties.resources.cpus', place: { line: 13, column: 9 } },
        { path: 'resources.myBatchJob.properties.resources.memory', place: { line: 14, column: 9 } },
        { path: 'resources.myBatchJob.properties.events[0].properties.scheduleRate', place: { line: 18, column: 13 } },
      ],
    });
  });

  it('that is no YAML is reported with the place', async () => {
    await expect(loadConfig(write('broken.yml', 'resources:\n\tjob: 1'))).rejects.toMatchObject({
      source: join(folder, 'broken.yml'),
      problems: [{ path: '', place: { line: 2, column: 1 }, accepted: 'YAML' }],
    });
  });

  it('without anything in it is reported', async () => {
    await expect(loadConfig(write('empty.yml', ''))).rejects.toMatchObject({
      problems: [{ path: '', found: 'null', accepted: 'an object' }],
    });
  });
});

describe('places in a JSON file', () => {
  async function problemsOf(text: string): Promise<readonly Problem[]> {
    const file = join(folder, 'places.json');
    writeFileSync(file, text);
    const error = await loadConfig(file).catch((reason: unknown) => reason);
    return found(error as ConfigError);
  }

  it('are named', async () => {
    expect(await problemsOf('{\n\t"stackName": 5,\n\t"resources": {}\n}')).toMatchObject([
      { path: 'stackName', place: { line: 2, column: 2 } },
    ]);
  });

  it('are named for each duplicate key, at any depth, in the order of the file', async () => {
    const twice = { accepted: 'each key once', fix: 'remove or rename one of them' };
    const text = '{ "resources": { "a": { "x": 1,\n"x": 2 }, "\\u0061": [{ "y": 1, "y": 1 }] }, "stackName": 6 }';
    expect(await problemsOf(text)).toEqual([
      {
        path: 'resources.a.x',
        place: { line: 2, column: 1 },
        found: 'the key "x" a second time, after line 1 column 25',
        ...twice,
      },
      {
        path: 'resources.a',
        place: { line: 2, column: 11 },
        found: 'the key "a" a second time, after line 1 column 18',
        ...twice,
      },
      {
        path: 'resources.a[0].y',
        place: { line: 2, column: 32 },
        found: 'the key "y" a second time, after line 2 column 24',
        ...twice,
      },
    ]);
  });
});

describe('what is no config file', () => {
  it.each([
    [
      'missing.ts',
      'no file at',
      'create it, or name another file in BATCH_JOBS_CONFIG or --config (default batch-jobs.config.ts)',
    ],
    [
      'folder.json',
      'which is a folder',
      'name another file in BATCH_JOBS_CONFIG or --config (default batch-jobs.config.ts)',
    ],
    ['jobs.toml', 'a file that ends in .toml', 'rename it according to its format'],
    ['jobs', 'a file without an ending', 'rename it according to its format'],
  ])('%s', async (name, found, fix) => {
    mkdirSync(join(folder, 'folder.json'), { recursive: true });
    for (const file of ['jobs.toml', 'jobs']) writeFileSync(join(folder, file), '');
    await expect(loadConfig(join(folder, name))).rejects.toMatchObject({
      source: join(folder, name),
      problems: [{ path: '', found: expect.stringContaining(found), accepted: ENDINGS, fix }],
    });
  });
});

describe('the file that is loaded', () => {
  const { BATCH_JOBS_CONFIG } = process.env;

  afterEach(() => {
    if (BATCH_JOBS_CONFIG === undefined) delete process.env.BATCH_JOBS_CONFIG;
    else process.env.BATCH_JOBS_CONFIG = BATCH_JOBS_CONFIG;
  });

  it('is the one that BATCH_JOBS_CONFIG names', async () => {
    const file = join(folder, 'named.json');
    writeFileSync(file, '{ "stackName": "named", "resources": {} }');
    process.env.BATCH_JOBS_CONFIG = file;
    await expect(loadConfig()).resolves.toMatchObject({ file, config: { stackName: 'named' } });
  });

  it.each([undefined, ''])(
    'is batch-jobs.config.ts of the current folder if BATCH_JOBS_CONFIG is %j',
    async (value) => {
      delete process.env.BATCH_JOBS_CONFIG;
      if (value !== undefined) process.env.BATCH_JOBS_CONFIG = value;
      expect(DEFAULT_CONFIG_FILE).toBe('batch-jobs.config.ts');
      const file = join(process.cwd(), 'batch-jobs.config.ts');
      await expect(loadConfig()).resolves.toMatchObject({ file, config: { stackName: 'batch-jobs-example' } });
    },
  );
});

describe('a value arrives as it is written', () => {
  /** Numbers and booleans as YAML has them, those of JSON marked. */
  const SPELLINGS: readonly [text: string, inJson?: true][] = [
    ['012345678901'],
    ['1e3', true],
    ['1E400', true],
    ['0x1F'],
    ['0o17'],
    ['1.10', true],
    ['.5'],
    ['+5'],
    ['5.'],
    ['1.0', true],
    ['-0', true],
    ['.inf'],
    ['.nan'],
    ['12345678901234567890', true],
    ['1635734407.123456789', true],
    ['True'],
    ['FALSE'],
    ['1_000'],
    ['yes'],
    ['NO'],
    ['off'],
    ['2026-11-26'],
    ['12:30:45'],
    ['0b11'],
  ];

  function job(environment: string, more = ''): string {
    const container = `"container": {"packaging": {"type": prebuilt, "properties": {"image": busybox}}, "environment": ${environment}}`;
    const text = `{"stackName": x, "resources": {"job": {"type": batch, "properties": {${container}, "resources": {"cpu": 1, "memory": 512}${more}}}}}`;
    return text
      .replace('prebuilt', '"prebuilt-image"')
      .replace('busybox', '"busybox:1.37"')
      .replace('batch', '"batch-job"')
      .replace('x,', '"x",');
  }

  async function load(name: string, text: string) {
    const file = join(folder, name);
    writeFileSync(file, text);
    return (await loadConfig(file)).config.resources.job;
  }

  async function problems(name: string, text: string): Promise<readonly Problem[]> {
    const error = await load(name, text).catch((reason: unknown) => reason);
    return found(error as ConfigError);
  }

  it.each([
    ['YAML', 'written.yml', SPELLINGS],
    ['JSON', 'written.json', SPELLINGS.filter(([, inJson]) => inJson)],
  ])('in an environment, as a map and as a list: %s', async (_, file, spellings) => {
    const texts = spellings.map(([text]) => text);
    const map = `{${texts.map((text, index) => `"V${index}": ${text}`).join(', ')}}`;
    const list = `[${texts.map((text, index) => `{"name": "V${index}", "value": ${text}}`).join(', ')}]`;
    const expected = texts.map((text, index) => [`V${index}`, text]);
    expect(await load(file, job(map))).toMatchObject({
      properties: { container: { environment: Object.fromEntries(expected) } },
    });
    expect(await load(file, job(list))).toMatchObject({
      properties: { container: { environment: expected.map(([name, value]) => ({ name, value })) } },
    });
  });

  it('by aliases and merge keys, and as the name of a variable', async () => {
    const text = `${job('*variables').replace('{', '{"stackName": "x", ')}`;
    const anchored = job('&variables {<<: &more {"A": 0123}, 012: 1.10, "C": 1}');
    expect(text).toContain('*variables');
    expect(await load('alias.yml', anchored)).toMatchObject({
      properties: { container: { environment: { A: '0123', '012': '1.10', C: 1 } } },
    });
  });

  it('or is refused with its own text where only a string is accepted', async () => {
    const found = await problems('tags.yml', job('{}', ', "tags": {"a": 0123, "b": True, 1.10: 1.10, "c": ~}'));
    expect(found.map((problem) => [problem.path.split('tags')[1], problem.found, problem.fix])).toEqual([
      ['.a', '0123', 'write "0123", in quotes'],
      ['.b', 'True', 'write "True", in quotes'],
      ['["1.10"]', '1.10', 'write "1.10", in quotes'],
      ['.c', '~', 'write "~", in quotes, if the string is meant, or remove it'],
    ]);
  });

  it('or is refused where any JSON value is wanted and JavaScript does not hold the number', async () => {
    const input = SPELLINGS.map(([text], index) => `"v${index}": ${text}`).join(', ');
    const event = `, "events": [{"type": "schedule", "properties": {"scheduleRate": "rate(1 day)", "input": {${input}}}}]`;
    expect((await problems('input.yml', job('{}', event))).map(({ found, fix }) => [found, fix])).toEqual([
      ['012345678901', 'write "012345678901", in quotes, or 12345678901 if the number is meant'],
      ['1E400', 'write "1E400", in quotes'],
      ['-0', 'write 0, or "-0" in quotes'],
      ['.inf', 'write ".inf", in quotes'],
      ['.nan', 'write ".nan", in quotes'],
      ['12345678901234567890', 'write "12345678901234567890", in quotes'],
      ['1635734407.123456789', 'write "1635734407.123456789", in quotes'],
    ]);
    const long = event.replace(input, '"a": 9007199254740993, "b": [9007199254740991, 1.0, 1e3]');
    expect(await problems('input.json', job('{}', long))).toMatchObject([
      { path: expect.stringMatching(/input\.a$/), found: '9007199254740993', place: { line: 1 } },
    ]);
  });

  it.each([
    ['memory: 0512', '0512', 'write 512'],
    ['memory: 1_024', '"1_024"', 'write 1024 without quotes'],
    ['memory:', 'nothing after the colon', expect.stringContaining('or remove it')],
  ])('or is refused where a number is wanted: %s', async (memory, found, fix) => {
    const text = job('{}').replace('"memory": 512}', `${memory}\n}`);
    expect(await problems('number.yml', text)).toEqual([expect.objectContaining({ found, fix })]);
  });

  it('and words are no booleans', async () => {
    const found = await problems('word.yml', job('{}', ', "useSpotInstances": yes'));
    expect(found).toMatchObject([{ found: '"yes"', fix: 'write true without quotes' }]);
  });
});
