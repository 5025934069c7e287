import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { parse } from '../../../modules/config/parse';
import { startBundle } from '../../../modules/container/resolver/start-bundle';
import { type BatchJobsConfig, batchJobsConfig } from '../../../modules/stack-config/config';
import { SOURCES } from '../../../triggers/registry';
import type { SampleContext } from '../../../triggers/sample-context';
import { sampleEvent } from '../../../triggers/sample-events';
import { unavailable } from '../engines/moto';
import { type OperatedStack, operatedStack } from '../engines/operated-stack';
import { type Podman, podmanAvailable, startPodman } from '../engines/podman';
import { describeWith, terraformAvailable } from '../engines/terraform';
import { tenTriggers } from '../ten-triggers';

const IMAGE = 'localhost/operated-life:1';

const { job: triggered } = tenTriggers.resources;
if (triggered?.type !== 'batch-job') throw new Error('the job of all triggers is no job');

const config: BatchJobsConfig = {
  ...tenTriggers,
  stackName: 'life',
  resources: {
    ...tenTriggers.resources,
    job: {
      type: 'batch-job',
      properties: {
        ...triggered.properties,
        container: {
          packaging: {
            type: 'prebuilt-image',
            properties: { image: IMAGE, command: ['node', '/opt/stp/start.cjs', '/app/job.cjs'] },
          },
        },
        retryConfig: { attempts: 2, retryIntervalSeconds: 1 },
      },
    },
  },
};

const digest = (event: unknown) => createHash('sha256').update(JSON.stringify(event)).digest('hex');
const reason = unavailable();
const moto = reason === undefined ? { available: true as const } : { available: false as const, reason };

/**
 * From an event to a person's terminal: the synthesized trigger function, state machine and job definition, containers of Podman, and the
 * commands that a person runs. Only AWS is emulated.
 */
