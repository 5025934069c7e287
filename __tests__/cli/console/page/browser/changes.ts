import type { openBrowser } from './browser';

/** A stream of the server's changes, as the page sees it: `EventSource`. */
class Stream extends EventTarget {
  isClosed = false;

  constructor(readonly address: string) {
    super();
  }

  close(): void {
    this.isClosed = true;
  }
}

/** The streams that the page has opened, the newest last. */
class Changes {
  readonly streams: Stream[] = [];

  constructor(private readonly browser: ReturnType<typeof openBrowser>) {}

  /** The streams that are open. */
  get open(): Stream[] {
    return this.streams.filter(({ isClosed }) => !isClosed);
  }

  /** Has the newest stream be open. */
  begin(): void {
    this.browser.fire(this.newest, 'open');
  }

  /** Has the newest stream end, after it was open or before. */
  end(): void {
    this.browser.fire(this.newest, 'error');
  }

  /** Tells of a change in the newest stream. */
  say(change: object): void {
    this.browser.fire(this.newest, 'message', { data: JSON.stringify(change) });
  }

  private get newest(): Stream {
    const newest = this.streams.at(-1);
    if (newest === undefined) throw new Error('The page has opened no stream');
    return newest;
  }
}

/** Gives each test of a file a server that can tell of changes. */
export function openChanges(browser: ReturnType<typeof openBrowser>): Changes {
  const changes = new Changes(browser);
  beforeEach(() => {
    changes.streams.length = 0;
    const Opened = class extends Stream {
      constructor(address: string) {
        super(address);
        changes.streams.push(this);
      }
    };
    Object.assign(globalThis, { EventSource: Opened });
  });
  afterEach(() => {
    browser.show(null);
    Reflect.deleteProperty(globalThis, 'EventSource');
  });
  return changes;
}
