import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactElement } from "react";
import { expect, test, vi } from "vitest";
import { RatingForm } from "./RatingForm.tsx";

const show = (element: ReactElement) => ({ user: userEvent.setup(), ...render(element) });
const none = { score: null, reasons: [], comment: "" };

test("nothing is sent before the button, and not without a star", async () => {
  const send = vi.fn();
  const { user, getByRole } = show(<RatingForm start={none} onSend={send} busy={false} error={null} />);
  await user.click(getByRole("button", { name: "Отправить оценку" }));
  expect(getByRole("alert").textContent).toContain("звёзд");
  await user.click(getByRole("radio", { name: /^4 из 5/ }));
  expect(send).not.toHaveBeenCalled();
  await user.click(getByRole("button", { name: "Скорость" }));
  await user.click(getByRole("button", { name: "Отправить оценку" }));
  expect(send).toHaveBeenCalledWith({ score: 4, reasons: ["speed"], comment: "" });
});

test("at most three reasons; the question follows the score", async () => {
  const { user, getByRole, getByText } = show(<RatingForm start={{ ...none, score: 2 }} onSend={() => {}} busy={false} error={null} />);
  expect(getByText("Что пошло не так?")).toBeTruthy();
  for (const name of ["Скорость", "Вежливость", "Понятные ответы"]) await user.click(getByRole("button", { name }));
  expect(getByRole("button", { name: "Результат" }).hasAttribute("disabled")).toBe(true);
});

test("folded it is only the stars", async () => {
  const { user, getByRole, queryByRole } = show(<RatingForm start={none} onSend={() => {}} busy={false} error={null} folded />);
  expect(queryByRole("button")).toBeNull();
  await user.click(getByRole("radio", { name: /^5 из 5/ }));
  expect(getByRole("button", { name: "Отправить оценку" })).toBeTruthy();
});
