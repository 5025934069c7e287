import { useState } from 'preact/hooks';
import type { RunLocation } from '../../../model/run';
import type { SendRequest } from '../../../model/send';
import { tell } from '../api/client';
import { runAgainInAws, startInAws } from '../aws/runs-in-aws';
import { Button } from '../parts/button';
import { Note, Problem } from '../parts/states';
import { navigate } from '../routing/location';
import { runHref } from '../routing/route';
import { useConsole } from '../shell/console-state';

/** Starts the run, and goes to its page. It says where the run will be. */
export function SendButton(props: {
  readonly place: RunLocation;
  readonly request: SendRequest;
  /** Whether the request is about the text that is in the editor. */
  readonly isReady: boolean;
  readonly isJson: boolean;
  readonly hasProblems: boolean;
}) {
  const { place, request } = props;
  const state = useConsole();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [duplicate, setDuplicate] = useState<string>();
  if (state?.isReadOnly) {
    return <Note kind="info">The console was started with --read-only, so it starts no runs. Use the command.</Note>;
  }
  const region = state?.aws.kind === 'on' ? `, ${state.aws.region}` : '';
  const start = async () => {
    setBusy(true);
    setProblem(undefined);
    setDuplicate(undefined);
    try {
      if (place === 'local') {
        const { id } = await tell<{ readonly id: string }>('/api/local/start', request);
        navigate(runHref(place, id));
      } else {
        const started = await sentToAws(request);
        if (started?.isDuplicate) setDuplicate(started.id);
      }
    } catch (error) {
      setProblem((error as Error).message);
    }
    setBusy(false);
  };
  const isOff = isBusy || !props.isReady || !props.isJson || props.hasProblems;
  const why = !props.isJson ? 'Correct the JSON first.' : props.hasProblems ? 'Correct the options first.' : undefined;
  return (
    <div class="send-button">
      {problem && <Problem message={problem} />}
      {duplicate && (
        <Note>
          This event had already started <a href={runHref('aws', duplicate)}>{duplicate}</a>. Nothing was started.
        </Note>
      )}
      <Button kind="primary" disabled={isOff} onClick={start}>
        {isBusy ? 'Starting…' : place === 'local' ? 'Run locally' : `Start in AWS${region}`}
      </Button>
      {why && props.isReady && <p class="small muted">{why}</p>}
    </div>
  );
}

/** The event of a run that is changed is a new run: the trigger function would take it for the run's own event. */
function sentToAws({ job, eventText = '', from }: SendRequest) {
  return from === undefined ? startInAws(job, eventText) : runAgainInAws({ id: from, job }, eventText);
}
