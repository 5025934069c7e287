/** Properties in the words of the config, with values to print. Values of undefined are equal to missing ones. */
export interface Properties {
  readonly [property: string]: string | undefined;
}
