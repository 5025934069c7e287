import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { tell } from '../api/client';
import { Button } from '../parts/button';
import { Card } from '../parts/card';
import { CopyButton } from '../parts/copy-button';
import { PageHead } from '../parts/page-head';
import { Prose } from '../parts/prose';
import { Note, Skeleton } from '../parts/states';
import { useConsole } from './console-state';

/** Screens of AWS, or why there are none. */
export function AwsGate({ children }: { readonly children: ComponentChildren }) {
  const state = useConsole();
  if (state === undefined) return null;
  if (state.aws.kind === 'on') return <>{children}</>;
  if (state.aws.kind === 'opening') return <Skeleton />;
  if (state.aws.kind === 'problem') return <AwsProblem message={state.aws.message} />;
  const command = state.commands['console --aws'];
  return (
    <>
      <PageHead
        title="AWS is not connected"
        why="This console was started without access to AWS. It reads no credentials and sends nothing to AWS."
      />
      <Card title="To see deployed runs, start it with" aside={<CopyButton small text={command} />}>
        <pre>{command}</pre>
      </Card>
    </>
  );
}

function AwsProblem({ message }: { readonly message: string }) {
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const retry = async () => {
    setBusy(true);
    try {
      await tell('/api/aws/retry', {});
      setRefusal(undefined);
    } catch (error) {
      setRefusal((error as Error).message);
    }
    setBusy(false);
  };
  return (
    <>
      <PageHead title="AWS is not connected" />
      <Note
        action={
          <Button small disabled={isBusy} onClick={retry}>
            Retry
          </Button>
        }
      >
        <Prose text={refusal ?? message} />
      </Note>
    </>
  );
}
