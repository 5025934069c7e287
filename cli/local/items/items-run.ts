import { randomUUID } from 'node:crypto';
import { objectBody } from '../../../job/object-body';
import {
  INDEX_LINE_BYTES,
  type IndexLine,
  readIndexLine,
  readItemsResult,
} from '../../../modules/orchestration/items/format';
import { MAX_FUNCTION_SECONDS } from '../../../modules/rules/function-timeout';
import { objectOfUri } from '../../model/object-uri';
import type { ItemsSummary } from '../../run-report/progress-event';
import type { Report } from '../../run-report/report';
import type { Emulator } from '../emulator/emulator';
import { credentialsOf } from '../function-credentials';
import { FunctionProcess } from '../function-process';
import type { LocalFunction, LocalJob } from '../local-job';
import type { LocalObjects } from '../local-objects';
import { LoopbackAws } from '../loopback-aws';
import type { TaskCall, TaskOutcome } from '../state-machine/interpreter';
import type { Json } from '../state-machine/json-value';
import { jobsAtOnce } from './at-once';
import { EndedJobs } from './ended-jobs';
import type { LocalItems } from './item-jobs';
import { ItemsProgress } from './progress';

export interface ItemsRunOptions {
  readonly report: Report;
  readonly options: { readonly jobs?: number };
  /** Where large events are, and the items will be. */
  readonly objects: LocalObjects;
  /** Has the items instead. */
  readonly emulator?: Emulator;
  /** Makes the bucket of items in the emulator. @throws UsageError if it may not */
  readonly createBucket: (emulator: Emulator) => Promise<void>;
}

/** Whether a state of a job with `forEach` asks the items function. */
export function isOfItems({ resource }: Pick<TaskCall, 'resource'>): boolean {
  return resource.endsWith(':states:::lambda:invoke');
}

/** The items of one execution: the deployed function that finds them, as a process, and what their containers need. */
export class ItemsRun implements LocalItems {
  private constructor(
    private readonly invoked: FunctionProcess,
    private readonly aws: LoopbackAws,
    readonly ended: EndedJobs,
    readonly progress: ItemsProgress,
    readonly jobs: number,
    private readonly read: (bucket: string, key: string) => Promise<Buffer>,
    private readonly createBucket: () => Promise<void>,
  ) {}

  static async start(
    { container }: Pick<LocalJob, 'container'>,
    { bundle, variables }: LocalFunction,
    { report, options, objects, emulator, createBucket }: ItemsRunOptions,
  ): Promise<ItemsRun> {
    const ended = new EndedJobs();
    // Not the server of the containers: that one takes no writes.
    const aws = new LoopbackAws(objects, (operation, request) => ended.answer(operation, request));
    await aws.listen();
    const environment = {
      ...variables,
      ...credentialsOf(emulator),
      AWS_ENDPOINT_URL: aws.url,
      ...(emulator !== undefined && { AWS_ENDPOINT_URL_S3: emulator.endpoint }),
    };
    const settings = {
      arn: `arn:aws:lambda:${variables.AWS_REGION}:000000000000:function:items`,
      timeoutSeconds: MAX_FUNCTION_SECONDS,
    };
    const invoked = new FunctionProcess(bundle, environment, settings);
    const read = async (bucket: string, key: string) =>
      emulator === undefined
        ? (objects.read(`/${bucket}/${key}`) ?? Buffer.alloc(0))
        : objectBody({ bucket, key }, environment, { total: 60, request: 20 });
    const jobs = options.jobs ?? jobsAtOnce(container.memory);
    const create = async () => {
      if (emulator !== undefined) await createBucket(emulator);
    };
    return new ItemsRun(invoked, aws, ended, new ItemsProgress(report), jobs, read, create);
  }

  /**
   * Asks the function, as `lambda:invoke` does.
   *
   * @throws UsageError if the emulator has no bucket for the items
   */
  async call({ parameters }: Pick<TaskCall, 'parameters'>): Promise<TaskOutcome> {
    const { Payload } = parameters as { readonly Payload: Json };
    const invoke = () => this.invoked.invoke(JSON.stringify(Payload), randomUUID());
    let { output, error, code } = await invoke();
    if (code === 'NoSuchBucket') {
      await this.createBucket();
      ({ output, error, code } = await invoke());
    }
    if (error !== undefined)
      return { error: 'Error', cause: JSON.stringify({ errorType: 'Error', errorMessage: error }) };
    return { output: { StatusCode: 200, Payload: output as Json } };
  }

  index = async (uri: string): Promise<readonly IndexLine[]> => {
    const { bucket, key } = objectOfUri(uri) ?? { bucket: '', key: '' };
    const text = (await this.read(bucket, key)).toString('latin1');
    return Array.from({ length: text.length / INDEX_LINE_BYTES }, (_, line) =>
      readIndexLine(text.slice(line * INDEX_LINE_BYTES, (line + 1) * INDEX_LINE_BYTES)),
    );
  };

  /** @param text output or cause of the execution. Undefined if that is not about items */
  summary(text: string | undefined): ItemsSummary | undefined {
    const result = readItemsResult(text);
    if (result === undefined) return undefined;
    const { items, succeeded, failed } = result;
    return this.progress.summary({ items, succeeded, failed });
  }

  async stop(): Promise<void> {
    await this.invoked.stop();
    await this.aws.close();
  }
}
