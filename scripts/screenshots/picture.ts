import type { Page } from 'playwright-core';
import type { Browser, View } from '../../__tests__/e2e/engines/browser';

/** A picture of the documentation. */
export interface Picture {
  /** Of the file, without its ending. */
  readonly name: string;
  readonly webp: Buffer;
}

/** How high a picture is at most, in pixels: what is below is for those who open the page. */
const HIGHEST = 1_000;
const LOWEST = 400;

/** As the browser's encoder understands it, from 0 to 100: letters have no visible halo. */
const QUALITY = 88;

/** Takes a picture of a page, from its top to the end of what it shows. */
export async function takePicture(browser: Browser, page: Page, name: string, view: View): Promise<Picture> {
  await browser.look(page, { height: HIGHEST, ...view });
  await page.evaluate('document.activeElement?.blur(); scrollTo(0, 0)');
  // The first frame with the new size and colors, and the fonts in it.
  await page.evaluate(
    'document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 300))))',
  );
  const bottom = await page.evaluate<number>(
    `Math.ceil(document.querySelector('main').lastElementChild.getBoundingClientRect().bottom) + 24`,
  );
  const height = Math.min(view.height ?? HIGHEST, Math.max(LOWEST, bottom));
  await browser.look(page, { ...view, height, reducedMotion: true });
  // Playwright makes PNGs only, which are three times as large.
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY });
  await session.detach();
  await browser.look(page, {});
  return { name, webp: Buffer.from(data, 'base64') };
}
