import { expect, test } from "vitest";
import { foreignSource, tagCopies } from "./clipboard.ts";

function copy(text: string, tenant: { slug: string; code: string }): Map<string, string> {
  const area = document.createElement("textarea");
  document.body.append(area);
  area.value = text;
  area.setSelectionRange(0, text.length);
  const data = new Map<string, string>();
  const event = new Event("copy", { cancelable: true }) as ClipboardEvent;
  Object.defineProperty(event, "target", { value: area });
  Object.defineProperty(event, "clipboardData", { value: { setData: (kind: string, value: string) => data.set(kind, value) } });
  tagCopies(event, tenant);
  return data;
}
const paste = (data: Map<string, string>) => ({ getData: (kind: string) => data.get(kind) ?? "" });

test("a text copied at one customer says so at another, and nothing at its own", () => {
  const data = copy("договор <77-12>", { slug: "acme", code: "ACME" });
  expect(data.get("text/plain")).toBe("договор <77-12>");
  expect(foreignSource(paste(data), "rom")).toBe("ACME");
  expect(foreignSource(paste(data), "acme")).toBeNull();
});

test("a text from elsewhere has no source", () => {
  expect(foreignSource(paste(new Map([["text/html", "<b>x</b>"]])), "rom")).toBeNull();
});
