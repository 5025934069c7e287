/** What works in a config file, but might not be intended or has no effect, and what to do about it. */
export interface FileHint {
  readonly property: string;
  readonly message: string;
}
