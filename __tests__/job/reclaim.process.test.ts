import { type Ended, JobPrograms, type Reactions } from './job-process';

const programs = new JobPrograms();
afterAll(() => programs.remove());

/** A job that would work for a minute, with code before its work. */
const javascript = (code: string) =>
  programs.typescript(`
    import { setTimeout as sleep } from 'node:timers/promises';
    import { onReclaim } from 'cdktf-batch-jobs/job';
    ${code}
    setTimeout(() => console.log('worked'), 60_000);
    console.log('ready');
  `);

const python = (code: string) =>
  programs.python(`
import os, signal, sys, threading, time
from batch_job import on_reclaim, seconds_left
${code}
print('ready')
time.sleep(60)
print('worked')
`);

const TERMINATED: Reactions = { ready: (kill) => kill('SIGTERM') };
const TERMINATED_TWICE: Reactions = { ...TERMINATED, saving: (kill) => kill('SIGTERM') };

interface Case {
  readonly javascript: string;
  readonly python: string;
  readonly reactions?: Reactions;
  readonly expected: Partial<Ended>;
}

const CASES: Readonly<Record<string, Case>> = {
  'saves and asks for a restart': {
    javascript: `onReclaim(async ({ secondsLeft, signal }) => {
      console.log('saving', secondsLeft() > 60 && secondsLeft() <= 100 && !signal.aborted);
      await sleep(50);
      console.log('saved');
    });`,
    python: `
@on_reclaim
def save():
    print('saving', 'true' if 60 < seconds_left() <= 100 else 'false')
    time.sleep(0.05)
    print('saved')`,
    expected: { code: 143, stdout: 'ready\nsaving true\nsaved\n', stderr: '' },
  },
  'saves once however often it is told': {
    javascript: `let told = 0;
    process.on('SIGTERM', () => { told++; });
    onReclaim(async () => {
      console.log('saving');
      while (told < 2) await sleep(10);
      console.log('saved');
    });`,
    // Python handles the second signal as soon as it returns from a call of the system.
    python: `
@on_reclaim
def save():
    print('saving')
    while signal.SIGTERM not in signal.sigpending() and not again: time.sleep(0.01)
    print('saved')
again = []
handler = signal.getsignal(signal.SIGTERM)
signal.signal(signal.SIGTERM, lambda *details: (again.append(1) if told else told.append(1), handler(*details)))
told = []`,
    reactions: TERMINATED_TWICE,
    expected: { code: 143, stdout: 'ready\nsaving\nsaved\n', stderr: '' },
  },
  'goes on after a handler that fails': {
    javascript: `onReclaim(() => { throw new Error('one fails'); });
    onReclaim(async () => { await sleep(10); throw new Error('two fails'); });
    onReclaim(async () => { await sleep(50); console.log('saved'); });`,
    python: `
@on_reclaim
def one(): raise ValueError('one fails')
@on_reclaim
def two(): sys.exit('two fails')
@on_reclaim
def save(): print('saved')`,
    expected: {
      code: 143,
      stdout: 'ready\nsaved\n',
      stderr: expect.stringMatching(/of on_?[rR]eclaim failed:.*one fails.*of on_?[rR]eclaim failed:.*two fails/s),
    },
  },
  'does not wait for a handler that hangs': {
    javascript: `onReclaim(() => new Promise(() => {}), { timeout: 0.2 });`,
    python: 'on_reclaim(lambda: time.sleep(60), timeout=0.2)',
    expected: {
      code: 143,
      stdout: 'ready\n',
      stderr: expect.stringMatching(
        /^cdktf-batch-jobs: a handler of onReclaim has not ended within 0\.2 s\n$|^batch_job: the functions of on_reclaim have not ended in time, /,
      ),
    },
  },
  'is done if a handler finds that it is': {
    javascript: 'onReclaim(() => process.exit(0));',
    python: 'on_reclaim(lambda: sys.exit(0))',
    expected: { code: 0, stdout: 'ready\n', stderr: '' },
  },
};

describe.each(Object.entries(CASES))('a job %s', (_, { reactions = TERMINATED, expected, ...code }) => {
  it.each([
    ['JavaScript', () => javascript(code.javascript)],
    ['Python', () => python(code.python)],
  ])('in %s', async (_language, program) => {
    expect(await programs.run(program(), {}, reactions)).toMatchObject(expected);
  });
});

