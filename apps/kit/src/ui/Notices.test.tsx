import { screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { Problem } from "../api/problem.ts";
import { expectNamed, show } from "../testing/show.tsx";
import { Banner } from "./Banner.tsx";
import { EmptyState } from "./EmptyState.tsx";
import { ErrorCard } from "./ErrorCard.tsx";
import { LoadMore } from "./LoadMore.tsx";
import { NewEventsPill } from "./NewEventsPill.tsx";
import { Skeleton } from "./Skeleton.tsx";

test("an error shows the server's sentence, the number to quote and a way to try again", async () => {
  const retry = vi.fn();
  const problem = new Problem({ code: "internal", title: "Ошибка у нас, номер k3v9.", request_id: "k3v9" }, 500);
  const { user } = show(<ErrorCard error={problem} onRetry={retry} />);
  expect(screen.getByRole("alert").textContent).toContain("Ошибка у нас, номер k3v9.");
  expect(screen.getByText("Номер ошибки k3v9")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Повторить" }));
  expect(retry).toHaveBeenCalledOnce();
  await expectNamed();
});

test.each([
  [new Problem({ code: "unreachable" }, 0), "Сервер не отвечает."],
  [new Problem({ code: "timed_out" }, 0), "Не успели, повторите."],
  [new TypeError("x is undefined"), "Ошибка у нас. Мы уже знаем о ней."],
  [new Problem({ code: "denied", title: "Нет права.", detail: "Его даёт администратор." }, 403), "Его даёт администратор."],
])("what is said of %s", (error, sentence) => {
  show(<ErrorCard error={error} />);
  expect(screen.getByRole("alert").textContent).toContain(sentence);
});

test("nothing, something more, something new", async () => {
  show(
    <>
      <EmptyState title="Очередь пуста">Ближайший срок завтра.</EmptyState>
      <Skeleton lines={2} />
      <LoadMore more={false} onMore={() => {}} />
      <Banner kind="warn" live="status">
        Нет связи.
      </Banner>
      <NewEventsPill to="up" onShow={() => {}}>
        {""}
      </NewEventsPill>
    </>,
  );
  expect(screen.queryByRole("button")).toBeNull();
  expect(screen.getByText("Загружаем…")).toBeTruthy();
  await expectNamed();
});
