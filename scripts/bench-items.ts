/**
 * Measures what the items function needs for a large manifest: time, and the most memory.
 *
 *   npm run bench:items [-- --mb 1024] [-- --items 1000000] [-- --text]
 *
 * The bundle runs in a separate Node.js process, as in Lambda, with the memory that its heap has there. S3 is a server in this process,
 * which makes the manifest while it is read, and counts the parts that it is sent.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { FakeAws } from '../__tests__/orchestration/items/fake-aws';
import { TEST_CREDENTIALS } from '../__tests__/orchestration/trigger/signature';
import { itemsProgram } from '../modules/orchestration/items-bundle';

const MB = 1_000_000;

/** Lambda's Node.js gives its heap most of the function's memory. */
const HEAP_MB = 900;

const RUNTIME = `
const { handler } = require(process.argv[2]);
const request = JSON.parse(process.argv[3]);
const began = performance.now();
const context = {
  awsRequestId: 'bench',
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:bench',
  getRemainingTimeInMillis: () => 900_000,
};
handler(request, context).then((answer) => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const seconds = (performance.now() - began) / 1000;
  const cpu = (userCPUTime + systemCPUTime) / 1e6;
  process.stderr.write(JSON.stringify({ seconds, cpu, peakMb: maxRSS / 1024, count: answer.Count, cause: answer.Cause }));
});
`;

interface Measured {
  readonly seconds: number;
  readonly cpu: number;
  readonly peakMb: number;
  readonly count?: number;
  readonly cause?: string;
}

/** A manifest of lines of the same length, from any byte on, in chunks as S3 sends them. */
function lines(bytes: number, length: number, isText: boolean) {
  const line = Buffer.from(isText ? `${'x'.repeat(length - 1)}\n` : `${`{"key":"`.padEnd(length - 3, 'x')}"}\n`);
  const block = Buffer.concat(Array.from({ length: Math.max(1, Math.floor(65_536 / length)) }, () => line));
  return function* from(start: number): Generator<Buffer> {
    for (let at = start; at < bytes; ) {
      const chunk = block.subarray(at % length, Math.min(block.length, (at % length) + bytes - at));
      yield chunk;
      at += chunk.length;
    }
  };
}

async function measure(megabytes: number, items: number, isText: boolean): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-items-'));
  const aws = new FakeAws();
  aws.dropsParts = true;
  await aws.listen();
  try {
    const length = Math.floor((megabytes * MB) / items);
    const bytes = length * items;
    aws.objects.set('/in/manifest', { bytes, from: lines(bytes, length, isText) });
    writeFileSync(join(folder, 'index.js'), itemsProgram.text());
    writeFileSync(join(folder, 'runtime.js'), RUNTIME);
    const ForEach = { S3Manifest: '$.key', MaxItems: 1_000_000 };
    const request = { Operation: 'plan', Execution: 'run', Input: { key: 's3://in/manifest' }, ForEach };
    const child = spawn(
      process.execPath,
      [
        `--max-old-space-size=${HEAP_MB}`,
        join(folder, 'runtime.js'),
        join(folder, 'index.js'),
        JSON.stringify(request),
      ],
      {
        stdio: ['ignore', 'ignore', 'pipe'],
        env: {
          ...TEST_CREDENTIALS,
          PATH: process.env.PATH,
          AWS_REGION: 'eu-west-1',
          AWS_ENDPOINT_URL: aws.url,
          JOB_NAME: 'bench',
          PAYLOAD_BUCKET: 'events',
        },
      },
    );
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    const code = await new Promise((resolve) => child.once('close', resolve));
    if (code !== 0) throw new Error(`the function ended with ${String(code)}: ${said}`);
    return JSON.parse(said) as Measured;
  } finally {
    await aws.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      mb: { type: 'string', default: '1000' },
      items: { type: 'string', default: '1000000' },
      text: { type: 'boolean', default: false },
    },
  });
  const megabytes = Number(values.mb);
  const { seconds, cpu, peakMb, count, cause } = await measure(megabytes, Number(values.items), values.text);
  const result = count === undefined ? cause : `${count.toLocaleString('en')} items`;
  process.stdout.write(
    `${megabytes} MB of ${values.text ? 'text' : 'JSON Lines'}: ${result} in ${seconds.toFixed(1)} s ` +
      `(${cpu.toFixed(1)} s of CPU), at most ${Math.round(peakMb)} MiB\n`,
  );
}

void main();