describe('a job in JavaScript', () => {
  it.each([
    ['fails', "Promise.reject(new Error('the connection is closed'))", 'the connection is closed'],
    ['exits with a failure', 'process.exit(1)', 'exit code 1 during the interruption becomes 143'],
  ])('whose work %s because of the interruption asks for a restart', async (_, failure, message) => {
    const job = javascript(`onReclaim(async () => { ${failure}; await sleep(50); console.log('saved'); });`);
    const { code, stderr } = await programs.run(job, {}, TERMINATED);
    expect([code, stderr]).toEqual([143, expect.stringContaining(`cdktf-batch-jobs: `)]);
    expect(stderr).toContain(message);
  });

  it('goes on saving while its work fails', async () => {
    const job = javascript(`onReclaim(async () => {
      setTimeout(() => { throw new Error('no more'); }, 10);
      await sleep(50);
      console.log('saved');
    });`);
    const { code, stdout } = await programs.run(job, {}, TERMINATED);
    expect([code, stdout]).toEqual([143, 'ready\nsaved\n']);
  });

  it('hears that the time is up, and can still end in order', async () => {
    const job = javascript(`onReclaim(async ({ signal, secondsLeft }) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      console.log(signal.reason.message, secondsLeft());
    }, { timeout: 0.1 });`);
    const { code, stdout, stderr } = await programs.run(job, {}, TERMINATED);
    expect([code, stdout, stderr]).toEqual([143, 'ready\nThe 0.1 s of the handler are up 0\n', '']);
  });

  it('waits for a handler that is added while others run', async () => {
    const job = javascript(`onReclaim(async () => {
      onReclaim(async () => { await sleep(50); console.log('saved too'); });
      console.log('saved');
    });`);
    const { code, stdout } = await programs.run(job, {}, TERMINATED);
    expect([code, stdout]).toEqual([143, 'ready\nsaved\nsaved too\n']);
  });

  it('ends by SIGTERM as ever once its handlers are removed', async () => {
    const job = javascript(`const remove = onReclaim(() => console.log('saved'));
    onReclaim(() => console.log('saved'))();
    remove();
    remove();`);
    expect(await programs.run(job, {}, TERMINATED)).toMatchObject({ code: null, signal: 'SIGTERM', stdout: 'ready\n' });
  });

  it('keeps the handlers that are not removed', async () => {
    const job = javascript(`const save = (text: string) => onReclaim(() => console.log(text));
    save('one');
    const remove = save('two');
    save('three');
    remove();`);
    expect(await programs.run(job, {}, TERMINATED)).toMatchObject({ code: 143, stdout: 'ready\none\nthree\n' });
  });

  it('ends by itself when its work is done, handlers or not', async () => {
    const job = programs.typescript(`
      import { onReclaim } from 'cdktf-batch-jobs/job';
      onReclaim(() => console.log('saved'));
      console.log('worked');
    `);
    expect(await programs.run(job)).toEqual({ code: 0, signal: null, stdout: 'worked\n', stderr: '' });
  });

  it('cannot be interrupted in a worker thread', async () => {
    const job = programs.typescript(`
      import { isMainThread, Worker } from 'node:worker_threads';
      import { attempt, event, onReclaim } from 'cdktf-batch-jobs/job';
      async function work() {
        console.log(await event(), attempt);
        try { onReclaim(() => {}); } catch (error) { console.log(error.message); }
      }
      if (isMainThread) new Worker(__filename); else void work();
    `);
    const { code, stdout } = await programs.run(job, { STP_TRIGGER_EVENT_DATA: '7', STP_CURRENT_ATTEMPT: '2' });
    expect([code, stdout]).toEqual([
      0,
      '7 2\nCall onReclaim in the main thread: Node.js delivers no signals to worker threads.\n',
    ]);
  });
});

describe('a job in Python', () => {
  it.each([
    ['computes', 'def work():\n    while True: sum(range(1000))'],
    ['waits for a lock', 'lock = threading.Lock()\nlock.acquire()\nwork = lock.acquire'],
    [
      'waits for a program',
      "import subprocess\nwork = lambda: subprocess.run(['sleep', '10'], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)",
    ],
    ['catches all that is raised', 'def work():\n    while True:\n        try: time.sleep(60)\n        except: pass'],
    ['runs an event loop', 'import asyncio\nwork = lambda: asyncio.run(asyncio.sleep(60))'],
    ['has other threads', 'threading.Thread(target=lambda: time.sleep(60)).start()\nwork = lambda: time.sleep(60)'],
  ])('saves while it %s', async (_, work) => {
    const job = python(`${work}\non_reclaim(lambda: sys.stdout.write('saved\\n'))\nprint('ready')\nwork()`);
    expect(await programs.run(job, {}, TERMINATED)).toMatchObject({ code: 143, stdout: 'ready\nsaved\n', stderr: '' });
  });

  it('does not save in its worker processes, which multiprocessing ends by SIGTERM', async () => {
    const job = programs.python(`
import multiprocessing, time
from batch_job import on_reclaim
on_reclaim(lambda: print('saved'))
if __name__ == '__main__':
    worker = multiprocessing.get_context('fork').Process(target=time.sleep, args=[60])
    worker.start()
    worker.terminate()
    worker.join()
    print(worker.exitcode)
`);
    expect(await programs.run(job)).toEqual({ code: 0, signal: null, stdout: '-15\n', stderr: '' });
  });
});

it.each([
  [
    'onReclaim(7 as never)',
    'on_reclaim(7)',
    /onReclaim takes a function. It got number\.\n/,
    /not async. It got 7\.\n$/,
  ],
  [
    'onReclaim(() => {}, { timeout: 121 })',
    'on_reclaim(print, 121)',
    /onReclaim: the timeout is 121. It must be 0 to 120 seconds.\n/,
    /on_reclaim: the timeout is 121. It must be 0 to 120 seconds.\n$/,
  ],
  [
    'onReclaim(() => {}, { timeout: NaN })',
    "on_reclaim(print, float('nan'))",
    /the timeout is NaN. It must be/,
    /the timeout is nan. It must be/,
  ],
])('%s is refused', async (first, second, ...messages) => {
  const ended = await Promise.all([javascript(first), python(second)].map((program) => programs.run(program)));
  expect(ended.map(({ code, stdout }) => [code, stdout])).toEqual([
    [1, ''],
    [1, ''],
  ]);
  for (const [index, { stderr }] of ended.entries()) expect(stderr).toMatch(messages[index] ?? 'unreachable');
});

it('a function that is async, or another thread, is refused in Python', async () => {
  const job = programs.python(`
import threading
from batch_job import on_reclaim, seconds_left
async def save(): pass
def attempted(function):
    try: on_reclaim(function)
    except Exception as error: print(str(error)[:54])
attempted(save)
thread = threading.Thread(target=attempted, args=[print])
thread.start()
thread.join()
print(seconds_left())
`);
  expect((await programs.run(job)).stdout).toBe(
    'on_reclaim takes a function that is not async. It got \nCall on_reclaim in the main thread: Python handles sig\nNone\n',
  );
});
