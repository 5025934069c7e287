import { useEffect, useState } from 'preact/hooks';
import { formatCount } from '../../../../modules/problems/phrases';
import type { LogLine } from '../../../model/console';
import { laidOut, sizeText } from '../../../model/json-layout';
import { WHOLE_LINE_BYTES, type WholeLine } from '../../../model/log';
import { plainText } from '../../../model/log-text';
import { lineTime, type TimeStyle } from '../../../model/log-time';
import type { Run } from '../../../model/run';
import { apiPath, ask } from '../api/client';
import { Button } from '../parts/button';
import { CopyButton } from '../parts/copy-button';
import { Dialog } from '../parts/dialog';
import { Problem } from '../parts/states';

/** A line with all of its text. JSON is laid out. */
export function WholeLineDialog(props: {
  readonly run: Run;
  readonly line: LogLine;
  readonly times: TimeStyle;
  readonly onClose: () => void;
}) {
  const { run, line, times, onClose } = props;
  const [whole, setWhole] = useState<WholeLine>();
  const [problem, setProblem] = useState<string>();
  const read = () => {
    setProblem(undefined);
    const path = apiPath('/api/log/line', { place: run.place, id: run.id, number: line.number });
    ask<WholeLine>(path).then(setWhole, (error: Error) => setProblem(error.message));
  };
  useEffect(read, []);
  const text = whole && laidOut(plainText(whole.text));
  const isCut = whole !== undefined && whole.bytes > WHOLE_LINE_BYTES;
  return (
    <Dialog
      title={`Line ${formatCount(line.number + 1)}, ${lineTime(line.at, run.startedAt, times)}`}
      onClose={onClose}
      footer={
        <>
          {text !== undefined && <CopyButton text={text} />}
          <Button onClick={onClose}>Close</Button>
        </>
      }
    >
      {problem !== undefined && <Problem message={problem} onRetry={read} />}
      {isCut && (
        <p class="muted small">
          The line has {sizeText(whole.bytes)}. This is its beginning. The download of the log has all of it.
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled by keys */}
      <pre class="log-whole" tabIndex={0}>
        {problem === undefined && (text ?? 'Loading…')}
      </pre>
    </Dialog>
  );
}
