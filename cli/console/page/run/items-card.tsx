import { useState } from 'preact/hooks';
import { counted, formatCount } from '../../../../modules/problems/phrases';
import type { ItemCounts, Run } from '../../../model/run';
import { itemId } from '../../../model/run-id';
import { countsText } from '../../../model/words/items';
import { runFailedAgainInAws } from '../aws/runs-in-aws';
import { Button } from '../parts/button';
import { Card } from '../parts/card';
import { Problem } from '../parts/states';
import { runHref } from '../routing/route';
import { useConsole } from '../shell/console-state';
import './items.css';

/** The parts of the bar, in their order. */
const STATES = ['failed', 'running', 'waiting', 'succeeded'] as const;

/** Items that are listed before somebody asks for the others. */
const SHOWN = 10;

/** The items of a run: a bar of their states, and below it the failed ones, each of which leads to its own page. */
export function ItemsCard({ run }: { readonly run: Run }) {
  const { items, outcome, place } = run;
  const [isWhole, setWhole] = useState(false);
  if (items === undefined) return null;
  const { count, counts, failures, failuresUri } = items;
  const isOver = outcome !== 'running';
  const shown = isWhole ? failures : failures.slice(0, SHOWN);
  const more = counts.failed - shown.length;
  return (
    <Card
      title="Items"
      detail={`${formatCount(count)}: ${countsText(counts, isOver)}`}
      aside={isOver && place === 'aws' && counts.failed > 0 && <RunFailedAgain run={run} failed={counts.failed} />}
      class="items"
    >
      <div class="card-body">
        <Bar counts={counts} isOver={isOver} />
      </div>
      {shown.length > 0 && (
        <table class="items-failed">
          <thead>
            <tr>
              <th class="num">Item</th>
              <th>Why it failed</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ index, reason }) => (
              <tr key={index}>
                <td class="num">
                  {place === 'aws' ? <a href={runHref(place, itemId(run.id, index))}>{index}</a> : index}
                </td>
                <td class="items-reason">{reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {more > 0 && (
        <p class="card-body items-more muted">
          {shown.length < failures.length ? (
            <Button kind="plain" small onClick={() => setWhole(true)}>
              Show {formatCount(failures.length - shown.length)} more of {counted(counts.failed, 'item')}
            </Button>
          ) : (
            <>
              {shown.length > 0 && 'and '}
              {formatCount(more)} more
              {failuresUri !== undefined && (
                <>
                  {' '}
                  in <code>{failuresUri}</code>
                </>
              )}
            </>
          )}
        </p>
      )}
    </Card>
  );
}

function Bar({ counts, isOver }: { readonly counts: ItemCounts; readonly isOver: boolean }) {
  const known = STATES.filter((state) => counts[state] > 0);
  return (
    <div class="items-bar" role="img" aria-label={countsText(counts, isOver)}>
      {known.map((state) => (
        <i key={state} class={`items-part ${state}`} style={{ flexGrow: counts[state] }} />
      ))}
    </div>
  );
}

function RunFailedAgain({ run, failed }: { readonly run: Run; readonly failed: number }) {
  const [problem, setProblem] = useState<string>();
  if (useConsole()?.isReadOnly !== false) return null;
  const start = () => {
    setProblem(undefined);
    runFailedAgainInAws(run, failed).catch((error: unknown) => setProblem((error as Error).message));
  };
  return (
    <>
      <Button small icon="loop" onClick={start}>
        Run failed again
      </Button>
      {problem !== undefined && <Problem message={problem} />}
    </>
  );
}
