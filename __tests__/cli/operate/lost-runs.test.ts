import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { runsIn } from '../../../cli/operate/lost-runs';

const QUEUE = 'arn:aws:batch:eu-west-1:123456789012:job-queue/spot';
const before = process.env;

/** Statuses that were asked for, and how many requests were under way at the most. */
let asked: string[] = [];
let atOnce = 0;
let under = 0;
let server: Server;

/** AWS Batch with a job that begins to run while its queue is listed. */
beforeAll(async () => {
  server = createServer(async (request, response) => {
    atOnce = Math.max(atOnce, ++under);
    let body = '';
    for await (const chunk of request) body += chunk;
    const { jobStatus, nextToken } = JSON.parse(body);
    const status = asked.length === 0 ? 'STARTING' : 'RUNNING';
    asked.push(nextToken === undefined ? jobStatus : `${jobStatus} ${nextToken}`);
    await sleep(5);
    under--;
    const isThere = jobStatus === status && nextToken === undefined;
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        jobSummaryList: isThere ? [{ jobName: 'run-1' }] : nextToken === 'b' ? [{ jobName: 'run-2' }] : [],
        ...(isThere && { nextToken: 'b' }),
      }),
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  process.env = {
    ...before,
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 'b',
  };
});
beforeEach(() => {
  asked = [];
  atOnce = 0;
});
afterAll(async () => {
  process.env = before;
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

test('a job that moves on while a queue is listed is not missed: its states are asked for in their order', async () => {
  expect(await runsIn([QUEUE], 'eu-west-1')).toEqual(new Map([[QUEUE, ['run-1', 'run-2']]]));
  expect(asked).toEqual(['SUBMITTED', 'PENDING', 'RUNNABLE', 'STARTING', 'RUNNING', 'RUNNING b']);
  expect(atOnce).toBe(1);
});

test('nothing is asked about nothing', async () => {
  expect(await runsIn([], undefined)).toEqual(new Map());
  expect(asked).toEqual([]);
});
