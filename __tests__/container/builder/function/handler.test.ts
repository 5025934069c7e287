import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { handler } from '../../../../modules/container/builder/function/handler';
import { signatureProblem, TEST_CREDENTIALS } from '../../../orchestration/trigger/signature';

/** Waits are 50 times shorter than in AWS, in the same order. */
const FASTER = 50;
jest.mock('node:timers/promises', () => ({
  setTimeout: (ms: number) => new Promise((resolve) => setTimeout(resolve, ms / FASTER)),
}));

type Json = { readonly [key: string]: unknown };
type Reply = { readonly status?: number; readonly body: Json };

/** CodeBuild, ECR, CloudWatch Logs and CloudFormation's answer address on a loopback port; no emulator fails builds on request. */
class FakeServices {
  readonly calls: { readonly action: string; readonly input: Json }[] = [];
  readonly answers: Json[] = [];
  answerStatus = 200;
  replies: { [action: string]: (input: Json) => Reply } = {};
  private readonly server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { status = 200, body } = this.serve(incoming, Buffer.concat(chunks));
    response.writeHead(status, { date: new Date().toUTCString() }).end(JSON.stringify(body));
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): Promise<unknown> {
    return new Promise((resolve) => this.server.close(resolve));
  }

  private serve({ method = '', url = '', headers }: IncomingMessage, body: Buffer): Reply {
    const input = JSON.parse(body.toString()) as Json;
    if (method === 'PUT') {
      if (headers['content-type']) return { status: 400, body: { message: 'a content type is not signed' } };
      this.answers.push(input);
      return { status: this.answerStatus, body: {} };
    }
    const problem = signatureProblem(method, url, headers, body);
    if (problem !== undefined) return { status: 403, body: { __type: 'SignatureDoesNotMatch', message: problem } };
    const action = url.endsWith('/invocations') ? 'Invoke' : String(headers['x-amz-target']).replace(/^.*\./, '');
    this.calls.push({ action, input });
    return this.replies[action]?.(input) ?? { status: 400, body: { __type: 'UnknownOperation', message: action } };
  }
}

const PROPERTIES = {
  ServiceToken: 'arn:aws:lambda:eu-west-1:123456789012:function:builder',
  ProjectName: 'reports-images-x86-64',
  RepositoryName: 'reports-jobs',
  Tag: 'abc',
  Image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/reports-jobs:abc',
  ContextUri: 's3://contexts/abc.tar.gz',
  Buildspec: '{"version":0.2}',
};
const BUILD_ID = 'arn:aws:codebuild:eu-west-1:123456789012:build/reports-images-x86-64:1';
const WAITING = { StackId: 'stack-id', RequestId: 'request-id', LogicalResourceId: 'Imageabc' };
const notFound = { status: 400, body: { __type: 'ImageNotFoundException', message: 'not there' } };

let services: FakeServices;
let endpoint: string;
const output = jest.spyOn(process.stdout, 'write').mockImplementation(() => true);

beforeEach(async () => {
  services = new FakeServices();
  endpoint = await services.start();
  services.replies.DescribeImages = () => notFound;
  services.replies.StartBuild = () => ({ body: { build: { id: BUILD_ID } } });
  Object.assign(process.env, TEST_CREDENTIALS, {
    AWS_REGION: 'eu-west-1',
    AWS_PARTITION: 'aws',
    AWS_ENDPOINT_URL: endpoint,
    AWS_LAMBDA_FUNCTION_NAME: 'reports-image-builder',
  });
});

afterEach(() => services.stop());
afterAll(() => output.mockRestore());

function request(RequestType: 'Create' | 'Update' | 'Delete') {
  return { RequestType, ResponseURL: `${endpoint}/answer?signed`, ...WAITING, ResourceProperties: PROPERTIES };
}

const actions = () => services.calls.map(({ action }) => action);
const succeeded = { ...WAITING, PhysicalResourceId: 'Imageabc', Status: 'SUCCESS' };

