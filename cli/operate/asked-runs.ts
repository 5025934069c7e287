/** Finds runs in progress for a plan, if `--aws` asks for them. The AWS SDK is loaded only then. */
export function askedRuns({ aws }: { readonly aws: boolean }) {
  return aws ? (require('./lost-runs') as typeof import('./lost-runs')).runsIn : undefined;
}
