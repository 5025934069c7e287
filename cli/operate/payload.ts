import { createHash } from 'node:crypto';
import { DEFAULT_OVERRIDES_BUDGET } from '../../modules/orchestration/trigger/overrides-budget';
import { fitsOverrides, type PayloadReference, payloadKey } from '../../modules/orchestration/trigger/payload';
import { CommandFailure } from '../command/reported-error';
import { objectOfUri } from '../model/object-uri';
import { AwsFault } from './aws/fault';
import type { DeployedJob, Deployment } from './deployment';

/** S3's names for an object that does not exist. */
const MISSING = ['NoSuchKey', 'NotFound'];

/** A reference that can also say that a run repeats only those items of another run which failed: the items function plans no others. */
export interface EventReference {
  readonly stpPayload: PayloadReference['stpPayload'] & { readonly failedItemsOf?: string };
}

/** The large events of one job: its folder in the stack's payload bucket. */
export class Payloads {
  private constructor(
    private readonly deployment: Deployment,
    private readonly folder: string,
    private readonly bucket: string | undefined,
    private readonly budget: number,
  ) {}

  /** @throws CommandFailure if the job is not deployed */
  static async of(deployment: Deployment, job: DeployedJob): Promise<Payloads> {
    type Lambda = typeof import('@aws-sdk/client-lambda');
    const { GetFunctionConfigurationCommand } = require('@aws-sdk/client-lambda') as Lambda;
    const request = deployment.clients.lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: job.triggerFunctionName }),
    );
    const { Environment } = await deployment.ofDeployed(`Job ${job.name}`, ['ResourceNotFoundException'], request);
    const { JOB_NAME, PAYLOAD_BUCKET, OVERRIDES_BUDGET } = Environment?.Variables ?? {};
    const budget = Number(OVERRIDES_BUDGET || DEFAULT_OVERRIDES_BUDGET);
    return new Payloads(deployment, JOB_NAME || job.name, PAYLOAD_BUCKET || undefined, budget);
  }

  /**
   * The reference that an execution's input is. Undefined if the input is the event itself, also if it has the form of a reference but
   * refers to something outside of the job's folder: whoever sends events can write such an input.
   */
  referenceIn(input: string): EventReference | undefined {
    const reference = payloadReference(input);
    if (reference === undefined) return undefined;
    const { bucket, key } = placeOf(reference);
    return bucket === this.bucket && key.startsWith(`${this.folder}/`) ? reference : undefined;
  }

  /**
   * The event that a reference refers to.
   *
   * @throws CommandFailure if it has expired, or is not the event that was stored
   */
  async read(reference: PayloadReference): Promise<string> {
    type S3 = typeof import('@aws-sdk/client-s3');
    const { GetObjectCommand } = require('@aws-sdk/client-s3') as S3;
    const { bucket: Bucket, key: Key } = placeOf(reference);
    const { s3Uri, sha256 } = reference.stpPayload;
    let bytes: Uint8Array;
    try {
      const { Body } = await this.deployment.clients.s3.send(new GetObjectCommand({ Bucket, Key }));
      bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
    } catch (error) {
      if (!(error instanceof AwsFault) || !MISSING.includes(error.code)) throw error;
      throw new CommandFailure(
        `The event is no longer stored (${s3Uri}): the payload bucket keeps events for 30 to 366 days.`,
      );
    }
    const found = createHash('sha256').update(bytes).digest('hex');
    if (found !== sha256) {
      throw new CommandFailure(`${s3Uri} is not the event that was stored: its SHA-256 is ${found}, not ${sha256}.`);
    }
    return Buffer.from(bytes).toString('utf8');
  }

  /** The first bytes of the event that a reference refers to. Undefined if it is no longer stored. */
  async head(reference: PayloadReference, bytes: number): Promise<string | undefined> {
    type S3 = typeof import('@aws-sdk/client-s3');
    const { GetObjectCommand } = require('@aws-sdk/client-s3') as S3;
    const { bucket: Bucket, key: Key } = placeOf(reference);
    const request = new GetObjectCommand({ Bucket, Key, Range: `bytes=0-${bytes - 1}` });
    try {
      const { Body } = await this.deployment.clients.s3.send(request);
      return await Body?.transformToString();
    } catch (error) {
      if (error instanceof AwsFault && MISSING.includes(error.code)) return undefined;
      throw error;
    }
  }

  /**
   * The input of an execution with a new name for the event of an earlier one. A stored event is stored again, for the new run and for as
   * long as that can read it. The new run has the same items as the earlier one.
   *
   * @param input of the earlier execution
   */
  async inputAgain(input: string, name: string): Promise<string> {
    const reference = this.referenceIn(input);
    if (reference === undefined) return input;
    return this.store(await this.read(reference), name, reference.stpPayload.failedItemsOf);
  }

  /**
   * The same, for a run of only those items of an earlier run that failed. Its event is always stored, because only a reference can say so:
   * the event of a run is whole and unchanged.
   *
   * @param input of the earlier execution
   * @param run name of the earlier execution
   */
  async inputOfFailed(input: string, name: string, run: string): Promise<string> {
    const reference = this.referenceIn(input);
    return this.store(reference === undefined ? input : await this.read(reference), name, run);
  }

  /**
   * The input of an execution for an event, as the trigger function makes it: the event if it fits into the container's overrides,
   * otherwise a reference to it.
   */
  async inputFor(eventJson: string, name: string): Promise<string> {
    return fitsOverrides(eventJson, this.budget) ? eventJson : this.store(eventJson, name);
  }

  private async store(eventJson: string, name: string, failedItemsOf?: string): Promise<string> {
    if (this.bucket === undefined) {
      throw new CommandFailure(
        `The event has ${Buffer.byteLength(eventJson)} bytes, and the job has no payload bucket.`,
      );
    }
    type S3 = typeof import('@aws-sdk/client-s3');
    const { PutObjectCommand } = require('@aws-sdk/client-s3') as S3;
    const sha256 = createHash('sha256').update(eventJson).digest('hex');
    const key = payloadKey(this.folder, name, sha256);
    await this.deployment.clients.s3.send(
      new PutObjectCommand({ Bucket: this.bucket, Key: key, Body: eventJson, ContentType: 'application/json' }),
    );
    const s3Uri = `s3://${this.bucket}/${key}`;
    const bytes = Buffer.byteLength(eventJson);
    const reference: EventReference = {
      stpPayload: { s3Uri, sha256, bytes, ...(failedItemsOf !== undefined && { failedItemsOf }) },
    };
    return JSON.stringify(reference);
  }
}

/** An input in the form of a reference to a stored event. It can be somebody's event: see {@link Payloads.referenceIn}. */
export function payloadReference(input: string): EventReference | undefined {
  // A reference is short, and a large input needs no parsing.
  if (input.length > 4_096 || !input.includes('stpPayload')) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(input);
  } catch {
    return undefined;
  }
  const { s3Uri, sha256, bytes, failedItemsOf } = (value as Partial<EventReference> | null)?.stpPayload ?? {};
  const isReference =
    typeof s3Uri === 'string' &&
    objectOfUri(s3Uri) !== undefined &&
    typeof sha256 === 'string' &&
    /^[0-9a-f]{64}$/.test(sha256) &&
    typeof bytes === 'number';
  if (!isReference) return undefined;
  return { stpPayload: { s3Uri, sha256, bytes, ...(typeof failedItemsOf === 'string' && { failedItemsOf }) } };
}

function placeOf({ stpPayload: { s3Uri } }: PayloadReference): { bucket: string; key: string } {
  const [bucket = '', ...key] = s3Uri.slice('s3://'.length).split('/');
  return { bucket, key: key.join('/') };
}
