/**
 * Makes the README's picture, docs/report.jpg, of a report that `npm start` left: its verdict and timeline, and beside them
 * what clients saw. `npm run picture rehearsals/<time>/drill.html`
 */
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openBrowser } from './browser';

const WIDTH = 820;

/** From where to where each half goes. */
const HALVES = `(() => {
  const top = (text) => [...document.querySelectorAll('h2')]
    .find((heading) => heading.textContent === text).getBoundingClientRect().top - 8;
  const figures = [...document.querySelectorAll('figure')].map((figure) => figure.getBoundingClientRect().bottom + 8);
  return [[0, figures[0]], [top('How long clients were without a cluster'), figures[3]]];
})()`;

async function picture(report: string): Promise<void> {
  const browser = await openBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: WIDTH, height: 900 } });
    await page.goto(pathToFileURL(resolve(report)).href);
    const halves: string[] = [];
    for (const [y, end] of await page.evaluate<[number, number][]>(HALVES)) {
      const png = await page.screenshot({ fullPage: true, clip: { x: 0, y, width: WIDTH, height: end - y } });
      halves.push(
        `<img src="data:image/png;base64,${png.toString('base64')}" width="600" style="align-self: start" />`,
      );
    }
    // The report's own page shows no pictures.
    const both = await browser.newPage({ viewport: { width: 1200, height: 100 } });
    await both.setContent(`<body style="margin: 0; display: flex; background: white">${halves.join('')}</body>`);
    await both.screenshot({ path: join(__dirname, '../../../docs/report.jpg'), quality: 80, fullPage: true });
  } finally {
    await browser.close();
  }
}

const [, , report] = process.argv;
if (report === undefined) {
  throw new Error('Give the page of a drill: npm run picture rehearsals/<time>/drill.html');
}
void picture(report);
