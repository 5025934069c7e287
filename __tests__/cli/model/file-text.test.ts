import { fileText, MAX_FILE_BYTES } from '../../../cli/model/file-text';

const JSON_TEXT = '{"grüße": 1}';
const little = Buffer.from(JSON_TEXT, 'utf16le');
const big = Buffer.from(little).swap16();

it.each<[string, number[] | Buffer]>([
  ['UTF-8', Buffer.from(JSON_TEXT)],
  ['UTF-8 with a mark', Buffer.from(`\uFEFF${JSON_TEXT}`)],
  ['UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), little])],
  ['UTF-16 without a mark', little],
  ['UTF-16 with the high byte first', Buffer.concat([Buffer.from([0xfe, 0xff]), big])],
  ['that without a mark', big],
])('reads %s', (_, bytes) => {
  expect(fileText(Uint8Array.from(bytes), 'event.json')).toBe(JSON_TEXT);
});

it('reads short files', () => {
  expect(fileText(Uint8Array.of(), 'event.json')).toBe('');
  expect(fileText(Uint8Array.of(0x31), 'event.json')).toBe('1');
  expect(fileText(Uint8Array.of(0, 0), 'event.json')).toBe('\u0000\u0000');
});

it.each<[string, number[]]>([
  ['no text', [0x89, 0x50, 0xff, 0x00, 0x01]],
  ['text of another encoding', [0x67, 0x72, 0xfc, 0xdf]],
  ['the start of a mark only', [0xff, 0xff]],
  ['the start of the other mark only', [0xfe, 0xfe]],
  ['the end of a mark only', [0x31, 0xfe]],
  ['the end of the other mark only', [0x31, 0xff]],
])('refuses %s, and says what to do', (_, bytes) => {
  expect(() => fileText(Uint8Array.from(bytes), 'event.json')).toThrow('event.json is not UTF-8. Save it as UTF-8.');
});

it('the page opens 8 MB', () => {
  expect(MAX_FILE_BYTES).toBe(8_000_000);
});
