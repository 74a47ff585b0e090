import { setLanguage } from "@manydesk/kit/words/language";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { Secret } from "./Secret.tsx";

beforeEach(() => setLanguage("en"));

test("a secret is shown with the sentence that it is not shown again, and copied as it is", async () => {
  const user = userEvent.setup();
  render(<Secret secret="whsec_c2VjcmV0" />);
  const write = vi.spyOn(navigator.clipboard, "writeText");
  expect(screen.getByRole("status").textContent).toContain("not shown again");
  await user.click(screen.getByRole("button", { name: "Copy" }));
  expect(write).toHaveBeenCalledWith("whsec_c2VjcmV0");
});
