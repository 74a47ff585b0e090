import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { newKey } from "./key.ts";
import { type Uploaded, upload } from "./upload.ts";

export interface UploadItem {
  /** Ours, for the list; the server's `id` comes with `done`. */
  key: string;
  name: string;
  size: number;
  mime: string;
  state: "sending" | "done" | "failed";
  /** 0 to 1 */
  progress: number;
  id?: string;
  error?: unknown;
}

export interface Uploads {
  items: UploadItem[];
  add: (files: Iterable<File>) => void;
  remove: (key: string) => void;
  retry: (key: string) => void;
  /** Forget all, after the message with them has gone. */
  clear: () => void;
  /** What to give to the server: ids of the files that have arrived. */
  ids: string[];
  /** True while a file is on its way. */
  busy: boolean;
}

/**
 * The files of one message on their way up, each with its progress. `base` as in `upload`;
 * `known` are files of a restored draft that the server already has.
 */
export function useUploads(base: string, known: readonly Uploaded[] = []): Uploads {
  const [items, setItems] = useState<UploadItem[]>(() =>
    known.map((file) => ({ key: file.id, id: file.id, name: file.name, size: file.size, mime: file.mime, state: "done", progress: 1 })),
  );
  const files = useRef(new Map<string, File>());
  const flights = useRef(new Map<string, AbortController>());

  useEffect(() => {
    const all = flights.current;
    return () => {
      for (const flight of all.values()) flight.abort();
    };
  }, []);

  const patch = useCallback((key: string, change: Partial<UploadItem>) => {
    setItems((old) => old.map((item) => (item.key === key ? { ...item, ...change } : item)));
  }, []);

  const start = useCallback(
    (key: string, file: File) => {
      const flight = new AbortController();
      flights.current.set(key, flight);
      upload(file, { base, signal: flight.signal, onProgress: (progress) => patch(key, { progress }) })
        .then((done) => patch(key, { state: "done", progress: 1, id: done.id, mime: done.mime, size: done.size }))
        .catch((error: unknown) => flight.signal.aborted || patch(key, { state: "failed", error }))
        .finally(() => flights.current.delete(key));
    },
    [base, patch],
  );

  const add = useCallback(
    (chosen: Iterable<File>) => {
      for (const file of chosen) {
        const key = newKey();
        files.current.set(key, file);
        setItems((old) => [...old, { key, name: file.name, size: file.size, mime: file.type, state: "sending", progress: 0 }]);
        start(key, file);
      }
    },
    [start],
  );

  const remove = useCallback((key: string) => {
    flights.current.get(key)?.abort();
    files.current.delete(key);
    setItems((old) => old.filter((item) => item.key !== key));
  }, []);

  const retry = useCallback(
    (key: string) => {
      const file = files.current.get(key);
      if (!file) return;
      patch(key, { state: "sending", progress: 0, error: undefined });
      start(key, file);
    },
    [patch, start],
  );

  const clear = useCallback(() => {
    for (const flight of flights.current.values()) flight.abort();
    files.current.clear();
    setItems([]);
  }, []);

  return useMemo(
    () => ({
      items,
      add,
      remove,
      retry,
      clear,
      ids: items.flatMap((item) => (item.id ? [item.id] : [])),
      busy: items.some((item) => item.state === "sending"),
    }),
    [items, add, remove, retry, clear],
  );
}
