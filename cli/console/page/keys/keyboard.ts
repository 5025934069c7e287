import { useLayoutEffect, useRef } from 'preact/hooks';
import { type KeyBinding, KeyMap } from './key-map';

/** Where the choice is stored in the browser. */
const SETTING = 'batch-jobs.single-keys';

export const keyMap = new KeyMap(areSingleKeysOn);

/** Whether keys that are characters work. Default: true. */
export function areSingleKeysOn(): boolean {
  try {
    return localStorage.getItem(SETTING) !== 'off';
  } catch {
    return true;
  }
}

export function setSingleKeys(areOn: boolean): void {
  try {
    localStorage.setItem(SETTING, areOn ? 'on' : 'off');
  } catch {
    // A browser that stores nothing keeps the default.
  }
}

/** Adds keys as long as the component is there. */
export function useKeys(bindings: readonly KeyBinding[]): void {
  const layer = useRef<ReturnType<KeyMap['add']> | undefined>(undefined);
  layer.current?.replace(bindings);
  const first = useRef(bindings);
  // What a person sees has its keys.
  useLayoutEffect(() => {
    const added = keyMap.add(first.current);
    layer.current = added;
    return () => {
      added.remove();
      layer.current = undefined;
    };
  }, []);
}

/** Hears the keys of the whole page. */
export function listenToKeys(): void {
  document.addEventListener('keydown', (event) => {
    // A dialog has the browser's keys only: what is behind it must not change.
    if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]') !== null) return;
    const target = event.target instanceof Element ? event.target : undefined;
    const isDone = keyMap.press({
      key: event.key,
      ctrlKey: event.ctrlKey,
      metaKey: event.metaKey,
      altKey: event.altKey,
      isInField: target !== undefined && isField(target),
      isForFocus: (event.key === 'Enter' || event.key === ' ') && target?.closest('a, button, summary') != null,
      at: event.timeStamp,
    });
    if (isDone) event.preventDefault();
  });
}

function isField(target: Element): boolean {
  if (target instanceof HTMLInputElement) return target.type !== 'checkbox' && target.type !== 'radio';
  return target.closest('textarea, select, [contenteditable]') !== null;
}
