import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { event } from '../../job';
import { ObjectStore } from '../container/resolver/object-store';

const store = new ObjectStore();
const folder = mkdtempSync(join(tmpdir(), 'job-event-'));
const file = join(folder, 'event.json');

beforeAll(() => store.start());

beforeEach(() => {
  store.requests.length = 0;
  store.failures = 0;
  store.region = undefined;
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await store.stop();
});

/** The event that a container with these variables gets. */
function eventWith(variables: Readonly<Record<string, string>>): Promise<unknown> {
  for (const name of Object.keys(process.env)) if (/^(STP|AWS)_/.test(name)) delete process.env[name];
  Object.assign(process.env, variables);
  return event();
}

describe('an event that fits into the variable', () => {
  it.each([{ a: [1, null, 'é ∑ 🎉'] }, [], 'text', 7, null, true, {}, { stpPayload: 'mine' }])(
    'is given as it is: %j',
    async (value) => {
      expect(await eventWith({ STP_TRIGGER_EVENT_DATA: JSON.stringify(value) })).toEqual(value);
    },
  );

  it('is another object for each caller', async () => {
    await eventWith({ STP_TRIGGER_EVENT_DATA: '{"a":1}' });
    expect(await event()).not.toBe(await event());
  });

  it.each([
    ['no URI', { s3Uri: 'x', sha256: 'a', bytes: 1 }],
    ['no key', { s3Uri: 's3://bucket/', sha256: 'a' }],
    ['no SHA-256', { s3Uri: 's3://bucket/key', bytes: 1 }],
  ])('is no reference with %s', async (_, stpPayload) => {
    expect(await eventWith({ STP_TRIGGER_EVENT_DATA: JSON.stringify({ stpPayload }) })).toEqual({ stpPayload });
  });

  it('is no reference with other properties', async () => {
    const value = { ...JSON.parse(store.store('{}')), more: 1 };
    expect(await eventWith(store.environment(JSON.stringify(value)))).toEqual(value);
    expect(store.requests).toEqual([]);
  });

  it('that is not JSON is refused', async () => {
    const given = eventWith({ STP_TRIGGER_EVENT_DATA: '{orderId: 1}' });
    await expect(given).rejects.toThrow(/^STP_TRIGGER_EVENT_DATA is not JSON: .*It is "\{orderId: 1\}"$/);
    const long = eventWith({ STP_TRIGGER_EVENT_DATA: `[${'x'.repeat(500)}` });
    await expect(long).rejects.toThrow(new RegExp(`It is "\\[${'x'.repeat(59)}\\.\\.\\."$`));
  });
});

describe('an event in a file', () => {
  it('is read from it, with or without a byte order mark', async () => {
    writeFileSync(file, '{"a":"é"}');
    expect(await eventWith({ STP_TRIGGER_EVENT_FILE: file })).toEqual({ a: 'é' });
    writeFileSync(file, '\uFEFF{"a":2}');
    expect(await event()).toEqual({ a: 2 });
  });

  it('is what the image has fetched', async () => {
    const reference = store.store('{"a":1}');
    writeFileSync(file, '{"a":1}');
    expect(await eventWith({ ...store.environment(reference), STP_TRIGGER_EVENT_FILE: file })).toEqual({ a: 1 });
    expect(store.requests).toEqual([]);
  });

  it('counts less than one in the variable', async () => {
    writeFileSync(file, '1');
    expect(await eventWith({ STP_TRIGGER_EVENT_DATA: '2', STP_TRIGGER_EVENT_FILE: file })).toBe(2);
  });

  it('that is not there, or is not JSON, is refused', async () => {
    const missing = join(folder, 'missing.json');
    await expect(eventWith({ STP_TRIGGER_EVENT_FILE: missing })).rejects.toThrow(
      /^STP_TRIGGER_EVENT_FILE: the event cannot be read: ENOENT: .*missing\.json/,
    );
    writeFileSync(file, 'nothing');
    await expect(eventWith({ STP_TRIGGER_EVENT_FILE: file })).rejects.toThrow(
      `${file} (STP_TRIGGER_EVENT_FILE) is not JSON: `,
    );
  });
});

