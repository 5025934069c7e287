import { counted } from '../../../../modules/problems/phrases';
import type { ConfigProblem, StackState } from '../../../model/stack';
import { Icon } from '../parts/icon';
import { Note } from '../parts/states';
import './problems.css';

/** What is wrong with the config, as the terminal says it: a card for each problem. */
export function ConfigProblems({ state }: { readonly state: StackState }) {
  const { problems, report, picture } = state;
  if (problems.length === 0 && report === undefined) return null;
  return (
    <section class="problems" aria-label="Problems of the config">
      <Note kind="bad">
        <b>
          {problems.length === 0
            ? 'The config could not be synthesized.'
            : `The config has ${counted(problems.length, 'problem')}.`}
        </b>{' '}
        {picture === undefined
          ? 'Fix the config and save it. The picture then appears here.'
          : 'The picture shows the last valid config.'}
      </Note>
      <ul class="stack-y">
        {problems.map((problem) => (
          <li key={`${problem.path} ${problem.message}`}>
            <ProblemCard problem={problem} />
          </li>
        ))}
      </ul>
      {problems.length === 0 && <pre class="card">{report}</pre>}
    </section>
  );
}

function ProblemCard({ problem }: { readonly problem: ConfigProblem }) {
  const { message, instruction, path, code } = problem;
  return (
    <div class="card problem">
      <span class="tone-bad">
        <Icon name="cross" />
      </span>
      <div>
        <p>
          <b>{message}</b>
        </p>
        {instruction !== undefined && <p class="tone-ok">{instruction}</p>}
        <p class="small dim">
          <span class="mono">{place(problem)}</span>
          {path !== '' && <span class="mono">{path}</span>}
          <span>{code}</span>
        </p>
      </div>
    </div>
  );
}

/** `batch-jobs.config.ts:14:13`, as terminals and editors understand it. */
function place({ file, line, column }: ConfigProblem): string {
  return [file, line, column].filter((part) => part !== undefined).join(':');
}
