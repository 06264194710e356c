/** Lets streams of this process pass for a terminal; the function that it gives makes them what they were. */
export function fakeTerminal(...streams: readonly object[]): () => void {
  const before = streams.map((stream) => ({ stream, was: Object.getOwnPropertyDescriptor(stream, 'isTTY') }));
  streams.forEach((stream) => Object.defineProperty(stream, 'isTTY', { value: true, configurable: true }));
  return () => {
    for (const { stream, was } of before) {
      Reflect.deleteProperty(stream, 'isTTY');
      if (was) {
        Object.defineProperty(stream, 'isTTY', was);
      }
    }
  };
}
