import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import './aws.css';
import { ConfirmDialog } from '../parts/dialog';
import { accountText, useConsole } from '../shell/console-state';

/** The account and region that a person confirms. They are sent with the request, which is refused in another account. */
export interface ConfirmedEnvironment {
  readonly account: string;
  readonly region: string;
}

/** What is asked before something changes in AWS. */
export interface AwsQuestion<T> {
  /** What will be done, before `in AWS account ...`: `Start nightlyReport`. */
  readonly question: string;
  /** Verb and object: `Start run`. */
  readonly action: string;
  readonly isDanger?: boolean;
  /** What it leads to. */
  readonly children?: ComponentChildren;
  /** Does it. If it is rejected, the dialog stays and says why. */
  readonly work: (place: ConfirmedEnvironment) => Promise<T>;
}

type Asked = AwsQuestion<unknown> & { readonly settle: (result: unknown) => void };

let listener: ((asked: Asked) => void) | undefined;

/** Asks in a dialog that names account and region, and does it. Undefined if the person gave up. */
export function askInAws<T>(question: AwsQuestion<T>): Promise<T | undefined> {
  return new Promise((settle) => listener?.({ ...question, settle: settle as Asked['settle'] }));
}

/** The place of the dialogs. It is once in the page. */
export function AwsQuestions() {
  const [asked, setAsked] = useState<Asked>();
  useEffect(() => {
    listener = setAsked;
    return () => {
      listener = undefined;
    };
  }, []);
  return asked === undefined ? null : (
    <AwsDialog key={asked.question} asked={asked} onClose={() => setAsked(undefined)} />
  );
}

function AwsDialog({ asked, onClose }: { readonly asked: Asked; readonly onClose: () => void }) {
  const aws = useConsole()?.aws;
  // What was shown when the question was asked.
  const [place] = useState(aws?.kind === 'on' ? { account: aws.account, region: aws.region } : undefined);
  useEffect(() => {
    if (place === undefined) onClose();
    // It changes nothing if it has been done.
    return () => asked.settle(undefined);
  }, []);
  if (place === undefined) return null;
  const { question, action, isDanger, children, work, settle } = asked;
  return (
    <ConfirmDialog
      title={`${question} in AWS account ${accountText(place.account)}, ${place.region}?`}
      action={action}
      isDanger={isDanger}
      onConfirm={async () => settle(await work(place))}
      onClose={onClose}
    >
      <p class="aws-place">
        <b>{accountText(place.account)}</b>
        <b>{place.region}</b>
      </p>
      {children}
    </ConfirmDialog>
  );
}
