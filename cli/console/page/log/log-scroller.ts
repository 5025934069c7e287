import {
  type Anchor,
  canvasHeight,
  isExact,
  ROW_HEIGHT,
  rowInProportion,
  scrollInProportion,
  type Window,
  windowAt,
} from '../../../model/log-scroll';

/** Milliseconds without scrolling after which the scroll bar is put where it belongs. */
const REST_MS = 150;

/** A step of more views than this is of the scroll bar, not of a wheel or key. */
const FAR = 4;

/** The style sheet makes the log lower than this. */
const MOST_LINES_HEIGHT = 2_000;

/** Pixels from the end that count as the end. */
const NEAR = 4;

interface Elements {
  /** Scrolls. */
  readonly box: HTMLElement;
  /** As high as all rows. */
  readonly canvas: HTMLElement;
  /** The rows of the window. */
  readonly block: HTMLElement;
}

interface Content {
  readonly rows: number;
  readonly isWrapped: boolean;
  readonly isFollowing: boolean;
}

/**
 * Scrolls rows of which only those in view are in the page. As long as rows have a fixed height and all of them fit, each has its place.
 * Otherwise scrolling moves by pixels from an anchor, the scroll bar by proportion, and both are brought together at rest.
 */
export class LogScroller {
  /** Rows that are in the page. */
  window: Window = { first: 0, last: 0 };
  onFollowing: (isFollowing: boolean) => void = () => {};
  private elements?: Elements;
  private content: Content = { rows: 0, isWrapped: false, isFollowing: false };
  private anchor: Anchor = { row: 0, scroll: 0 };
  private lastScroll = 0;
  /** Whether the scroll bar was moved far since the last rest. */
  private hasJumped = false;
  private rest?: ReturnType<typeof setTimeout>;
  private resized?: ResizeObserver;
  /** Average height of a wrapped row. */
  private rowHeight = ROW_HEIGHT;
  private isMeasured = false;
  private view = 600;

  /** @param onWindow is called when other rows must be in the page */
  constructor(private readonly onWindow: () => void) {}

  attach(elements: Elements): void {
    this.elements = elements;
    this.resized = new ResizeObserver(() => {
      this.view = elements.box.clientHeight;
      this.show(this.topRow());
      this.place();
    });
    this.resized.observe(elements.box);
    this.view = elements.box.clientHeight;
  }

  detach(): void {
    clearTimeout(this.rest);
    this.resized?.disconnect();
    this.elements = undefined;
  }

  /** Takes what is to be shown, before it is rendered. */
  update(content: Content): void {
    const before = this.content;
    const top = this.topRow();
    this.content = content;
    if (content.isWrapped !== before.isWrapped) {
      this.rowHeight = ROW_HEIGHT;
      this.isMeasured = false;
      // The rows in the page have heights from before: what they say of a place is not true any more.
      if (this.isExact) this.anchorAt(Math.floor(top));
      else this.anchor = { row: Math.floor(top), scroll: this.lastScroll };
    }
    if (content.rows < before.rows) this.anchorAt(Math.min(Math.floor(top), Math.max(0, content.rows - 1)));
    const row = content.isFollowing ? this.lastTop() : this.topRow();
    if (content.isFollowing) this.anchor = { row: content.rows, scroll: this.height() };
    this.window = windowAt(row, this.view, content.rows, this.selected());
  }

  /** Puts the rendered rows where they belong. */
  place(): void {
    if (this.elements === undefined) return;
    const { box, canvas, block } = this.elements;
    const width = this.isWrapped ? 0 : Math.max(canvas.offsetWidth, block.offsetWidth);
    canvas.style.minWidth = width === 0 ? '' : `${width}px`;
    this.measure(block);
    const { rows, isFollowing } = this.content;
    if (isFollowing) this.anchor = { row: rows, scroll: this.height() };
    canvas.style.height = `${this.height()}px`;
    box.style.setProperty('--lines', `${Math.min(this.height(), MOST_LINES_HEIGHT)}px`);
    block.style.transform = `translateY(${this.anchor.scroll - this.offset(this.anchor.row)}px)`;
    if (isFollowing) this.scrollTo(Math.max(0, this.height() - box.clientHeight));
  }

