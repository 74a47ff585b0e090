import { expect, test } from "vitest";
import { offset, offsetName, sameTime, zoneName } from "./zones.ts";

const winter = new Date("2026-11-23T09:00:00Z");
const summer = new Date("2026-07-01T09:00:00Z");

test.each([
  ["Europe/Moscow", winter, "UTC+3"],
  ["Asia/Kolkata", winter, "UTC+5:30"],
  ["America/St_Johns", winter, "UTC−3:30"],
  ["Europe/Berlin", summer, "UTC+2"],
  ["Europe/London", winter, "UTC"],
])("%s", (zone, at, want) => {
  expect(offsetName(zone, at)).toBe(want);
});

test("Moscow has its own short name in both languages", () => {
  expect(zoneName("Europe/Moscow", winter, "ru")).toBe("МСК");
  expect(zoneName("Europe/Moscow", winter, "en")).toBe("MSK");
  expect(zoneName("Asia/Vladivostok", winter, "ru")).toBe("UTC+10");
});

test("two zones are the same only while they show the same time", () => {
  expect(sameTime("Europe/Berlin", "Africa/Johannesburg", summer)).toBe(true);
  expect(sameTime("Europe/Berlin", "Africa/Johannesburg", winter)).toBe(false);
  expect(offset("Mars/Olympus", winter)).toBe(0);
});
