import { UsageError } from '../../../cli/command/usage-error';
import { givenText } from '../../../cli/local/text-file';

const TEXT = '{"name":"Zoë 日本"}';
const BIG_ENDIAN = Buffer.from(TEXT, 'utf16le').swap16();

test('UTF-8 is read without a word', () => expect(givenText(Buffer.from(TEXT), 'e.json')).toEqual({ text: TEXT }));

test.each([
  ['', {}],
  ['{', {}],
])('%j, which is shorter than any mark, is UTF-8', (text) =>
  expect(givenText(Buffer.from(text), 'e.json')).toEqual({ text }),
);

test.each<[string, Buffer, RegExp]>([
  [
    'UTF-8 with a mark',
    Buffer.from(`\uFEFF${TEXT}`),
    /^e\.json begins with a UTF-8 byte order mark, which was left out$/,
  ],
  ['UTF-16 LE', Buffer.from(`\uFEFF${TEXT}`, 'utf16le'), /^e\.json is UTF-16 LE, and was read as that$/],
  ['UTF-16 LE without a mark', Buffer.from(TEXT, 'utf16le'), /UTF-16 LE/],
  ['UTF-16 BE', Buffer.concat([Buffer.from([0xfe, 0xff]), BIG_ENDIAN]), /UTF-16 BE/],
  ['UTF-16 BE without a mark', BIG_ENDIAN, /UTF-16 BE/],
])('%s is read, and noted', (_, bytes, note) => {
  expect(givenText(bytes, 'e.json')).toEqual({ text: TEXT, note: expect.stringMatching(note) });
});

test.each<[string, Buffer, string]>([
  [
    'Latin-1',
    Buffer.from('{\n "name":"Zoë"}', 'latin1'),
    'e.json is not UTF-8: the byte 0xeb at line 2, column 12 belongs to no character. Save it as UTF-8, for example: iconv -f latin1 -t utf-8.',
  ],
  ['a character that is cut off', Buffer.from('"é').subarray(0, 2), 'the byte 0xc3 at line 1, column 2'],
  ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0]), 'it begins with a byte order mark of UTF-32. Save it as'],
  ['UTF-16 that is cut off', Buffer.from([0x7b, 0, 0x7d]), 'its last character is cut off. Save it as UTF-8.'],
])('%s is refused', (_, bytes, message) => {
  expect(() => givenText(bytes, 'e.json')).toThrow(UsageError);
  expect(() => givenText(bytes, 'e.json')).toThrow(message);
});

test('a replacement character that somebody wrote is a character', () =>
  expect(givenText(Buffer.from('"\uFFFD"'), 'e.json')).toEqual({ text: '"\uFFFD"' }));