describe("CloudFormation's request", () => {
  it.each(['Create', 'Update'] as const)('starts a build and leaves the answer to its end: %s', async (type) => {
    await handler(request(type));
    expect(services.answers).toEqual([]);
    expect(services.calls).toEqual([
      { action: 'DescribeImages', input: { repositoryName: 'reports-jobs', imageIds: [{ imageTag: 'abc' }] } },
      {
        action: 'StartBuild',
        input: {
          projectName: 'reports-images-x86-64',
          buildspecOverride: '{"version":0.2}',
          environmentVariablesOverride: [
            ['IMAGE', PROPERTIES.Image],
            ['CONTEXT_URI', PROPERTIES.ContextUri],
            ['STP_RESPONSE_URL', `${endpoint}/answer?signed`],
            ['STP_STACK_ID', 'stack-id'],
            ['STP_REQUEST_ID', 'request-id'],
            ['STP_LOGICAL_RESOURCE_ID', 'Imageabc'],
          ].map(([name, value]) => ({ name, value, type: 'PLAINTEXT' })),
          idempotencyToken: 'request-id',
        },
      },
    ]);
  });

  it('is answered at once if the tag is there: nothing is built', async () => {
    services.replies.DescribeImages = () => ({ body: { imageDetails: [{}] } });
    await handler(request('Update'));
    expect(actions()).toEqual(['DescribeImages']);
    expect(services.answers).toEqual([succeeded]);
  });

  it('is answered at once if the resource goes: images stay', async () => {
    await handler(request('Delete'));
    expect(actions()).toEqual([]);
    expect(services.answers).toEqual([succeeded]);
  });

  it.each(['DescribeImages', 'StartBuild'])('is answered with the reason if %s is refused', async (action) => {
    services.replies[action] = () => ({
      status: 400,
      body: { __type: 'AccessDeniedException', message: 'not allowed' },
    });
    await handler(request('Create'));
    expect(services.answers).toEqual([
      {
        ...succeeded,
        Status: 'FAILED',
        Reason: 'The build could not be started: AccessDeniedException (HTTP 400): not allowed',
      },
    ]);
  });

  it('is repeated while a service is throttled', async () => {
    let calls = 0;
    services.replies.StartBuild = () =>
      ++calls < 3 ? { status: 400, body: { __type: 'ThrottlingException', message: 'slow' } } : { body: {} };
    await handler(request('Create'));
    expect(actions()).toEqual(['DescribeImages', 'StartBuild', 'StartBuild', 'StartBuild']);
    expect(services.answers).toEqual([]);
  });

  describe('when the account runs as many builds as it may', () => {
    const refusal = (most: number): Reply => ({
      status: 400,
      body: {
        __type: 'AccountLimitExceededException',
        message: `Cannot have more than ${most} builds in queue for the account`,
      },
    });
    const lasting = (ms: number) => ({ getRemainingTimeInMillis: () => ms });

    it('waits for a machine, and starts the build then', async () => {
      let calls = 0;
      services.replies.StartBuild = () => (++calls < 3 ? refusal(1) : { body: {} });
      await handler(request('Create'), lasting(900_000));
      expect(actions().filter((action) => action === 'StartBuild')).toHaveLength(3);
      expect(services.answers).toEqual([]);
    });

    it('answers if the image came from elsewhere meanwhile', async () => {
      services.replies.StartBuild = () => {
        services.replies.DescribeImages = () => ({ body: { imageDetails: [{}] } });
        return refusal(1);
      };
      await handler(request('Create'), lasting(900_000));
      expect(services.answers).toEqual([succeeded]);
    });

    it('goes on in another invocation when this one ends, and remembers since when it waits', async () => {
      services.replies.StartBuild = () => refusal(1);
      services.replies.Invoke = () => ({ status: 202, body: {} });
      const before = Date.now();
      await handler(request('Create'), lasting(60_000));
      const { action, input } = services.calls.at(-1) ?? {};
      expect(action).toBe('Invoke');
      expect(input).toEqual({ ...request('Create'), waitingSince: expect.any(Number) });
      expect(input?.waitingSince).toBeGreaterThanOrEqual(before);
      await handler({ ...request('Create'), ...input }, lasting(60_000));
      expect(services.calls.at(-1)?.input).toEqual(input);
      expect(services.answers).toEqual([]);
    });

    it('stops within the hour that CloudFormation waits, and reports what was kept and what to do', async () => {
      services.replies.StartBuild = () => refusal(1);
      await handler({ ...request('Create'), waitingSince: Date.now() - 51 * 60_000 }, lasting(900_000));
      expect(services.answers).toEqual([
        {
          ...succeeded,
          Status: 'FAILED',
          Reason: expect.stringMatching(
            /^The build could not be started: No machine was free for 51 minutes: AccountLimitExceededException .*: Cannot have more than 1 builds in queue for the account\. What was built meanwhile stays: deploy again to go on, or ask AWS to raise the AWS CodeBuild quota "Concurrently running builds for Linux\/Medium environment"/,
          ),
        },
      ]);
    });

    it('does not wait in an account that may run none', async () => {
      services.replies.StartBuild = () => refusal(0);
      await handler(request('Create'), lasting(900_000));
      expect(services.answers).toEqual([
        expect.objectContaining({
          Status: 'FAILED',
          Reason: expect.stringMatching(
            /more than 0 builds in queue for the account\. Ask AWS to raise the AWS CodeBuild quota/,
          ),
        }),
      ]);
    });

    it('builds many images one after the other', async () => {
      // CodeBuild as in a new account: one build, and nothing waits in its queue.
      let running = 0;
      let most = 0;
      services.replies.StartBuild = () => {
        if (running === 1) return refusal(1);
        running += 1;
        most = Math.max(most, running);
        setTimeout(() => {
          running -= 1;
        }, 100 / FASTER);
        return { body: {} };
      };
      const requests = ['a', 'b', 'c'].map((id) => ({ ...request('Create'), RequestId: id }));
      await Promise.all(requests.map((one) => handler(one, lasting(900_000))));
      const started = new Set(
        services.calls.filter(({ action }) => action === 'StartBuild').map(({ input }) => input.idempotencyToken),
      );
      expect([started.size, most, services.answers]).toEqual([3, 1, []]);
    });
  });

  it('fails, so that Lambda retries, if the response cannot be delivered', async () => {
    services.answerStatus = 500;
    await expect(handler(request('Delete'))).rejects.toThrow("CloudFormation's address answered 500");
  });
});

