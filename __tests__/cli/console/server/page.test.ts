import fs from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { PageFiles } from '../../../../cli/console/server/page';

const mock = { bundle: jest.fn() };
const FOLDER = join('cli', 'console', 'page');
jest.mock('../../../../cli/console/server/page-bundle', () => ({
  FIRST: 'page.js',
  PAGE_FOLDER: 'cli/console/page',
  bundlePage: () => mock.bundle(),
  storedFile: (name: string) => `stored ${name}`,
}));

beforeEach(() =>
  mock.bundle.mockReset().mockResolvedValue(
    new Map([
      ['page.js', 'program'],
      ['page.css', 'style'],
    ]),
  ),
);
afterEach(() => jest.restoreAllMocks());

const HTML = { type: 'text/html', body: 'stored index.html' };

it.each([
  '/',
  '',
  '/aws',
  '/aws/',
  '/runs',
  '/runs/',
  '/runs/a-1',
  '/aws/runs/a',
  '/send',
  '/aws/send/',
  '/undelivered',
  '/aws/undelivered',
])('%j is a screen', async (path) => {
  expect(await new PageFiles().file(path)).toEqual({ status: 200, ...HTML });
});

it.each(['/other', '/runs/a/b', '/aws/aws', '/xaws', '/send/a', '/x/send', '/awsx', '/sendx'])(
  '%j shows the page too, which says that there is no such screen',
  async (path) => {
    expect(await new PageFiles().file(path)).toEqual({ status: 404, ...HTML });
    expect(mock.bundle).not.toHaveBeenCalled();
  },
);

it('assets are what is below /assets/', () => {
  const files = new PageFiles();
  expect(['/assets/page.js', '/assets', '/x/assets/', '/'].map((path) => files.isAsset(path))).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

it('the icon needs no bundle', async () => {
  expect(await new PageFiles().file('/assets/icon.svg', 'gzip')).toEqual({
    status: 200,
    type: 'image/svg+xml',
    body: 'stored icon.svg',
  });
  expect(mock.bundle).not.toHaveBeenCalled();
});

it('files of the bundle have their types', async () => {
  mock.bundle.mockResolvedValue(new Map(['page.js', 'page.css', 'a.txt', 'a'].map((name) => [name, 'x'])));
  const files = new PageFiles();
  const types = ['page.js', 'page.css', 'a.txt', 'a'].map(async (name) => (await files.file(`/assets/${name}`)).type);
  expect(await Promise.all(types)).toEqual(['text/javascript', 'text/css', 'text/plain', 'text/plain']);
  expect(mock.bundle).toHaveBeenCalledTimes(1);
});

it('another asset is not there', async () => {
  expect(await new PageFiles().file('/assets/none.js')).toEqual({
    status: 404,
    type: 'text/plain',
    body: 'No such file.\n',
  });
});

it.each([
  [undefined, false],
  ['', false],
  ['br', false],
  ['gzipped', false],
  ['xgzip', false],
  ['gzip', true],
  ['deflate, GZIP;q=0.5, br', true],
  ['gzip;q=0', false],
  ['gzip ; q=0.000, br', false],
  ['gzip;q=0.01', true],
])('with the encodings %j, it is compressed: %s', async (encodings, expected) => {
  const { body, headers, ...rest } = await new PageFiles().file('/assets/page.js', encodings);
  expect(rest).toEqual({ status: 200, type: 'text/javascript' });
  expect(headers).toEqual({ Vary: 'Accept-Encoding', ...(expected && { 'Content-Encoding': 'gzip' }) });
  expect(typeof body === 'string' ? body : gunzipSync(body).toString()).toBe('program');
  expect(typeof body).toBe(expected ? 'object' : 'string');
});

it('a file is compressed once', async () => {
  const files = new PageFiles();
  const bodies = [await files.file('/assets/page.js', 'gzip'), await files.file('/assets/page.js', 'gzip')];
  expect(bodies[0]?.body).toBe(bodies[1]?.body);
  expect((await files.file('/assets/page.css', 'gzip')).body).not.toEqual(bodies[0]?.body);
});

it('the request that needs the bundle reports its error', async () => {
  mock.bundle.mockRejectedValue(new Error('no esbuild'));
  const files = new PageFiles();
  files.prepare();
  await expect(files.file('/assets/page.js')).rejects.toThrow('no esbuild');
  files.prepare();
  expect(mock.bundle).toHaveBeenCalledTimes(1);
});

it('the package has its files bundled', async () => {
  const exists = jest.spyOn(fs, 'existsSync').mockReturnValue(true);
  const names = ['page.js', 'page.css', 'run-1.js', 'index.html', 'a.js.map', 'xjs'];
  jest.spyOn(fs, 'readdirSync').mockReturnValue(names as never);
  const files = new PageFiles();
  expect((await files.file('/assets/run-1.js')).body).toBe('stored run-1.js');
  const found = names.map(async (name) => (await files.file(`/assets/${name}`)).status);
  expect(await Promise.all(found)).toEqual([200, 200, 200, 404, 404, 404]);
  expect(exists).toHaveBeenCalledWith(join(FOLDER, 'page.js'));
  expect(mock.bundle).not.toHaveBeenCalled();
});
