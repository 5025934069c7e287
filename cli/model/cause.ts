/** Why an execution failed, as the document that Step Functions puts into its cause: for a failed job its whole detail in AWS Batch. */
export type CauseDocument = { readonly [key: string]: unknown };

/** The document in the cause of an execution. Undefined for a text, such as the message of an error. */
export function causeDocument(cause: string | undefined): CauseDocument | undefined {
  if (cause === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(cause);
    return typeof value === 'object' && value !== null ? (value as CauseDocument) : undefined;
  } catch {
    return undefined;
  }
}

/** The document with the keys of the service's API. Step Functions writes those of AWS Batch with a capital letter. */
export function withApiKeys(document: CauseDocument): CauseDocument {
  return lowered(document) as CauseDocument;
}

function lowered(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(lowered);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      STATUS.test(key) ? key : key.charAt(0).toLowerCase() + key.slice(1),
      lowered(item),
    ]),
  );
}

/** A status of the children of an array, which is a key in the API, too. */
const STATUS = /^[A-Z]{2,}$/;
