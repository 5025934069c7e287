// Looked up once, because a global variable is slow in the innermost loop, especially under a test runner.
const { min } = Math;

/** How AWS limits calls: a bucket of tokens that refills at a constant rate. */
export interface Quota {
  /** Calls that are possible at the same time. */
  readonly bucket: number;
  /** Calls per second. */
  readonly refill: number;
}

export class TokenBucket {
  private tokens: number;

  constructor(private readonly quota: Quota) {
    this.tokens = quota.bucket;
  }

  refill(seconds: number): void {
    this.tokens = min(this.quota.bucket, this.tokens + this.quota.refill * seconds);
  }

  take(): boolean {
    // A sum of tenths is not exact.
    if (this.tokens < 1 - 1e-9) return false;
    this.tokens -= 1;
    return true;
  }
}
