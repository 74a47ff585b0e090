import { expect, test, vi } from "vitest";
import { toast, undoNewest } from "./toast.ts";

test("the newest that can be taken back is taken back, once", () => {
  const [first, second] = [vi.fn(), vi.fn()];
  toast({ text: "One", undo: { run: first } });
  toast({ text: "Two", undo: { run: second } });
  toast({ text: "Three" });
  undoNewest();
  expect(second).toHaveBeenCalledOnce();
  expect(first).not.toHaveBeenCalled();
  undoNewest();
  expect(first).toHaveBeenCalledOnce();
  undoNewest();
  expect(second).toHaveBeenCalledOnce();
});
