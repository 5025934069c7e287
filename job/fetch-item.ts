import type { Variables } from './credentials';
import { LIMITS, type Limits, type ObjectPart, objectBody } from './object-body';
import { RequestError } from './request';

/** One item of a run of a job with `forEach`. */
export interface Item {
  /** Its position in the run's list of items, from 0. It is the same in each attempt. */
  readonly index: number;
  /** The item as JSON. Undefined if the job's event stays, as with `count`. */
  readonly text: string | undefined;
}

/**
 * A line of an index: where the child's item begins and ends in `items.jsonl` beside it, and the item's number. All lines have one length,
 * so a child reads nothing but its own.
 */
const LINE = /^(\d{13}) (\d{13}) (\d{7})\n$/;
const LINE_BYTES = 36;

/**
 * Reads this child's item with the job's credentials.
 *
 * @param index `STP_ITEMS`, such as `s3://bucket/job/run/1-0.index`
 * @throws Error if it cannot be read within a minute, or the index has no line for this child
 */
export async function fetchItem(index: string, variables: Variables, limits = LIMITS): Promise<Item> {
  const child = variables.AWS_BATCH_JOB_ARRAY_INDEX || '0';
  try {
    return await item(index, child, variables, limits);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    throw new Error(`The item of child ${child} could not be read from ${error.message}`, { cause: error });
  }
}

async function item(index: string, child: string, variables: Variables, limits: Limits): Promise<Item> {
  const [, bucket, folder, name] = /^s3:\/\/([^/]+)\/(.+)\/([^/]+)$/.exec(index) ?? [];
  if (bucket === undefined || folder === undefined || name === undefined)
    throw new RequestError(
      `${JSON.stringify(index)}, which STP_ITEMS is: it must be s3://<bucket>/<key>. ${SET}`,
      false,
    );
  if (!/^\d{1,7}$/.test(child))
    throw new RequestError(`${index}: AWS_BATCH_JOB_ARRAY_INDEX must be a number. ${SET}`, false);
  const read = async (file: string, start: number, end: number): Promise<string> => {
    const part: ObjectPart = { bucket, key: `${folder}/${file}`, range: { start, end } };
    try {
      return (await objectBody(part, variables, limits)).toString('utf8');
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      throw new RequestError(`s3://${bucket}/${part.key}: ${error.message}`, false, { cause: error });
    }
  };
  const first = Number(child) * LINE_BYTES;
  const line = await read(name, first, first + LINE_BYTES);
  const [, ...numbers] = LINE.exec(line) ?? [];
  const [start = 0, end = -1, number = 0] = numbers.map(Number);
  if (end < start)
    throw new RequestError(
      `${index}: line ${Number(child) + 1} is ${JSON.stringify(line)}, which names no item`,
      false,
    );
  return { index: number, text: start === end ? undefined : await read('items.jsonl', start, end) };
}

const SET = 'A run of a job with forEach sets it';
