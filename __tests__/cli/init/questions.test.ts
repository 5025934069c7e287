import { PassThrough } from 'node:stream';
import type { Answers } from '../../../cli/init/answers';
import { asked } from '../../../cli/init/questions';

const DEFAULTS: Answers = { name: 'reports', language: 'typescript', configFormat: 'typescript' };

/** What is asked, and what comes of it, if these lines are typed. */
async function answered(lines: readonly string[], given: Partial<Answers> = {}) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  let seen = '';
  let next = 0;
  output.on('data', (chunk: Buffer) => {
    seen += chunk.toString();
    if (!seen.endsWith(': ')) return;
    const line = lines[next++];
    if (line === undefined) input.end();
    else input.write(`${line}\n`);
  });
  const answers = await asked(given, DEFAULTS, { input, output }).catch((error: Error) => error.message);
  output.end();
  return { answers, seen };
}

it('empty lines take the defaults', async () => {
  expect(await answered(['', '', ''])).toEqual({
    answers: DEFAULTS,
    seen: 'Name of the stack (reports): Language of the job, TypeScript or Python (TypeScript): Config in, TypeScript or YAML (TypeScript): ',
  });
});

it.each([
  [['nightly', 'python', 'yaml'], { name: 'nightly', language: 'python', configFormat: 'yaml' }],
  [[' nightly ', 'Py', 'YML'], { name: 'nightly', language: 'python', configFormat: 'yaml' }],
  [['', 'ts', 't'], DEFAULTS],
])('%j', async (lines, answers) => {
  expect((await answered(lines)).answers).toEqual(answers);
});

it('what is not understood is asked again, with the reason', async () => {
  const { answers, seen } = await answered(['1st', 'nightly', 'ruby', 'python', 'json', '']);
  expect(answers).toEqual({ name: 'nightly', language: 'python', configFormat: 'typescript' });
  expect(seen).toContain('"1st" is not a stack name.');
  expect(seen).toContain('"ruby" is neither TypeScript nor Python.');
  expect(seen).toContain('"json" is neither TypeScript nor YAML.');
});

it('what an option says is not asked', async () => {
  const { answers, seen } = await answered([''], { name: 'nightly', configFormat: 'yaml' });
  expect(answers).toEqual({ name: 'nightly', language: 'typescript', configFormat: 'yaml' });
  expect(seen).toBe('Language of the job, TypeScript or Python (TypeScript): ');
});

it.each([[[]], [['nightly']], [['nightly', 'python']]])(
  'an input that ends after %j ends the program',
  async (lines) => {
    expect((await answered(lines)).answers).toBe('The input ended before the last answer. Nothing was written.');
  },
);

it('lines that arrive before their question answer it', async () => {
  const [input, output] = [new PassThrough(), new PassThrough()];
  input.end('nightly\npython\nyaml\n');
  expect(await asked({}, DEFAULTS, { input, output })).toEqual({
    name: 'nightly',
    language: 'python',
    configFormat: 'yaml',
  });
});
