export const recordsInWords = (count: number): string => (count === 1 ? '1 record' : `${count} records`);
