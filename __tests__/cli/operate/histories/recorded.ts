import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HistoryEvent } from '@aws-sdk/client-sfn';
import type { Execution } from '../../../../cli/operate/story';

/** An execution that ran, and its history. */
export interface Recorded {
  readonly execution: Execution;
  readonly history: HistoryEvent[];
}

/**
 * An execution of the project's state machine that moto 5.2.1 ran (`__tests__/e2e/engines/moto.ts`), as DescribeExecution and
 * GetExecutionHistory returned it: a line each. The inputs and outputs of states are left out, which nothing reads.
 */
export function recorded(name: string): Recorded {
  const [execution, ...history] = readFileSync(join(__dirname, `${name}.jsonl`), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) =>
      JSON.parse(line, (key, value) =>
        ['timestamp', 'startDate', 'stopDate'].includes(key) ? new Date(value) : value,
      ),
    );
  return { execution, history };
}
