import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Button } from './button';

/** A modal dialog. The browser keeps the focus within it, closes it with Esc and gives the focus back. */
export function Dialog(props: {
  readonly title: ComponentChildren;
  readonly onClose: () => void;
  readonly footer?: ComponentChildren;
  readonly children?: ComponentChildren;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby={id} onClose={props.onClose}>
      <header>
        <h2 id={id}>{props.title}</h2>
      </header>
      <div class="body">{props.children}</div>
      {props.footer && <footer>{props.footer}</footer>}
    </dialog>
  );
}

/**
 * Asks before something changes. The focus is on Cancel. While the promise is pending both buttons are off; if it rejects, the dialog
 * stays and says why.
 */
export function ConfirmDialog(props: {
  /** A question that names what, and in AWS the account and region. */
  readonly title: string;
  /** Verb and object: `Start run`. */
  readonly action: string;
  readonly isDanger?: boolean;
  readonly onConfirm: () => Promise<unknown>;
  readonly onClose: () => void;
  readonly children?: ComponentChildren;
}) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const confirm = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await props.onConfirm();
      props.onClose();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={props.title}
      onClose={props.onClose}
      footer={
        <>
          <Button autofocus disabled={isBusy} onClick={props.onClose}>
            Cancel
          </Button>
          <Button kind={props.isDanger ? 'danger' : 'primary'} disabled={isBusy} onClick={confirm}>
            {props.action}
          </Button>
        </>
      }
    >
      {props.children}
      {problem && (
        <p class="tone-bad" role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  );
}
