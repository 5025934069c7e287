import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Testing } from 'cdktf';
import { packageHints } from '../../../cli/synthesis/package-hints';
import { parse } from '../../../modules/config/parse';
import { BatchJobsStack } from '../../../modules/stack';
import { batchJobsConfig } from '../../../modules/stack-config/config';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'package-hints-'));
  const place = join(folder, 'node_modules', 'sharp');
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'package.json'), JSON.stringify({ name: 'sharp', main: 'index.js' }));
  writeFileSync(join(place, 'index.js'), 'exports.size = 1;\n');
  writeFileSync(join(folder, 'plain.ts'), 'export const handler = async () => 1;\n');
  writeFileSync(join(folder, 'sharp.ts'), "import { size } from 'sharp';\nexport const handler = async () => size;\n");
});

afterAll(() => rmSync(folder, { recursive: true }));

function hints(properties: object) {
  const sorter = { type: 'function', properties: { packaging: { type: 'js-bundle', properties } } };
  const given = { stackName: 'harvest', region: 'eu-west-1', resources: { sorter } };
  const config = parse(batchJobsConfig, given, 'test');
  return packageHints(new BatchJobsStack(Testing.app(), { file: join(folder, 'harvest.yml'), config }));
}

it('names packages that might not work in the bundle of a function', () => {
  expect(hints({ entryfilePath: 'sharp.ts' })).toEqual([
    {
      property: 'resources.sorter.properties.packaging',
      message:
        'in a bundle, this might not work: "sharp" (it has a binary). If it does not, build the code before synthesis, with its ' +
        'packages, and use custom-artifact',
    },
  ]);
});

it.each([{ entryfilePath: 'plain.ts' }, { entryfilePath: 'sharp.ts', excludeDependencies: ['sharp'] }])(
  'has no hint for %j',
  (properties) => {
    expect(hints(properties)).toEqual([]);
  },
);
