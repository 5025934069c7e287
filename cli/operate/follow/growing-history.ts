import type { HistoryEvent } from '@aws-sdk/client-sfn';
import type { Deployment } from '../deployment';
import { executionHistory } from '../history';

/** Events that are asked for at once while a run is followed: more than happen between two looks. */
const NEWEST = 50;

/** The history of an execution that goes on. Each read asks only for what is new. */
export class GrowingHistory {
  events: HistoryEvent[] = [];

  constructor(
    private readonly deployment: Deployment,
    private readonly executionArn: string,
  ) {}

  async read(): Promise<void> {
    const last = this.events.at(-1)?.id;
    if (last !== undefined) {
      const newer = await this.after(last);
      const isWhole = newer.every(({ id }, index) => id === last + index + 1);
      if (isWhole) {
        this.events.push(...newer);
        return;
      }
    }
    this.events = await executionHistory(this.deployment, this.executionArn);
  }

  private async after(last: number): Promise<HistoryEvent[]> {
    const { GetExecutionHistoryCommand } = require('@aws-sdk/client-sfn') as typeof import('@aws-sdk/client-sfn');
    const newer = new Map<number, HistoryEvent>();
    let nextToken: string | undefined;
    let isReached = false;
    do {
      const { executionArn } = this;
      const page = await this.deployment.clients.sfn.send(
        new GetExecutionHistoryCommand({
          executionArn,
          includeExecutionData: true,
          reverseOrder: true,
          maxResults: NEWEST,
          nextToken,
        }),
      );
      for (const event of page.events ?? []) {
        if (event.id === undefined || event.id <= last) isReached = true;
        else newer.set(event.id, event);
      }
      nextToken = page.nextToken;
    } while (!isReached && nextToken !== undefined);
    return [...newer.values()].sort((one, other) => Number(one.id) - Number(other.id));
  }
}
