import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { show } from "../testing/show.tsx";
import { Html } from "./Html.tsx";

test("what a letter may not bring in stays out", () => {
  const letter =
    '<p style="position:fixed" class="x" id="root" onclick="steal()">Здравствуйте</p><script>steal()</script><style>*{}</style>' +
    '<img src="x" onerror="steal()"><a href="javascript:steal()">сюда</a><form><input name="password"></form><iframe src="/"></iframe>';
  const { container } = show(<Html of={letter} />);
  const inside = container.querySelector("main > div")?.innerHTML ?? "";
  expect(inside).not.toMatch(/style|class=|id=|onclick|onerror|script|<form|<input|iframe/i);
  expect(inside).toContain("Здравствуйте");
});

test("links open elsewhere and do not tell from where", () => {
  show(<Html of='<a href="https://example.org/a">отчёт</a>' />);
  const link = screen.getByRole<HTMLAnchorElement>("link", { name: "отчёт" });
  expect([link.target, link.rel]).toEqual(["_blank", "noopener noreferrer nofollow"]);
});
