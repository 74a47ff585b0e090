import { render } from "@testing-library/react";
import { expect, test } from "vitest";
import { Marked } from "./Marked.tsx";

const within = (html: string) => render(<Marked of={html} />).container.firstElementChild as HTMLElement;

test("what acts stays out, what is said stays in", () => {
  const place = within(
    '<p style="position:fixed" class="x" id="root" onclick="steal()">Здравствуйте, <b>Иван</b></p><script>steal()</script><style>*{}</style>' +
      '<img src="x" onerror="steal()"><img src="https://spy.example/1.png" alt="схема"><a href="javascript:steal()">сюда</a><form><input name="password">да</form>' +
      '<iframe src="/"></iframe><svg><a href="javascript:steal()">x</a></svg><math><mtext><style><img src onerror=steal()></style></mtext></math><base href="//spy.example">',
  );
  expect(place.innerHTML).toBe('<p>Здравствуйте, <b>Иван</b></p>схема<a target="_blank" rel="noopener noreferrer nofollow">сюда</a>да');
});

test("links open elsewhere and do not tell from where", () => {
  const link = within('<a href="https://example.org/a">отчёт</a>').querySelector("a");
  expect([link?.href, link?.target, link?.rel]).toEqual(["https://example.org/a", "_blank", "noopener noreferrer nofollow"]);
});

test("pictures of the same request are shown, no others", () => {
  const place = within(
    '<img src="/v1/portal/acme/files/fil_01" alt="экран" width="40"><img src="//spy.example/v1/portal/acme/files/fil_01"><img src="cid:a@b">',
  );
  expect([...place.querySelectorAll("img")].map((i) => [i.getAttribute("src"), i.alt, i.width])).toEqual([
    ["/v1/portal/acme/files/fil_01", "экран", 40],
  ]);
});
