import { fileText } from '../../../cli/model/file-text';
import { compactJson, formattedJson, sizeText } from '../../../cli/model/json-layout';

test.each([
  '{"a": [1, 2.50, {"b": {}}, []], "c": "x\\"{ ,:\\\\", "d": null}',
  '[]',
  ' 5 ',
  '"a b"',
  JSON.stringify({ text: 'x'.repeat(500_000) }),
])('a text is laid out like JSON.stringify does, whatever it is: %.60s', (text) => {
  const value = JSON.parse(text);
  if (!text.includes('2.50')) {
    expect(formattedJson(text)).toBe(JSON.stringify(value, undefined, 2));
    expect(compactJson(text)).toBe(JSON.stringify(value));
  }
  expect(JSON.parse(formattedJson(text))).toEqual(value);
  expect(compactJson(formattedJson(text))).toBe(compactJson(text));
});

test('digits, escapes and keys that are there twice are kept as they are written', () => {
  const text = '{\t"a" : 1.10e+2,\r\n"a":12345678901234567890, "\\u0041": "\\/"}';
  expect(compactJson(text)).toBe('{"a":1.10e+2,"a":12345678901234567890,"\\u0041":"\\/"}');
  expect(formattedJson(text)).toBe('{\n  "a": 1.10e+2,\n  "a": 12345678901234567890,\n  "\\u0041": "\\/"\n}');
});

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1_000, '1.0 KB'],
  [12_100, '12.1 KB'],
  [999_940, '999.9 KB'],
  [999_950, '1.0 MB'],
  [6_300_000, '6.3 MB'],
])('%d bytes are written as %s', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});

test('a file is read as the command reads it: UTF-8 or UTF-16, with a byte order mark or without', () => {
  const text = '{"a": "ü€😀"}';
  const swapped = (bytes: Buffer) => Buffer.from(bytes).swap16();
  const utf16 = Buffer.from(text, 'utf16le');
  const files = [
    Buffer.from(text),
    Buffer.from(`\ufeff${text}`),
    utf16,
    swapped(utf16),
    Buffer.from(`\ufeff${text}`, 'utf16le'),
    swapped(Buffer.from(`\ufeff${text}`, 'utf16le')),
  ];
  for (const file of files) expect(fileText(file, 'a.json')).toBe(text);
  expect(fileText(Buffer.from(''), 'a.json')).toBe('');
  expect(() => fileText(Buffer.from([0x22, 0xe9, 0x22]), 'a.json')).toThrow('a.json is not UTF-8. Save it as UTF-8.');
});
