import { screen } from "@testing-library/react";
import { Trash2 } from "lucide-react";
import { expect, test, vi } from "vitest";
import { expectNamed, show } from "../testing/show.tsx";
import { Button, ButtonLink, IconButton } from "./Button.tsx";

test("a busy button keeps its place and its focus, and does nothing", async () => {
  const press = vi.fn();
  const { user, rerender } = show(<Button onClick={press}>Отправить</Button>);
  await user.click(screen.getByRole("button", { name: "Отправить" }));
  rerender(
    <Button onClick={press} busy>
      Отправить
    </Button>,
  );
  const button = screen.getByRole("button", { name: "Отправить" });
  await user.click(button);
  await user.keyboard("{Enter}");
  expect(press).toHaveBeenCalledOnce();
  expect(button).toBe(document.activeElement);
  expect(button.getAttribute("aria-busy")).toBe("true");
});

test("a busy submit does not send its form twice", async () => {
  const submit = vi.fn((event: { preventDefault: () => void }) => event.preventDefault());
  const { user } = show(
    <form onSubmit={submit}>
      <Button type="submit" busy>
        Войти
      </Button>
    </form>,
  );
  await user.click(screen.getByRole("button"));
  expect(submit).not.toHaveBeenCalled();
});

test("the cap is not part of the name, the shortcut is said apart", () => {
  show(<Button keys="Mod+Enter">Отправить</Button>);
  expect(screen.getByRole("button", { name: "Отправить" }).getAttribute("aria-keyshortcuts")).toBe("Control+Enter");
});

test("an icon button has its words", async () => {
  show(
    <>
      <IconButton icon={Trash2} label="Удалить" keys="KeyD" />
      <ButtonLink href="/new">Создать заявку</ButtonLink>
    </>,
  );
  expect(screen.getByRole("button", { name: "Удалить" })).toBeTruthy();
  expect(screen.getByRole("link", { name: "Создать заявку" })).toBeTruthy();
  await expectNamed();
});
