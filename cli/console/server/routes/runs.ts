import type { Run, RunRow } from '../../model/run';
import type { ConsoleContext } from '../context';
import { RequestError, type Route } from '../route';
import { asked, awsOf } from './aws';

/** Runs on this machine and in AWS. */
export const runRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/runs',
    answer: ({ query }, context) =>
      query.place() === 'aws' ? asked(awsOf(context).runs()) : { runs: localRuns(context), isComplete: true },
  },
  {
    method: 'GET',
    path: '/api/run',
    answer: ({ query }, context) => {
      const id = query.required('id');
      return query.place() === 'aws' ? asked(awsOf(context).run(id)) : localRun(context, id);
    },
  },
];

function localRuns(_context: ConsoleContext): readonly RunRow[] {
  return [];
}

function localRun(_context: ConsoleContext, id: string): Run {
  throw new RequestError(404, `There is no run "${id}" on this machine.`);
}
