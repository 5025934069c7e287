import { useId, useMemo, useRef, useState } from 'preact/hooks';
import { knownAt } from '../../../model/event-check';
import { typeOfKind } from '../../../model/event-words';
import { formattedJson, sizeText } from '../../../model/json-layout';
import { type ParsedJson, placed, placeOf } from '../../../model/json-text';
import type { EventCheck, EventSources, SendJob } from '../../../model/send';
import { Button } from '../parts/button';
import { Card } from '../parts/card';
import { Skeleton } from '../parts/states';
import type { Choice } from './choice';
import { Editor, type EditorHandle } from './editor/editor';
import { Findings, findingsOf } from './findings';
import type { DraftState } from './use-draft';

/** The editor of an event, and what is said of the event below it. */
export function EventEditor(props: {
  readonly job: SendJob;
  readonly sources: EventSources;
  readonly choice: Choice;
  readonly state: DraftState;
  readonly isChanged: boolean;
  /** The text that `parsed` and `check` are about. */
  readonly settled: string;
  readonly parsed: ParsedJson;
  /** Size of the event as it is sent. */
  readonly bytes: number;
  readonly check: EventCheck | undefined;
  readonly onFile: (file: File) => void;
}) {
  const { choice, sources, state, isChanged, settled, parsed, check, bytes } = props;
  const { draft } = state;
  const editor = useRef<EditorHandle>(null);
  const [isOver, setOver] = useState(false);
  const [cursor, setCursor] = useState(0);
  const id = useId();
  const type = typeOf(choice, check, sources);
  const facts = type === undefined ? undefined : sources[type];
  const { root, problem } = parsed;
  const findings = useMemo(() => findingsOf(parsed, check, type, sources), [parsed, check, type, sources]);
  const marks = useMemo(() => {
    const found = [...findings, ...(problem === undefined ? [] : [{ tone: 'bad' as const, offset: problem.offset }])];
    return new Map(
      found.flatMap(({ tone, offset }) =>
        offset === undefined || tone === 'ok' ? [] : [[placeOf(settled, offset).line, tone] as const],
      ),
    );
  }, [findings, problem, settled]);
  const goTo = (offset: number) => editor.current?.goTo(offset);
  const known = root === undefined || facts === undefined ? undefined : knownAt(facts, root, cursor);
  const reset = async () => {
    const original = await state.reset();
    if (original === undefined) return;
    editor.current?.replace(original.text);
    state.setDraft(original);
  };
  if (draft === undefined) return <Card title="Event">{state.problem === undefined && <Skeleton lines={10} />}</Card>;
  const source = isChanged ? `${draft.source}, changed` : draft.source;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Dropping a file is another way of choosing one.
    <div
      class={isOver ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        const file = event.dataTransfer?.files[0];
        setOver(false);
        if (file === undefined) return;
        event.preventDefault();
        props.onFile(file);
      }}
    >
      <Card
        title="Event"
        detail={source}
        aside={
          <span class="editor-actions">
            <Button
              small
              disabled={root === undefined}
              onClick={() => root && editor.current?.replace(formattedJson(draft.text))}
            >
              Format
            </Button>
            {choice.kind !== 'file' && (
              <Button small onClick={reset}>
                {choice.kind === 'trigger' ? 'New sample' : 'Reset'}
              </Button>
            )}
          </span>
        }
      >
        {draft.note && <p class="card-body small muted">{draft.note}</p>}
        <Editor
          handle={editor}
          text={draft.text}
          onText={state.setText}
          onCursor={setCursor}
          marks={marks}
          isInvalid={problem !== undefined}
          facts={facts}
          rootKeys={(root?.children ?? []).slice(0, 100).flatMap(({ key }) => key ?? [])}
          describedBy={`${id} ${id}-status`}
        />
        <div id={`${id}-status`} class="editor-status">
          {problem === undefined ? (
            <span class="muted">{known ? <Known path={known.path} meaning={known.meaning} /> : 'Valid JSON'}</span>
          ) : (
            <button type="button" class="link tone-bad" onClick={() => goTo(problem.offset)}>
              {placed(settled, problem)}
            </button>
          )}
          <span class="muted nowrap">{sizeLine(bytes, check)}</span>
        </div>
        <p id={id} class="editor-keys small dim hide-s">
          Tab indents. To leave the editor, press Esc, then Tab. Ctrl+Enter starts the run.
        </p>
        <Findings text={settled} findings={findings} onGoTo={goTo} />
      </Card>
    </div>
  );
}

function Known({ path, meaning }: { readonly path: string; readonly meaning: string }) {
  return (
    <>
      <span class="mono">{path.split('.').at(-1)}</span>: {meaning}
    </>
  );
}

/** The type of trigger whose events have the shape of this one. */
function typeOf(choice: Choice, check: EventCheck | undefined, sources: EventSources): string | undefined {
  if (choice.kind === 'trigger') return choice.trigger.isReshaped ? undefined : choice.trigger.type;
  return check === undefined ? undefined : typeOfKind(check.kind, sources);
}

/** "293 bytes, fits" */
function sizeLine(bytes: number, check: EventCheck | undefined): string {
  if (check === undefined) return sizeText(bytes);
  return `${sizeText(bytes)}, ${check.fits ? 'fits' : 'goes through the payload bucket'}`;
}