  onScroll(): void {
    if (this.elements === undefined) return;
    const { box } = this.elements;
    const scroll = box.scrollTop;
    const step = scroll - this.lastScroll;
    if (step === 0) return;
    this.lastScroll = scroll;
    const isAtEnd = scroll + box.clientHeight >= box.scrollHeight - NEAR;
    if (isAtEnd !== this.content.isFollowing) this.onFollowing(isAtEnd);
    const isFar = !this.isExact && Math.abs(step) > FAR * this.view;
    this.hasJumped ||= isFar;
    if (isFar) this.jumpInProportion(scroll);
    this.show(this.topRow());
    clearTimeout(this.rest);
    if (!this.isExact) this.rest = setTimeout(() => this.settle(), REST_MS);
  }

  /** Shows a row in the middle of the view. */
  jumpTo(row: number): void {
    if (this.elements === undefined) return;
    const half = (this.view - ROW_HEIGHT) / 2;
    const top = row - half / ROW_HEIGHT;
    if (this.isExact) {
      this.scrollTo(Math.max(0, row * ROW_HEIGHT - half));
      this.show(Math.max(0, top));
    } else {
      const { rows } = this.content;
      const scroll = scrollInProportion(top, rows, this.height(), this.view);
      // Rows are at least so high that those before it reach the top of the view, and those after it the bottom.
      const y = Math.min(row * ROW_HEIGHT, Math.max(half, this.view - (rows - row) * ROW_HEIGHT));
      this.anchor = { row, scroll: scroll + y };
      this.scrollTo(scroll);
      this.onWindow();
    }
    this.place();
    this.reveal(row);
  }

  /** The key Home. In a log that does not fit, the scroll bar is at its end some rows before the first one. */
  toStart(): void {
    this.content = { ...this.content, isFollowing: false };
    this.onFollowing(false);
    this.jumpTo(0);
  }

  /** The key End. */
  toEnd(): void {
    this.onFollowing(true);
    this.jumpToEnd();
  }

  /** Shows the last rows. Their heights need not be known. */
  private jumpToEnd(): void {
    if (this.elements === undefined) return;
    const { rows } = this.content;
    this.anchor = { row: rows, scroll: this.height() };
    this.window = windowAt(this.lastTop(), this.view, rows);
    this.onWindow();
    this.scrollTo(this.height());
  }

  private get isExact(): boolean {
    return isExact(this.content.rows, this.isWrapped);
  }

  private get isWrapped(): boolean {
    return this.content.isWrapped;
  }

  private height(): number {
    return canvasHeight(this.content.rows, this.rowHeight);
  }

  private lastTop(): number {
    return Math.max(0, this.content.rows - this.view / ROW_HEIGHT);
  }

  /** The row at the top of the view. */
  private topRow(): number {
    const { anchor, lastScroll, window } = this;
    const isRendered = anchor.row >= window.first && anchor.row <= window.last;
    if (this.elements === undefined || !this.isWrapped || !isRendered) {
      return Math.max(0, anchor.row + (lastScroll - anchor.scroll) / this.rowHeight);
    }
    const { children } = this.elements.block;
    const target = lastScroll - anchor.scroll + this.offset(anchor.row);
    for (const [index, child] of [...children].entries()) {
      const row = child as HTMLElement;
      if (row.offsetTop + row.offsetHeight > target) return this.window.first + index;
    }
    return this.window.last;
  }

  /** Distance of a row from the top of the rendered ones. */
  private offset(row: number): number {
    const { first } = this.window;
    if (!this.isWrapped || this.elements === undefined) return (row - first) * ROW_HEIGHT;
    const { block } = this.elements;
    const child = block.children[Math.floor(row) - first] as HTMLElement | undefined;
    return child === undefined ? (row < first ? 0 : block.offsetHeight) : child.offsetTop;
  }

