import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { counted, formatCount } from '../../../../modules/problems/phrases';
import type { LogLine } from '../../../model/console';
import { sizeText } from '../../../model/json-layout';
import type { LogFilter } from '../../../model/log';
import type { TimeStyle } from '../../../model/log-time';
import { chosenStart, logNote, startChoices } from '../../../model/log-words';
import type { Run } from '../../../model/run';
import { apiPath } from '../api/client';
import { useKeys } from '../keys/keyboard';
import { Button, LinkButton } from '../parts/button';
import { Select } from '../parts/field';
import { Problem } from '../parts/states';
import { type Jump, LogList } from './log-list';
import './log.css';
import { SearchBox } from './search-box';
import { useFollowing } from './use-following';
import { useLogStore } from './use-log-store';
import { type Query, useSearch } from './use-search';
import { WholeLineDialog } from './whole-line';

type Stream = 'stdout' | 'stderr' | '';

const STREAMS: readonly { readonly value: Stream; readonly label: string }[] = [
  { value: '', label: 'stdout + stderr' },
  { value: 'stdout', label: 'stdout' },
  { value: 'stderr', label: 'stderr' },
];

/** The log of a run: live, searched, filtered by start. */
export function LogPanel(props: {
  readonly run: Run;
  readonly now: number;
  /** `2.3`, or `2` for all starts of attempt 2. @default all */
  readonly selected?: string;
  readonly onSelect: (start: string | undefined) => void;
  readonly times: TimeStyle;
}) {
  const { run, times } = props;
  const { place, id } = run;
  const isLive = run.outcome === 'running';
  const choices = startChoices(run);
  const start = chosenStart(choices, props.selected);
  const [stream, setStream] = useState<Stream>('');
  const [isWrapped, setWrapped] = useState(false);
  const [query, setQuery] = useState<Query>();
  const [jump, setJump] = useState<Jump>();
  const [opened, setOpened] = useState<LogLine>();
  const panel = useRef<HTMLElement>(null);
  const filter = useMemo<LogFilter>(
    () => ({ ...(start !== '' && { start }), ...(stream !== '' && { stream }) }),
    [start, stream],
  );
  const [store, version] = useLogStore(run, filter);
  const { totals } = store;
  const following = useFollowing(store, `${place} ${id}`, isLive);
  const found = useSearch(run, query, filter, totals?.total ?? 0);
  useEffect(() => setJump(undefined), [query, store]);

  const go = (position: number) => {
    following.set(false);
    setJump({ position });
  };
  const position = jump?.position ?? -1;
  const current = found?.hits.indexOf(position) ?? -1;
  const step = (by: 1 | -1) => {
    if (found === undefined) setQuery('errors');
    else if (found.hits.length > 0) {
      const next = current === -1 ? nearest(found.hits, position, by) : current + by;
      go(found.hits.at(next % found.hits.length) as number);
    }
  };
  // The first hit is shown as soon as it is found.
  useEffect(() => {
    if (jump === undefined && found?.hits[0] !== undefined) go(found.hits[0]);
  }, [found]);

  const focusLog = () => panel.current?.querySelector<HTMLElement>('.log')?.focus();
  const toggleFollowing = () => isLive && following.set(!following.isOn);
  const group = 'Log';
  useKeys([
    { keys: '/', group, label: 'Search the log', run: () => panel.current?.querySelector('input')?.focus() },
    { keys: 'n', group, label: 'Next match or error', run: () => step(1) },
    { keys: 'N', group, label: 'Previous match or error', run: () => step(-1) },
    { keys: 'f', group, label: 'Follow the log', run: toggleFollowing },
    { keys: 'w', group, label: 'Wrap lines', run: () => setWrapped(!isWrapped) },
    { keys: 'l', group, label: 'Go to the log', run: focusLog },
    { keys: 'Escape', run: () => (query === undefined ? false : setQuery(undefined)) },
  ]);

  const lowerQuery = typeof query === 'object' ? query.text.toLowerCase() : '';
  const look = useMemo(
    () => ({ times, startedAt: run.startedAt, query: lowerQuery, onOpen: setOpened }),
    [times, run.startedAt, lowerQuery],
  );
  const note = totals && logNote(run, start, { ...totals, ...(stream !== '' && { stream }) });
  const problem = store.problem ?? totals?.problem;
  const hasStreams = totals?.streams.some((name) => name !== 'log') || stream !== '';
  return (
    <section ref={panel} class="card log-card" aria-labelledby="log-title">
      <header>
        <h2 id="log-title">Logs</h2>
        <span class="muted small hide-s">{totals && totalsText(totals)}</span>
        <span class="grow hide-s" />
        <SearchBox query={query} found={found} current={current} onQuery={setQuery} onStep={step} onLeave={focusLog} />
        <Select
          small
          label="Show the log of"
          value={start}
          options={choices}
          onChange={(value) => props.onSelect(value === '' ? undefined : value)}
        />
        {hasStreams && (
          <Select
            small
            label="Stream"
            value={stream}
            options={STREAMS}
            onChange={(value) => setStream(value as Stream)}
          />
        )}
        <Button small class="log-wrap" aria-pressed={isWrapped} onClick={() => setWrapped(!isWrapped)}>
          Wrap
        </Button>
        {isLive && (
          <Button small aria-pressed={following.isOn} onClick={toggleFollowing}>
            {following.isOn ? 'Following' : 'Follow'}
          </Button>
        )}
        {!isLive && (
          <LinkButton small download href={apiPath('/api/log/download', { place, id, ...filter })}>
            Download
          </LinkButton>
        )}
      </header>
      {problem !== undefined && <Problem message={problem} onRetry={() => store.look()} />}
      {totals !== undefined && (
        <LogList
          store={store}
          version={version}
          look={look}
          isWrapped={isWrapped}
          isFollowing={following.isOn}
          onFollowing={(isAtEnd) => following.scrolled(isAtEnd)}
          jump={jump}
          note={note}
        >
          {following.skipped > 0 && <div class="log-skipped">Skipped {formatCount(following.skipped)} lines</div>}
          {following.newLines > 0 && (
            <Button small class="log-new" onClick={() => following.set(true)}>
              {counted(following.newLines, 'new line')}
            </Button>
          )}
        </LogList>
      )}
      {opened && <WholeLineDialog run={run} line={opened} times={times} onClose={() => setOpened(undefined)} />}
    </section>
  );
}

function totalsText({ written, bytes }: { readonly written: number; readonly bytes: number }): string {
  return `${counted(written, 'line')}, ${sizeText(bytes)}`;
}

/** The hit after a position, or before it. */
function nearest(hits: readonly number[], position: number, by: 1 | -1): number {
  const after = hits.findIndex((hit) => hit >= position);
  const next = after === -1 ? hits.length : after;
  return by === 1 ? next : next - 1;
}
