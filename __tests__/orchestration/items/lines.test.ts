import fc from 'fast-check';
import { linesOf, manifestItems } from '../../../modules/orchestration/items/lines';

async function* cut(text: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let start = 0; start < text.length; start += size) yield text.subarray(start, start + size);
}

async function items(text: string | Buffer, size = 7): Promise<string[]> {
  const found: string[] = [];
  for await (const item of manifestItems(linesOf(cut(Buffer.from(text as string), size)), 's3://b/list'))
    found.push(String(item));
  return found;
}

it('takes each line of a text as a string, also with quotes in it', async () => {
  expect(await items('a.tif\nb "2".tif\n\n  c \\ d \n')).toEqual(['"a.tif"', '"b \\"2\\".tif"', '"c \\\\ d"']);
});

it('takes each line as JSON if the first one begins like that, as it is written', async () => {
  expect(await items('{"n": 1635734407.123456789}\n[1, 2]\n"x"\n5')).toEqual([
    '{"n": 1635734407.123456789}',
    '[1, 2]',
    '"x"',
    '5',
  ]);
});

it('understands Windows: carriage returns, and a byte order mark', async () => {
  expect(await items('\ufeff{"a":1}\r\n\r\n{"a":2}\r\n')).toEqual(['{"a":1}', '{"a":2}']);
  expect(await items('\ufeffa\r\nb')).toEqual(['"a"', '"b"']);
});

it.each(['', '\n\n', ' \r\n'])('has no items in %j', async (text) => {
  expect(await items(text)).toEqual([]);
});

it('says which line is no JSON, and shows no more than its beginning', async () => {
  await expect(items(`{"a":1}\n\n{"a":${'x'.repeat(500)}`)).rejects.toThrow(
    expect.objectContaining({
      name: 'ManifestNotReadable',
      message: expect.stringMatching(/^Line 3 of s3:\/\/b\/list is no JSON, which its first line is: .{1,200}$/),
    }),
  );
});

it('says which line is no text, and that a manifest is compressed', async () => {
  await expect(items(Buffer.from([0x61, 0x0a, 0xff, 0xfe]))).rejects.toThrow(
    'Line 2 of s3://b/list is no text in UTF-8.',
  );
  await expect(items(Buffer.from([0x1f, 0x8b, 0x08, 0xff]))).rejects.toThrow(/^Line 1 of s3:\/\/b\/list is compressed/);
});

it('finds the same lines, however the stream is cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.stringMatching(/^[^\s{["]\S*$/)),
      fc.integer({ min: 1, max: 50 }),
      async (lines, size) => {
        const text = Buffer.from(lines.join('\n'));
        expect(await items(text, size)).toEqual(lines.map((line) => JSON.stringify(line)));
      },
    ),
    { numRuns: 50 },
  );
});
