/** Text that is HTML already. */
export class Html {
  constructor(public readonly text: string) {}
}

type Part = Html | string | number | undefined | readonly Part[];

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Without characters that HTML has no way to write, or that let a text seem to be another by turning its direction. */
export const printable = (text: string): string =>
  text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufdd0-\ufdef\ufffe\uffff]/g, '\ufffd')
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');

/** As text in HTML, in the place of an attribute's value too. */
const escapeHtml = (text: string): string => printable(text).replace(/[&<>"']/g, (sign) => SIGNS[sign]);

/** A template whose values are text unless they are `Html`. */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.map((text, index) => text + (index < parts.length ? written(parts[index]) : '')).join(''));
}

function written(part: Part): string {
  if (part === undefined) {
    return '';
  }
  if (part instanceof Html) {
    return part.text;
  }
  return typeof part === 'string' || typeof part === 'number' ? escapeHtml(String(part)) : part.map(written).join('');
}

export interface Column {
  readonly name: string;
  readonly numeric?: boolean;
}

/** A table; the first cell of each row heads it. On a narrow screen it scrolls by itself, by keyboard too. */
export function table(caption: string, columns: readonly Column[], rows: readonly (readonly Part[])[]): Html {
  const numeric = (index: number): Html => (columns[index].numeric ? markup` class="number"` : markup``);
  return markup`<div class="scrolls" role="region" aria-label="${caption}" tabindex="0">
    <table>
      <caption>${caption}</caption>
      <thead>
        <tr>
          ${columns.map(({ name }, index) => markup`<th scope="col" ${numeric(index)}>${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([head, ...cells]) =>
            markup`<tr>
              <th scope="row" ${numeric(0)}>${head}</th>
              ${cells.map((cell, index) => markup`<td${numeric(index + 1)}>${cell}</td>`)}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}

/** @param what it shows, in words that no other plot has */
export const figure = (what: string, plot: Html, caption: Html): Html =>
  markup`<figure>
    <div class="scrolls" role="region" aria-label="Plot: ${what}" tabindex="0">${plot}</div>
    <figcaption>${caption}</figcaption>
  </figure>`;
