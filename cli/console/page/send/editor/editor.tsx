import type { Ref } from 'preact';
import { useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { EventFacts } from '../../../../../triggers/event-facts';
import { keyAt, type Suggestion, suggestions } from '../../../../model/event-check';
import { type Edit, keyEdit, lineEdit, tabEdit } from '../../../../model/typing';
import { applyEdit, replaceAll } from './apply-edit';
import { Gutter, LINE_HEIGHT } from './gutter';
import { type Hints, KeyHints } from './key-hints';

/** What a screen can do with the editor. */
export interface EditorHandle {
  /** Another text, which undo takes back. */
  replace(text: string): void;
  /** Moves the cursor there. */
  goTo(offset: number): void;
}

/** Of a text in which keys are suggested, in characters: it is read up to the cursor at each key. */
const MAX_HINTED = 200_000;

/** A textarea for JSON with line numbers, indents and suggestions of keys. */
export function Editor(props: {
  readonly handle: Ref<EditorHandle>;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onCursor: (offset: number) => void;
  /** Lines that need attention, from 1. */
  readonly marks: ReadonlyMap<number, 'bad' | 'warn'>;
  readonly isInvalid: boolean;
  /** The source whose keys are suggested. */
  readonly facts?: EventFacts;
  readonly rootKeys: readonly string[];
  readonly describedBy: string;
}) {
  const area = useRef<HTMLTextAreaElement>(null);
  const [top, setTop] = useState(0);
  const [hints, setHints] = useState<Hints>();
  // After Esc, Tab leaves the editor.
  const leaves = useRef(false);
  useLayoutEffect(() => {
    const element = area.current;
    if (element !== null && element.value !== props.text) element.value = props.text;
  }, [props.text]);
  useEffect(() => setHints(undefined), [props.facts]);
  useImperativeHandle(props.handle, () => ({
    replace: (text) => area.current && replaceAll(area.current, text),
    goTo: (offset) => area.current && show(area.current, offset),
  }));

  const look = () => {
    const element = area.current;
    if (element === null) return;
    props.onCursor(element.selectionStart);
  };
  const hint = () => {
    const element = area.current;
    if (element === null || props.facts === undefined || element.value.length > MAX_HINTED) return setHints(undefined);
    const place = keyAt(element.value, element.selectionStart);
    const found = place === undefined ? [] : suggestions(props.facts, props.rootKeys, place);
    const isComplete = found.length === 1 && found[0]?.key === place?.typed;
    setHints(place === undefined || found.length === 0 || isComplete ? undefined : { place, found, index: 0 });
  };
  const edit = (event: KeyboardEvent, change: Edit | undefined) => {
    event.preventDefault();
    if (area.current && change) applyEdit(area.current, change);
  };
  const accept = (suggestion: Suggestion | undefined) => {
    const element = area.current;
    if (element === null || hints === undefined || suggestion === undefined) return;
    applyEdit(element, keyEdit(element.value, hints.place.from, element.selectionStart, suggestion.key));
  };
  const onKeyDown = (event: KeyboardEvent & { readonly currentTarget: HTMLTextAreaElement }) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const { value, selectionStart: from, selectionEnd: to } = event.currentTarget;
    if (hints !== undefined) {
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
      if (step !== 0) {
        event.preventDefault();
        setHints({ ...hints, index: (hints.index + step + hints.found.length) % hints.found.length });
        return;
      }
      if (event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey)) {
        event.preventDefault();
        accept(hints.found[hints.index]);
        return;
      }
    }
    if (event.key === 'Escape') {
      setHints(undefined);
      leaves.current = true;
      return;
    }
    const isLeaving = leaves.current;
    if (event.key !== 'Shift') leaves.current = false;
    if (event.key === 'Tab' && !isLeaving) edit(event, tabEdit(value, from, to, event.shiftKey));
    else if (event.key === 'Enter' && !event.shiftKey) edit(event, lineEdit(value, from, to));
  };
  return (
    <div class="editor">
      <Gutter text={props.text} top={top} marks={props.marks} />
      <textarea
        ref={area}
        class="editor-text"
        aria-label="Event as JSON"
        aria-describedby={props.describedBy}
        aria-invalid={props.isInvalid}
        aria-autocomplete="list"
        aria-controls={hints && 'key-hints'}
        aria-activedescendant={hints && `key-hint-${hints.index}`}
        wrap="off"
        spellcheck={false}
        autocomplete="off"
        autocapitalize="off"
        onInput={(event) => {
          props.onText(event.currentTarget.value);
          look();
          hint();
        }}
        onKeyDown={onKeyDown}
        onKeyUp={look}
        onClick={() => {
          look();
          setHints(undefined);
        }}
        onFocus={() => {
          leaves.current = false;
        }}
        onBlur={() => setHints(undefined)}
        onScroll={(event) => {
          setTop(event.currentTarget.scrollTop);
          setHints(undefined);
        }}
      />
      {hints && <KeyHints hints={hints} area={area} onAccept={accept} />}
    </div>
  );
}

/** Puts the cursor at an offset, in the middle of what is visible. */
function show(area: HTMLTextAreaElement, offset: number): void {
  area.focus();
  area.setSelectionRange(offset, offset);
  const line = area.value.slice(0, offset).split('\n').length;
  area.scrollTop = Math.max(0, line * LINE_HEIGHT - area.clientHeight / 2);
}
