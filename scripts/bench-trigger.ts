/**
 * Measures how much each way to call Step Functions adds to a cold start of the trigger function.
 *
 *   npm run bench:trigger [-- --node /path/to/node] [-- --rounds 31]
 *
 * Each candidate is bundled with the function's esbuild settings and loaded in new Node.js processes, in turns, so that
 * all run under the same conditions. Some candidates load their network code with the first request, so the time to the
 * first response counts, from a server on this machine.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import { bundleTriggerFunction } from '../modules/orchestration/trigger-bundle';

const STATE_MACHINE = 'arn:aws:states:eu-west-1:123456789012:stateMachine:bench';

/** Each exports `start`, which sends one StartExecution request and resolves with its response. */
const CANDIDATES: Readonly<Record<string, string>> = {
  'aws4 + node:https': `
    import { sign } from 'aws4';
    import { request as http } from 'node:http';
    import { request as https } from 'node:https';
    export const start = () => new Promise((resolve, reject) => {
      const url = new URL(process.env.AWS_ENDPOINT_URL);
      const headers = { 'Content-Type': 'application/x-amz-json-1.0', 'X-Amz-Target': 'AWSStepFunctions.StartExecution' };
      const body = JSON.stringify({ stateMachineArn: '${STATE_MACHINE}', name: 'n', input: '{}' });
      const signed = sign({ service: 'states', region: 'eu-west-1', host: url.host, path: '/', method: 'POST', headers, body });
      const send = url.protocol === 'https:' ? https : http;
      const outgoing = send(url, { method: 'POST', headers: signed.headers }, (incoming) => {
        let text = '';
        incoming.on('data', (chunk) => { text += chunk; }).on('end', () => resolve(JSON.parse(text)));
      });
      outgoing.on('error', reject).end(body);
    });`,
  'aws4fetch + fetch': `
    import { AwsClient } from 'aws4fetch';
    const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = process.env;
    const client = new AwsClient({ accessKeyId, secretAccessKey, service: 'states', region: 'eu-west-1', retries: 0 });
    export const start = async () => {
      const headers = { 'Content-Type': 'application/x-amz-json-1.0', 'X-Amz-Target': 'AWSStepFunctions.StartExecution' };
      const body = JSON.stringify({ stateMachineArn: '${STATE_MACHINE}', name: 'n', input: '{}' });
      return (await client.fetch(process.env.AWS_ENDPOINT_URL, { method: 'POST', headers, body })).json();
    };`,
  '@aws-sdk/client-sfn': `
    import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
    const client = new SFNClient({ maxAttempts: 1 });
    export const start = () =>
      client.send(new StartExecutionCommand({ stateMachineArn: '${STATE_MACHINE}', name: 'n', input: '{}' }));`,
};

/** The whole trigger function, with the interface of a candidate. */
const FUNCTION = 'the trigger function';
const BASELINE = '@aws-sdk/client-sfn';

/** Prints how long the file took to load and to get its first response, in milliseconds. */
const TIMER = `
  const began = performance.now();
  const { start, handler } = require(process.argv[1]);
  const loaded = performance.now() - began;
  const context = { awsRequestId: 'r', getRemainingTimeInMillis: () => 10000 };
  (start ? start() : handler({}, context)).then(() => {
    require('node:fs').writeSync(2, JSON.stringify([loaded, performance.now() - began]));
    process.exit(0);
  });`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { node: { type: 'string', default: process.execPath }, rounds: { type: 'string', default: '21' } },
  });
  const folder = mkdtempSync(join(tmpdir(), 'bench-trigger-'));
  const server = createServer((incoming, response) => {
    incoming.resume().on('end', () => {
      response.setHeader('content-type', 'application/x-amz-json-1.0');
      response.end('{"executionArn":"arn","startDate":1}');
    });
  });
  try {
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const began = performance.now();
    const own = bundleTriggerFunction();
    const bundlingMs = performance.now() - began;
    const files = { [FUNCTION]: join(folder, 'function.js'), ...bundleCandidates(folder) };
    writeFileSync(files[FUNCTION] ?? '', own);

    const times = new Map<string, [number, number][]>();
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    for (let round = 0; round < Number(values.rounds); round++) {
      for (const [name, file] of Object.entries(files)) {
        times.set(name, [...(times.get(name) ?? []), await timed(values.node, file, endpoint)]);
      }
    }
    report(values, bundlingMs, files, times);
  } finally {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function bundleCandidates(folder: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(CANDIDATES).map(([name, contents], index) => {
      const outfile = join(folder, `candidate-${index}.js`);
      buildSync({
        stdin: { contents, resolveDir: resolve(__dirname) },
        outfile,
        bundle: true,
        minify: true,
        platform: 'node',
        target: 'node24',
        format: 'cjs',
        tsconfigRaw: {},
      });
      return [name, outfile];
    }),
  );
}

async function timed(node: string, file: string, endpoint: string): Promise<[number, number]> {
  const child = spawn(node, ['-e', TIMER, file], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      NODE_NO_WARNINGS: '1',
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_ENDPOINT_URL: endpoint,
      STATE_MACHINE_ARN: STATE_MACHINE,
      JOB_NAME: 'bench',
    },
  });
  const output: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  const code = await new Promise((exited, failed) => child.on('close', exited).on('error', failed));
  const text = Buffer.concat(output).toString();
  if (code !== 0) throw new Error(`${file} ended with code ${code}: ${text}`);
  return JSON.parse(text) as [number, number];
}

function report(
  { node, rounds }: { node: string; rounds: string },
  bundlingMs: number,
  files: Readonly<Record<string, string>>,
  times: ReadonlyMap<string, readonly (readonly [number, number])[]>,
): void {
  const measured = (name: string) => {
    const runs = times.get(name) ?? [];
    return { load: median(runs.map(([load]) => load)), answer: median(runs.map(([, answer]) => answer)) };
  };
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  const date = new Date().toISOString().slice(0, 10);
  console.log(
    `${date}, Node.js ${version}, median of ${rounds} new processes each; bundling took ${bundlingMs.toFixed(0)} ms\n`,
  );
  console.log('| | KB | KB gzip | Load, ms | First response, ms | Of client-sfn |');
  console.log('|---|---:|---:|---:|---:|---:|');
  for (const [name, file] of Object.entries(files)) {
    const source = readFileSync(file);
    const { load, answer } = measured(name);
    const cells = [
      (source.length / 1000).toFixed(1),
      (gzipSync(source).length / 1000).toFixed(1),
      load.toFixed(1),
      answer.toFixed(1),
      (answer / measured(BASELINE).answer).toFixed(2),
    ];
    console.log(`| ${name} | ${cells.join(' | ')} |`);
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

void main();
