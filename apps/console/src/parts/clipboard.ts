import type { MyTenant } from "@manydesk/kit/api/agent";

const mark = "data-desk-from";

/** Marks what is copied inside a tenant's page with its slug, so that a paste elsewhere can ask. */
export function tagCopies(event: ClipboardEvent, tenant: Pick<MyTenant, "slug" | "code">): void {
  const target = event.target;
  const field = target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement ? target : null;
  const text = field ? field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0) : (getSelection()?.toString() ?? "");
  if (!text || !event.clipboardData) return;
  const span = document.createElement("span");
  span.setAttribute(mark, `${tenant.slug} ${tenant.code}`);
  span.textContent = text;
  event.clipboardData.setData("text/plain", text);
  event.clipboardData.setData("text/html", span.outerHTML);
  event.preventDefault();
}

/** The code of another tenant that a pasted text was copied from, or null. */
export function foreignSource(data: Pick<DataTransfer, "getData">, tenant: string): string | null {
  const found = data.getData("text/html").match(new RegExp(`${mark}="([^ "]+) ([^"]*)"`));
  return found && found[1] !== tenant ? (found[2] ?? found[1] ?? null) : null;
}
