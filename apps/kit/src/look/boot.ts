/**
 * What the server laid into the page: a data block, never a script. Returns an empty
 * object when the page came without one (the development server).
 */
export function boot<T extends object>(): Partial<T> {
  const block = document.getElementById("boot");
  const text = block?.textContent?.trim();
  return text ? (JSON.parse(text) as Partial<T>) : {};
}
