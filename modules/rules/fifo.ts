/** Maximum batch size of a FIFO queue: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
export const FIFO_BATCH = 10;

/** What a trigger of a FIFO queue accepts. */
export const FIFO_BATCHES = `a batchSize of up to ${FIFO_BATCH} and no maxBatchWindowSeconds for a FIFO queue`;

/** Why a FIFO topic can't tell people something. */
export const PEOPLE_READ = 'mail and text messages, which people read, come from standard topics only';

/** The fix for a FIFO topic that would tell people something. */
export const FOR_PEOPLE = `use a standard topic: ${PEOPLE_READ}`;

/** Whether an ARN or name is that of a FIFO queue or topic. */
export function isFifoName(name: string): boolean {
  return name.endsWith('.fifo');
}
