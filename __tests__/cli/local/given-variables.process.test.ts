import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { documents, LocalProject } from './whole-program';

const JOB = `
const { STP_TRIGGER_EVENT_DATA, GREETING, FROM_FILE, FROM_SHELL, API_KEY } = process.env;
console.log(JSON.stringify({ event: JSON.parse(STP_TRIGGER_EVENT_DATA), GREETING, FROM_FILE, FROM_SHELL, API_KEY }));
`;

let project: LocalProject;

beforeAll(() => {
  project = new LocalProject(mkdtempSync(join(tmpdir(), 'given-')));
  project.write({ 'job.js': JOB, '.env': "GREETING=file\nFROM_FILE='a b'\nSTP_OTHER_JOBS=x\n" });
  project.configure(
    { type: 'stacktape-image-buildpack', properties: { entryfilePath: 'job.js' } },
    { container: { environment: { GREETING: 'config', API_KEY: "$Secret('shop.key')" } } },
  );
});

afterAll(() => rmSync(project.folder, { recursive: true, force: true }));

test('variables and an event of the command line reach the job, and what is peculiar about them is noted', async () => {
  const words = ['--plain', '--json', '--env-file', '.env', '--env', 'GREETING=option', '--env', 'FROM_SHELL'];
  const { code, stdout, stderr } = await project.run([...words, '--secret', 'API_KEY=s3cret', '--event', '-'], {
    env: { FROM_SHELL: 'shell' },
    input: Buffer.from('\uFEFF{"name":"Zoë"}', 'utf16le'),
  });
  expect([code, stderr]).toEqual([0, '']);
  const all = documents(stdout);
  expect(all.flatMap(({ type, text }) => (type === 'note' ? [text] : []))).toEqual([
    'Standard input is UTF-16 LE, and was read as that',
    expect.stringMatching(/^\.env:3 was left out: report has no variable STP_OTHER_JOBS/),
  ]);
  expect(all).toContainEqual(expect.objectContaining({ type: 'event', source: 'standard input' }));
  const { text } = all.find(({ type }) => type === 'output');
  expect(JSON.parse(text)).toEqual({
    event: { name: 'Zoë' },
    GREETING: 'option',
    FROM_FILE: 'a b',
    FROM_SHELL: 'shell',
    API_KEY: 's3cret',
  });
});

test('an event that is printed is all of the output', async () => {
  const input = Buffer.from('\uFEFF{"a":1}');
  const { code, stdout, stderr } = await project.run(['--print-event', '--event', '-'], { input });
  expect([code, JSON.parse(stdout)]).toEqual([0, { a: 1 }]);
  expect(stderr).toBe('Note: Standard input begins with a UTF-8 byte order mark, which was left out\n');
});

test.each([
  [
    'an event of another encoding',
    Buffer.from('{"name":"Zoë"}', 'latin1'),
    'Standard input is not UTF-8: the byte 0xeb at',
  ],
  ['an empty one', Buffer.alloc(0), 'Standard input is empty. An event is JSON, for example {}.'],
  ['one that would write to the terminal', Buffer.from('{"a":\u001B]0;t\u0007'), 'Standard input is not JSON: '],
])('%s is refused in one line', async (_, input, message) => {
  const { code, stdout, stderr } = await project.run(['--event', '-'], { input });
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr.startsWith(message)).toBe(true);
  expect(stderr.trimEnd()).not.toMatch(/\p{Cc}/u);
});
