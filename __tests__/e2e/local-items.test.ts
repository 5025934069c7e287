import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsClient } from 'aws4fetch';
import { documents, LocalProject } from '../cli/local/whole-program';
import { describeWith } from './engines/availability';
import { type Moto, startMoto, unavailable } from './engines/moto';

const KEYS = { accessKeyId: 'test', secretAccessKey: 'test' };

const JOB = `
const { STP_TRIGGER_EVENT_DATA, STP_ITEM_INDEX, STP_ITEM_COUNT, STP_CURRENT_ATTEMPT } = process.env;
console.log([STP_TRIGGER_EVENT_DATA, STP_ITEM_INDEX, STP_ITEM_COUNT, STP_CURRENT_ATTEMPT].join(' '));
process.exitCode = STP_TRIGGER_EVENT_DATA === '"b.png"' && STP_CURRENT_ATTEMPT === '1' ? 1 : 0;
`;

const missing = unavailable();

describeWith(
  [missing === undefined ? { available: true } : { available: false, reason: missing }],
  'a local run of a job with forEach, with a manifest in the S3 of moto',
  () => {
    let moto: Moto;
    let project: LocalProject;

    beforeAll(async () => {
      moto = await startMoto();
      project = new LocalProject(realpathSync(mkdtempSync(join(tmpdir(), 'local-items-'))));
      project.configure(
        { type: 'stacktape-image-buildpack', properties: { entryfilePath: 'job.js' } },
        { job: { forEach: { s3Manifest: '$.key', bucket: 'inbox' }, retryConfig: { attempts: 2 } } },
      );
      project.write({ 'job.js': JOB, 'event.json': '{"key":"lists/today.txt"}', 'none.json': '{"key":"none.txt"}' });
      await put('');
      await put('/lists/today.txt', 'a.png\nb.png\nc.png\n');
    });

    afterAll(async () => {
      rmSync(project.folder, { recursive: true, force: true });
      await moto?.stop();
    });

    async function put(path: string, body?: string): Promise<void> {
      const client = new AwsClient({ ...KEYS, region: 'us-east-1', service: 's3' });
      const answer = await client.fetch(`${moto.endpoint}/inbox${path}`, { method: 'PUT', body });
      if (!answer.ok) throw new Error(`PUT ${path}: ${answer.status} ${await answer.text()}`);
    }

    const run = (event: string, ...words: string[]) =>
      project.run(['--plain', '--json', '--fast', '--endpoint', moto.endpoint, '--event', event, ...words]);

    it('needs a bucket for the items, which is created only on request', async () => {
      const { code, stderr } = await run('event.json');
      expect([code, stderr]).toEqual([
        2,
        `The items are stored, and the payload bucket shop-events is not at ${moto.endpoint}. Add --create.\n`,
      ]);
    });

    it('finds the items there, and its containers read theirs', async () => {
      const { code, stdout, stderr } = await run('event.json', '--create');
      expect([code, stderr]).toEqual([0, '']);
      const said = documents(stdout).flatMap(({ type, text }) => (type === 'output' ? [text] : []));
      expect(said.sort()).toEqual(['"a.png" 0 3 1', '"b.png" 1 3 1', '"b.png" 1 3 2', '"c.png" 2 3 1']);
      expect(documents(stdout).at(-1)).toMatchObject({ status: 'SUCCEEDED', items: { items: 3, succeeded: 3 } });
    });

    it('says which manifest is missing', async () => {
      const { code, stdout } = await run('none.json', '--create');
      expect(code).toBe(1);
      expect(documents(stdout).at(-1)).toMatchObject({
        status: 'FAILED',
        cause: expect.stringContaining('s3://inbox/none.txt'),
      });
    });
  },
);
