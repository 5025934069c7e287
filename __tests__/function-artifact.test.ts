// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BundledFunction } from '../modules/bundled-function';
import { UndeliveredEvents } from '../modules/orchestration/undelivered-events';
import { ConfigError } from '../modules/problems/config-error';
import { functionResource } from '../modules/resources/function/schema';
import { AwsContext } from '../modules/terraform/aws-context';
import { problemsWith } from './stack-config/samples';
import { foreignStack, Synthesis } from './synthesis';

type Properties = NonNullable<ConstructorParameters<typeof BundledFunction>[2]['properties']>;
type Runtime = Properties['runtime'];

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'artifacts-'));
  const files = [
    'node/lib/index.mjs',
    'python/app.py',
    'ruby/app.rb',
    'rust/bootstrap',
    'java/app.class',
    'one.js',
    'a.zip',
  ];
  for (const file of files) {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), file);
  }
  mkdirSync(join(folder, 'empty'));
});

afterAll(() => rmSync(folder, { recursive: true }));

function make(packagePath: string, handler?: string, runtime?: Runtime): Synthesis {
  const stack = foreignStack();
  const aws = new AwsContext(stack, 'aws');
  const undeliveredEvents = new UndeliveredEvents(stack, 'undelivered', { stackName: 'reports', aws });
  const properties: Properties = {
    packaging: { type: 'custom-artifact', properties: { packagePath, ...(handler !== undefined && { handler }) } },
    ...(runtime !== undefined && { runtime }),
  };
  new BundledFunction(stack, 'fn', { stackName: 'reports', aws, undeliveredEvents, baseDir: folder, properties });
  return new Synthesis(stack);
}

it.each<[string, string | undefined, Runtime, string, string]>([
  ['node', 'lib/index.mjs:run', undefined, 'nodejs24.x', 'lib/index.run'],
  ['node', './lib/index.mjs:run', 'nodejs22.x', 'nodejs22.x', 'lib/index.run'],
  ['python', 'app.py:main', 'python3.13', 'python3.13', 'app.main'],
  ['python', 'app.main', 'python3.10', 'python3.10', 'app.main'],
  ['ruby', 'app.rb:main', 'ruby3.4', 'ruby3.4', 'app.main'],
  ['java', 'reports.App::run', 'java21', 'java21', 'reports.App::run'],
  ['rust', undefined, 'provided.al2023', 'provided.al2023', 'bootstrap'],
])('the folder %s with %j and %j', (packagePath, handler, runtime, expectedRuntime, expectedHandler) => {
  const synthesis = make(packagePath, handler, runtime);
  expect(synthesis.one('aws_lambda_function')).toMatchObject({
    runtime: expectedRuntime,
    handler: expectedHandler,
    filename: '${data.archive_file.fn_Archive.output_path}',
    source_code_hash: '${data.archive_file.fn_Archive.output_base64sha256}',
  });
  const archive = synthesis.one('data.archive_file');
  expect(archive).toMatchObject({ type: 'zip', output_file_mode: '0755' });
  expect(archive.source_dir).toMatch(/^assets\//);
  expect(String(archive.output_path)).toMatch(/^assets\/.*\/function\.zip$/);
});

it('a file is zipped, and a zip is taken as it is', () => {
  const file = make('one.js', 'one.js:handler');
  expect(file.one('data.archive_file').source_file).toMatch(/^assets\/.*\/one\.js$/);
  const zip = make('a.zip', 'index.js:handler').one('aws_lambda_function');
  expect(zip.filename).toMatch(/^assets\/.*\.zip$/);
  expect(zip.source_code_hash).toBe(`\${filebase64sha256("${zip.filename}")}`);
});

it.each([
  ['gone', 'a.js:b', undefined, 'packagePath', '"gone": no such file'],
  ['empty', 'a.js:b', undefined, 'packagePath', '"empty": an empty folder'],
  ['node', 'index.js:run', undefined, 'handler', '"index.js:run": node has no such file'],
  ['node', 'lib/index.mjs:run', 'python3.13', 'handler', '"lib/index.mjs:run": node has no such file'],
  ['node', undefined, 'provided.al2023', 'handler', '"bootstrap": node has no such file'],
] as const)('%s, %j, %j is refused', (packagePath, handler, runtime, property, found) => {
  let caught: unknown;
  try {
    make(packagePath, handler, runtime);
  } catch (error) {
    caught = error;
  }
  expect(caught).toBeInstanceOf(ConfigError);
  expect((caught as ConfigError).problems).toMatchObject([
    { path: `properties.packaging.properties.${property}`, found },
  ]);
});

describe('the runtime of a function', () => {
  const problemsOf = (type: string, code: object, runtime?: string) =>
    problemsWith(functionResource, {
      type: 'function',
      properties: { packaging: { type, properties: code }, ...(runtime !== undefined && { runtime }) },
    });

  it('fits its code', () => {
    expect(problemsOf('custom-artifact', { packagePath: 'a' }, 'provided.al2023')).toEqual([]);
    expect(problemsOf('custom-artifact', { packagePath: 'a', handler: 'a.py:b' }, 'python3.14')).toEqual([]);
  });

  it.each([
    ['custom-artifact', { packagePath: 'a' }, undefined, 'packaging.properties.handler', 'nothing'],
    ['custom-artifact', { packagePath: 'a' }, 'python3.13', 'packaging.properties.handler', 'nothing'],
    ['custom-artifact', { packagePath: 'a', handler: 'a.py:b' }, 'python2.7', 'runtime', '"python2.7"'],
    ['js-bundle', { entryfilePath: 'a.ts' }, 'python3.13', 'runtime', '"python3.13"'],
  ])('%s %j does not run with %j', (type, code, runtime, path, found) => {
    expect(problemsOf(type, code, runtime)).toMatchObject([{ path: `properties.${path}`, found }]);
  });
});
