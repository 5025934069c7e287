import { useState } from 'preact/hooks';
import { counted, formatCount } from '../../../../modules/problems/phrases';
import type { UndeliveredEvent, UndeliveredState } from '../../../model/deployed';
import { useAnswer } from '../api/answer';
import { Button } from '../parts/button';
import { PageHead } from '../parts/page-head';
import { Prose } from '../parts/prose';
import { Empty, Problem, Skeleton } from '../parts/states';
import { navigate } from '../routing/location';
import { href, type Route } from '../routing/route';
import { useConsole } from '../shell/console-state';
import { EventTable } from './event-table';
import { Progress } from './progress';
import { isFor, type Receiver, receiverOf } from './receiver';
import { ReceiverFilter } from './receiver-filter';
import { SelectionBar } from './selection-bar';
import { useTreatment } from './use-treatment';

/** The undelivered events of the stack, or of the job or function in the query of the address. The hash of the address is the ID of the event that is open. */
export function UndeliveredEvents({ route }: { readonly route: Route }) {
  const { data, problem, reload } = useAnswer<UndeliveredState>('/api/undelivered', ['undelivered']);
  const isReadOnly = useConsole()?.isReadOnly !== false;
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const treatment = useTreatment((ids) => {
    setSelected((before) => new Set([...before].filter((id) => !ids.includes(id))));
    reload();
  });
  const all = data?.events ?? [];
  const receiver = receiverOf(route.query);
  const events = receiver === undefined ? all : all.filter((event) => isFor(event, receiver));
  const chosen = events.filter(({ id }) => selected.has(id));
  const open = (id: string | undefined) => navigate(href('aws', '/undelivered', route.query, id), { replace: true });
  const choose = (chosen: Receiver | undefined) => {
    setSelected(new Set());
    navigate(href('aws', '/undelivered', chosen && { [chosen.kind]: chosen.name }), { replace: true });
  };
  return (
    <>
      <PageHead
        title="Undelivered events"
        why={data && events.length > 0 && <Why data={data} events={events} receiver={receiver} />}
        actions={<Button onClick={reload}>Look again</Button>}
      />
      {problem !== undefined && <Problem message={problem} onRetry={reload} />}
      {data?.problems.map((text) => (
        <Problem key={text} message={text} />
      ))}
      {treatment.progress !== undefined && <Progress treatment={treatment} progress={treatment.progress} />}
      <ReceiverFilter events={all} chosen={receiver} onChange={choose} />
      <section class="card" aria-label="Undelivered events">
        {!isReadOnly && events.length > 0 && (
          <SelectionBar events={events} chosen={chosen} treatment={treatment} onSelect={setSelected} />
        )}
        {data === undefined && problem === undefined && <Skeleton lines={6} />}
        {events.length > 0 && (
          <EventTable
            events={events}
            selected={isReadOnly ? undefined : selected}
            onSelect={setSelected}
            open={route.hash}
            onOpen={open}
            treatment={treatment}
          />
        )}
        {data !== undefined && events.length === 0 && data.problems.length === 0 && (
          <Empty>
            {all.length > 0 && receiver !== undefined
              ? noneFor(receiver, data)
              : 'No undelivered events. Events that cannot start a run are kept here for 14 days.'}
          </Empty>
        )}
      </section>
      {events.length > 0 && (
        <p class="small muted und-note">Each look hides the events from others for some seconds.</p>
      )}
      {data?.notes.map((text) => (
        <p key={text} class="small muted und-note">
          <Prose text={text} />
        </p>
      ))}
    </>
  );
}

/** What has not come of events: a function has no runs. */
function missed(events: readonly UndeliveredEvent[]): string {
  return events.some(({ functions }) => functions.length > 0) ? 'be delivered' : 'start a run';
}

function noneFor({ kind, name }: Receiver, data: UndeliveredState): string {
  const none = `No undelivered events for ${kind} ${name}`;
  return data.isComplete ? `${none}.` : `${none} among ${theFirst(data)}.`;
}

/** Only some events were read. */
function theFirst({ events, about }: UndeliveredState): string {
  return `the first ${formatCount(events.length)} of about ${formatCount(about)} events`;
}

/** How many of the events are shown, and why they are here. */
function Why(props: {
  readonly data: UndeliveredState;
  readonly events: readonly UndeliveredEvent[];
  readonly receiver: Receiver | undefined;
}) {
  const { data, events, receiver } = props;
  const all = counted(events.length, 'event');
  const shown = receiver === undefined ? all : `${all} for ${receiver.kind} ${receiver.name}`;
  const read = data.isComplete ? '' : theFirst(data);
  const subject = read === '' ? shown : receiver === undefined ? read.replace(/^t/, 'T') : `${shown}, among ${read},`;
  return (
    <>
      {subject} could not {missed(events)}.{events.length > 1 && ' The oldest is first.'}
    </>
  );
}
