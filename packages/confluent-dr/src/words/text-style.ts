/** What text can look like. */
export type Style = 'bold' | 'dim' | 'green' | 'yellow' | 'red' | 'cyan';

/** Text in a style, or as it is where colours are off. */
export type Paint = (style: Style, text: string) => string;

/** What a presentation needs to know of where it will be seen. */
export interface Look {
  /** Columns. */
  readonly width: number;
  readonly paint: Paint;
}

/** No colours. */
export const PLAIN: Paint = (_, text) => text;
