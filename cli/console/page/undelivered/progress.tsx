import { Button } from '../parts/button';
import { Card } from '../parts/card';
import { runHref } from '../routing/route';
import type { Treatment, TreatmentProgress } from './use-treatment';

const WORDS = {
  started: 'started',
  invoked: 'handled by its function',
  duplicate: 'had started before',
  ignored: 'starts no run',
  deleted: 'deleted',
  failed: 'failed',
  skipped: 'left',
  gone: 'not in the queue any more',
} as const;

/** How far events are sent again or deleted, and what became of each. */
export function Progress(props: { readonly treatment: Treatment; readonly progress: TreatmentProgress }) {
  const { treatment, progress } = props;
  const { action, count, results, end } = progress;
  const title = action === 'redrive' ? 'Sending events again' : 'Deleting events';
  return (
    <Card
      class="und-progress"
      title={end === undefined ? title : end.summary}
      detail={end === undefined && `${results.length} of ${count}`}
      aside={
        end === undefined ? (
          <Button small onClick={treatment.stop}>
            Stop
          </Button>
        ) : (
          <Button small onClick={treatment.dismiss}>
            Close
          </Button>
        )
      }
    >
      <div class="card-body">
        {end === undefined && <progress max={count} value={results.length} aria-label={title} />}
        {end?.problems.map((text) => (
          <p key={text} class="tone-bad">
            {text}
          </p>
        ))}
        <ul class="und-results">
          {results.map(({ id, outcome, run, reason }) => (
            <li key={id}>
              <span class="mono">{id.slice(0, 8)}</span> {WORDS[outcome]}
              {run !== undefined && (
                <>
                  {' '}
                  <a href={runHref('aws', run)} class="mono">
                    {run}
                  </a>
                </>
              )}
              {reason !== undefined && <span class="tone-bad">: {reason}</span>}
            </li>
          ))}
        </ul>
      </div>
    </Card>
  );
}