describeWith(
  [terraformAvailable(), moto, podmanAvailable()],
  'the whole life of a job, as its commands tell it',
  () => {
    let podman: Podman;
    let stack: OperatedStack;
    let lambda: LambdaClient;

    beforeAll(async () => {
      podman = await startPodman();
      await podman.nodeImage(IMAGE, {
        '/opt/stp/start.cjs': startBundle(),
        '/app/job.cjs': readFileSync(resolve(__dirname, '../fixtures/whole-life.cjs'), 'utf8'),
      });
      stack = await operatedStack(config, { podman });
      const credentials = { accessKeyId: 'emulated', secretAccessKey: 'emulated' };
      lambda = new LambdaClient({ endpoint: stack.front.endpoint, region: 'eu-west-1', credentials });
    });

    afterAll(async () => {
      lambda?.destroy();
      await stack?.stop();
      await podman?.stop();
    });

    /** Delivers an event as its source does, and returns the name of the run that it starts. */
    async function deliver(event: unknown): Promise<string> {
      const input = { FunctionName: 'life-job-trigger', Payload: JSON.stringify(event) };
      const { Payload, FunctionError } = await lambda.send(new InvokeCommand(input));
      expect(FunctionError).toBeUndefined();
      const answer = JSON.parse(Buffer.from(Payload ?? []).toString());
      // An HTTP caller gets a response, all others the answer itself.
      const { executionArn } = answer.body === undefined ? answer : JSON.parse(answer.body);
      return String(executionArn).split(':').at(-1) ?? '';
    }

    /** An event in a file for `--event`. */
    function eventFile(event: unknown): string {
      const file = join(stack.folder, `${randomUUID()}.json`);
      writeFileSync(file, JSON.stringify(event));
      return file;
    }

    const context: SampleContext = {
      guesses: [],
      stackName: 'life',
      region: 'eu-west-1',
      account: '123456789012',
      jobName: 'job',
      now: new Date(),
      uuid: randomUUID,
      physicalName: (reference) => ('name' in reference ? reference.name : 'sample'),
      payloadFormat: () => '2.0',
      tableKeys: () => [{ name: 'id', type: 'string' }],
    };
    const { job } = parse(batchJobsConfig, config, 'test').resources;
    const sources = job?.type === 'batch-job' ? job.properties.events : [];

    it('an event of each source becomes a container, whose output logs --follow prints, and exits as the run ends', async () => {
      expect(new Set(sources.map(({ type }) => type)).size).toBe(SOURCES.length);
      // As many commands at a time as containers, and not more than the machine can start.
      for (let index = 0; index < sources.length; index += 3) {
        const lives = sources.slice(index, index + 3).map(async (source) => {
          const event = sampleEvent(source, context);
          const name = await deliver(event);
          const { code, stdout, stderr } = await stack.command(['logs', name, '--follow']);
          expect({ type: source.type, code, stderr }).toEqual({ type: source.type, code: 0, stderr: '' });
          const said = [...stdout.matchAll(/\{"sha256".*\}/g)].map(([line]) => JSON.parse(line));
          const bytes = Buffer.byteLength(JSON.stringify(event));
          expect(said).toMatchObject([{ sha256: digest(event), bytes, attempt: 1, mostAttempts: 2 }]);
        });
        await Promise.all(lives);
      }
    });

    it('a run that fails is followed through its attempts, and the exit code is 1', async () => {
      const event = { attempts: [3, 42], mark: randomUUID() };
      const name = await deliver(event);
      const { code, stdout } = await stack.command(['logs', name, '--follow']);
      expect(code).toBe(1);
      const said = [...stdout.matchAll(/\{"sha256".*\}/g)].map(([line]) => JSON.parse(line));
      expect(said.map(({ attempt }) => attempt)).toEqual([1, 2]);
      expect(stdout).toMatch(/Attempt 1 failed: Exit code 3[\s\S]*Attempt 2 failed: Exit code 42/);
    });

    it('start --follow tells the states, the attempts and the output, and exits as the run ends', async () => {
      const [succeeding, failing] = await Promise.all(
        [{ attempts: [7, 0] }, { attempts: [7, 7] }].map(async (event) => {
          const marked = { ...event, mark: randomUUID() };
          const end = await stack.command(['start', 'job', '--event', eventFile(marked), '--follow', '--yes']);
          return { ...end, digest: digest(marked) };
        }),
      );
      expect(succeeding?.code).toBe(0);
      expect(failing?.code).toBe(1);
      for (const { stdout, digest: sha256 } of [succeeding, failing].flatMap((end) => end ?? [])) {
        const said = [...stdout.matchAll(/\{"sha256".*\}/g)].map(([line]) => JSON.parse(line));
        expect(said).toMatchObject([
          { sha256, attempt: 1 },
          { sha256, attempt: 2 },
        ]);
      }
    });

    it('an event of 2 MB is started by hand, its container gets it whole, and a rerun gets it again', async () => {
      const event = { text: 'ž'.repeat(1_000_000) };
      const started = await stack.command(['start', 'job', '--event', eventFile(event), '--follow', '--yes']);
      expect(started.code).toBe(0);
      expect(started.stdout).toContain(digest(event));
      const again = await stack.command(['rerun', 'job@latest', '--follow', '--yes']);
      expect({ code: again.code, stderr: again.stderr }).toEqual({ code: 0, stderr: '' });
      expect(again.stdout).toContain(digest(event));
    });

    it('a run that is stopped ends its container, and its followers are told', async () => {
      const event = { attempts: ['heed', 0], mark: randomUUID() };
      const name = await deliver(event);
      const follower = stack.spawn(['logs', name, '--follow']);
      await follower.until(digest(event));
      const stopped = await stack.command(['stop', name, '--reason', 'not needed', '--yes']);
      expect(stopped.code).toBe(0);
      const { code, stdout } = await follower.end;
      expect(code).toBe(1);
      expect(stdout).toContain('{"told":"SIGTERM"}');
    });
  },
);
