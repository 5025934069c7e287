import { causeFacts } from '../../../model/cause-facts';
import { durationText } from '../../../model/duration';
import type { Run } from '../../../model/run';
import { timeSplit } from '../../../model/time-split';
import { nextStep } from '../../../model/words/next-step';
import { Card } from '../parts/card';
import { Facts } from '../parts/facts';

/** What happens next in a live run without anybody's help. */
export function NextCard({ run, now }: { readonly run: Run; readonly now: number }) {
  const paragraphs = nextStep(run, now);
  if (paragraphs.length === 0) return null;
  return (
    <Card title="What happens next">
      <div class="card-body next">
        {paragraphs.map((paragraph, index) => (
          <p key={index}>
            {paragraph.map(({ text, isCode }, part) => (isCode ? <code key={part}>{text}</code> : text))}
          </p>
        ))}
      </div>
    </Card>
  );
}

/** Where the time of a run went, as parts of a bar and as numbers. */
export function TimeCard({ run, now }: { readonly run: Run; readonly now: number }) {
  const shares = timeSplit(run, now);
  if (shares.length === 0) return null;
  return (
    <Card title="Where the time went">
      <div class="card-body">
        <div class="split" aria-hidden="true">
          {shares.map(({ kind, milliseconds }) => (
            <i key={kind} class={`share ${kind}`} style={{ flexGrow: milliseconds }} />
          ))}
        </div>
        <dl class="kv">
          {shares.map(({ kind, label, milliseconds }) => (
            <div key={kind}>
              <dt>
                <i class={`share ${kind}`} aria-hidden="true" />
                {label}
              </dt>
              <dd>{durationText(milliseconds)}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Card>
  );
}

/** The error and the cause that Step Functions ended the run with. */
export function CauseCard({ run }: { readonly run: Run }) {
  const { facts, raw } = causeFacts(run.error, run.cause ?? run.reason);
  if (run.outcome === 'succeeded' || run.outcome === 'running' || facts.length === 0) return null;
  return (
    <Card title="Error and cause" class="cause">
      <Facts facts={facts} />
      {raw !== undefined && (
        <details>
          <summary>Show the cause as JSON</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reached by keys */}
          <pre tabIndex={0}>{raw}</pre>
        </details>
      )}
    </Card>
  );
}

/** Notes that a local run printed. */
export function NotesCard({ run }: { readonly run: Run }) {
  if (run.place !== 'local' || run.notes === undefined || run.notes.length === 0) return null;
  return (
    <Card title="Notes">
      <ul class="card-body notes">
        {run.notes.map((note, index) => (
          <li key={index}>{note}</li>
        ))}
      </ul>
    </Card>
  );
}
