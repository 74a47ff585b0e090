import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { useCalm } from "./useCalm.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("what is typed is asked once, after a pause", () => {
  const { result, rerender } = renderHook(({ text }) => useCalm({ text }, 300), { initialProps: { text: "" } });
  rerender({ text: "a" });
  act(() => void vi.advanceTimersByTime(200));
  rerender({ text: "ab" });
  act(() => void vi.advanceTimersByTime(200));
  expect(result.current).toEqual({ text: "" });
  act(() => void vi.advanceTimersByTime(100));
  expect(result.current).toEqual({ text: "ab" });
});

test("the same said by another object changes nothing", () => {
  const { result, rerender } = renderHook(({ text }) => useCalm({ text }, 300), { initialProps: { text: "a" } });
  const first = result.current;
  rerender({ text: "b" });
  rerender({ text: "a" });
  act(() => void vi.advanceTimersByTime(400));
  expect(result.current).toBe(first);
});