  private show(top: number): void {
    const { rows } = this.content;
    const wanted = windowAt(top, this.view, rows, this.selected());
    const visible = this.view / ROW_HEIGHT;
    const isInside =
      this.window.first <= Math.max(0, top - 10) && this.window.last >= Math.min(rows, top + visible + 10);
    if (isInside || (wanted.first === this.window.first && wanted.last === this.window.last)) return;
    // Wrapped rows above the window have heights that nobody knows: what is in view must not move.
    if (this.isWrapped) this.anchorAt(Math.floor(top));
    this.onWindow();
  }

  private anchorAt(row: number): void {
    if (isExact(this.content.rows, this.isWrapped)) {
      this.anchor = { row: 0, scroll: 0 };
      if (this.elements !== undefined) this.scrollTo(row * ROW_HEIGHT);
    } else {
      const scroll = this.anchor.scroll + this.offset(row) - this.offset(this.anchor.row);
      this.anchor = { row, scroll };
    }
  }

  private jumpInProportion(scroll: number): void {
    const row = Math.floor(rowInProportion(scroll, this.content.rows, this.height(), this.view));
    this.anchor = { row, scroll };
  }

  /** Puts the scroll bar where the row at the top belongs. */
  private settle(): void {
    if (this.elements === undefined || this.content.isFollowing) return;
    const { hasJumped, lastScroll } = this;
    this.hasJumped = false;
    if (hasJumped && lastScroll <= NEAR) this.jumpTo(0);
    else if (hasJumped && lastScroll + this.view >= this.height() - NEAR) this.jumpToEnd();
    else this.bringTogether();
  }

  private bringTogether(): void {
    const { anchor, lastScroll } = this;
    const row = this.topRow();
    const scroll = scrollInProportion(row, this.content.rows, this.height(), this.view);
    // Pixels of a wrapped row that are above the view. Above the first row there is nothing.
    const above = this.isWrapped
      ? Math.max(0, lastScroll - anchor.scroll + this.offset(anchor.row) - this.offset(row))
      : 0;
    const isFirst = row === 0;
    this.anchor = { row, scroll: isFirst ? 0 : scroll - above };
    this.place();
    this.scrollTo(isFirst ? above : scroll);
  }

  private scrollTo(scroll: number): void {
    if (this.elements === undefined) return;
    this.elements.box.scrollTop = scroll;
    this.lastScroll = this.elements.box.scrollTop;
  }

  /** Wrapped rows have a height on average, which is measured once: a scroll bar whose way changes can't be held. */
  private measure(block: HTMLElement): void {
    const { first, last } = this.window;
    const isWhole = first === 0 && last === this.content.rows;
    if (!this.isWrapped || last === first || (this.isMeasured && !isWhole)) return;
    this.rowHeight = Math.max(ROW_HEIGHT, block.offsetHeight / (last - first));
    this.isMeasured = true;
  }

  /** Scrolls sideways to what was found. */
  private reveal(row: number): void {
    requestAnimationFrame(() => {
      const { box, block } = this.elements ?? {};
      const mark = block?.querySelector(`[data-row="${row}"] mark`);
      if (box === undefined || !mark) return;
      const [inside, outside] = [mark.getBoundingClientRect(), box.getBoundingClientRect()];
      if (inside.left < outside.left || inside.right > outside.right) {
        box.scrollLeft += inside.left - outside.left - outside.width / 3;
      }
    });
  }

  /** Rows between the two ends of what is selected, so that a selection is not lost when it leaves the view. */
  private selected(): Window | undefined {
    const selection = document.getSelection();
    const block = this.elements?.block;
    if (!selection || selection.isCollapsed || !block) return undefined;
    const ends = [selection.anchorNode, selection.focusNode].map((node) => rowOf(node, block));
    const rows = ends.filter((row) => row !== undefined);
    if (rows.length === 0) return undefined;
    return { first: Math.min(...rows), last: Math.max(...rows) + 1 };
  }
}

function rowOf(node: Node | null, block: HTMLElement): number | undefined {
  const element = node instanceof Element ? node : node?.parentElement;
  const row = element?.closest<HTMLElement>('[data-row]');
  return row && block.contains(row) ? Number(row.dataset.row) : undefined;
}
