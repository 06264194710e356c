/** Text as one word of bash. */
export const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;
