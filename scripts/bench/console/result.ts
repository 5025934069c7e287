/** A measurement and what it must stay below. */
export interface Result {
  readonly what: string;
  readonly value: number;
  readonly unit: 'ms' | 'KB' | 'MB';
  readonly budget: number;
}