describe("CodeBuild's notice", () => {
  const notice = { detail: { 'build-id': BUILD_ID } };

  function build(buildStatus: string, more: Json = {}) {
    const variables = { STP_RESPONSE_URL: `${endpoint}/answer?signed`, STP_STACK_ID: 'stack-id' };
    const rest = { STP_REQUEST_ID: 'request-id', STP_LOGICAL_RESOURCE_ID: 'Imageabc' };
    const environmentVariables = Object.entries({ ...variables, ...rest }).map(([name, value]) => ({ name, value }));
    services.replies.BatchGetBuilds = ({ ids }) => {
      expect(ids).toEqual([BUILD_ID]);
      const logs = { groupName: '/batch-jobs/reports/image-builds', streamName: 'stream' };
      return { body: { builds: [{ buildStatus, environment: { environmentVariables }, logs, ...more }] } };
    };
  }

  it('answers that the image is there', async () => {
    build('SUCCEEDED');
    await handler(notice);
    expect(services.answers).toEqual([succeeded]);
  });

  it.each(['FAILED', 'FAULT', 'STOPPED', 'TIMED_OUT'])('answers with the last lines of the log: %s', async (status) => {
    build(status);
    services.replies.GetLogEvents = () => ({
      body: {
        events: [{ message: 'Step 3/3 : RUN false\n' }, { message: 'The command returned a non-zero code: 1\n' }],
      },
    });
    await handler(notice);
    expect(services.calls.at(-1)?.input).toEqual({
      logGroupName: '/batch-jobs/reports/image-builds',
      logStreamName: 'stream',
      limit: 25,
      startFromHead: false,
    });
    expect(services.answers).toEqual([
      {
        ...succeeded,
        Status: 'FAILED',
        Reason:
          `The image's build reports-images-x86-64:1 ended with ${status}. Its last lines, of log group ` +
          '/batch-jobs/reports/image-builds:\nStep 3/3 : RUN false\nThe command returned a non-zero code: 1',
      },
    ]);
  });

  it('cuts the beginning of a long log, since an answer may have 4,096 bytes', async () => {
    build('FAILED');
    services.replies.GetLogEvents = () => ({
      body: { events: [{ message: 'é'.repeat(5000) }, { message: 'the end' }] },
    });
    await handler(notice);
    const [answer] = services.answers;
    expect(Buffer.byteLength(JSON.stringify(answer))).toBeLessThan(4096);
    expect(answer?.Reason).toMatch(/^\.\.\.\?+\nthe end$/);
  });

  it('reports a failure whose log cannot be read', async () => {
    build('FAILED');
    services.replies.GetLogEvents = () => ({
      status: 400,
      body: { __type: 'ResourceNotFoundException', message: 'gone' },
    });
    await handler(notice);
    expect(services.answers[0]?.Reason).toContain('could not be read: ResourceNotFoundException (HTTP 400): gone');
  });

  it('reports a failure before there was a log', async () => {
    build('FAULT', { logs: {} });
    await handler(notice);
    expect(services.answers[0]?.Reason).toMatch(/ended with FAULT, before it wrote a log\.$/);
  });

  it('that is delivered twice gets two responses, and the second one may be too late', async () => {
    build('SUCCEEDED');
    await handler(notice);
    services.answerStatus = 403;
    await handler(notice);
    expect(services.answers).toEqual([succeeded, succeeded]);
  });

  it.each([
    ['that somebody started by hand', { environment: { environmentVariables: [] } }],
    ['without any environment', { environment: {} }],
    ['that runs still', { buildStatus: 'IN_PROGRESS' }],
  ])('of a build %s is left alone', async (_, more) => {
    build('SUCCEEDED', more);
    await handler(notice);
    expect(services.answers).toEqual([]);
  });

  it('of a build that is no more is left alone', async () => {
    services.replies.BatchGetBuilds = () => ({ body: { builds: [], buildsNotFound: [BUILD_ID] } });
    await handler(notice);
    expect(services.answers).toEqual([]);
  });

  it('fails, so that Lambda tries again, if the build cannot be looked up', async () => {
    services.replies.BatchGetBuilds = () => ({ status: 400, body: { __type: 'AccessDeniedException', message: 'no' } });
    await expect(handler(notice)).rejects.toThrow('AccessDeniedException');
  });
});

it('says which variable is missing', async () => {
  process.env.AWS_PARTITION = '';
  await handler(request('Create'));
  expect(services.answers[0]?.Reason).toContain('The environment variable AWS_PARTITION is not set.');
});
