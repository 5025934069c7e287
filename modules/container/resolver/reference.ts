import { asObject, asText } from '../../orchestration/trigger/json';

/** Where an event lies that was too large for the container's environment. */
export interface EventReference {
  readonly bucket: string;
  readonly key: string;
  /** Of the object's bytes, in lower-case hexadecimal. */
  readonly sha256: string;
}

/** The reference that an event's text is, or undefined if it is the event itself. */
export function eventReference(text: string | undefined): EventReference | undefined {
  // Most events are none, and need not be parsed to know.
  if (text === undefined || !text.includes('stpPayload')) return undefined;
  const event = asObject(parsed(text));
  const payload = asObject(event?.stpPayload);
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(asText(payload?.s3Uri) ?? '') ?? [];
  const sha256 = asText(payload?.sha256);
  if (event === undefined || Object.keys(event).length !== 1) return undefined;
  return bucket && key && sha256 ? { bucket, key, sha256 } : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
