import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkItems, manifestIn } from '../../../../cli/local/items/options';

const none = { job: 'report', jobs: undefined, manifest: undefined, aws: false, endpoint: undefined } as const;
const limits = { maxItems: 100_000, maxFailures: 0 };
const list = { ...limits, items: '$.keys' };
const manifest = { ...limits, s3Manifest: '$.key' };

it.each([
  ['--jobs of a job of one container', undefined, { jobs: 4 }, '--jobs: report has no forEach'],
  ['--manifest of a job without one', list, { manifest: 'a' }, '--manifest: report has no forEach with s3Manifest'],
  ['--aws', list, { aws: true }, '--aws cannot be used with a job with forEach'],
  ['a manifest that nobody has', manifest, {}, 'Give a file in its place: --manifest <file>'],
  ['two manifests', manifest, { manifest: 'a', endpoint: 'http://x' }, '--manifest and --endpoint exclude each other'],
] as const)('refuses %s', (_, forEach, given, message) => {
  expect(() => checkItems(forEach, { ...none, ...given } as Parameters<typeof checkItems>[1])).toThrow(message);
});

it.each([
  [undefined, {}],
  [list, { jobs: 4 }],
  [manifest, { manifest: 'a' }],
  [manifest, { endpoint: 'http://x' }],
  [manifest, { printEvent: true }],
] as const)('accepts %j with %j', (forEach, given) => {
  checkItems(forEach, { ...none, ...given } as Parameters<typeof checkItems>[1]);
});

describe('a manifest', () => {
  const folder = mkdtempSync(join(tmpdir(), 'manifest-'));
  const file = join(folder, 'items.txt');
  afterAll(() => rmSync(folder, { recursive: true }));

  it('takes the place of each object that the run has not stored itself', () => {
    writeFileSync(file, 'a\n');
    const read = manifestIn(file);
    expect(read('/inbox/list.txt')?.toString()).toBe('a\n');
    expect(read('/local-payloads/report/run/items.jsonl')).toBeUndefined();
  });

  it('that is not there is an error', () => {
    expect(() => manifestIn(join(folder, 'none'))).toThrow('--manifest: the items cannot be read: ENOENT');
  });
});
