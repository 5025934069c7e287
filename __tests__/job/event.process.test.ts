import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ObjectStore } from '../container/resolver/object-store';
import { blocksOf } from '../docs-pages';
import { JobPrograms } from './job-process';

const programs = new JobPrograms();
const store = new ObjectStore();
const file = join(programs.folder, 'event.json');

beforeAll(() => store.start());

beforeEach(() => {
  store.requests.length = 0;
  store.failures = 0;
  store.region = undefined;
});

afterAll(async () => {
  programs.remove();
  await store.stop();
});

const TYPESCRIPT = `
  import { event } from 'cdktf-batch-jobs/job';
  event().then(
    (found) => process.stdout.write(JSON.stringify(found)),
    (error) => { console.error(error.message); process.exitCode = 1; },
  );
`;

const PYTHON = `
import json, sys
from batch_job import event
try:
    found = event()
except Exception as error:
    sys.exit(str(error))
sys.stdout.buffer.write(json.dumps(found, ensure_ascii=False).encode('utf-8'))
`;

const LARGE = { Records: [{ text: `é ∑ 🎉 "\\ \n ${'é'.repeat(1_000_000)}` }], n: [1, null, 1.5] };

describe.each([
  ['JavaScript', () => programs.typescript(TYPESCRIPT)],
  ['Python', () => programs.python(PYTHON)],
])('a job in %s', (_language, program) => {
  let job: readonly string[];

  beforeAll(() => {
    job = program();
  });

  it.each([LARGE.n, '{"é ∑ 🎉"}', { stpPayload: { s3Uri: 's3://bucket/', sha256: 'a' } }])(
    'gets a small event as it is: %j, whatever the locale is',
    async (value) => {
      const env = { STP_TRIGGER_EVENT_DATA: JSON.stringify(value), LC_ALL: 'POSIX' };
      const { code, stdout, stderr } = await programs.run(job, env);
      expect([code, stderr, JSON.parse(stdout)]).toEqual([0, '', value]);
    },
  );

  it("gets one of 2 MB from S3 with its role's credentials, whatever characters are in its key", async () => {
    const reference = store.store(JSON.stringify(LARGE), "a/é (1)!*'~+&=.json");
    const { code, stdout, stderr } = await programs.run(job, store.roleEnvironment(reference));
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toEqual(LARGE);
    expect(store.requests).toEqual(['GET /credentials', 'GET /events/a/%C3%A9%20%281%29%21%2A%27~%2B%26%3D.json']);
  });

  it('asks again while S3 is busy, and where the bucket is', async () => {
    store.failures = 2;
    store.region = 'ap-southeast-2';
    const { code, stdout } = await programs.run(job, store.environment(store.store('{"a":"é"}')));
    expect([code, JSON.parse(stdout)]).toEqual([0, { a: 'é' }]);
    expect(store.requests).toHaveLength(4);
  });

  it('gets what the image has fetched', async () => {
    writeFileSync(file, '\uFEFF{"a":"é"}');
    const env = { ...store.environment(store.store('{"a":"é"}')), STP_TRIGGER_EVENT_FILE: file };
    expect(JSON.parse((await programs.run(job, env)).stdout)).toEqual({ a: 'é' });
    expect(store.requests).toEqual([]);
  });

  it.each<[string, (env: Record<string, string>) => void, RegExp]>([
    [
      'no event',
      (env) => delete env.STP_TRIGGER_EVENT_DATA,
      /^This job has no event: .*STP_TRIGGER_EVENT_DATA='\{"orderId":1\}', or set/,
    ],
    [
      'an event that is not JSON',
      (env) => Object.assign(env, { STP_TRIGGER_EVENT_DATA: `{é${'x'.repeat(80)}` }),
      /^STP_TRIGGER_EVENT_DATA is not JSON: .* It is "\{é?x*\.\.\."\n$/,
    ],
    [
      'a file that is not there',
      (env) => Object.assign(env, { STP_TRIGGER_EVENT_FILE: 'missing.json' }),
      /^STP_TRIGGER_EVENT_FILE: the event cannot be read: .*missing\.json/,
    ],
    ['no region', (env) => delete env.AWS_REGION, /: AWS_REGION is not set\. Set it to the region of the stack\n$/],
    [
      'no credentials',
      (env) => delete env.AWS_ACCESS_KEY_ID,
      /: there are no AWS credentials\. In AWS Batch the job's role has them; /,
    ],
    [
      'credentials that nobody knows',
      (env) => Object.assign(env, { AWS_SECRET_ACCESS_KEY: 'other' }),
      /: SignatureDoesNotMatch \(HTTP 403\): the signature does not match\n$/,
    ],
    [
      'an endpoint that is no URL',
      (env) => Object.assign(env, { AWS_ENDPOINT_URL_S3: 'localhost:5000' }),
      /: AWS_ENDPOINT_URL_S3 is "localhost:5000"\. It must be a URL that begins with http:\/\/ or https:\/\/\n$/,
    ],
    [
      'a role that ECS does not know',
      (env) => {
        delete env.AWS_ACCESS_KEY_ID;
        env.AWS_CONTAINER_CREDENTIALS_FULL_URI = `${store.endpoint}/credentials`;
      },
      /\/credentials answered with status 401 instead of credentials\n$/,
    ],
    [
      'an object that is gone',
      () => store.objects.clear(),
      /^The job's event could not be read from s3:\/\/events\/nightly\/nightly-1\/a b\.json: NoSuchKey \(HTTP 404\): gone\. The object has expired, or was never there\n$/,
    ],
    [
      'an object that was changed',
      () => store.objects.set('/events/nightly/nightly-1/a b.json', '{"a":2}'),
      /: the object has the SHA-256 [0-9a-f]{64} and not [0-9a-f]{64}\n$/,
    ],
    [
      'an object of another size',
      () => store.objects.set('/events/nightly/nightly-1/a b.json', ''),
      /: the object has 0 bytes and not 7\n$/,
    ],
  ])('is told of %s', async (_, change, message) => {
    const env = store.environment(store.store('{"a":1}'));
    change(env);
    const { code, stdout, stderr } = await programs.run(job, env);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(message);
    expect(store.requests.length).toBeLessThan(2);
  });
});

