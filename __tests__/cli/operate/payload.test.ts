import { createHash } from 'node:crypto';
import { AwsFault } from '../../../cli/operate/aws/fault';
import type { DeployedJob, Deployment } from '../../../cli/operate/deployment';
import { Payloads, payloadReference } from '../../../cli/operate/payload';

const JOB = { name: 'report', triggerFunctionName: 'shop-report-trigger' } as DeployedJob;
const LARGE = JSON.stringify({ text: 'ä'.repeat(9_000) });

const sha256Of = (text: string) => createHash('sha256').update(text).digest('hex');

/** A deployment whose function has these variables, and whose S3 has these objects. Made, not recorded. */
function deployed(variables: { readonly [name: string]: string }, objects = new Map<string, string>()) {
  interface Request {
    readonly constructor: { readonly name: string };
    readonly input: { readonly Bucket: string; readonly Key: string; readonly Body: string };
  }
  const s3 = async ({ constructor: { name }, input: { Bucket, Key, Body } }: Request) => {
    const place = `${Bucket}/${Key}`;
    if (name === 'PutObjectCommand') objects.set(place, Body);
    const found = objects.get(place);
    if (found === undefined) throw new AwsFault('s3:GetObject failed', 'NoSuchKey', 's3:GetObject');
    return { Body: { transformToByteArray: async () => Buffer.from(found) } };
  };
  const clients = { lambda: { send: async () => ({ Environment: { Variables: variables } }) }, s3: { send: s3 } };
  const deployment = { clients, ofDeployed: (_what: string, _codes: string[], request: Promise<unknown>) => request };
  return { objects, payloads: Payloads.of(deployment as unknown as Deployment, JOB) };
}

const VARIABLES = { JOB_NAME: 'report', PAYLOAD_BUCKET: 'events', OVERRIDES_BUDGET: '7168' };

