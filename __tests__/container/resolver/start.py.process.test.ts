import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { BuildContext } from '../../../modules/container/build-context';
import type { BuildpackProperties } from '../../../modules/container/buildpack/language';
import { commandOf, made } from '../buildpack/made';
import { removeFolders } from '../folder';
import { run, unpacked } from './image-process';
import { ObjectStore } from './object-store';

type Given = Partial<BuildpackProperties>;

const JOB = {
  'job/main.py': 'import os\nfrom text import TEXT\nprint(TEXT, os.environ.get("STP_TRIGGER_EVENT_DATA"))\n',
  'job/text.py': 'TEXT = "today"\n',
};
const PYTHON = process.env.PYTHON ?? 'python3';
const hasPython = spawnSync(PYTHON, ['--version']).status === 0;

const context = (files: { readonly [path: string]: string } = JOB, more: Given = {}) =>
  made(files, { entryfilePath: 'job/main.py', ...more });

async function started(image: BuildContext, env: { readonly [name: string]: string }, args: readonly string[] = []) {
  const { dir, remove } = unpacked(image);
  try {
    const command = commandOf(image).map((word) => word.replace('/opt/stp', dir));
    return await run([PYTHON, ...command.slice(1), ...args], join(dir, 'app'), {
      PATH: process.env.PATH ?? '',
      ...env,
    });
  } finally {
    remove();
  }
}

afterEach(removeFolders);

