/** Words of engines and of what they run, by which a cause is recognized. */
export const ENGINE_WORDS = {
  /** The image, or a program in it, is for another processor. */
  foreign: /exec format error/i,
  /** The image has no variant for the architecture. */
  noVariant:
    /no image found .* for architecture|no matching manifest for|does not (match the (specified|expected)|provide the specified) platform/i,
  fullDisk: /no space left on device|ENOSPC/i,
} as const;
