import type { Edit } from '../../../../model/typing';

/** Of a text whose replacement undo takes back, in characters. Browsers need seconds for more. */
const MAX_UNDONE = 300_000;

/** Changes a text as typing does, so that undo takes it back and an input event is sent. */
export function applyEdit(area: HTMLTextAreaElement, { from, to, insert, selection }: Edit): void {
  area.focus();
  area.setSelectionRange(from, to);
  insertText(area, insert);
  area.setSelectionRange(...selection);
}

/** Replaces the whole text. */
export function replaceAll(area: HTMLTextAreaElement, text: string): void {
  if (area.value === text) return;
  area.focus();
  if (Math.max(text.length, area.value.length) > MAX_UNDONE) {
    area.value = text;
    area.dispatchEvent(new InputEvent('input', { bubbles: true }));
  } else {
    area.select();
    insertText(area, text);
  }
  area.setSelectionRange(0, 0);
  area.scrollTop = 0;
}

/** The only way to change a text that keeps the browser's undo, though it is called deprecated. */
function insertText(area: HTMLTextAreaElement, text: string): void {
  const isDone = text === '' ? document.execCommand('delete') : document.execCommand('insertText', false, text);
  if (isDone || area.selectionStart === area.selectionEnd) return;
  area.setRangeText(text);
  area.dispatchEvent(new InputEvent('input', { bubbles: true }));
}
