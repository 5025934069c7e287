import type * as HappyDom from 'happy-dom';
import { type ComponentChild, h, render } from 'preact';
import { act } from 'preact/test-utils';
import { ConsoleContext } from '../../../../../cli/console/page/shell/console-state';
import type { ConsoleState } from '../../../../../cli/model/console';

/** Where the page is before a test goes elsewhere. */
const START = 'http://127.0.0.1:4000/';

/** What the console says of itself, unless a test says otherwise. */
export const CONSOLE: ConsoleState = {
  stackName: 'reports',
  configFile: 'batch-jobs.config.ts',
  isReadOnly: false,
  aws: { kind: 'off' },
  commands: {
    deploy: 'npm run deploy',
    diff: 'npm run diff',
    'local <job>': 'npm run local -- <job>',
    undelivered: 'npm run undelivered',
  },
} as unknown as ConsoleState;

/** What the page's modules find as globals. */
const GLOBALS = [
  'document',
  'location',
  'history',
  'localStorage',
  'Node',
  'Element',
  'HTMLElement',
  'HTMLInputElement',
  'HTMLDialogElement',
  'InputEvent',
  'ResizeObserver',
  'CSS',
] as const;

/** Events that only their target gets. */
const OF_TARGET = ['focus', 'blur', 'scroll', 'close', 'popstate', 'visibilitychange', 'message'];

/** A plain click of the left button. */
export const CLICK = { button: 0, metaKey: false, ctrlKey: false, shiftKey: false, altKey: false };

/** The page in a browser without a screen: elements have no size, and scripts no time of their own. */
class Browser {
  private readonly happy = new (globalThis as unknown as { HappyDom: typeof HappyDom }).HappyDom.Window({
    url: START,
    // What a handler throws fails its test.
    settings: { errorCapture: 'disabled' as HappyDom.BrowserErrorCaptureEnum },
  });
  readonly window = this.happy as unknown as Window & typeof globalThis;
  /** Entries of the history, the last one shown. */
  readonly entries: { state: unknown; url: string }[] = [{ state: null, url: START }];
  readonly scrolled: (readonly [left: number, top: number])[] = [];
  /** Set to have the browser refuse to store. */
  isStorageRefused = false;
  /** What is on the clipboard. */
  clipboard: string | undefined;
  isClipboardRefused = false;
  private readonly frames: (() => void)[] = [];

  get document(): Document {
    return this.window.document;
  }

  /** Renders a component as the page, or nothing. */
  show(what: ComponentChild, state: ConsoleState = CONSOLE): HTMLElement {
    return this.showAlone(h(ConsoleContext.Provider, { value: state, children: what }));
  }

  /** Renders a component before the console has said anything of itself. */
  showAlone(what: ComponentChild): HTMLElement {
    const { body } = this.document;
    act(() => render(what, body));
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

  /** Adds an element to the page, or to another element. */
  add(
    name: string,
    attributes: Readonly<Record<string, string>> = {},
    parent: Element = this.document.body,
  ): HTMLElement {
    const added = this.document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) added.setAttribute(key, value);
    parent.append(added);
    return added;
  }

  all(selector: string): HTMLElement[] {
    return [...this.document.querySelectorAll<HTMLElement>(selector)];
  }

  /** The only element that a selector names. */
  get<Kind extends HTMLElement = HTMLElement>(selector: string): Kind {
    return this.only(this.all(selector), selector) as Kind;
  }

  /** The texts of all elements that a selector names. */
  texts(selector: string): string[] {
    return this.all(selector).map(({ textContent }) => textContent ?? '');
  }

  /** The button or link with this text. */
  button(text: string): HTMLElement {
    const found = this.all('button, a').filter(({ textContent }) => textContent === text);
    return this.only(found, `called ${JSON.stringify(text)}`);
  }

  private only(found: readonly HTMLElement[], what: string): HTMLElement {
    const [only] = found;
    if (only === undefined || found.length > 1) {
      throw new Error(`${found.length} elements are ${what} in ${this.document.body.innerHTML}`);
    }
    return only;
  }

  /** Has an object of the browser, such as an element, have values that scripts can't set: sizes, what is hidden. */
  set(target: object, values: { readonly [property: string]: unknown }): void {
    for (const [name, value] of Object.entries(values)) {
      Object.defineProperty(target, name, { value, configurable: true, writable: true });
    }
  }

  /** Dispatches an event, and draws what it changes. */
  fire(
    target: EventTarget | string,
    type: string,
    { defaultPrevented = false, ...init }: EventInit & { [property: string]: unknown } = {},
  ): Event {
    // A stream is no part of the document.
    const Kind = target instanceof EventTarget ? Event : this.window.Event;
    const event = new Kind(type, { bubbles: !OF_TARGET.includes(type), cancelable: true });
    this.set(event, init);
    if (defaultPrevented) event.preventDefault();
    act(() => void (typeof target === 'string' ? this.get(target) : target).dispatchEvent(event));
    return event;
  }