describe('the large events of a job', () => {
  it('stores an event that does not fit, and reads it back', async () => {
    const { payloads: opened, objects } = deployed(VARIABLES);
    const payloads = await opened;
    const input = await payloads.inputFor(LARGE, 'report-1');
    const key = `report/report-1/${sha256Of(LARGE)}.json`;
    expect(JSON.parse(input)).toEqual({
      stpPayload: { s3Uri: `s3://events/${key}`, sha256: sha256Of(LARGE), bytes: Buffer.byteLength(LARGE) },
    });
    expect([...objects.keys()]).toEqual([`events/${key}`]);
    const reference = payloads.referenceIn(input);
    expect(reference && (await payloads.read(reference))).toBe(LARGE);
  });

  it('passes on an event that fits, byte for byte', async () => {
    const { payloads, objects } = deployed(VARIABLES);
    const text = '{ "number": 1635734407.123456789 }';
    expect(await (await payloads).inputFor(text, 'report-1')).toBe(text);
    expect(objects.size).toBe(0);
  });

  it("counts with the budget of the job's function", async () => {
    const { payloads, objects } = deployed({ ...VARIABLES, OVERRIDES_BUDGET: '10' });
    await (await payloads).inputFor('{"a":"12345"}', 'report-1');
    expect(objects.size).toBe(1);
  });

  it('says in the reference whose failed items a run repeats, stores small events for it too, and says it again', async () => {
    const { payloads: opened } = deployed(VARIABLES);
    const payloads = await opened;
    const text = '{ "number": 1635734407.123456789 }';
    const input = await payloads.inputOfFailed(text, 'report-1-rerun-1', 'report-1');
    expect(JSON.parse(input).stpPayload).toMatchObject({ sha256: sha256Of(text), failedItemsOf: 'report-1' });
    const reference = payloads.referenceIn(input);
    expect(reference && (await payloads.read(reference))).toBe(text);
    const again = JSON.parse(await payloads.inputAgain(input, 'report-1-rerun-2')).stpPayload;
    expect(again).toMatchObject({ failedItemsOf: 'report-1', s3Uri: expect.stringContaining('/report-1-rerun-2/') });
    const next = JSON.parse(await payloads.inputOfFailed(input, 'report-1-rerun-2', 'report-1-rerun-1')).stpPayload;
    expect(next.failedItemsOf).toBe('report-1-rerun-1');
  });

  it('stores the event of an earlier run again for the new one', async () => {
    const { payloads: opened, objects } = deployed(VARIABLES);
    const payloads = await opened;
    const first = await payloads.inputFor(LARGE, 'report-1');
    const again = await payloads.inputAgain(first, 'report-1-again');
    expect(again).toContain('s3://events/report/report-1-again/');
    expect([...new Set(objects.values())]).toEqual([LARGE]);
    expect(await payloads.inputAgain('{"small":1}', 'x')).toBe('{"small":1}');
  });

  it('says that an event has expired', async () => {
    const { payloads: opened, objects } = deployed(VARIABLES);
    const payloads = await opened;
    const input = await payloads.inputFor(LARGE, 'report-1');
    objects.clear();
    await expect(payloads.inputAgain(input, 'x')).rejects.toThrow(
      /The event is no longer stored \(s3:\/\/events\/report/,
    );
  });

  it('refuses an object with another digest', async () => {
    const { payloads: opened, objects } = deployed(VARIABLES);
    const payloads = await opened;
    const input = await payloads.inputFor(LARGE, 'report-1');
    for (const key of objects.keys()) objects.set(key, 'else');
    await expect(payloads.inputAgain(input, 'x')).rejects.toThrow(/is not the event that was stored/);
  });

  it('says that there is no bucket', async () => {
    const { payloads } = deployed({ JOB_NAME: 'report' });
    await expect((await payloads).inputFor(LARGE, 'x')).rejects.toThrow(/no payload bucket/);
  });
});

describe('a reference in an input', () => {
  const reference = (s3Uri: string) => JSON.stringify({ stpPayload: { s3Uri, sha256: 'a'.repeat(64), bytes: 1 } });

  it.each([
    ['another bucket', 's3://elsewhere/report/x/y.json'],
    ["another job's folder", 's3://events/invoice/x/y.json'],
    ['a folder whose name begins the same', 's3://events/report2/x/y.json'],
  ])('is an event like any other if it refers to %s', async (_, s3Uri) => {
    const payloads = await deployed(VARIABLES).payloads;
    expect(payloads.referenceIn(reference(s3Uri))).toBeUndefined();
    expect(await payloads.inputAgain(reference(s3Uri), 'x')).toBe(reference(s3Uri));
  });

  it.each([
    '',
    'null',
    '"stpPayload"',
    '{"stpPayload":null}',
    '{"stpPayload":{}}',
    '{"stpPayload":{"s3Uri":"s3://b/k"}}',
    '{"stpPayload"',
    reference('https://b/k'),
    reference('s3://b/'),
  ])('is none in %s', (input) => {
    expect(payloadReference(input)).toBeUndefined();
  });
});

describe('the first part of a stored event', () => {
  it('is read alone', async () => {
    const asked: unknown[] = [];
    const s3 = async ({ input }: { readonly input: object }) => {
      asked.push(input);
      return { Body: { transformToString: async () => '{"version"' } };
    };
    const clients = { lambda: { send: async () => ({ Environment: { Variables: VARIABLES } }) }, s3: { send: s3 } };
    const deployment = { clients, ofDeployed: (_what: string, _codes: string[], request: Promise<unknown>) => request };
    const payloads = await Payloads.of(deployment as unknown as Deployment, JOB);
    const reference = { stpPayload: { s3Uri: 's3://events/report/r/x.json', sha256: 'a'.repeat(64), bytes: 9_000 } };
    expect(await payloads.head(reference, 2_048)).toBe('{"version"');
    expect(asked).toEqual([{ Bucket: 'events', Key: 'report/r/x.json', Range: 'bytes=0-2047' }]);
  });

  it('is unknown if the event has expired', async () => {
    const payloads = await deployed(VARIABLES).payloads;
    const reference = { stpPayload: { s3Uri: 's3://events/report/r/x.json', sha256: 'a'.repeat(64), bytes: 9_000 } };
    expect(await payloads.head(reference, 10)).toBeUndefined();
  });
});
