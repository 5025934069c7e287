import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { announce } from '../shell/announcement';
import { Button } from './button';

/** Puts a text on the clipboard, and says so for two seconds. */
export function CopyButton(props: {
  readonly text: string;
  readonly small?: boolean;
  readonly children?: ComponentChildren;
}) {
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), 2000);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async () => {
    const isCopied = await copyText(props.text);
    setState(isCopied ? 'copied' : 'refused');
    announce(isCopied ? 'Copied' : 'The browser refused to copy');
  };
  const labels = { idle: props.children ?? 'Copy', copied: 'Copied', refused: 'Not copied' };
  return (
    <Button small={props.small} onClick={copy}>
      {labels[state]}
    </Button>
  );
}

/** Whether the text is on the clipboard now. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
