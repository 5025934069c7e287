import { isSelected } from './selector';

/** What a test says of an event, and what handlers did with it. */
export interface PageEvent {
  readonly type: string;
  readonly target: PageTarget;
  currentTarget: PageTarget;
  defaultPrevented: boolean;
  isStopped: boolean;
  preventDefault(): void;
  stopPropagation(): void;
}

type Listener = (event: PageEvent) => void;

/** Events that only their target gets. */
const OF_TARGET = ['focus', 'blur', 'scroll', 'close', 'popstate', 'visibilitychange'];

/** What listens: an element, the document, the window. */
export class PageTarget {
  private readonly listeners = new Map<string, Set<Listener>>();

  addEventListener(type: string, listener: Listener): void {
    this.listeners.set(type, (this.listeners.get(type) ?? new Set()).add(listener));
  }

  removeEventListener(type: string, listener: Listener): void {
    this.listeners.get(type)?.delete(listener);
  }

  /** How a failed test prints it: with all that it refers to, it would take minutes. */
  toJSON(): string {
    return this instanceof PageElement ? this.markup : this.constructor.name;
  }

  /** How many listen. */
  countOf(type: string): number {
    return this.listeners.get(type)?.size ?? 0;
  }

  /** What gets an event after this. */
  protected above(): PageTarget | null {
    return null;
  }

  /** Dispatches an event. The result says what became of it. */
  fire(type: string, init: object = {}): PageEvent {
    const event: PageEvent = {
      type,
      target: this,
      currentTarget: this,
      defaultPrevented: false,
      isStopped: false,
      preventDefault: () => {
        event.defaultPrevented = true;
      },
      stopPropagation: () => {
        event.isStopped = true;
      },
      ...init,
    };
    let at: PageTarget | null = this;
    while (at !== null && !event.isStopped) {
      event.currentTarget = at;
      for (const listener of [...(at.listeners.get(type) ?? [])]) listener.call(at, event);
      at = OF_TARGET.includes(type) ? null : at.above();
    }
    return event;
  }
}

/** A node of the tree. */
export class PageNode extends PageTarget {
  parentNode: PageNode | null = null;
  readonly childNodes: PageNode[] = [];

  constructor(
    readonly nodeType: 1 | 3 | 9,
    readonly ownerDocument: PageDocument | null,
  ) {
    super();
  }

  get firstChild(): PageNode | null {
    return this.childNodes[0] ?? null;
  }

  get nextSibling(): PageNode | null {
    const all = this.parentNode?.childNodes ?? [];
    return all[all.indexOf(this) + 1] ?? null;
  }

  get parentElement(): PageElement | null {
    return this.parentNode instanceof PageElement ? this.parentNode : null;
  }

  get textContent(): string {
    return this.childNodes.map((node) => node.textContent).join('');
  }

  insertBefore(node: PageNode, before: PageNode | null): PageNode {
    node.remove();
    this.childNodes.splice(before === null ? this.childNodes.length : this.childNodes.indexOf(before), 0, node);
    node.parentNode = this;
    return node;
  }

  append(node: PageNode): void {
    this.insertBefore(node, null);
  }

  remove(): void {
    const all = this.parentNode?.childNodes;
    all?.splice(all.indexOf(this), 1);
    this.parentNode = null;
  }

  contains(node: PageNode | null): boolean {
    return node === this || (node !== null && this.contains(node.parentNode));
  }

  querySelectorAll(selector: string): PageElement[] {
    return this.childNodes.flatMap((node) =>
      node instanceof PageElement
        ? [...(isSelected(node, selector) ? [node] : []), ...node.querySelectorAll(selector)]
        : [],
    );
  }

  querySelector(selector: string): PageElement | null {
    return this.querySelectorAll(selector)[0] ?? null;
  }

  protected override above(): PageTarget | null {
    return this.parentNode;
  }
}

class PageText extends PageNode {
  constructor(
    owner: PageDocument,
    public data: string,
  ) {
    super(3, owner);
  }

  override get textContent(): string {
    return String(this.data);
  }
}

/** An element. It has no size: a test says what it measures. */
export class PageElement extends PageNode {
  readonly style: { [property: string]: unknown } & { setProperty(name: string, value: unknown): void };
  /** What a test gives the element as its size and place. */
  readonly rectangle = { left: 0, right: 0, top: 0, bottom: 0, width: 0, height: 0 };
  clientHeight = 0;
  clientWidth = 0;
  offsetHeight = 0;
  offsetWidth = 0;
  offsetTop = 0;
  offsetLeft = 0;
  scrollHeight = 0;
  scrollTop = 0;
  scrollLeft = 0;
  private readonly attributes = new Map<string, string>();

  constructor(
    owner: PageDocument,
    readonly namespaceURI: string,
    readonly localName: string,
  ) {
    super(1, owner);
    const style: { [property: string]: unknown } = {};
    Object.defineProperty(style, 'setProperty', {
      value: (name: string, value: unknown) => {
        style[name] = value;
      },
    });
    this.style = style as PageElement['style'];
  }

