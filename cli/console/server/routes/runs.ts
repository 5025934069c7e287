import type { Run, RunRow } from '../../../model/run';
import type { ConsoleContext } from '../context';
import { RequestError, type Route } from '../route';

/** Runs on this machine and in AWS. */
export const runRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/runs',
    answer: ({ query }, context) => (query.place() === 'aws' ? runsInAws(context) : localRuns(context)),
  },
  {
    method: 'GET',
    path: '/api/run',
    answer: ({ query }, context) => {
      const id = query.required('id');
      return query.place() === 'aws' ? runInAws(context, id) : localRun(context, id);
    },
  },
];

async function localRuns({ local }: ConsoleContext): Promise<{ runs: readonly RunRow[]; isComplete: boolean }> {
  const store = await local.opened();
  return { runs: (await store?.list()) ?? [], isComplete: true };
}

async function localRun({ local }: ConsoleContext, id: string): Promise<Run> {
  const store = await local.opened();
  const run = await store?.run(id);
  if (run !== undefined) return run;
  throw new RequestError(404, `There is no run "${id}" on this machine. The newest 200 runs are kept.`);
}

function runsInAws(context: ConsoleContext) {
  const { asked, awsOf } = aws();
  return asked(awsOf(context).runs());
}

function runInAws(context: ConsoleContext, id: string): Promise<Run> {
  const { asked, awsOf } = aws();
  return asked(awsOf(context).run(id));
}

/** Loaded only when needed: it loads what synthesis needs. */
function aws() {
  return require('./aws') as typeof import('./aws');
}
