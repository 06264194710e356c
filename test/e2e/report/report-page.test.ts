import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { type AxeResults } from 'axe-core';
import { type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { removeDrillFiles } from '../../../packages/confluent-dr/test/report/drill/support/drill-files';
import { openBrowser } from './browser';
import { contrast } from './contrast';
import { pageOf, PAGES } from './pages';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
/** For a developer to look at; git passes over it. */
const screenshots = join(__dirname, '../../../screenshots');

const WIDTHS = [360, 800, 1400];
/** Of a sheet of A4 within its margins. */
const PAPER = 680;
const LOOKS: Readonly<Record<string, { options: BrowserContextOptions; paper?: true }>> = {
  light: { options: { colorScheme: 'light' } },
  dark: { options: { colorScheme: 'dark' } },
  print: { options: { colorScheme: 'dark', viewport: { width: PAPER, height: 1000 } }, paper: true },
  narrow: { options: { colorScheme: 'light', viewport: { width: 360, height: 640 } } },
};

/** Everything that is wider than the page, by what stands at its right edge. */
const TOO_WIDE = `[...document.querySelectorAll('main *')]
  .filter((element) => !element.parentElement.closest('.scrolls'))
  .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map((element) => element.outerHTML.slice(0, 100))`;

const LINES = ['--sent', '--acknowledged', '--consumed', '--lag', '--bar', '--bad'];
const BEHIND = ['--page', '--band', '--band-other'];

interface Reached {
  readonly label: string;
  /** Pixels of what shows that it has the keyboard. */
  readonly outline: number;
  readonly scrolled: boolean;
}

const FOCUSED = `((element) => ({
  label: element.getAttribute('aria-label'),
  outline: parseFloat(getComputedStyle(element).outlineWidth),
  isWide: element.scrollWidth > element.clientWidth,
  scrolled: element.scrollLeft > 0,
}))(document.activeElement)`;

/** Goes from one to the next by Tab, and moves each to the right, until the page ends. */
async function byKeyboard(page: Page): Promise<Reached[]> {
  const reached: Reached[] = [];
  const focused = (): Promise<Reached & { readonly label: string | null; readonly isWide: boolean }> =>
    page.evaluate(FOCUSED);
  for (;;) {
    await page.keyboard.press('Tab');
    const { label } = await focused();
    if (label === null || reached.some((before) => before.label === label)) {
      return reached;
    }
    await page.keyboard.press('ArrowRight');
    const end = Date.now() + 30_000;
    let seen = await focused();
    while (seen.isWide && !seen.scrolled && Date.now() < end) {
      await pause(20);
      seen = await focused();
    }
    reached.push(seen);
  }
}

describe('The report in a browser', () => {
  let browser: Browser;
  const files: Record<string, string> = {};

  beforeAll(async () => {
    mkdirSync(screenshots, { recursive: true });
    browser = await openBrowser();
    for (const [name, given] of Object.entries(PAGES)) {
      files[name] = await pageOf(given);
    }
  });

  afterAll(async () => {
    await browser?.close();
    removeDrillFiles();
  });

  async function opened<T>(name: string, look: (typeof LOOKS)[string], see: (page: Page) => Promise<T>): Promise<T> {
    const context = await browser.newContext(look.options);
    try {
      const page = await context.newPage();
      if (look.paper) {
        await page.emulateMedia({ media: 'print' });
      }
      await page.goto(pathToFileURL(files[name]).href);
      return await see(page);
    } finally {
      await context.close();
    }
  }

  const photographed = (page: Page, name: string, how: string): Promise<Buffer> =>
    page.screenshot({ path: join(screenshots, `${name.replaceAll(/\W+/g, '-')}-${how}.png`), fullPage: true });

  describe.each(Object.keys(PAGES))('of %s', (name) => {
    test.each(WIDTHS)('is no wider than a screen of %i pixels', async (width) => {
      const look = { options: { viewport: { width, height: 900 } } };
      const seen = await opened(name, look, async (page) => {
        await photographed(page, name, `${width}`);
        return page.evaluate<object>(`({ wide: ${TOO_WIDE}, scroll: document.documentElement.scrollWidth })`);
      });
      expect(seen).toEqual({ wide: [], scroll: width });
    });

    test.each(Object.keys(LOOKS))('has nothing that an accessibility checker finds (%s)', async (how) => {
      const { passes, violations, incomplete } = await opened(name, LOOKS[how], async (page) => {
        await photographed(page, name, how);
        await page.evaluate(axe);
        return page.evaluate<AxeResults>(`axe.run(document, { resultTypes: ['violations', 'incomplete'] })`);
      });
      // What it cannot tell of colours is tried below, by the colours themselves.
      const unclear = incomplete.filter(({ id }) => id !== 'color-contrast');
      const told = [...violations, ...unclear].flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
      expect(told).toEqual([]);
      expect(passes.map(({ id }) => id)).toEqual(expect.arrayContaining(['color-contrast', 'document-title']));
    });

    test('has nothing cut off on paper', async () => {
      const cut = await opened(name, LOOKS.print, (page) =>
        page.evaluate<string[]>(`[...document.querySelectorAll('.scrolls')]
          .filter((element) => element.scrollWidth > element.clientWidth + 1)
          .map((element) => element.getAttribute('aria-label') + ': ' + element.scrollWidth)`),
      );
      expect(cut).toEqual([]);
    });

    test('needs no script and asks for nothing', async () => {
      const context = await browser.newContext({ javaScriptEnabled: false });
      const page = await context.newPage();
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      const { href } = pathToFileURL(files[name]);
      await page.goto(href, { waitUntil: 'networkidle' });
      expect(await page.locator('script, link, img, iframe, object, embed, [onload], [onclick]').count()).toBe(0);
      expect(await page.locator('h1').isVisible()).toBe(true);
      expect(asked).toEqual([href]);
      await context.close();
    });

    test('can be read by keyboard: whatever scrolls is reached, shows that it is, and scrolls', async () => {
      const { wide, reached } = await opened(name, LOOKS.narrow, async (page) => ({
        wide: await page.evaluate<string[]>(`[...document.querySelectorAll('.scrolls')]
          .filter((element) => element.scrollWidth > element.clientWidth)
          .map((element) => element.getAttribute('aria-label'))`),
        reached: await byKeyboard(page),
      }));
      expect(wide.length).toBeGreaterThan(0);
      expect(reached.map(({ label }) => label)).toEqual(expect.arrayContaining(wide));
      expect(reached.filter(({ outline }) => outline < 2)).toEqual([]);
      expect(reached.filter(({ label, scrolled }) => wide.includes(label) && !scrolled)).toEqual([]);
    });
  });

  test.each(['light', 'dark', 'print'])('has plots whose lines and words stand out (%s)', async (how) => {
    const [name] = Object.keys(PAGES);
    const colours = await opened(name, LOOKS[how], (page) =>
      page.evaluate<Record<string, string>>(`Object.fromEntries(
        ${JSON.stringify([...LINES, ...BEHIND, '--text'])}.map((name) =>
          [name, getComputedStyle(document.documentElement).getPropertyValue(name).trim()]))`),
    );
    const faint = BEHIND.flatMap((behind) =>
      [...LINES.map((line) => ({ line, least: 3 })), { line: '--text', least: 4.5 }].filter(
        ({ line, least }) => contrast(colours[line], colours[behind]) < least,
      ),
    );
    expect(faint).toEqual([]);
  });

  // A box of text has room above and below its letters.
  test('does not have two words of a plot on one another', async () => {
    for (const name of Object.keys(PAGES)) {
      const clashes = await opened(name, LOOKS.light, (page) =>
        page.evaluate<string[]>(`[...document.querySelectorAll('svg')].flatMap((svg) => {
          const texts = [...svg.querySelectorAll('text')].filter((text) => text.textContent !== '');
          const boxes = texts.map((text) => text.getBoundingClientRect());
          return texts.flatMap((text, index) => texts.slice(index + 1).flatMap((other, offset) => {
            const [one, two] = [boxes[index], boxes[index + 1 + offset]];
            const apart = one.right <= two.left || two.right <= one.left || one.bottom - 4 <= two.top || two.bottom - 4 <= one.top;
            return apart ? [] : [svg.getAttribute('aria-label') + ': ' + text.textContent + ' and ' + other.textContent];
          }));
        })`),
      );
      expect([name, clashes]).toEqual([name, []]);
    }
  });

  test('leaves no empty sheet at its end on paper, and no plot is parted from its caption', async () => {
    const [name] = Object.keys(PAGES);
    const style = await opened(name, LOOKS.print, (page) =>
      page.evaluate<object>(`({
        padding: getComputedStyle(document.body).paddingBottom,
        overflow: getComputedStyle(document.querySelector('.scrolls')).overflowX,
        figure: getComputedStyle(document.querySelector('figure')).breakInside,
      })`),
    );
    expect(style).toEqual({ padding: '0px', overflow: 'visible', figure: 'avoid' });
  });
});
