import { AwsFault } from '../../../cli/operate/aws/fault';
import { Deployment } from '../../../cli/operate/deployment';
import { parse } from '../../../modules/config/parse';
import { batchJobsConfig } from '../../../modules/stack-config/config';

/** A request, by the name of its command. */
export interface Request {
  readonly name: string;
  readonly input: { readonly [key: string]: unknown };
}

/** AWS's answer to a request. An error is what the request ends with. */
export type AnswerOf = (request: Request) => unknown;

/** Answers by the name of the request: one, a function of its input, or an error. A request without an answer is a fault of the test. */
export function answers(of: { readonly [name: string]: unknown }): AnswerOf & { readonly requests: Request[] } {
  const requests: Request[] = [];
  const answer = (request: Request) => {
    requests.push(request);
    const { name, input } = request;
    if (!(name in of)) throw new Error(`The test has no answer for ${name}.`);
    const found = of[name];
    return typeof found === 'function' ? found(input) : found;
  };
  return Object.assign(answer, { requests });
}

/** What the SDK throws for an error of AWS. */
export function fault(code: string, action = 'made:Up'): AwsFault {
  return new AwsFault(`It failed (${code}).`, code, action);
}

export interface Given {
  /** Properties of the job. @default a prebuilt image and logging */
  readonly properties?: object;
  /** Other resources. @default none */
  readonly resources?: object;
  /** Properties of the stack. @default none */
  readonly stack?: object;
  /** @default eu-west-1 */
  readonly region?: string;
}

/** A deployment of one job, `report`, whose AWS is a function. Its answers are made, in the shapes of the services' models. */
export function deploymentOf(
  answer: AnswerOf,
  { properties, resources, stack, region = 'eu-west-1' }: Given = {},
): Deployment {
  const client = {
    send: async (command: { readonly input: Request['input'] }) => {
      const result = answer({ name: command.constructor.name.replace(/Command$/, ''), input: command.input });
      if (result instanceof Error) throw result;
      return result;
    },
  };
  const all = { report: batchJob({ logging: { retentionDays: 30 }, ...properties }), ...resources };
  const config = parse(batchJobsConfig, { stackName: 'shop', region, resources: all, ...stack } as never, 'test');
  // Every service of AWS is this one.
  const clients = new Proxy({ close: () => undefined } as object, {
    get: (own, name) => Reflect.get(own, name) ?? client,
  }) as never;
  return new Deployment('/project/batch-jobs.config.ts', config, region, '123456789012', clients);
}

/** A resource with the properties of a job that may be left out. */
export function batchJob(properties: object = {}) {
  const container = { packaging: { type: 'prebuilt-image', properties: { image: 'busybox' } } };
  return { type: 'batch-job', properties: { container, resources: { cpu: 1, memory: 512 }, ...properties } };
}
