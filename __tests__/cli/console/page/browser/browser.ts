import { type ComponentChild, h, render } from 'preact';
import { act } from 'preact/test-utils';
import { ConsoleContext } from '../../../../../cli/console/page/shell/console-state';
import type { ConsoleState } from '../../../../../cli/model/console';
import { PageDialog, PageDocument, PageElement, type PageEvent, PageInput, PageNode, PageTarget } from './nodes';

/** Where the page is before a test goes elsewhere. */
const START = 'http://127.0.0.1:4000/';

/** What the console says of itself, unless a test says otherwise. */
const CONSOLE: ConsoleState = {
  stackName: 'reports',
  configFile: 'batch-jobs.config.ts',
  isReadOnly: false,
  aws: { kind: 'off' },
  commands: {
    deploy: 'npm run deploy',
    diff: 'npm run diff',
    local: 'npm run local',
    undelivered: 'npm run undelivered',
  },
} as unknown as ConsoleState;

/** A page in a browser without sizes and colors: a tree of elements that hears events, an address, a history. */
class Browser {
  readonly window = new PageTarget();
  readonly document = new PageDocument(this.window);
  readonly stored = new Map<string, string>();
  /** Entries of the history, the last one shown. */
  readonly entries: { state: unknown; url: string }[] = [{ state: null, url: START }];
  readonly scrolled: (readonly [left: number, top: number])[] = [];
  scrollY = 0;
  /** Set to have the browser refuse to store. */
  isStorageRefused = false;
  /** What is on the clipboard. */
  clipboard: string | undefined;
  isClipboardRefused = false;
  private readonly frames: (() => void)[] = [];

  /** Renders a component as the page, or nothing. */
  show(what: ComponentChild, state: ConsoleState | undefined = CONSOLE): PageElement {
    const { body } = this.document;
    const content = h(ConsoleContext.Provider, { value: state, children: what });
    act(() => render(content, body as unknown as Element));
    return body;
  }

  /** Renders a component that calls a hook. The result has what the hook returned last, and renders it again. */
  hook<T>(call: () => T, state?: ConsoleState): { readonly current: T; readonly again: (call: () => T) => void } {
    let current: T | undefined;
    const Caller = ({ of }: { readonly of: () => T }) => {
      current = of();
      return null;
    };
    const again = (of: () => T) => void this.show(h(Caller, { of }), state);
    again(call);
    return {
      get current() {
        return current as T;
      },
      again,
    };
  }

  /** The only element that a selector names. */
  get(selector: string): PageElement {
    const [found, ...others] = this.document.querySelectorAll(selector);
    if (found === undefined || others.length > 0) {
      throw new Error(`${others.length + (found ? 1 : 0)} elements are ${selector} in ${this.document.body.inner}`);
    }
    return found;
  }

  /** The texts of all elements that a selector names. */
  texts(selector: string): string[] {
    return this.document.querySelectorAll(selector).map(({ textContent }) => textContent);
  }

  /** The button or link with this text. */
  button(text: string): PageElement {
    const found = this.document.querySelectorAll('button, a').filter(({ textContent }) => textContent === text);
    const [only] = found;
    if (only === undefined || found.length > 1) {
      throw new Error(`${found.length} buttons say ${JSON.stringify(text)} in ${this.document.body.inner}`);
    }
    return only;
  }

  /** Dispatches an event, and draws what it changes. */
  fire(target: PageTarget | string, type: string, init: object = {}): PageEvent {
    let event: PageEvent | undefined;
    act(() => {
      event = (typeof target === 'string' ? this.get(target) : target).fire(type, init);
    });
    return event as PageEvent;
  }

