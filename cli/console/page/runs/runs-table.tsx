import { useRef, useState } from 'preact/hooks';
import { runLook } from '../../../model/outcome';
import type { RunLocation, RunRow } from '../../../model/run';
import './runs.css';
import { Chip } from '../parts/chip';
import { useNarrow } from '../parts/narrow';
import { Problem } from '../parts/states';
import { Elapsed, Time } from '../parts/time';
import { runHref } from '../routing/route';
import { useRowKeys } from './row-keys';
import { runAgain } from './run-again';
import { attemptsText, RunActions, RunBars } from './run-cells';
import { useCompleted, useHistories } from './run-details';
import { useRowWindow } from './use-row-window';

const ROW = 40;
const CARD = 152;

/** Runs in rows, or in cards on a phone. Only what is near the visible part is rendered. */
export function RunsTable(props: {
  readonly rows: readonly RunRow[];
  readonly place: RunLocation;
  /** What screen readers call it. */
  readonly label: string;
  /** Whether `j`, `k` and `r` act on its rows. Default: false */
  readonly hasKeys?: boolean;
}) {
  const { place } = props;
  const rows = useCompleted(place, props.rows);
  const [problem, setProblem] = useState<string>();
  const list = useRef<HTMLElement>(null);
  const isNarrow = useNarrow();
  const height = isNarrow ? CARD : ROW;
  const shown = useRowWindow(list, height, rows.length);
  const visible = rows.slice(shown.from, shown.to);
  useHistories(place, visible);
  const onAgain = async (row: RunRow) => {
    setProblem(undefined);
    await runAgain(place, row).catch((error: Error) => setProblem(error.message));
  };
  useRowKeys({ list, rows, height, isOn: props.hasKeys === true, onAgain });
  const part = {
    rows: visible,
    place,
    label: props.label,
    onAgain,
    from: shown.from,
    count: rows.length,
    above: shown.from * height,
    below: (rows.length - shown.to) * height,
  };
  return (
    <>
      {problem !== undefined && <Problem message={problem} />}
      {isNarrow ? <Cards {...part} list={list} /> : <Rows {...part} list={list} />}
    </>
  );
}

interface Part {
  /** Those that are rendered. */
  readonly rows: readonly RunRow[];
  readonly place: RunLocation;
  readonly label: string;
  readonly onAgain: (row: RunRow) => Promise<void>;
  readonly from: number;
  readonly count: number;
  /** Pixels of the rows that are not. */
  readonly above: number;
  readonly below: number;
  readonly list: { current: HTMLElement | null };
}

function Rows({ rows, place, label, onAgain, from, count, above, below, list }: Part) {
  return (
    <table class="runs" aria-label={label} aria-rowcount={count + 1}>
      <thead>
        <tr>
          <th class="c-job">Job</th>
          <th class="c-outcome">Outcome</th>
          <th class="c-source">Started by</th>
          <th class="c-time">Time</th>
          <th class="num c-attempts">Attempts</th>
          <th class="num c-duration">Duration</th>
          <th class="num c-started">Started</th>
          <th class="c-actions">
            <span class="said">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody
        ref={(body) => {
          list.current = body;
        }}
      >
        <Space height={above} />
        {rows.map((row, index) => (
          <tr key={row.id} class="run" aria-rowindex={from + index + 2}>
            <td class="cut">
              <RunLink row={row} place={place} />
            </td>
            <td>
              <Chip {...runLook(row)}>{runLook(row).word}</Chip>
            </td>
            <td class="muted cut c-source" title={row.source}>
              {row.source}
            </td>
            <td class="c-time">
              <RunBars row={row} />
            </td>
            <td class="num muted c-attempts">{attemptsText(row)}</td>
            <td class="num">
              <Elapsed from={row.startedAt} to={row.endedAt} />
            </td>
            <td class="num muted">
              <Time at={row.startedAt} />
            </td>
            <td class="c-actions">
              <RunActions row={row} place={place} onAgain={onAgain} />
            </td>
          </tr>
        ))}
        <Space height={below} />
      </tbody>
    </table>
  );
}

function Space({ height }: { readonly height: number }) {
  if (height === 0) return null;
  return (
    <tr aria-hidden="true" class="space">
      <td style={{ height: `${height}px` }} />
    </tr>
  );
}

function Cards({ rows, place, label, onAgain, above, below, list }: Part) {
  return (
    <ul
      class="run-cards"
      aria-label={label}
      style={{ paddingTop: `${above}px`, paddingBottom: `${below}px` }}
      ref={(element) => {
        list.current = element;
      }}
    >
      {rows.map((row) => (
        <li key={row.id} class="run">
          <div>
            <RunLink row={row} place={place} />
            <Chip {...runLook(row)}>{runLook(row).word}</Chip>
          </div>
          <div class="muted">
            <span class="cut">{row.source}</span>
            <Time at={row.startedAt} />
          </div>
          <RunBars row={row} />
          <div>
            <span class="muted cut">
              {attemptsText(row) !== '' && `${attemptsText(row)}, `}
              <Elapsed from={row.startedAt} to={row.endedAt} />
            </span>
            <RunActions row={row} place={place} onAgain={onAgain} />
          </div>
        </li>
      ))}
    </ul>
  );
}

function RunLink({ row, place }: { readonly row: RunRow; readonly place: RunLocation }) {
  return (
    <a class="run-link cut" href={runHref(place, row.id)} title={row.id} data-run={row.id}>
      {row.job}
      <span class="said"> {row.id}</span>
    </a>
  );
}
