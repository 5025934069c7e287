import type { FailedBuild } from './build-output';

/** How a container ended. `interrupted` uses up no attempt. */
export type Outcome = 'succeeded' | 'failed' | 'interrupted' | 'timed-out' | 'not-started';

/** What happens in a local run. With `--json`, each is one document: its properties are public. */
export type Happening =
  | { readonly type: 'note'; readonly text: string }
  | {
      /** Exists in the emulator. */
      readonly type: 'resource';
      /** Name and type in the config. */
      readonly resource: string;
      readonly kind: string;
      /** Physical name. */
      readonly name: string;
    }
  | {
      readonly type: 'image';
      readonly image: string;
      readonly by: string;
      readonly action: 'build' | 'built' | 'kept' | 'pull' | 'pulled';
      readonly seconds?: number;
    }
  | { readonly type: 'build-step'; readonly place: string; readonly instruction: string }
  | ({ readonly type: 'build-failed'; readonly image: string } & FailedBuild)
  | { readonly type: 'images-removed'; readonly count: number }
  | { readonly type: 'engine'; readonly by: string; readonly text: string }
  | {
      readonly type: 'engine-fault';
      readonly engine: string;
      readonly kind: string;
      readonly problem: string;
      readonly fix: string;
    }
  | { readonly type: 'event'; readonly source: string; readonly bytes: number }
  | { readonly type: 'started'; readonly executionName: string; readonly claimCheck: boolean }
  | { readonly type: 'duplicate'; readonly executionName: string }
  | { readonly type: 'state'; readonly state: string; readonly kind: string }
  | {
      readonly type: 'wait';
      readonly state: string;
      readonly of: 'Wait' | 'Retry';
      readonly seconds: number;
      readonly waited: number;
    }
  | { readonly type: 'refused'; readonly error: string }
  | {
      readonly type: 'container';
      readonly attempt: string;
      readonly maximumAttempts?: string;
      /** Number of the start within the attempt, from 1. */
      readonly run: number;
      /** Whether the attempt has left Spot capacity. */
      readonly onDemand: boolean;
      readonly by: string;
    }
  | { readonly type: 'output'; readonly stream: 'stdout' | 'stderr'; readonly text: string }
  | {
      readonly type: 'signal';
      readonly signal: 'SIGTERM' | 'SIGKILL';
      readonly reason: string;
      /** Seconds between SIGTERM and SIGKILL. */
      readonly grace: number;
    }
  | { readonly type: 'made-to-fail'; readonly attempt: string }
  | {
      readonly type: 'exit';
      readonly attempt: string;
      readonly outcome: Outcome;
      readonly exitCode: number | null;
      readonly reason: string;
      readonly seconds: number;
      /** Seconds since SIGTERM, if it was sent. */
      readonly sinceSignal?: number;
      readonly hint?: string;
    }
  | { readonly type: 'restart'; readonly run: number }
  | { readonly type: 'unused'; readonly option: string }
  | ({ readonly type: 'result' } & Result);

/** How a run ended. */
export interface Result {
  readonly executionName: string;
  readonly status: 'SUCCEEDED' | 'FAILED';
  /** Attempts that ran. Restarts by AWS Batch are not counted. */
  readonly attempts: number;
  readonly seconds: number;
  readonly error?: string;
  readonly cause?: string;
}
