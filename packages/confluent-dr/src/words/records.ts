export const topicCountInWords = (count: number): string => (count === 1 ? '1 topic' : `${count} topics`);

export const recordsInWords = (count: number): string => (count === 1 ? '1 record' : `${count} records`);
