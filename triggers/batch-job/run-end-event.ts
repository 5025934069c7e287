import type { EventBridgeEvent } from 'aws-lambda';
import { EXECUTION_STATUS_CHANGE, type RUN_ENDS, type RunEnd } from '../../modules/rules/execution-events';

/** A run that has ended. Times are milliseconds since 1970. */
export interface EndedRun {
  readonly stateMachineArn: string;
  /** Name of the execution. */
  readonly name: string;
  readonly status: (typeof RUN_ENDS)[RunEnd][number];
  readonly startedAt: number;
  readonly endedAt: number;
  /** JSON that the execution was started with. */
  readonly input: string;
  /** JSON of an execution that succeeded. */
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
}

interface Envelope {
  readonly id: string;
  readonly region: string;
  readonly account: string;
}

/** What Step Functions says of the end of an execution. */
export interface RunEndDetail {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly status: string;
  readonly startDate: number;
  readonly stopDate: number;
  readonly input: string | null;
  readonly inputDetails: { readonly included: boolean };
  readonly output: string | null;
  readonly outputDetails: { readonly included: boolean } | null;
  readonly error: string | null;
  readonly cause: string | null;
}

/**
 * Characters of escaped JSON above which Step Functions leaves out the input, or the output.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 */
const MOST_DATA = 248 * 1024;

/** The event that Step Functions sends when a run ends. */
export function runEndEvent(ended: EndedRun, envelope: Envelope): EventBridgeEvent<string, RunEndDetail> {
  const { stateMachineArn, name, status, startedAt, endedAt, input, output, error, cause } = ended;
  const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
  const hasInput = escaped(input) + escaped(output) <= MOST_DATA;
  const hasOutput = output !== undefined && escaped(output) <= MOST_DATA;
  const { id, region, account } = envelope;
  const [source] = EXECUTION_STATUS_CHANGE.source;
  const [detailType] = EXECUTION_STATUS_CHANGE['detail-type'];
  return {
    version: '0',
    id,
    'detail-type': detailType,
    source,
    account,
    time: new Date(endedAt).toISOString().replace(/\.\d+Z$/, 'Z'),
    region,
    resources: [executionArn],
    detail: {
      executionArn,
      stateMachineArn,
      name,
      status,
      startDate: startedAt,
      stopDate: endedAt,
      input: hasInput ? input : null,
      inputDetails: { included: hasInput },
      output: hasOutput ? output : null,
      outputDetails: output === undefined ? null : { included: hasOutput },
      error: error ?? null,
      cause: cause ?? null,
      ...NOT_REDRIVEN,
    },
  };
}

/** What the events also have. No state machine here has versions or is redriven. */
const NOT_REDRIVEN = {
  stateMachineVersionArn: null,
  stateMachineAliasArn: null,
  redriveCount: 0,
  redriveDate: null,
  redriveStatus: 'NOT_REDRIVABLE',
  redriveStatusReason: null,
};

function escaped(text: string | undefined): number {
  return text === undefined ? 0 : JSON.stringify(text).length;
}