it('a job of ES modules gets a large event too', async () => {
  const job = programs.typescript(TYPESCRIPT, 'esm');
  const { stdout, stderr } = await programs.run(job, store.environment(store.store('{"a":"é"}')));
  expect([stderr, stdout]).toEqual(['', '{"a":"é"}']);
});

it('a job in Python asks for its credentials without a proxy, which cannot reach the host', async () => {
  // The store takes no requests of a proxy's kind, with a whole URL.
  const env = { ...store.roleEnvironment(store.store('{"a":1}')), http_proxy: store.endpoint };
  expect((await programs.run(programs.python(PYTHON), env)).code).toBe(1);
  expect(store.requests).toEqual(['GET /credentials', `GET ${store.endpoint}/events/nightly/nightly-1/a%20b.json`]);
});

describe('the page on the library', () => {
  const [typescript, python] = ['ts', 'python'].map((language) => {
    const block = blocksOf('docs/code/job-library.md').find((candidate) => candidate.language === language);
    if (block === undefined) throw new Error(`the page has no ${language}`);
    return block.code;
  });
  const env = {
    STP_TRIGGER_EVENT_DATA: '{"Records":[{"body":"\\"one\\""},{"body":"\\"two\\""}]}',
    STP_CURRENT_ATTEMPT: '2',
    STP_MAXIMUM_ATTEMPTS: '3',
  };

  it('has code in TypeScript that works', async () => {
    const { stdout, stderr } = await programs.run(programs.typescript(typescript ?? ''), env);
    expect([stderr, stdout]).toEqual(['', 'attempt 2 of 3\none\ntwo\n']);
  });

  it('has code in Python that works', async () => {
    const { stdout, stderr } = await programs.run(programs.python(python ?? ''), env);
    expect([stderr, stdout]).toEqual(['', 'attempt 2 of 3\n"one"\n"two"\n']);
  });
});
