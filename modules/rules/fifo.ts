/** Maximum batch size of a FIFO queue: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
export const FIFO_BATCH = 10;

/** What a trigger of a FIFO queue accepts. */
export const FIFO_BATCHES = `a batchSize of up to ${FIFO_BATCH} and no maxBatchWindowSeconds for a FIFO queue`;

/** Whether an ARN or name is that of a FIFO queue or topic. */
export function isFifoName(name: string): boolean {
  return name.endsWith('.fifo');
}
