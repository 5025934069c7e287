import { faultIn, faultPosition, faultText } from '../../modules/config/fault';

const FILE = '/project/jobs.config.ts';

/** An error with a stack of frames, as Node.js makes it. */
function thrown(message: string, ...stack: string[]): Error {
  return Object.assign(new Error(message), { stack: [`Error: ${message}`, ...stack].join('\n') });
}

it.each<[string, unknown, object]>([
  [
    'the first frame in the file, after those of other files',
    thrown('no name', '    at read (/other.ts:9:9)', `    at config (${FILE}:3:44)`, `    at ${FILE}:8:1`),
    { text: 'no name', place: { line: 3, column: 44 } },
  ],
  ['a frame without a function', thrown('late', `    at ${FILE}:8:1`), { text: 'late', place: { line: 8, column: 1 } }],
  // Before its message, the stack of a syntax error has the place.
  [
    'a syntax error, which has no column',
    Object.assign(new SyntaxError('bad'), { stack: `${FILE}:2\n  oops oops\n\nSyntaxError: bad` }),
    { text: 'bad', place: { line: 2 } },
  ],
  ['an error of another file', thrown('elsewhere', '    at read (/other.ts:9:9)'), { text: 'elsewhere' }],
  [
    'a message that has the path',
    thrown(`${FILE}:1:2: bad`, `    at config (${FILE}:3:44)`),
    { text: `${FILE}:1:2: bad` },
  ],
  ['an error without a stack', Object.assign(new Error('bare'), { stack: undefined }), { text: 'bare' }],
  ['what is no error', 'only text', { text: 'only text' }],
])('has the place of %s', (_, error, fault) => {
  expect(faultIn(error, FILE)).toEqual(fault);
});

it.each([
  [{ text: 'bad' }, 'bad', undefined],
  [{ text: 'bad', place: { line: 2 } }, 'bad (line 2)', { line: 2, column: 1 }],
  [{ text: 'bad', place: { line: 2, column: 7 } }, 'bad (line 2 column 7)', { line: 2, column: 7 }],
])('%j as text and as position', (fault, text, position) => {
  expect(faultText(fault)).toBe(text);
  expect(faultPosition(fault)).toEqual(position);
});
