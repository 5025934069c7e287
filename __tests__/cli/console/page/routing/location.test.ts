/** @jest-environment-options {"browser": true} */
import { followLinks, navigate, useRoute } from '../../../../../cli/console/page/routing/location';
import { CLICK, openBrowser } from '../browser/browser';

const browser = openBrowser();

beforeEach(() => {
  jest.useFakeTimers();
  followLinks();
});
afterEach(() => jest.useRealTimers());

/** Clicks within a link, and says where the page is after it. */
function clicked(attributes: Readonly<Record<string, string>>, more: object = {}): string | undefined {
  const link = browser.add('a', attributes);
  const event = browser.fire(browser.add('b', {}, link), 'click', { ...CLICK, ...more });
  return event.defaultPrevented ? browser.address : undefined;
}

it('the browser puts nothing where it was: the page does', () => {
  expect(history.scrollRestoration).toBe('manual');
});

describe('a link', () => {
  it('to a screen changes the address with its query and hash, without loading the page', () => {
    expect(clicked({ href: '/runs/x?a=1#a2' })).toBe('/runs/x?a=1#a2');
    expect(browser.entries).toHaveLength(2);
  });

  it.each<[string, Readonly<Record<string, string>>, object]>([
    ['elsewhere', { href: 'https://console.aws.amazon.com/' }, {}],
    ['of the server', { href: '/api/log/download' }, {}],
    ['for another tab', { href: '/runs', target: '_blank' }, {}],
    ['of a file', { href: '/runs', download: '' }, {}],
    ['within the screen', { href: '#main' }, {}],
    ['that something has handled', { href: '/runs' }, { defaultPrevented: true }],
    ['clicked by the second button', { href: '/runs' }, { button: 1 }],
    ['clicked with Meta', { href: '/runs' }, { metaKey: true }],
    ['clicked with Ctrl', { href: '/runs' }, { ctrlKey: true }],
    ['clicked with Shift', { href: '/runs' }, { shiftKey: true }],
    ['clicked with Alt', { href: '/runs' }, { altKey: true }],
  ])('%s is left to the browser', (_what, attributes, more) => {
    clicked(attributes, more);
    expect([browser.address, browser.entries.length]).toEqual(['/', 1]);
  });

  it('is left to the browser', () => {
    expect(clicked({ href: '/api/x' })).toBeUndefined();
    expect(browser.fire(browser.add('b'), 'click', CLICK).defaultPrevented).toBe(false);
    expect(browser.fire(browser.document, 'click', CLICK).defaultPrevented).toBe(false);
  });
});

describe('the route', () => {
  it('is that of the address bar, after each change', () => {
    browser.go('/aws/runs?job=a');
    const route = browser.hook(useRoute);
    expect(route.current).toMatchObject({ place: 'aws', screen: 'runs', query: { job: 'a' } });
    browser.fire(browser.window, 'click');
    navigate('/send');
    route.again(useRoute);
    expect(route.current).toMatchObject({ place: 'local', screen: 'send' });
    browser.go('/undelivered');
    browser.fire(browser.window, 'popstate', { state: null });
    expect(route.current).toMatchObject({ screen: 'undelivered' });
    browser.show(null);
    navigate('/runs');
    expect(route.current).toMatchObject({ screen: 'undelivered' });
  });

  it('is the one of the other component too', () => {
    const route = browser.hook(useRoute);
    expect(route.current.screen).toBe('stack');
    expect(clicked({ href: '/runs' })).toBe('/runs');
    expect(route.current.screen).toBe('runs');
  });
});

describe('another screen', () => {
  it('begins at its top, with the focus on its main part', () => {
    const main = browser.add('main', { id: 'main' });
    const focus = jest.spyOn(main, 'focus');
    navigate('/runs');
    expect(browser.scrolled).toEqual([]);
    browser.frame();
    expect(focus).toHaveBeenCalledWith({ preventScroll: true });
    expect(browser.scrolled).toEqual([[0, 0]]);
    expect(browser.entries).toMatchObject([
      { url: 'http://127.0.0.1:4000/' },
      { state: {}, url: 'http://127.0.0.1:4000/runs' },
    ]);
  });

  it('on the same path stays where it is, as a step of the history or none', () => {
    browser.go('/runs');
    navigate('/runs?job=a', { replace: true });
    expect(browser.entries).toMatchObject([{ state: null, url: 'http://127.0.0.1:4000/runs?job=a' }]);
    navigate('?job=b');
    expect(browser.entries).toHaveLength(2);
    navigate('/runs#a2', { replace: false });
    expect([browser.entries.length, browser.address]).toEqual([3, '/runs#a2']);
    browser.frame();
    expect(browser.scrolled).toEqual([]);
    navigate('/send', { replace: true });
    browser.frame();
    expect([browser.entries.length, browser.scrolled]).toEqual([3, [[0, 0]]]);
  });

  it('remembers where somebody was on the one before: how low, and at which run', () => {
    history.replaceState({ kept: 1 }, '', '/runs');
    browser.set(browser.window, { scrollY: 700 });
    browser.add('a', { 'data-run': 'a-1' }).focus();
    navigate('/runs/a-1');
    expect(browser.entries[0]).toEqual({
      state: { kept: 1, scroll: 700, run: 'a-1' },
      url: 'http://127.0.0.1:4000/runs',
    });
  });

  it('remembers no run where none has the focus', () => {
    browser.set(browser.window, { scrollY: 5 });
    navigate('/runs');
    expect(browser.entries[0]?.state).toEqual({ scroll: 5 });
  });
});

describe('back', () => {
  it('goes to where somebody was, and to the run 50 ms later, when its row is drawn', async () => {
    browser.fire(browser.window, 'popstate', { state: { scroll: 700, run: 'a"1' } });
    browser.frame();
    expect(browser.scrolled).toEqual([[0, 700]]);
    const row = browser.add('a', { href: '/runs/a' });
    // The browser of the tests knows no escaped characters.
    const find = jest.spyOn(browser.document, 'querySelector').mockReturnValue(row);
    await jest.advanceTimersByTimeAsync(49);
    expect(browser.document.activeElement).not.toBe(row);
    await jest.advanceTimersByTimeAsync(1);
    expect(browser.document.activeElement).toBe(row);
    expect(find).toHaveBeenCalledWith('[data-run="a\\"1"]');
  });

  it('bears that the run is not in the list any more', async () => {
    browser.fire(browser.window, 'popstate', { state: { scroll: 1, run: 'gone' } });
    browser.frame();
    await jest.runAllTimersAsync();
    expect(browser.document.activeElement).toBe(browser.document.body);
  });

  it('goes to the top where nothing is remembered', async () => {
    browser.fire(browser.window, 'popstate', { state: null });
    browser.frame();
    expect(browser.scrolled).toEqual([[0, 0]]);
    expect(jest.getTimerCount()).toBe(0);
  });
});
