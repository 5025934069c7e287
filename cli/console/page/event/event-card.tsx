import './event.css';
import { useMemo, useState } from 'preact/hooks';
import { formattedJson, sizeText } from '../../../model/json-layout';
import { parsedJson } from '../../../model/json-text';
import { shownText } from '../../../model/log-text';
import type { Run } from '../../../model/run';
import { apiPath } from '../api/client';
import { LinkButton } from '../parts/button';
import { Card } from '../parts/card';
import { CopyButton } from '../parts/copy-button';
import { Toggle } from '../parts/field';
import { href } from '../routing/route';
import { useConsole } from '../shell/console-state';
import { EventTree } from './event-tree';

/** Of the text that is shown at once, in characters. */
const SHOWN = 64_000;

/** The event of a run: as a tree, as it was sent, and to edit it. */
export function EventCard({ run }: { readonly run: Run }) {
  const { place, id, job, event } = run;
  const isReadOnly = useConsole()?.isReadOnly === true;
  const edit = href(place, '/send', { job, run: id });
  return (
    <Card
      title="Event"
      detail={sizeText(event.bytes)}
      class="event-card"
      aside={
        isReadOnly ? undefined : (
          <LinkButton small href={edit}>
            Edit and send
          </LinkButton>
        )
      }
    >
      {event.text === undefined ? <NotShown run={run} /> : <EventText text={event.text} download={downloadOf(run)} />}
    </Card>
  );
}

function downloadOf({ place, id }: Run): string {
  return apiPath('/api/event', { place, id });
}

function NotShown({ run }: { readonly run: Run }) {
  const { bytes, s3Uri } = run.event;
  return (
    <div class="card-body event-large">
      <p class="muted">{bytes === 0 ? 'The event is not known.' : 'The event is too large to be shown here.'}</p>
      {s3Uri && (
        <p class="small muted">
          Stored at <code>{s3Uri}</code>
        </p>
      )}
      {bytes > 0 && (
        <p>
          <a href={downloadOf(run)} download={`${run.name}.json`}>
            Download the event
          </a>
        </p>
      )}
    </div>
  );
}

/** An event's text, as a tree or as it is. */
function EventText({ text, download }: { readonly text: string; readonly download: string }) {
  const { root } = useMemo(() => parsedJson(text), [text]);
  const [view, setView] = useState<'tree' | 'text'>('tree');
  const isTree = root !== undefined && view === 'tree';
  return (
    <>
      <div class="event-bar">
        {root && (
          <Toggle
            label="View of the event"
            value={view}
            options={[
              { value: 'tree', label: 'Tree' },
              { value: 'text', label: 'JSON' },
            ]}
            onChange={setView}
          />
        )}
        <span class="grow" />
        <a href={download} download="event.json">
          Download
        </a>
        <CopyButton small text={text} />
      </div>
      {isTree ? <EventTree text={text} root={root} /> : <PlainText text={text} isJson={root !== undefined} />}
    </>
  );
}

function PlainText({ text, isJson }: { readonly text: string; readonly isJson: boolean }) {
  const whole = useMemo(() => (isJson ? formattedJson(text) : text), [text, isJson]);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: What scrolls must be reached by keyboard. */}
      <pre class="event-text" tabIndex={0}>
        {shownText(whole.slice(0, SHOWN))}
      </pre>
      {whole.length > SHOWN && (
        <p class="card-body small muted">
          The first {sizeText(SHOWN)} of {sizeText(whole.length)}. Download the event to see the rest.
        </p>
      )}
    </>
  );
}
