import { join } from 'node:path';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { folder, removeFolders } from '../../folder';

const WATCH = join(__dirname, '../../../../modules/container/buildpack/javascript/bundler-watch.js');

let thread: Worker | undefined;

afterEach(async () => {
  await thread?.terminate();
  removeFolders();
});

/** What the thread answers to each input, one after the other, if its program is the given one. */
function answers(program: string, ...inputs: string[]): unknown[] {
  const file = join(folder({ 'program.js': program }), 'program.js');
  thread = new Worker(WATCH, { workerData: { program: file, esbuild: '' } });
  return inputs.map((input) => {
    const { port1: here, port2: there } = new MessageChannel();
    const isDone = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    thread?.postMessage({ input, there, isDone }, [there]);
    // As synthesis does: without events.
    const woken = Atomics.wait(isDone, 0, 0, 20_000);
    const answer: string | undefined = receiveMessageOnPort(here)?.message;
    here.close();
    return woken === 'timed-out' ? woken : JSON.parse(String(answer));
  });
}

const program = (does: string) =>
  `const { parentPort } = require('node:worker_threads');
  let calls = 0;
  parentPort.on('message', (input) => {
    calls++;
    if (input === 'end') ${does};
    parentPort.postMessage(JSON.stringify({ input, calls }));
  });`;

it('the answers of the program, which stays for the next input', () => {
  expect(answers(program(''), 'a', 'b')).toEqual([
    { input: 'a', calls: 1 },
    { input: 'b', calls: 2 },
  ]);
});

it.each([
  ['exits', 'process.exit(3)', 'exit code 3'],
  ['throws', "throw new Error('no memory')", 'no memory'],
])('the end of a program that %s without an answer, at once, and then the next program', (_, does, how) => {
  const errors = [{ id: 'bundler-ended', text: `the bundler ended: ${how}`, location: null }];
  expect(answers(program(does), 'a', 'end', 'b')).toEqual([
    { input: 'a', calls: 1 },
    { errors },
    { input: 'b', calls: 1 },
  ]);
});
