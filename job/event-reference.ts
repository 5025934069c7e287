/** Where an event is stored that was too large for the container's environment. */
export interface EventReference {
  /** `s3://<bucket>/<key>` */
  readonly uri: string;
  readonly bucket: string;
  readonly key: string;
  /** SHA-256 of the object's bytes, in lowercase hexadecimal. */
  readonly sha256: string;
  /** Size of the object. */
  readonly bytes: number | undefined;
}

/** Parses a reference to a stored event. Undefined if the JSON is the event itself. */
export function eventReference(text: string): EventReference | undefined {
  // Most events are not references, and this check avoids parsing them.
  if (!text.includes('stpPayload')) return undefined;
  const event = object(parsed(text));
  const { s3Uri, sha256, bytes } = object(event?.stpPayload) ?? {};
  if (event === undefined || Object.keys(event).length !== 1) return undefined;
  if (typeof s3Uri !== 'string' || typeof sha256 !== 'string') return undefined;
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(s3Uri) ?? [];
  if (!bucket || !key || !sha256) return undefined;
  return { uri: s3Uri, bucket, key, sha256, bytes: typeof bytes === 'number' ? bytes : undefined };
}

function object(value: unknown): { readonly [name: string]: unknown } | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