describe('a large event', () => {
  const large = { Records: [{ text: `é ∑ 🎉 ${'x'.repeat(200_000)}` }] };

  it('is read from S3 once', async () => {
    const reference = store.store(JSON.stringify(large), "a/é (1)!*'~+&=.json");
    expect(await eventWith(store.environment(reference))).toEqual(large);
    expect(await event()).toEqual(large);
    expect(store.requests).toEqual(['GET /events/a/%C3%A9%20%281%29%21%2A%27~%2B%26%3D.json']);
  });

  it("is read with the role's credentials, which ECS hands out for a token", async () => {
    expect(await eventWith(store.roleEnvironment(store.store('{"role":1}')))).toEqual({ role: 1 });
    writeFileSync(file, 'let-me\n');
    const { AWS_CONTAINER_AUTHORIZATION_TOKEN: _, ...env } = store.roleEnvironment(store.store('{"role":2}'));
    expect(await eventWith({ ...env, AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: file })).toEqual({ role: 2 });
  });

  it('is asked for again while S3 is busy', async () => {
    store.failures = 3;
    expect(await eventWith(store.environment(store.store('{"busy":1}')))).toEqual({ busy: 1 });
    expect(store.requests).toHaveLength(4);
  });

  it('is found in the region of its bucket, even if the job sets another region', async () => {
    store.region = 'ap-southeast-2';
    expect(await eventWith(store.environment(store.store('{"moved":1}')))).toEqual({ moved: 1 });
    expect(store.requests).toHaveLength(2);
  });

  it('is read with AWS_DEFAULT_REGION, and from AWS_ENDPOINT_URL with a path', async () => {
    const { AWS_REGION: _, AWS_ENDPOINT_URL_S3: endpoint, ...env } = store.environment(store.store('{"default":1}'));
    store.objects.set('/s3/events/nightly/nightly-1/a b.json', '{"default":1}');
    const found = await eventWith({ ...env, AWS_DEFAULT_REGION: 'eu-west-1', AWS_ENDPOINT_URL: `${endpoint}/s3/` });
    expect(found).toEqual({ default: 1 });
    expect(store.requests).toEqual(['GET /s3/events/nightly/nightly-1/a%20b.json']);
  });

  it('without a size in its reference is read too', async () => {
    const reference = store.store('{"size":"none"}').replace(/,"bytes":\d+/, '');
    expect(await eventWith(store.environment(reference))).toEqual({ size: 'none' });
  });

  it('is asked for again after a failure', async () => {
    const reference = store.store('{"again":1}');
    store.objects.clear();
    await expect(eventWith(store.environment(reference))).rejects.toThrow('NoSuchKey (HTTP 404): gone');
    store.store('{"again":1}');
    expect(await event()).toEqual({ again: 1 });
  });

  it.each<[string, (env: Record<string, string>) => void, string]>([
    ['without a region', (env) => delete env.AWS_REGION, 'AWS_REGION is not set. Set it to the region of the stack'],
    [
      'without credentials',
      (env) => delete env.AWS_ACCESS_KEY_ID,
      "there are no AWS credentials. In AWS Batch the job's role has them; elsewhere set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
    ],
    [
      'with keys that S3 does not know',
      (env) => Object.assign(env, { AWS_SECRET_ACCESS_KEY: 'other' }),
      'SignatureDoesNotMatch (HTTP 403): the signature does not match',
    ],
    [
      'with a token that ECS does not know',
      (env) => {
        delete env.AWS_ACCESS_KEY_ID;
        env.AWS_CONTAINER_CREDENTIALS_FULL_URI = `${store.endpoint}/credentials`;
      },
      '/credentials answered with status 401 instead of credentials',
    ],
    [
      'with an address that is none',
      (env) => Object.assign(env, { AWS_ENDPOINT_URL_S3: 'localhost:5000' }),
      'AWS_ENDPOINT_URL_S3 is "localhost:5000". It must be a URL that begins with http:// or https://',
    ],
    [
      'that was changed',
      (env) =>
        Object.assign(env, { STP_TRIGGER_EVENT_DATA: store.store('{"b":1}').replace(/"sha256":"./, '"sha256":"x') }),
      'and not x',
    ],
    [
      'of another size',
      (env) => Object.assign(env, { STP_TRIGGER_EVENT_DATA: store.store('{"b":1}').replace(/"bytes":7/, '"bytes":8') }),
      'the object has 7 bytes and not 8',
    ],
  ])('%s is refused at once', async (_, change, message) => {
    const env = store.environment(store.store('{"a":1}'));
    change(env);
    const uri = 's3://events/nightly/nightly-1/a b.json';
    const read = eventWith(env);
    await expect(read).rejects.toThrow(`The job's event could not be read from ${uri}: `);
    await expect(read).rejects.toThrow(message);
    expect(store.requests.length).toBeLessThan(2);
  });
});

it('says how to give an event where there is none', async () => {
  const message =
    /^This job has no event: STP_TRIGGER_EVENT_DATA is not set\..*STP_TRIGGER_EVENT_DATA='\{"orderId":1\}'.*STP_TRIGGER_EVENT_FILE/;
  await expect(eventWith({})).rejects.toThrow(message);
  await expect(eventWith({ STP_TRIGGER_EVENT_DATA: '', STP_TRIGGER_EVENT_FILE: '' })).rejects.toThrow(message);
});
