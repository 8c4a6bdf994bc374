type Listener = () => void;

let current: { text: string; nth: number } | null = null;
let nth = 0;
const listeners = new Set<Listener>();

/** Says for a few seconds that something has worked. Not for errors: those stay where they belong. */
export function showToast(text: string): void {
  nth += 1;
  set({ text, nth });
}

export function hideToast(): void {
  set(null);
}

export function shownToast() {
  return current;
}

export function onToast(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function set(toast: typeof current) {
  current = toast;
  for (const listener of listeners) listener();
}
