import { Fragment } from 'preact';
import { Card } from '../parts/card';
import { CopyButton } from '../parts/copy-button';

/** The command of the terminal that does the same. */
export function CommandCard(props: { readonly command: string | undefined; readonly event: string | undefined }) {
  const { command = '', event } = props;
  const [first = '', ...rest] = command.split('\n');
  const needsFile = command.endsWith(' event.json') && event !== undefined;
  return (
    <Card title="Command" class="command-card" aside={command && <CopyButton small text={command} />}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: What scrolls must be reached by keyboard. */}
      <pre tabIndex={0}>
        <Words line={first} />
        {rest.map((line) => `\n${line}`)}
      </pre>
      {needsFile && (
        <p class="card-body small muted">
          <button type="button" class="link" onClick={() => download(event)}>
            Download event.json
          </button>{' '}
          to the folder of the config first.
        </p>
      )}
    </Card>
  );
}

/** Words of a command, which are not broken: `--` alone would be another command. */
function Words({ line }: { readonly line: string }) {
  return (
    <>
      {line.split(' ').map((word, index) => (
        <Fragment key={index}>
          {index > 0 && ' '}
          <span class="word">{word}</span>
        </Fragment>
      ))}
    </>
  );
}

function download(text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'event.json';
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1_000);
}
