/** A key and what it does. */
export interface KeyBinding {
  /** As of `KeyboardEvent.key`; two of them, one after the other, are `g s`. */
  readonly keys: string;
  /** Verb and object, for the list of keys. Undefined: not listed, as a second key for the same. */
  readonly label?: string;
  /** Heading in the list of keys. */
  readonly group?: string;
  /** Returns false if the key does nothing now. It is then for the browser, or for a binding beneath. */
  readonly run: () => unknown;
}

/** The parts of a KeyboardEvent that matter. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  /** Whether the key is text for what has the focus. */
  readonly isInField: boolean;
  /** Whether the key acts on what has the focus: Enter on a link, Space on a button. */
  readonly isForFocus: boolean;
  /** Milliseconds. */
  readonly at: number;
}

/** The second key of a sequence comes within this many milliseconds. */
const SEQUENCE = 1500;

/** All keys of the page. Bindings that were added later come first: a dialog's before a screen's before the page's. */
export class KeyMap {
  private readonly layers: { bindings: readonly KeyBinding[] }[] = [];
  private first: { readonly key: string; readonly at: number } | undefined;

  /** @param areCharactersOn whether keys that are characters work. Others, such as Esc, always do. */
  constructor(private readonly areCharactersOn: () => boolean = () => true) {}

  /** Adds bindings. The result takes them away; `replace` changes them in their place. */
  add(bindings: readonly KeyBinding[]): {
    readonly remove: () => void;
    readonly replace: (b: readonly KeyBinding[]) => void;
  } {
    const layer = { bindings };
    this.layers.push(layer);
    return {
      remove: () => void this.layers.splice(this.layers.indexOf(layer), 1),
      replace: (others) => {
        layer.bindings = others;
      },
    };
  }

  /** Does what a key says. Returns whether it did, so that the browser does not as well. */
  press(press: KeyPress): boolean {
    if (press.ctrlKey || press.metaKey || press.altKey || press.isForFocus) return false;
    const isCharacter = press.key.length === 1;
    if (press.isInField || (isCharacter && !this.areCharactersOn())) return false;
    const before = this.first;
    this.first = undefined;
    if (before !== undefined && press.at - before.at <= SEQUENCE && this.run(`${before.key} ${press.key}`)) return true;
    if (this.run(press.key)) return true;
    if (!this.all().some(({ keys }) => keys.startsWith(`${press.key} `))) return false;
    this.first = { key: press.key, at: press.at };
    return true;
  }

  /** The bindings of the list of keys, those of the page first. */
  listed(): readonly KeyBinding[] {
    const seen = new Set<string>();
    return this.layers
      .flatMap(({ bindings }) => bindings)
      .filter(({ keys, label }) => label !== undefined && !seen.has(keys) && seen.add(keys));
  }

  private run(keys: string): boolean {
    return this.all().some((binding) => binding.keys === keys && binding.run() !== false);
  }

  private all(): readonly KeyBinding[] {
    return [...this.layers].reverse().flatMap(({ bindings }) => bindings);
  }
}
