import type { Run } from '../../../model/run';
import { tell } from '../api/client';
import { Button } from '../parts/button';
import { askInAws } from './ask-in-aws';

/** Stops a run in AWS, after a question. */
export function StopRun({ run }: { readonly run: Pick<Run, 'id' | 'job'> }) {
  const stop = () =>
    askInAws({
      question: `Stop this run of ${run.job}`,
      action: 'Stop run',
      isDanger: true,
      children: 'The container gets SIGTERM, and is killed if it does not exit within 2 minutes.',
      work: (place) => tell('/api/aws/stop', { ...place, id: run.id }),
    });
  return (
    <Button kind="danger" onClick={stop}>
      Stop run
    </Button>
  );
}