  /** Presses a key in an element, by default in the one that has the focus. */
  press(
    key: string,
    more: object = {},
    target: EventTarget = this.document.activeElement ?? this.document.body,
  ): Event {
    const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, isComposing: false, timeStamp: 0 };
    return this.fire(target, 'keydown', { key, ...none, ...more });
  }

  /** Types a text into what has the focus, key by key. A key that the page takes is not written. */
  type(text: string): void {
    for (const key of text) {
      if (!this.press(key).defaultPrevented) act(() => void this.edit('insertText', key));
      this.fire(this.document.activeElement ?? this.document.body, 'keyup', { key });
    }
  }

  /** Changes the text of the field that has the focus, as a browser does. */
  private edit(command: string, text = ''): boolean {
    const field = this.document.activeElement as HTMLTextAreaElement;
    const from = field.selectionStart;
    const rest = field.value.slice(field.selectionEnd);
    const written = command === 'insertText' ? text : '';
    field.value = field.value.slice(0, from) + written + rest;
    field.setSelectionRange(from + written.length, from + written.length);
    return field.dispatchEvent(new this.window.InputEvent('input', { bubbles: true }));
  }

  /** Clicks on what has this text. */
  async click(text: string): Promise<void> {
    act(() => this.button(text).click());
    await this.settled();
  }

  /** Writes a text into a field, or chooses a value. */
  write(selector: string, value: string, type = 'input'): void {
    const field = this.get<HTMLInputElement>(selector);
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

  /** Lets time pass, by Jest's fake timers, and draws what that changes. */
  async pass(milliseconds: number): Promise<void> {
    await act(async () => void (await jest.advanceTimersByTimeAsync(milliseconds)));
    await this.settled();
  }

  /** Calls something of a hook, and draws what it changes. */
  act(work: () => void): void {
    act(work);
  }

  /** Draws the next frame. */
  frame(): void {
    act(() => {
      for (const draw of this.frames.splice(0)) draw();
    });
  }

  /** The address, without the origin. */
  get address(): string {
    const { pathname, search, hash } = this.window.location;
    return pathname + search + hash;
  }

  /** Goes to an address, without the page's knowing. */
  go(address: string): void {
    this.happy.happyDOM.setURL(new URL(address, START).href);
  }

  /** What scripts see as globals. */
  globals(): { readonly [name: string]: unknown } {
    const { window, scrolled } = this;
    const { localStorage } = window;
    this.recordHistory();
    this.set(window.document, {
      execCommand: (command: string, _hasUi?: boolean, text?: string) => this.edit(command, text),
    });
    this.set(window, { scrollTo: (left: number, top: number) => scrolled.push([left, top]) });
    const refuse = () => {
      if (this.isStorageRefused) throw new Error('The browser stores nothing');
    };
    const stored = {
      getItem: (key: string) => {
        refuse();
        return localStorage.getItem(key);
      },
      setItem: (key: string, value: string) => {
        refuse();
        localStorage.setItem(key, value);
      },
    };
    const clipboard = {
      writeText: async (text: string) => {
        if (this.isClipboardRefused) throw new Error('The browser refuses');
        this.clipboard = text;
      },
    };
    return {
      ...Object.fromEntries(GLOBALS.map((name) => [name, window[name]])),
      window,
      localStorage: stored,
      navigator: { clipboard },
      requestAnimationFrame: (draw: () => void) => this.frames.push(draw),
      cancelAnimationFrame: () => {},
    };
  }

  private recordHistory(): void {
    const { entries, window } = this;
    const { history, location } = window;
    const [push, replace] = [history.pushState.bind(history), history.replaceState.bind(history)];
    history.pushState = (state, title, to) => {
      push(state, title, to);
      entries.push({ state, url: location.href });
    };
    history.replaceState = (state, title, to) => {
      replace(state, title, to);
      entries.splice(-1, 1, { state, url: location.href });
    };
  }

  close(): Promise<void> {
    return this.happy.happyDOM.close();
  }
}

/** Gives each test of a file a browser, in which the page's modules find what they use. The file asks for `{"browser": true}`. */
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
  afterEach(async () => {
    browser.show(null);
    await browser.close();
    for (const [name, descriptor] of before) {
      if (descriptor === undefined) Reflect.deleteProperty(globalThis, name);
      else Object.defineProperty(globalThis, name, descriptor);
    }
  });
  return browser;
}