  /** Presses a key in an element, by default in the one that has the focus. */
  press(key: string, more: object = {}, target: PageTarget = this.document.activeElement): PageEvent {
    const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, isComposing: false, timeStamp: 0 };
    return this.fire(target, 'keydown', { key, ...none, ...more });
  }

  /** Clicks on what has this text. */
  async click(text: string): Promise<void> {
    act(() => this.button(text).click());
    await this.settled();
  }

  /** Writes a text into a field, or chooses a value. */
  write(selector: string, value: string, type = 'input'): void {
    const field = this.get(selector) as PageInput;
    field.value = value;
    this.fire(field, type);
  }

  /** Lets answers arrive, and draws what they change. */
  async settled(): Promise<void> {
    for (let round = 0; round < 4; round += 1) {
      await act(async () => {
        for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
      });
    }
  }

  /** Draws the next frame. */
  frame(): void {
    act(() => {
      for (const draw of this.frames.splice(0)) draw();
    });
  }

  /** The address, without the origin. */
  get address(): string {
    const { pathname, search, hash } = this.url;
    return pathname + search + hash;
  }

  /** Goes to an address, without the page's knowing. */
  go(address: string): void {
    this.entry.url = new URL(address, START).href;
  }

  get state(): unknown {
    return this.entry.state;
  }

  private get entry(): { state: unknown; url: string } {
    return this.entries.at(-1) as { state: unknown; url: string };
  }

  private get url(): URL {
    return new URL(this.entry.url);
  }

  /** What scripts see as globals. */
  globals(): { readonly [name: string]: unknown } {
    const browser = this;
    const location = Object.defineProperties(
      {},
      Object.fromEntries(
        (['href', 'origin', 'pathname', 'search', 'hash'] as const).map((name) => [
          name,
          { get: () => browser.url[name] },
        ]),
      ),
    );
    const history = {
      get state() {
        return browser.state;
      },
      replaceState: (state: unknown, _: string, to = browser.url.href) =>
        Object.assign(browser.entry, { state, url: new URL(to, browser.url).href }),
      pushState: (state: unknown, _: string, to: string) =>
        browser.entries.push({ state, url: new URL(to, browser.url).href }),
    };
    const refuse = () => {
      if (browser.isStorageRefused) throw new Error('The browser stores nothing');
    };
    const localStorage = {
      getItem: (key: string) => {
        refuse();
        return browser.stored.get(key) ?? null;
      },
      setItem: (key: string, value: string) => {
        refuse();
        browser.stored.set(key, value);
      },
    };
    const window = Object.defineProperties(this.window, {
      location: { value: location },
      scrollY: { get: () => browser.scrollY },
      scrollTo: { value: (left: number, top: number) => browser.scrolled.push([left, top]) },
    });
    const clipboard = {
      writeText: async (text: string) => {
        if (browser.isClipboardRefused) throw new Error('The browser refuses');
        browser.clipboard = text;
      },
    };
    return {
      document: this.document,
      window,
      location,
      history,
      localStorage,
      navigator: { clipboard },
      Node: PageNode,
      Element: PageElement,
      HTMLElement: PageElement,
      HTMLInputElement: PageInput,
      HTMLDialogElement: PageDialog,
      CSS: { escape: (text: string) => text.replace(/["\\]/g, '\\$&') },
      requestAnimationFrame: (draw: () => void) => this.frames.push(draw),
      cancelAnimationFrame: () => {},
    };
  }
}

/** Gives each test of a file a browser of its own, in which the page's modules find what they use. */
export function openBrowser(): Browser {
  const browser = new Browser();
  let before: readonly (readonly [name: string, descriptor: PropertyDescriptor | undefined])[] = [];
  beforeEach(() => {
    Object.assign(browser, new Browser());
    const globals = Object.entries(browser.globals());
    before = globals.map(([name]) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]);
    for (const [name, value] of globals) {
      Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
    }
  });
  afterEach(() => {
    browser.show(null);
    for (const [name, descriptor] of before) {
      if (descriptor === undefined) Reflect.deleteProperty(globalThis, name);
      else Object.defineProperty(globalThis, name, descriptor);
    }
  });
  return browser;
}
