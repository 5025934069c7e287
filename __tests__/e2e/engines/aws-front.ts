import { type IncomingMessage, request as requestTo, type ServerResponse } from 'node:http';
import { type AwsAnswer, accessDenied, failure, throttled } from './aws-answer';
import { type AwsRequest, awsRequest, type RawRequest } from './aws-request';
import { LoopbackServer } from './loopback-server';
import { allows, type PolicyDocument } from './policy-document';

/** A request that came, and how it was answered. */
export interface Call extends AwsRequest {
  readonly status: number;
}

type Fault = 'throttled' | 'denied' | 'unreachable' | 'held';

/** What an action's requests meet, for so many of them. */
interface Obstacle {
  readonly action: string;
  readonly fault: Fault;
  left: number;
  /** Requests that it lets through first. @default 0 */
  spared?: number;
}

/**
 * AWS as a person's command sees it, on a free port of 127.0.0.1: it answers some requests itself, refuses others as a test tells it, and
 * passes the rest on to an emulator.
 */
export class AwsFront extends LoopbackServer {
  /** What it was asked so far. */
  readonly calls: Call[] = [];
  private obstacles: Obstacle[] = [];
  private readonly held: (() => void)[] = [];
  private policy: PolicyDocument | undefined;

  /**
   * @param emulator where it listens
   * @param own answers requests that the emulator cannot; undefined passes one on
   */
  constructor(
    private readonly emulator: string,
    private account: string,
    private readonly own: (request: AwsRequest, raw: RawRequest) => Promise<AwsAnswer | undefined>,
  ) {
    super();
  }

  /** Throttles the next requests of an action (`states:*` for all of a service). */
  throttle(action: string, times = Number.POSITIVE_INFINITY): void {
    this.obstacles.push({ action, fault: 'throttled', left: times });
  }

  /** Refuses an action, as AWS does without a permission. */
  deny(action: string, times = Number.POSITIVE_INFINITY): void {
    this.obstacles.push({ action, fault: 'denied', left: times });
  }

  /** Ends the connection of the next requests of an action before an answer. */
  disconnect(action: string, times = Number.POSITIVE_INFINITY): void {
    this.obstacles.push({ action, fault: 'unreachable', left: times });
  }

  /** Gives no answer to requests of an action after the next few, until {@link reset}: what asks stays where it is. */
  hold(action: string, after: number): void {
    this.obstacles.push({ action, fault: 'held', left: Number.POSITIVE_INFINITY, spared: after });
  }

  /** Refuses each request that the policy does not allow. */
  enforce(policy: PolicyDocument): void {
    this.policy = policy;
  }

  /** Says that the credentials are another account's, in which nothing is. */
  answerAs(account: string): void {
    this.account = account;
  }

  /** Takes back all that a test has told it, and forgets the calls. */
  reset(): void {
    for (const goOn of this.held.splice(0)) goOn();
    this.obstacles = [];
    this.policy = undefined;
    this.account = ACCOUNT;
    this.calls.length = 0;
  }

  /** The IAM actions that it was asked for, each once, sorted. */
  get actions(): readonly string[] {
    return [...new Set(this.calls.map(({ action }) => action))].sort();
  }

  protected async serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of incoming) chunks.push(chunk);
    } catch {
      // A command that was interrupted.
      return;
    }
    const { method = 'GET', url = '/', headers } = incoming;
    const raw = { method, url, headers, body: Buffer.concat(chunks) };
    const request = awsRequest(raw, this.account);
    try {
      const answer = await this.answer(request, raw);
      this.calls.push({ ...request, status: answer?.status ?? 0 });
      if (answer === undefined) incoming.socket.resetAndDestroy();
      else outgoing.writeHead(answer.status, answer.headers).end(method === 'HEAD' ? undefined : answer.body);
    } catch (error) {
      // The SDK repeats a request that failed so; a test sees the reason in the error at last.
      outgoing.writeHead(500, { 'content-type': 'text/plain' }).end(String(error));
    }
  }

  private async answer(request: AwsRequest, raw: RawRequest): Promise<Answer | undefined> {
    const obstacle = this.obstacles.find(({ action, left }) => left > 0 && isOf(request.action, action));
    if (obstacle?.spared) {
      obstacle.spared--;
    } else if (obstacle?.fault === 'held') {
      await new Promise<void>((goOn) => this.held.push(goOn));
    } else if (obstacle !== undefined) {
      obstacle.left--;
      if (obstacle.fault === 'unreachable') return undefined;
      return obstacle.fault === 'denied' ? accessDenied(request, this.account) : throttled(request);
    }
    // Everybody may ask who they are.
    if (this.policy !== undefined && request.action !== 'sts:GetCallerIdentity' && !allows(this.policy, request)) {
      return accessDenied(request, this.account);
    }
    if (this.account !== ACCOUNT) {
      if (request.action === 'sts:GetCallerIdentity') return this.identity();
      if (request.service === 'lambda') {
        return failure(request, 404, 'ResourceNotFoundException', `Function not found: ${request.resource}`);
      }
    }
    return (await this.own(request, raw)) ?? this.forward(raw);
  }

  private identity(): AwsAnswer {
    const result = `<Arn>arn:aws:iam::${this.account}:user/reader</Arn><UserId>AIDA</UserId><Account>${this.account}</Account>`;
    return {
      status: 200,
      headers: { 'content-type': 'text/xml' },
      body: `<GetCallerIdentityResponse><GetCallerIdentityResult>${result}</GetCallerIdentityResult></GetCallerIdentityResponse>`,
    };
  }

  private forward({ method, url, headers, body }: RawRequest): Promise<Answer> {
    return new Promise((done, failed) => {
      const { 'transfer-encoding': _, ...kept } = headers;
      const onward = requestTo(this.emulator + url, { method, agent: this.agent, headers: kept }, async (response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk);
        const { 'transfer-encoding': __, connection: ___, ...back } = response.headers;
        done({ status: response.statusCode ?? 502, headers: back, body: Buffer.concat(chunks) });
      });
      onward.on('error', failed);
      onward.end(body);
    });
  }
}

/** The account that the emulator's resources are of. */
export const ACCOUNT = '123456789012';

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string | Buffer;
}

function isOf(action: string, pattern: string): boolean {
  return pattern.endsWith('*') ? action.startsWith(pattern.slice(0, -1)) : action === pattern;
}
