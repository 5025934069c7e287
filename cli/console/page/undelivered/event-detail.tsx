import { useState } from 'preact/hooks';

import type { UndeliveredDetail, UndeliveredEvent } from '../../../model/deployed';
import { laidOut } from '../../../model/json-layout';
import { receiversText } from '../../../model/receivers-text';
import type { Fact } from '../../../model/run';
import { dateTimeText } from '../../../model/time-text';
import { useAnswer } from '../api/answer';
import { apiPath } from '../api/client';
import { Button } from '../parts/button';
import { CopyButton } from '../parts/copy-button';
import { Facts } from '../parts/facts';
import { Select } from '../parts/field';
import { Problem, Skeleton } from '../parts/states';
import { useConsole } from '../shell/console-state';
import type { Treatment } from './use-treatment';

/** Characters of an event that are shown. */
const MOST_SHOWN = 100_000;

/** An event with its content, and what can be done with it. */
export function EventDetail(props: {
  readonly event: UndeliveredEvent;
  readonly canChange: boolean;
  readonly treatment: Treatment;
}) {
  const { event, canChange, treatment } = props;
  const { data, problem, reload } = useAnswer<UndeliveredDetail>(apiPath('/api/undelivered/event', { id: event.id }));
  const [given, setJob] = useState<string>();
  const command = useConsole()?.commands.undelivered ?? 'npx batch-jobs undelivered';
  // SNS does not say who missed it: what is sent to one leaves its queue, and is lost for the others.
  const jobs = event.functions.length === 0 ? event.jobs : [];
  const job = jobs.length > 1 ? (given ?? jobs[0]) : undefined;
  const obstacle = data?.obstacle ?? event.obstacle;
  const canSend = obstacle === undefined || jobs.length > 1;
  return (
    <div class="u-parts">
      <div>
        <p class="u-why">{event.reason}</p>
        <Facts facts={factsOf(event)} />
        {obstacle !== undefined && jobs.length < 2 && <p class="small tone-warn u-obstacle">{obstacle}</p>}
        {canChange && (
          <div class="u-acts">
            {job !== undefined && (
              <Select
                label="Job"
                value={job}
                options={jobs.map((name) => ({ value: name, label: `for ${name}` }))}
                onChange={setJob}
              />
            )}
            <Button
              kind="primary"
              disabled={!canSend || treatment.isBusy}
              onClick={() => treatment.begin('redrive', [event], job)}
            >
              Send again
            </Button>
            <Button kind="danger" disabled={treatment.isBusy} onClick={() => treatment.begin('delete', [event])}>
              Delete
            </Button>
            <CopyButton text={`${command} redrive ${event.id.slice(0, 8)}`}>Copy as command</CopyButton>
          </div>
        )}
      </div>
      <div class="u-content">
        {problem !== undefined && <Problem message={problem} onRetry={reload} />}
        {data === undefined && problem === undefined && <Skeleton lines={4} />}
        {data && <Content title={data.isEvent ? 'Event' : 'Message'} text={data.text} />}
        {data?.error !== undefined && <Content title="Error" text={data.error} />}
      </div>
    </div>
  );
}

function Content({ title, text }: { readonly title: string; readonly text: string }) {
  const shown = laidOut(text);
  const isCut = shown.length > MOST_SHOWN;
  return (
    <section class="u-json" aria-label={title}>
      <header>
        <h3>{title}</h3>
        <span class="grow" />
        <CopyButton small text={text} />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reached by keys */}
      <pre tabIndex={0}>{isCut ? `${shown.slice(0, MOST_SHOWN)}\n…` : shown}</pre>
      {isCut && <p class="small muted">The beginning is shown. Copy it to get all.</p>}
    </section>
  );
}

function factsOf(event: UndeliveredEvent): Fact[] {
  const { id, queue, source, tries, happenedAt, givenUpAt, expiresAt } = event;
  const time = (label: string, at: number | undefined) =>
    at === undefined ? [] : [{ label, value: dateTimeText(at, 'utc') }];
  return [
    { label: 'Event', value: id, isCode: true },
    { label: 'Queue', value: queue, isCode: true },
    { label: 'For', value: receiversText(event) || 'none of this config' },
    { label: 'Source', value: source },
    ...(tries === undefined ? [] : [{ label: 'Tries', value: String(tries) }]),
    ...time('Happened', happenedAt),
    ...time('Given up', givenUpAt),
    ...time('Expires', expiresAt),
  ];
}
