import { deadlineIn } from '../trigger/deadline';
import { eventText } from '../trigger/event-text';
import { errorChain, log } from '../trigger/log';
import { EndedJobs } from './batch';
import { collect } from './collect';
import { type ItemsEnvironment, itemsEnvironment } from './environment';
import { type ArrayEnded, failedName, type ItemsAnswer, type ItemsRequest, placesFor } from './format';
import { valueText } from './json-text';
import { ObjectStore } from './object-store';
import { plan } from './plan';
import { ItemsProblem } from './problem';
import { RunObjects } from './run-objects';

/** The part of Lambda's context that the function uses. */
export interface ItemsContext {
  readonly awsRequestId: string;
  readonly invokedFunctionArn: string;
  getRemainingTimeInMillis(): number;
}

/**
 * Finds the items of a run, and says what comes after its arrays. Invoked by the job's state machine only, which repeats a request whose
 * answer is lost: each has the same answer again.
 *
 * @throws Error for what can pass: a service that is busy, or a manifest that changed while it was read. What stays wrong is an answer.
 */
export async function handler(request: ItemsRequest, context: ItemsContext): Promise<ItemsAnswer | ArrayEnded> {
  const { Operation: operation, Execution: execution } = request;
  const entry = { requestId: context.awsRequestId, operation, execution };
  try {
    const answer = await answerTo(request, context, itemsEnvironment(process.env, context.invokedFunctionArn));
    log('INFO', { ...entry, ...('Next' in answer ? { next: answer.Next } : { failed: answer.Failed }) });
    return answer;
  } catch (error) {
    log('ERROR', { ...entry, error: errorChain(error) });
    if (error instanceof ItemsProblem) return { Next: 'fail', Error: error.name, Cause: error.message };
    throw error;
  }
}

async function answerTo(
  request: ItemsRequest,
  context: ItemsContext,
  environment: ItemsEnvironment,
): Promise<ItemsAnswer | ArrayEnded> {
  const deadline = deadlineIn(context.getRemainingTimeInMillis());
  const store = new ObjectStore(environment, deadline);
  const objects = new RunObjects(store, environment, request.Execution);
  switch (request.Operation) {
    case 'plan': {
      // As the state machine sent it: parsed, numbers would be rounded.
      const input = valueText(eventText(request), ['Input']) ?? '{}';
      const { ForEach: source, Memory, ArraySize: arraySize } = request;
      const answer = await plan({ input, source, arraySize }, store, objects);
      if (!('Arrays' in answer)) return answer;
      return {
        ...answer,
        ...(Memory !== undefined && { Arrays: answer.Arrays.map((array) => ({ ...array, Memory })) }),
        ...(arraySize !== undefined && placesFor(answer.Children, arraySize)),
      };
    }
    case 'ends': {
      const { Attempt, Number: array, Size, JobId } = request;
      const failed = await new EndedJobs(environment, deadline).failedChildren(JobId, Size);
      await objects.writeLines(failedName(Attempt, array), failed);
      return { Number: array, Failed: failed.length };
    }
    case 'collect':
      return collect({ answer: request.Answer, ended: request.Ended, plan: request.Plan }, objects);
  }
}