(hasPython ? describe : describe.skip)('the job, run as a process by Python', () => {
  const store = new ObjectStore();
  const large = JSON.stringify({ records: 'é'.repeat(300_000) });

  beforeAll(() => store.start());
  afterAll(() => store.stop());
  beforeEach(() => {
    store.requests.length = 0;
    store.failures = 0;
  });

  it('gets a small event as it is, without a request', async () => {
    const { status, stdout, stderr } = await started(context(), store.environment('{"a":1}'));
    expect([status, stderr, stdout]).toEqual([0, '', 'today {"a":1}\n']);
    expect(store.requests).toEqual([]);
  });

  it("gets it by the library's file next to its code, which finds fetched what was large", async () => {
    const library = readFileSync(resolve(__dirname, '../../../job/batch_job.py'), 'utf8');
    const text = 'from batch_job import attempt, event\nprint(attempt, len(event()["records"]))\n';
    const image = context({ 'job/main.py': text, 'job/batch_job.py': library });
    const { status, stdout, stderr } = await started(image, store.environment(store.store(large)));
    expect([status, stderr, stdout]).toEqual([0, '', '1 300000\n']);
    expect(store.requests).toHaveLength(1);
  });

  it('gets a large event that was referred to, which no environment could hold', async () => {
    const text =
      'import json, os\ntext = os.environ["STP_TRIGGER_EVENT_DATA"]\nfile = open(os.environ["STP_TRIGGER_EVENT_FILE"], encoding="utf-8").read()\nprint(len(json.loads(text)["records"]), text == file)\n';
    const image = context({ 'job/main.py': text });
    const { status, stdout, stderr } = await started(image, store.environment(store.store(large)));
    expect([status, stderr, stdout]).toEqual([0, '', '300000 True\n']);
  });

  it("signs with the credentials of the job's role, and tries again while S3 is busy", async () => {
    store.failures = 1;
    const { status, stdout, stderr } = await started(context(), store.roleEnvironment(store.store('{"b":2}')));
    expect([status, stderr, stdout]).toEqual([0, '', 'today {"b":2}\n']);
  });

  it.each<[string, (input: string) => string, string]>([
    ['that is gone', (input) => input.replace('nightly-1', 'nightly-2'), 'HTTP Error 404'],
    ['that was changed', (input) => input.replace(/"sha256":"./, '"sha256":"x'), 'has the SHA-256'],
  ])('is not started with an event %s', async (_, change, message) => {
    const { status, stdout, stderr } = await started(context(), store.environment(change(store.store(large))));
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^The job's event could not be fetched: /);
    expect(stderr).toContain(message);
  });

  it.each([
    ['AWS_REGION', 'the container has no AWS_REGION'],
    ['AWS_ACCESS_KEY_ID', 'the container has no AWS credentials'],
  ])('says what is missing: %s', async (name, message) => {
    const { [name]: _, ...env } = store.environment(store.store(large));
    expect((await started(context(), env)).stderr).toContain(message);
  });

  it.each([
    '{"stpPayload":{"s3Uri":"x"}}',
    '{"stpPayload":1}',
    '["stpPayload"]',
    '{"stpPayload":{"s3Uri":"s3://a/b","sha256":"c","bytes":1},"more":1}',
    'stpPayload',
  ])('takes for an event what is no reference: %s', async (event) => {
    expect((await started(context(), store.environment(event))).stdout).toBe(`today ${event}\n`);
  });

  it('is the main program, with its arguments and its exit code', async () => {
    const text = 'import sys\nif __name__ == "__main__":\n    print(sys.argv)\n    sys.exit(7)\n';
    const { status, stdout } = await started(context({ 'job/main.py': text }), {}, ['--day', 'today']);
    expect([status, stdout]).toEqual([7, expect.stringMatching(/^\['\/.*\/app\/main.py', '--day', 'today'\]\n$/)]);
  });

  it('calls the function that the entry file names', async () => {
    const files = {
      'requirements.txt': '',
      'job/main.py': 'from .text import TEXT\ndef run():\n    print(TEXT, __name__)\n',
      'job/text.py': JOB['job/text.py'],
    };
    const { stdout, stderr } = await started(context(files, { entryfilePath: 'job/main.py:run' }), {});
    expect([stderr, stdout]).toEqual(['', 'today job.main\n']);
  });

  it('runs a module', async () => {
    const image = context(JOB);
    const { dir, remove } = unpacked(image);
    try {
      const ended = await run([PYTHON, join(dir, 'start.py'), '-m', 'json.tool', '--help'], dir, {});
      expect(ended.stdout).toContain('usage: ');
    } finally {
      remove();
    }
  });

  /** What a program can see of how it was started, and what depends on it. */
  const FACTS = `"""Text of the module."""
import sys
LOADED = sorted(sys.modules)
NAMES = sorted(globals())
import atexit, inspect, json, multiprocessing, os, pickle, pickletools, subprocess, threading, traceback

class Thing:
    def __eq__(self, other):
        return type(self) is type(other)

def double(number):
    return number * 2

def fail():
    raise ValueError("x")

def seen():
  return {
    "argv": sys.argv, "path": sys.path, "file": __file__, "name": __name__, "package": __package__, "spec": str(__spec__),
    "doc": __doc__, "loader": [type(__loader__).__name__, __loader__.name, __loader__.path], "names": NAMES,
    "loaded": LOADED, "main": sys.modules["__main__"].__dict__ is globals(), "cwd": os.getcwd(),
    "pickled": pickle.loads(pickle.dumps(Thing())) == Thing(), "opcodes": [str(one[1]) for one in pickletools.genops(pickle.dumps(Thing()))],
    "source": inspect.getsource(double), "where": inspect.getsourcefile(double), "builtins": type(__builtins__).__name__,
    "annotations": globals().get("__annotations__", "none"),
  }

if __name__ == "__main__":
    facts = seen()
    try:
        fail()
    except ValueError:
        facts["trace"] = traceback.format_exc()
    for method in ("fork", "spawn", "forkserver"):
        with multiprocessing.get_context(method).Pool(1) as pool:
            facts[method] = pool.map(double, [1, 2])
    facts["child"] = subprocess.run([sys.executable, "-c", "import os; print(os.environ['STP_TRIGGER_EVENT_DATA'][:20])"], stdout=subprocess.PIPE).stdout.decode()
    print(json.dumps(facts))
    sys.stdout.flush()
    threading.Thread(target=lambda: print("thread", double(2), Thing.__module__)).start()
    atexit.register(lambda: print("end", sys.modules["__main__"].double(3)))
`;

  it('finds what it would find as the command of python itself', async () => {
    const image = context({ 'job/main.py': FACTS, 'requirements.txt': '' });
    const { dir, remove } = unpacked(image);
    try {
      const [app, env] = [join(dir, 'app'), { PATH: process.env.PATH ?? '', ...store.environment('{}') }];
      const plain = await run([PYTHON, join(app, 'job/main.py'), 'x'], app, env);
      const ours = await run([PYTHON, join(dir, 'start.py'), 'job/main.py', 'x'], app, env);
      expect(plain.stdout).toContain('thread 4 __main__\nend 6');
      expect(ours).toEqual(plain);
    } finally {
      remove();
    }
  });

  it('starts processes with a large event: in them it is the reference, and the file has it', async () => {
    const text = `import json, multiprocessing, os, subprocess
EVENT = json.loads(os.environ["STP_TRIGGER_EVENT_DATA"])
def look(_):
    with open(os.environ["STP_TRIGGER_EVENT_FILE"], encoding="utf-8") as file:
        return len(json.load(file)["records"])
if __name__ == "__main__":
    print(len(EVENT["records"]), subprocess.run(["true"]).returncode)
    for method in ("spawn", "forkserver"):
        with multiprocessing.get_context(method).Pool(1) as pool:
            print(pool.map(look, [1]))
`;
    const ended = await started(context({ 'job/main.py': text }), store.environment(store.store(large)));
    expect(ended).toEqual({ status: 0, stderr: '', stdout: '300000 0\n[300000]\n[300000]\n' });
  });

  it('shows a large event to every Python that it starts, by a file among the packages', async () => {
    const text = `import os, site, subprocess, sys
folder = os.path.join(os.getcwd(), "..")
child = "import os, site, sys; site.addsitedir(sys.argv[1]); print(len(os.environ['STP_TRIGGER_EVENT_DATA']))"
print(len(os.environ["STP_TRIGGER_EVENT_DATA"]))
sys.stdout.flush()
sys.exit(subprocess.call([sys.executable, "-c", child, folder]))
`;
    const ended = await started(context({ 'job/main.py': text }), store.environment(store.store(large)));
    expect(ended).toEqual({ status: 0, stderr: '', stdout: `${large.length}\n${large.length}\n` });
  });

  it('may call its own modules what the standard library has', async () => {
    const files = { 'job/main.py': 'import queue, hmac, datetime\nprint(queue.X, hmac.X, datetime.X)\n' };
    const names = Object.fromEntries(
      ['queue', 'hmac', 'datetime'].map((name) => [`job/${name}.py`, `X = "${name}"\n`]),
    );
    const { stdout, stderr } = await started(
      context({ ...files, ...names }),
      store.environment(store.store('{"a":1}')),
    );
    expect([stderr, stdout]).toEqual(['', 'queue hmac datetime\n']);
  });

  it('is a module of its package if it imports its neighbours relatively', async () => {
    const files = {
      'requirements.txt': '',
      'job/__init__.py': '',
      'job/main.py':
        'import sys\nfrom .text import TEXT\nprint(TEXT, __name__, __package__, __spec__.name, __file__ == sys.argv[0], "take_event" in globals())\n',
      'job/text.py': JOB['job/text.py'],
    };
    const image = context(files);
    expect(commandOf(image).slice(2)).toEqual(['-m', 'job.main']);
    const { stdout, stderr } = await started(image, {});
    expect([stderr, stdout]).toEqual(['', 'today __main__ job job.main True False\n']);
  });

  it('calls a method, and waits for what a function of asyncio does', async () => {
    const text =
      'import asyncio\nclass App:\n    async def run(self):\n        await asyncio.sleep(0.01)\n        print("done", __name__)\napp = App()\n';
    const { stdout, stderr } = await started(
      context({ 'job/main.py': text }, { entryfilePath: 'job/main.py:app.run' }),
      {},
    );
    expect([stderr, stdout]).toEqual(['', 'done main\n']);
  });

  it('fails as the function fails', async () => {
    const text = 'import sys\ndef run():\n    sys.exit(9)\n';
    expect((await started(context({ 'job/main.py': text }, { entryfilePath: 'job/main.py:run' }), {})).status).toBe(9);
  });
});
