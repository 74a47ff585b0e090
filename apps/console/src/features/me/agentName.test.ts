import { expect, test } from "vitest";
import { agentName } from "./agentName.ts";

test.each([
  ["Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36", "Chrome 156, Linux"],
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:148.0) Gecko/20100101 Firefox/148.0", "Firefox 148, Windows"],
  ["Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1", "Safari 19, iOS"],
  ["curl/8.1", "curl/8.1"],
])("%s", (agent, want) => {
  expect(agentName(agent)).toBe(want);
});
