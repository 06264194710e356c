/** What the person at the keyboard gave cannot be taken; the message tells what is wrong and what is allowed. */
export class BadInput extends Error {}
