// Starts bundler-program.js, passes messages on to it, and answers in its place if it ends without an answer, such as by lack of memory. This
// is a thread because the sender waits without events, and would not notice the end. A message has BundlerInput of bundler.ts as JSON, the port
// that Bundled or NotBundled is sent to as JSON, and what the sender waits for.

const { parentPort, Worker, workerData } = require('node:worker_threads');

let program;
let answer = () => {};

function started() {
  const worker = new Worker(workerData.program, { workerData: workerData.esbuild });
  const ended = (how) => {
    // After an error, which says more, there is an exit too: the next program may be at work.
    if (program !== worker) return;
    program = undefined;
    answer(JSON.stringify({ errors: [{ id: 'bundler-ended', text: `the bundler ended: ${how}`, location: null }] }));
  };
  worker.on('message', (text) => answer(text));
  worker.on('error', (error) => ended(error.message));
  worker.on('exit', (code) => ended(`exit code ${code}`));
  return worker;
}

parentPort.on('message', ({ input, there, isDone }) => {
  program ??= started();
  answer = (text) => {
    answer = () => {};
    there.postMessage(text);
    Atomics.store(isDone, 0, 1);
    Atomics.notify(isDone, 0);
  };
  program.postMessage(input);
});
