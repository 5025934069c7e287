import { type LogFilter, type LogPage, PAGE_LINES, type WholeLine } from '../../../model/log';
import { output } from '../../log/log-download';
import { linesOf, wholeLine } from '../../log/log-lines';
import { search } from '../../log/log-search';
import type { OpenLog } from '../../log/logs';
import type { ConsoleContext } from '../context';
import { RequestError, type Route, type RouteQuery, type RouteRequest, StreamedLines, StreamedText } from '../route';

/** Characters of a search. */
const LONGEST_SEARCH = 1_000;

/** More lines than a log can have. */
const MOST_LINES = 10 ** 12;

/** The logs of runs. */
export const logRoutes: readonly Route[] = [
  { method: 'GET', path: '/api/log', answer: page },
  { method: 'GET', path: '/api/log/line', answer: line },
  { method: 'GET', path: '/api/log/search', answer: hits },
  { method: 'GET', path: '/api/log/download', answer: download },
];

async function page({ query }: RouteRequest, context: ConsoleContext): Promise<LogPage> {
  const from = query.number('from', -1, MOST_LINES, 0);
  const count = query.number('count', 0, PAGE_LINES, PAGE_LINES);
  const filter = filterOf(query);
  const { log, isComplete, problem } = await opened(query, context);
  if (from < 0) await log.read(isComplete);
  else await log.has(from + count, filter);
  const page = await linesOf(log, from, count, filter);
  return { ...page, isComplete: isComplete && !log.isBeingRead, problem };
}

async function line({ query }: RouteRequest, context: ConsoleContext): Promise<WholeLine> {
  const number = query.number('number', 0, MOST_LINES);
  const { log } = await opened(query, context);
  await log.has(number + 1, {});
  const found = await wholeLine(log, number);
  if (found === undefined) throw new RequestError(404, 'The log has no such line any more. Load the page again.');
  return found;
}

async function hits({ query, signal }: RouteRequest, context: ConsoleContext): Promise<StreamedLines> {
  const filter = filterOf(query);
  const isForErrors = query.optional('errors') !== undefined;
  const text = isForErrors ? '' : query.required('q');
  if (text.length > LONGEST_SEARCH) throw new RequestError(400, `Search for at most ${LONGEST_SEARCH} characters.`);
  const { log, isComplete } = await opened(query, context);
  await log.read(isComplete);
  return new StreamedLines(search(log, isForErrors ? { errors: true } : { text }, filter, signal));
}

async function download({ query }: RouteRequest, context: ConsoleContext): Promise<StreamedText> {
  const filter = filterOf(query);
  const { log, isComplete } = await opened(query, context);
  await log.read(isComplete);
  const parts = [query.required('id'), filter.start, filter.stream].filter((part) => part !== undefined);
  return new StreamedText(output(log, filter), `${parts.join('-')}.log`);
}

async function opened(query: RouteQuery, { logs }: ConsoleContext): Promise<OpenLog> {
  const id = query.required('id');
  const log = await logs.open(query.place(), id);
  if (log === undefined) throw new RequestError(404, `There is no run ${id}. It may have been deleted.`);
  return log;
}

function filterOf(query: RouteQuery): LogFilter {
  const [start, stream] = [query.optional('start'), query.optional('stream')];
  if (start !== undefined && !/^\d{1,9}(\.\d{1,9})?$/.test(start)) {
    throw new RequestError(400, 'The parameter "start" must be an attempt, such as 2, or a start of it, such as 2.3.');
  }
  if (stream !== undefined && stream !== 'stdout' && stream !== 'stderr') {
    throw new RequestError(400, 'The parameter "stream" must be "stdout" or "stderr".');
  }
  return { start, stream };
}