  get children(): PageElement[] {
    return this.childNodes.filter((node) => node instanceof PageElement);
  }

  get classes(): string[] {
    return (this.getAttribute('class') ?? '').split(/\s+/).filter((name) => name !== '');
  }

  get dataset(): { readonly [name: string]: string } {
    const own = [...this.attributes].filter(([name]) => name.startsWith('data-'));
    return Object.fromEntries(own.map(([name, value]) => [name.slice(5), value]));
  }

  getAttribute(name: string): string | null {
    return this.attributes.get(name.toLowerCase()) ?? null;
  }

  hasAttribute(name: string): boolean {
    return this.getAttribute(name) !== null;
  }

  setAttribute(name: string, value: unknown): void {
    this.attributes.set(name.toLowerCase(), value === true && !/^(aria|data)-/.test(name) ? '' : String(value));
  }

  removeAttribute(name: string): void {
    this.attributes.delete(name.toLowerCase());
  }

  matches(selector: string): boolean {
    return isSelected(this, selector);
  }

  closest(selector: string): PageElement | null {
    return this.matches(selector) ? this : (this.parentElement?.closest(selector) ?? null);
  }

  getBoundingClientRect() {
    return this.rectangle;
  }

  scrollIntoView(): void {}

  focus(): void {
    if (this.ownerDocument !== null) this.ownerDocument.focused = this;
    this.fire('focus');
  }

  click(): void {
    if (!this.hasAttribute('disabled')) this.fire('click', CLICK);
  }

  /** As HTML, with its attributes in the order of the alphabet, and its style as one of them. */
  get markup(): string {
    const style = Object.entries(this.style).filter(([, value]) => value !== '' && value !== undefined);
    const attributes = [
      ...this.attributes,
      ...(style.length === 0 ? [] : [['style', style.map((entry) => entry.join(': ')).join('; ')] as const]),
    ]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => (value === '' ? ` ${name}` : ` ${name}="${value}"`));
    return `<${this.localName}${attributes.join('')}>${this.inner}</${this.localName}>`;
  }

  /** What it holds, as HTML. */
  get inner(): string {
    return this.childNodes.map((node) => (node instanceof PageElement ? node.markup : node.textContent)).join('');
  }
}

/** A plain click of the left button. */
export const CLICK = { button: 0, metaKey: false, ctrlKey: false, shiftKey: false, altKey: false };

/** What a person writes into or chooses from. */
export class PageInput extends PageElement {
  value = '';
  checked = false;
  selectionStart = 0;
  selectionEnd = 0;

  get type(): string {
    return this.getAttribute('type') ?? 'text';
  }

  setSelectionRange(start: number, end: number): void {
    Object.assign(this, { selectionStart: start, selectionEnd: end });
  }
}

/** A link. */
class PageAnchor extends PageElement {
  get target(): string {
    return this.getAttribute('target') ?? '';
  }

  private get url(): URL {
    return new URL(this.getAttribute('href') ?? '', location.href);
  }

  get origin(): string {
    return this.url.origin;
  }

  get pathname(): string {
    return this.url.pathname;
  }

  get search(): string {
    return this.url.search;
  }

  get hash(): string {
    return this.url.hash;
  }
}

/** A modal dialog. */
export class PageDialog extends PageElement {
  showModal(): void {
    this.setAttribute('open', true);
  }

  close(): void {
    this.removeAttribute('open');
    this.fire('close');
  }
}

const KINDS: { readonly [name: string]: typeof PageElement } = {
  a: PageAnchor,
  dialog: PageDialog,
  input: PageInput,
  select: PageInput,
  textarea: PageInput,
};

export class PageDocument extends PageNode {
  readonly body: PageElement;
  readonly documentElement: PageElement;
  focused: PageElement | undefined;
  title = '';
  hidden = false;
  selection: unknown = null;

  constructor(private readonly window: PageTarget) {
    super(9, null);
    this.documentElement = this.createElement('html');
    this.body = this.createElement('body');
    this.append(this.documentElement);
    this.documentElement.append(this.body);
  }

  get activeElement(): PageElement {
    return this.focused !== undefined && this.contains(this.focused) ? this.focused : this.body;
  }

  createElement(name: string): PageElement {
    return this.createElementNS('http://www.w3.org/1999/xhtml', name);
  }

  createElementNS(namespace: string, name: string): PageElement {
    return new (KINDS[name] ?? PageElement)(this, namespace, name);
  }

  createTextNode(text: string): PageText {
    return new PageText(this, text);
  }

  getElementById(id: string): PageElement | null {
    return this.querySelector(`[id="${id}"]`);
  }

  getSelection(): unknown {
    return this.selection;
  }

  protected override above(): PageTarget {
    return this.window;
  }
}
