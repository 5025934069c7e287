import { useEffect, useMemo, useState } from 'preact/hooks';
import { fileText, MAX_FILE_BYTES } from '../../../model/file-text';
import { byteLength, formattedJson, sizeText } from '../../../model/json-layout';
import { parsedJson } from '../../../model/json-text';
import type { RunLocation } from '../../../model/run';
import { BY_HAND, changedSource } from '../../../model/sample-source';
import type { EventSources, SendJob } from '../../../model/send';
import { Problem } from '../parts/states';
import { type Choice, choiceQuery, triggerName } from './choice';
import { Choices } from './choices';
import { CommandCard } from './command-card';
import { draftOf, keepDraft } from './draft';
import { EventEditor } from './event-editor';
import { FaultsCard } from './faults-card';
import { SendButton } from './send-button';
import { useSettled } from './settled';
import { eventTexts, useCheck } from './use-check';
import { useDraft } from './use-draft';

/** Of a text that is checked at each key, in characters. A longer one is checked after a pause. */
const CHECKED_AT_ONCE = 50_000;

/** The event that is written, what shall go wrong, and the button. */
export function SendForm(props: {
  readonly place: RunLocation;
  readonly jobs: readonly SendJob[];
  readonly sources: EventSources;
  readonly job: SendJob;
  readonly choice: Choice;
  readonly onJob: (name: string) => void;
  readonly onChoice: (choice: Choice) => void;
}) {
  const { place, job, choice } = props;
  const state = useDraft(place, job, choice);
  const [fileProblem, setFileProblem] = useState<string>();
  useEffect(() => setFileProblem(undefined), [job.name, choice.kind]);
  const { draft, faults } = state;
  const text = draft?.text ?? '';
  const settled = useSettled(text, text.length > CHECKED_AT_ONCE ? 250 : 0);
  const parsed = useMemo(() => parsedJson(settled), [settled]);
  const isChanged = draft !== undefined && draft.text !== draft.original;
  const trigger = choice.kind === 'trigger' && !isChanged ? triggerName(choice.trigger) : undefined;
  const from = choice.kind === 'run' ? choice.id : undefined;
  const texts = useMemo(() => eventTexts(settled, parsed.root), [settled, parsed]);
  const source = sourceOf(draft, isChanged);
  const request = useMemo(
    () => ({
      job: job.name,
      place,
      ...texts,
      ...(trigger !== undefined && { trigger }),
      source,
      ...(from !== undefined && { from }),
      faults: place === 'local' ? faults : {},
    }),
    [job.name, place, texts, trigger, source, from, faults],
  );
  const check = useCheck(request);
  const bytes = useMemo(() => byteLength(texts.eventText ?? ''), [texts]);

  const fileKey = [place, job.name, ...Object.entries(choiceQuery({ kind: 'file' })).flat()].join('/');
  const openFile = async (file: File) => {
    setFileProblem(undefined);
    try {
      if (file.size > MAX_FILE_BYTES) {
        throw new Error(`${file.name} has ${sizeText(file.size)}. The page opens files of up to 8 MB.`);
      }
      const given = fileText(new Uint8Array(await file.arrayBuffer()), file.name).replaceAll('\r\n', '\n');
      const isLine = !given.trim().includes('\n') && parsedJson(given).root !== undefined;
      const shown = isLine ? formattedJson(given) : given;
      const opened = { text: shown, original: shown, source: file.name };
      keepDraft(fileKey, opened);
      if (choice.kind === 'file') state.setDraft(opened);
      else props.onChoice({ kind: 'file' });
    } catch (error) {
      setFileProblem((error as Error).message);
    }
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: A shortcut of the button.
    <div
      class="send"
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        event.currentTarget.querySelector<HTMLButtonElement>('.send-button .btn.primary')?.click();
      }}
    >
      <Choices
        place={place}
        jobs={props.jobs}
        job={job}
        choice={choice}
        fileName={draftOf(fileKey)?.source}
        onJob={props.onJob}
        onChoice={props.onChoice}
        onFile={openFile}
      />
      <div class="stack-y">
        {fileProblem && <Problem message={fileProblem} />}
        {state.problem && <Problem message={state.problem} />}
        <EventEditor
          key={`${job.name}/${Object.values(choiceQuery(choice)).join()}`}
          job={job}
          sources={props.sources}
          choice={choice}
          state={state}
          isChanged={isChanged}
          settled={settled}
          parsed={parsed}
          bytes={bytes}
          check={check?.event}
          onFile={openFile}
        />
      </div>
      <div class="stack-y">
        {place === 'local' && (
          <FaultsCard faults={faults} problems={check?.problems ?? {}} onChange={state.setFaults} />
        )}
        <CommandCard command={check?.command} event={draft?.text} />
        <SendButton
          place={place}
          request={request}
          isReady={draft !== undefined && settled === text}
          isJson={parsed.root !== undefined}
          hasProblems={Object.keys(check?.problems ?? {}).length > 0}
        />
      </div>
    </div>
  );
}

function sourceOf(draft: { readonly source: string } | undefined, isChanged: boolean): string {
  const { source = BY_HAND } = draft ?? {};
  return !isChanged || source === BY_HAND ? source : changedSource(source);
}
