/** Bucket and key of an object's URI, `s3://<bucket>/<key>`. Undefined if the text is no such URI. */
export function objectOfUri(uri: string): { readonly bucket: string; readonly key: string } | undefined {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/s.exec(uri) ?? [];
  return bucket === undefined || key === undefined ? undefined : { bucket, key };
}
